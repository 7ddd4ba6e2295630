"""What was typed into the form, as the JSON of a case.

Times are typed in the site's zone; the offset of that day is added here, so that the case is as exact as one sent by a program.
"""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from api.form.fields import FormField, describe
from casefile.platform import Platform, Procedure


def asked(procedure: Procedure) -> tuple[FormField, ...]:
    """The inputs of a procedure, in the platform's order; the reason has an input of its own."""
    inner = [pointer for pointer in procedure.required if not any(a.startswith(pointer + "/") for a in procedure.ask)]
    pointers = dict.fromkeys((*procedure.ask, *inner))
    return tuple(describe(pointer) for pointer in pointers if pointer != "/reason")


def put(target: dict[str, object], pointer: str, value: object) -> None:
    """Set ``value`` at a JSON pointer, making the objects and lists on the way."""
    parts = pointer.strip("/").split("/")
    here: object = target
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        fresh: object = value if following == "" else ([] if following.isdigit() else {})
        if isinstance(here, list):
            while len(here) <= int(part):
                here.append(fresh)
            here = here[int(part)]
        elif isinstance(here, dict):
            here = here.setdefault(part, fresh)


def _typed(field: FormField, typed: Mapping[str, str], zone: str) -> object | None:
    text = typed.get(field.pointer, "").strip()
    if field.sort == "money":
        return {"amount": text, "currency": typed.get(f"{field.pointer}.currency", "").strip()} if text else None
    if not text:
        return None
    if field.sort == "flag":
        return True
    if field.sort == "number" and text.lstrip("-").isdigit():
        return int(text)
    if field.sort == "time":
        return zoned(text, zone)
    return text


def zoned(text: str, zone: str) -> str:
    """A local time such as ``2026-11-18T18:03`` with the offset of ``zone`` on that day; other text as it is."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).isoformat()


def case_from(typed: Mapping[str, str], platform: Platform, procedure_id: str) -> dict[str, object]:
    """The case that was typed, as JSON; wrong values are kept for the case's own rules to name."""
    site = platform.site(typed.get("site"))
    case: dict[str, object] = {"schema_version": "1", "platform": platform.id, "procedure": procedure_id}
    for name in ("site", "reason", "language", "reading_copy"):
        if value := typed.get(name, "").strip():
            case[name] = value
    for field in asked(platform.procedures[procedure_id]):
        entry = _typed(field, typed, site.zone)
        if entry is not None:
            put(case, field.pointer, entry)
    return case
