"""The texts of a receiver's evidence form, field by field, from the case. Pure.

A check adds up their length, the delivery writes them down: both ask here.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from casefile.case import Case
from casefile.fields.base import Money, any_text
from casefile.fields.payment import Access
from casefile.fields.people import Address
from casefile.pointer import resolve
from casefile.rules import EvidenceField


def _text(value: Any) -> str | None:  # noqa: ANN401  # whatever a case holds
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, Address):
        parts = (*value.lines, value.city, value.region, value.postal_code, value.country)
        return ", ".join(part for part in parts if part)
    if isinstance(value, tuple):
        return "\n".join(_logged(entry) for entry in value if isinstance(entry, Access)) or None
    if isinstance(value, (str, dict)):
        return any_text(value, "en")
    return None if value is None else str(value)


def _logged(access: Access) -> str:
    """One access in a line: time with offset, address, what was done."""
    at = access.at.isoformat(sep=" ", timespec="seconds") if access.at else None
    return ", ".join(part for part in (at, access.ip, access.event) if part)


def texts(case: Case, fields: Iterable[EvidenceField], letter: str) -> dict[str, str]:
    """Field → text for every text field that the case can fill, and the letter where a field takes it."""
    found: dict[str, str] = {}
    for field in fields:
        values = (_text(resolve(case, pointer)) for pointer in field.pointers)
        text = letter if field.holds == "letter" else next((value for value in values if value), None)
        if text and field.holds != "file":
            found[field.name] = text
    return found
