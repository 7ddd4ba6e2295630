"""Every check and every kind of finding, found by walking ``checks/``; what is malformed is refused at start, naming the file.

Others ask a kind by its code here: the form, the report and the terminal hold no codes of their own.
"""

import functools
import graphlib
import sys
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import NoReturn

import evidence_packer.judge.checks as families
from casefile.errors import DataFault
from casefile.finding_kind import FindingKind
from casefile.plug_ins import plug_ins
from casefile.wording import Catalog
from evidence_packer.judge.check import CheckOf


def _refuse(check: CheckOf, why: str) -> NoReturn:
    raise DataFault("data-malformed", file=str(sys.modules[check.run.__module__].__file__), why=f"{check.code}: {why}")


def _kinds(found: Iterable[CheckOf]) -> Mapping[str, FindingKind]:
    """Kinds by their code; checks of one family may share one."""
    kinds: dict[str, FindingKind] = {}
    for check in found:
        for kind in check.findings:
            if kinds.setdefault(kind.code, kind) is not kind:
                _refuse(check, f"the finding {kind.code} is declared twice")
    return kinds


def checks_in(package: ModuleType) -> tuple[CheckOf, ...]:
    """The checks of a package, prerequisites first, otherwise sorted by code.

    Raises:
        DataFault: a file holds no check or a malformed one, needs a check that is not there, or uses a code again.
    """
    found = plug_ins(package, CheckOf)
    _kinds(found.values())
    for check in found.values():
        if lost := [code for code in check.needs if code not in found]:
            _refuse(check, f"needs {lost[0]}, which is no check")
    order = graphlib.TopologicalSorter({code: found[code].needs for code in sorted(found)})
    try:
        return tuple(found[code] for code in order.static_order())
    except graphlib.CycleError as error:
        codes: list[str] = error.args[1]
        _refuse(found[codes[0]], f"these need each other: {', '.join(codes)}")


def refuse_untold(known: Iterable[CheckOf], english: Catalog) -> None:
    """Refuse finding kinds that the English catalog cannot tell; called at start.

    Raises:
        DataFault: a text is missing; it names the file, the check and the key.
    """
    for check in known:
        for key in (key for kind in check.findings for key in kind.texts()):
            if not english.own(key):
                _refuse(check, f"there is no text {key}")


@functools.cache
def checks() -> tuple[CheckOf, ...]:
    """Every check, prerequisites first, otherwise sorted by code."""
    return checks_in(families)


@functools.cache
def finding_kinds() -> Mapping[str, FindingKind]:
    """Every kind of finding by its code."""
    return _kinds(checks())


def kind_of(code: str) -> FindingKind:
    """The kind of a finding; of one in a report of long ago that no check makes any more, a plain one."""
    return finding_kinds().get(code) or FindingKind(code=code, severity="advice")
