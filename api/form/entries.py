"""What was typed into the form, as the JSON of a case.

Times are typed in the site's zone; the offset of that day is added here, so that the case is as exact as one sent by a program.
"""

import datetime as dt
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from api.form.fields import FormField, describe
from api.request.numbers import at_most, whole
from casefile.as_printed import of_day
from casefile.plain_case import PlainCase
from casefile.platform import Platform
from casefile.procedure import Procedure

ROWS = "rows."
"""``rows.<list>`` says how many lines of a list the form shows."""
CONFIRM = "confirm."
"""``confirm.<rule code>`` is ticked when a person has done what that line of the checklist says."""
_MOST_ROWS = 20
BANKED = {"/root_causes": "cause", "/actions_taken": "action", "/preventions": "prevention"}
"""Lists whose lines may be ready sentences, and the use of those in the bank."""


def asked(procedure: Procedure, typed: Mapping[str, str] | None = None) -> tuple[FormField, ...]:
    """The inputs of a procedure, in the platform's order; the reason has an input of its own.

    Lists have as many lines as ``typed`` says.
    """
    inner = [pointer for pointer in procedure.required if not any(a.startswith(pointer + "/") for a in procedure.ask)]
    pointers = [pointer for pointer in dict.fromkeys((*procedure.ask, *inner)) if pointer != "/reason"]
    found: list[FormField] = []
    done: set[str] = set()
    for field in map(describe, pointers):
        if field.row is None:
            found.append(field)
        elif field.row not in done:
            done.add(field.row)
            found += _lines(field.row, [p for p in pointers if p.startswith(f"{field.row}/0/")], typed or {})
    return tuple(found)


def _lines(row: str, pointers: list[str], typed: Mapping[str, str]) -> list[FormField]:
    sent = typed.get(ROWS + row, "")
    places = (
        at_most(name.removeprefix(row + "/").split("/")[0], _MOST_ROWS - 1)
        for name in typed
        if name.startswith(row + "/")
    )
    count = max(at_most(sent, _MOST_ROWS) or 1, *(place + 1 for place in places if place is not None), 1)
    return [describe(p.replace(f"{row}/0/", f"{row}/{n}/", 1)) for n in range(count) for p in pointers]


def with_line(typed: Mapping[str, str], procedure: Procedure, row: str) -> dict[str, str]:
    """What was typed, with one more line of the list ``row``."""
    lines = {f.pointer.removeprefix(row + "/").split("/")[0] for f in asked(procedure, typed) if f.row == row}
    return {**typed, ROWS + row: str(len(lines) + 1)}


def bank_slots(typed: Mapping[str, str], line: str) -> dict[str, str | int]:
    """What was typed into the slots of a ready sentence; ``line`` is its line's pointer."""
    start = f"{line}/slots/"
    found = {name.removeprefix(start): text.strip() for name, text in typed.items() if name.startswith(start)}
    return {name: text if (number := whole(text)) is None else number for name, text in found.items() if text}


def texts(typed: Mapping[str, str], pointer: str) -> dict[str, str]:
    """What was typed under a pointer in each language."""
    start = pointer + "@"
    return {n.removeprefix(start): text.strip() for n, text in typed.items() if n.startswith(start) and text.strip()}


def _typed(field: FormField, typed: Mapping[str, str], zone: str) -> object | None:
    text = typed.get(field.pointer, "").strip()
    said = texts(typed, field.pointer) if field.in_languages else {}
    if said or not text:
        return said or None
    if field.sort == "money":
        return {"amount": text, "currency": typed.get(f"{field.pointer}.currency", "").strip()}
    if field.sort == "list":
        return [part for part in re.split(r"[,，;；、\n]+\s*", text) if part]
    if field.sort == "number" and (number := whole(text.removeprefix("-"))) is not None:
        return -number if text.startswith("-") else number
    if field.sort == "time":
        return zoned(text, zone)
    return field.sort == "flag" or text


def zoned(text: str, zone: str) -> str:
    """A local time such as ``2026-11-18T18:03`` with the offset of ``zone`` on that day; a day alone stays one, other text too."""
    try:
        if len(text) == len("2026-11-18"):
            return of_day(dt.date.fromisoformat(text), ZoneInfo(zone)).isoformat()
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).isoformat()


def case_from(typed: Mapping[str, str], platform: Platform, procedure_id: str) -> PlainCase:
    """The case that was typed, as JSON; wrong values are kept for the case's own rules to name.

    Lines of a list that were left empty are no lines.
    """
    site = platform.site(typed.get("site"))
    case = PlainCase({"schema_version": "1", "platform": platform.id, "procedure": procedure_id})
    for name in ("site", "reason", "language", "reading_copy", "letter"):
        if value := typed.get(name, "").strip():
            case.json[name] = value
    confirmed = [name.removeprefix(CONFIRM) for name, value in typed.items() if name.startswith(CONFIRM) and value]
    if confirmed:
        case.json["confirmations"] = {code: {"value": True} for code in confirmed}
    places: dict[str, dict[str, int]] = {}
    for field in asked(platform.procedures[procedure_id], typed):
        entry = _typed(field, typed, site.zone)
        if field.row in BANKED and field.pointer.endswith("/text"):
            _put_ready(case, field, typed, places)
        if entry is not None:
            case.put(_closed_up(field, places), entry, over=False)
    return case


def _put_ready(case: PlainCase, field: FormField, typed: Mapping[str, str], places: dict[str, dict[str, int]]) -> None:
    """The ready sentence chosen for the line that ``field`` stands in."""
    line = field.pointer.rpartition("/")[0]
    if code := typed.get(f"{line}/code", "").strip():
        there = _closed_up(field, places).rpartition("/")[0]
        case.put(f"{there}/code", code, over=False)
        case.put(f"{there}/slots", bank_slots(typed, line), over=False)


def _closed_up(field: FormField, places: dict[str, dict[str, int]]) -> str:
    """The pointer without the gaps that empty lines before it would leave."""
    if field.row is None:
        return field.pointer
    line, _, rest = field.pointer.removeprefix(field.row + "/").partition("/")
    known = places.setdefault(field.row, {})
    return f"{field.row}/{known.setdefault(line, len(known))}/{rest}"
