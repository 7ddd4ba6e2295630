"""The deadline as a calendar entry (RFC 5545): UTC times, a stable id, two alarms."""

import datetime as dt
import hashlib

from casefile.deadline import DueDate, deciding
from casefile.wording import Catalog


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, as the standard asks."""
    parts, rest = [], line
    while len(rest.encode()) > 74:
        cut = 74
        while len(rest[:cut].encode()) > 74:
            cut -= 1
        parts.append(rest[:cut])
        rest = " " + rest[cut:]
    return "\r\n".join([*parts, rest])


def calendar(due: tuple[DueDate, ...], subject: str, title: str, as_of: dt.datetime, catalog: Catalog) -> bytes:
    """One event at the deciding deadline with alarms 24 and 6 hours before; an empty calendar when none is known."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Evidence Packer//EN", "CALSCALE:GREGORIAN"]
    date = deciding(due)
    at = date.block_at or date.warn_at if date else None
    if date and at:
        uid = hashlib.sha256(f"{subject} {date.id} {_utc(at)}".encode()).hexdigest()[:32]
        summary = catalog.text("report.calendar", title=title, subject=subject)
        lines += ["BEGIN:VEVENT", f"UID:{uid}@evidence-packer", f"DTSTAMP:{_utc(as_of)}", f"DTSTART:{_utc(at)}",
                  f"DTEND:{_utc(at)}", f"SUMMARY:{_escaped(summary)}"]  # fmt: skip
        for hours in (24, 6):
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(summary)}", f"TRIGGER:-PT{hours}H",
                      "END:VALARM"]  # fmt: skip
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return ("\r\n".join(_folded(line) for line in lines) + "\r\n").encode("utf-8")
