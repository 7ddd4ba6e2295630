"""The receiver's evidence form filled: texts from the case, files by field, ready for its interface. Pure.

Whether anything is submitted stays with a person: the object says ``submit: false``.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from casefile.case import Case
from casefile.fields.base import Money, any_text
from casefile.fields.payment import Access
from casefile.fields.people import Address
from casefile.pointer import resolve
from casefile.procedure import Procedure
from casefile.rules import EvidenceField
from evidence_packer.bind.delivery import Delivered


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


def _list(case: Case, letter: str, files: Sequence[tuple[str, Delivered]]) -> dict[str, Any]:
    tracking = [
        {"carrier_name": (parcel.carrier or "other").upper(), "tracking_number": parcel.tracking_number}
        for parcel in case.parcels
        if parcel.tracking_number and parcel.direction != "return"
    ]
    names: dict[str, list[str]] = {}
    for name, file in files:
        names.setdefault(file.for_ or "OTHER", []).append(name)
    evidences: list[dict[str, Any]] = []
    for place, (kind, documents) in enumerate(names.items()):
        evidence: dict[str, Any] = {"evidence_type": kind, "documents": [{"name": name} for name in documents]}
        if place == 0:
            evidence["notes"] = letter
            if tracking:
                evidence["evidence_info"] = {"tracking_info": tracking}
        evidences.append(evidence)
    return {"evidences": evidences}


def form_json(case: Case, procedure: Procedure, letter: str, files: Sequence[tuple[str, Delivered]]) -> bytes | None:
    """The form as the receiver's interface takes it, or ``None`` where it has none.

    Args:
        case: the case.
        procedure: its fields and the shape of its interface.
        letter: the letter's text.
        files: (name in the submission, file) of every evidence file.
    """
    body: dict[str, Any]
    if procedure.json_shape == "evidence_object":
        named = {file.for_ or "": name for name, file in files}
        body = {"evidence": texts(case, procedure.fields_for(case.reason), letter), "files": named, "submit": False}
    elif procedure.json_shape == "evidence_list":
        body = _list(case, letter, files)
    else:
        return None
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
