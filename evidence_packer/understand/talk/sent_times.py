"""The time of day at which a message was sent, as it stands at the end of its words or in a line of its own. Pure."""

import re

_CLOCK = re.compile(
    r"(?:(?P<half>[AaPp]\.?[Mm]\.?|上午|下午|오전|오후|午前|午後)\s?)?(?P<hour>\d{1,2})[:：.](?P<minute>\d{2})(?:[:：]\d{2})?\s?(?P<after>[AaPp]\.?\s?[Mm]\.?)?"
)
_MARKS = re.compile(r"\s*[✓✔√/vVwW]{0,4}\s*$")


def clock_of(text: str) -> str | None:
    """``HH:MM`` where a text is a time of day and nothing else but marks of sending."""
    match = _CLOCK.match(text.strip())
    if match is None or not _MARKS.fullmatch(text.strip()[match.end() :]):
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or match["after"] or "").strip()
    late = bool(half) and (half[0] in "pP下" or half in {"오후", "午後"})
    hour = hour % 12 + 12 * late if half else hour
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def last_clock(text: str, *, ticked: bool = True) -> tuple[int, str | None] | None:
    """Where the time of sending begins at the end of a line, with the time; ``ticked``: only before marks of sending."""
    found = list(_CLOCK.finditer(text))
    if not found or found[-1].start() < 2 or text[found[-1].start() - 1] not in "  ":
        return None
    tail = text[found[-1].start() :]
    marked = not ticked or re.search(r"[✓✔√/]{1,4}\s*$", tail)
    return (found[-1].start(), clock_of(tail)) if marked and clock_of(tail) else None


def clock_in(text: str) -> str | None:
    """The time of day with which a text begins, as it stands there."""
    match = _CLOCK.match(text.strip())
    return match[0] if match else None
