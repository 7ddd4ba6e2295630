"""The deadline as a calendar entry (RFC 5545): UTC times, a stable id, alarms; a task where no deadline is known."""

import datetime as dt
import hashlib
from collections.abc import Iterator

from casefile.deadline import DueDate, effective_deadline
from casefile.wording import Catalog

_HOURS_BEFORE = (24, 6)
_OCTETS = 75
"""Longest line without its break (RFC 5545, 3.1)."""


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, continued after a space, never cut inside a character."""
    parts, rest = [], line
    while len(rest.encode()) > _OCTETS:
        cut = _OCTETS
        while len(rest[:cut].encode()) > _OCTETS:
            cut -= 1
        parts.append(rest[:cut])
        rest = " " + rest[cut:]
    return "\r\n".join([*parts, rest])


def _alarm(trigger: str, summary: str) -> tuple[str, ...]:
    return ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(summary)}", f"TRIGGER{trigger}", "END:VALARM")


def _alarms(date: DueDate, at: dt.datetime, summary: str) -> Iterator[str]:
    if date.warn_at and date.warn_at < at:
        yield from _alarm(f";VALUE=DATE-TIME:{_utc(date.warn_at)}", summary)
    for hours in _HOURS_BEFORE:
        yield from _alarm(f":-PT{hours}H", summary)


def _uid(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32] + "@evidence-packer"


def calendar(due: tuple[DueDate, ...], subject: str, title: str, as_of: dt.datetime, catalog: Catalog) -> bytes:
    """One event at the effective_deadline deadline, with alarms at its warning level and 24 and 6 hours before.

    Without a known deadline it is a task to find it out, since a calendar file may not be empty. The id depends on what is due
    and not on when, so that a corrected deadline replaces the entry instead of standing beside it.
    """
    date = effective_deadline(due)
    at = date.block_at or date.warn_at if date else None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Evidence Packer//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if date and at:
        summary = catalog.text("report.calendar", title=title, subject=subject)
        named = date.name.get(catalog.language, date.name.get("en", ""))
        lines += ["BEGIN:VEVENT", f"UID:{_uid(subject, title, date.id)}", f"DTSTAMP:{_utc(as_of)}", f"DTSTART:{_utc(at)}",
                  f"SUMMARY:{_escaped(summary)}", f"DESCRIPTION:{_escaped(named)}", "TRANSP:TRANSPARENT"]  # fmt: skip
        lines += [*_alarms(date, at, summary), "END:VEVENT"]
    else:
        summary = catalog.text("report.calendar_unknown", title=title, subject=subject)
        lines += ["BEGIN:VTODO", f"UID:{_uid(subject, title, 'unknown')}", f"DTSTAMP:{_utc(as_of)}",
                  f"SUMMARY:{_escaped(summary)}", "END:VTODO"]  # fmt: skip
    lines.append("END:VCALENDAR")
    return ("\r\n".join(_folded(line) for line in lines) + "\r\n").encode("utf-8")
