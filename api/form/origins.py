"""Who said what stands in a field: a mail, a program or a connector, or the person who changed it since."""

from collections.abc import Iterable, Mapping
from typing import Literal

FROM_MAIL, GIVEN = "from_mail", "kept.given"
"""Name the fields that a mail filled, and those that came with the draft of a program or a connector, separated by blanks."""

Origin = Literal["mail", "given", ""]


def origin_of(pointer: str, fields: Mapping[str, str], beside: Iterable[str] = ()) -> Origin:
    """Who said a field; empty where a person did. ``beside``: pointers that a program said and no input holds."""
    if pointer in fields.get(FROM_MAIL, "").split():
        return "mail"
    given = {*fields.get(GIVEN, "").split(), *beside}
    return "given" if any(one == pointer or one.startswith(pointer + "/") for one in given) else ""


def still_theirs(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The names of fields that others filled, without those that a person has changed."""
    return {
        list_: " ".join(one for one in after[list_].split() if _said(before, one) == _said(after, one))
        for list_ in (FROM_MAIL, GIVEN)
        if list_ in after
    }


def _said(fields: Mapping[str, str], pointer: str) -> set[str]:
    """What stands in a field, in whichever language it was typed."""
    return {text.strip() for name, text in fields.items() if name.partition("@")[0] == pointer and text.strip()}
