"""What is to be covered on the pages of a file, as it is typed: a place a line, ``page: left top right bottom`` in percent.

A line that says no place stays a place that no page has, so that the case's own rules name it: what somebody meant to hide is
never silently shown.
"""

import re
from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from casefile.fields.files import Box

Place = tuple[int, Box]
"""A page from 1, and a box of it."""

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_DIGITS = 6
_WRONG: Place = (1, (0.0, 0.0, 0.0, 0.0))


def places(text: str) -> tuple[Place, ...]:
    """The places that were typed, in their order."""
    return tuple(_place(line) for line in text.splitlines() if line.strip())


def _place(line: str) -> Place:
    found = _NUMBERS.findall(line.replace(",", "."))
    if len(found) != 1 + 4 or "." in found[0]:
        return _WRONG
    left, top, right, bottom = (round(float(one) / 100, _DIGITS) for one in found[1:])
    return int(found[0]), (left, top, right, bottom)


def as_typed(found: Iterable[Place]) -> str:
    """Places as they are typed."""
    return "\n".join(f"{page}: {' '.join(_percent(edge) for edge in box)}" for page, box in found)


def _percent(edge: float) -> str:
    return f"{100 * edge:.4f}".rstrip("0").rstrip(".")


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    return float(left), float(top), float(right), float(bottom)


def redactions(text: str) -> list[JsonValue]:
    """The places as ``files[].redact`` takes them."""
    return [{"page": page, "box": list(box)} for page, box in places(text)]


def typed_redactions(redact: object) -> str:
    """What a program said of ``files[].redact``, as it is typed; empty where that would not be the same."""
    if not isinstance(redact, Sequence) or isinstance(redact, str):
        return ""
    try:
        text = as_typed((int(one["page"]), _box(*one["box"])) for one in redact)
    except (KeyError, TypeError, ValueError):
        return ""
    return text if redactions(text) == list(redact) else ""
