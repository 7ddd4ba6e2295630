"""Everything at once that a row's case would be refused for, so that nobody mends a row layer by layer."""

from dataclasses import dataclass

from casefile.admission import admit
from casefile.errors import FieldFault, RequestFault
from casefile.house import House
from casefile.parse import parse_case
from casefile.plain_case import PlainCase
from casefile.subject import subject_id

_LAYERS = 2
"""A case is read first and placed then; what is placed is the part of it that could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFaults:
    """What is wrong with a case, and the id of what it is about, where it is known."""

    faults: tuple[FieldFault, ...]
    subject: str | None = None


def faults_of(whole: PlainCase, house: House) -> RowFaults:
    """What is no case, and what of it has no place to go."""
    found: dict[str, FieldFault] = {}
    plain, subject = dict(whole.json), None
    for _ in range(_LAYERS):
        try:
            case = parse_case(plain)
            _, procedure = admit(case, house)
            subject = subject_id(case, procedure.subject)
        except RequestFault as fault:
            for one in fault.faults:
                found.setdefault(one.pointer, one)
            plain = {name: value for name, value in plain.items() if f"/{name}" not in found or name == "platform"}
    if (said := whole.get("platform")) and said not in house.platforms:
        params = {"allowed": ", ".join(sorted(house.platforms))}
        found.setdefault("/platform", FieldFault(pointer="/platform", code="platform-unknown", params=params))
        if "procedure" not in whole.json:
            found.pop("/procedure", None)  # it follows from the platform
    platform, way = (str(whole.get(name) or "") for name in ("platform", "procedure"))
    known = {procedure for one in house.platforms.values() for procedure in one.procedures}
    if way and platform not in house.platforms and way not in known:
        params = {"platform": platform, "allowed": ", ".join(sorted(known))}
        found.setdefault("/procedure", FieldFault(pointer="/procedure", code="procedure-unknown", params=params))
    return RowFaults(faults=tuple(found.values()), subject=subject)
