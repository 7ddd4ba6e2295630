"""Whether a case has a place to go: its platform, procedure, site and subject exist.

A wrong *form* of an id is a finding; only what nobody could work on is refused here.
"""

from collections.abc import Iterable

from casefile.case import Case
from casefile.errors import FieldFault, RequestFault
from casefile.house import House
from casefile.letter_language import letter_kinds
from casefile.network import with_network
from casefile.platform import Platform
from casefile.procedure import Procedure
from casefile.subject import SUBJECT_FIELDS, subject_id
from casefile.text_value import TextValue

NO_SITES = "ZZ"
"""The one site of a platform without country sites."""


def admit(case: Case, house: House) -> tuple[Platform, Procedure]:
    """The platform and the procedure of ``case``, narrowed by the card network that the claim names.

    Raises:
        RequestFault: ``platform-unknown``, ``procedure-unknown``, ``site-unknown``, ``site-not-used``,
            ``letter-unknown`` or ``subject-missing``; every fault names its pointer and, where there is a choice, the values
            allowed.
    """
    platform = house.platforms.get(case.platform)
    if platform is None:
        raise _refusal([_fault("/platform", "platform-unknown", allowed=_listed(house.platforms))])
    procedure = platform.procedures.get(case.procedure)
    faults = _site_faults(case, platform)
    if procedure is None:
        allowed = _listed(platform.procedures)
        faults.insert(0, _fault("/procedure", "procedure-unknown", platform=platform.id, allowed=allowed))
    else:
        faults += _subject_faults(case, procedure)
    faults += _letter_faults(case, house)
    if procedure is None or faults:
        raise _refusal(faults)
    return with_network(platform, procedure, house.networks.get(case.claim.network or "") if case.claim else None)


def _site_faults(case: Case, platform: Platform) -> list[FieldFault]:
    if case.site is None or case.site in platform.sites:
        return []
    if set(platform.sites) == {NO_SITES}:
        return [_fault("/site", "site-not-used", platform=platform.id)]
    return [_fault("/site", "site-unknown", platform=platform.id, allowed=_listed(platform.sites))]


def _letter_faults(case: Case, house: House) -> list[FieldFault]:
    if case.letter is None or case.letter in (kinds := letter_kinds(house.catalogs)):
        return []
    return [_fault("/letter", "letter-unknown", allowed=_listed(kinds))]


def _subject_faults(case: Case, procedure: Procedure) -> list[FieldFault]:
    if subject_id(case, procedure.subject):
        return []
    fields = SUBJECT_FIELDS[procedure.subject]
    return [_fault(fields[0], "subject-missing", subject=procedure.subject, allowed=", ".join(fields))]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _fault(pointer: str, code: str, **params: TextValue) -> FieldFault:
    return FieldFault(pointer=pointer, code=code, params=params)


def _refusal(faults: list[FieldFault]) -> RequestFault:
    return RequestFault(faults[0].code, status=422, faults=tuple(faults), **faults[0].params)
