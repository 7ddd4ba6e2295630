"""A completed case: as JSON while it is filled in, and as a case again once it is one. Pure."""

from dataclasses import dataclass

from casefile.case import Case
from casefile.errors import RequestFault
from casefile.filling import Filled
from casefile.parse import parse_case
from casefile.plain_case import PlainCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """The case with what was filled in, and the list of it."""

    case: Case
    filled: tuple[Filled, ...] = ()


def checked(case: Case, plain: PlainCase, filled: list[Filled]) -> Completed:
    """The completed case; one that would not be taken from a caller is not taken from the evidence either."""
    if not any(one.state == "adopted" for one in filled):
        return Completed(case=case, filled=tuple(filled))
    try:
        return Completed(case=parse_case(plain.json), filled=tuple(filled))
    except RequestFault:
        return Completed(case=case, filled=tuple(one for one in filled if one.state != "adopted"))
