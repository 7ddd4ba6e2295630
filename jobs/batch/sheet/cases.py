"""Rows become cases: lines of one order are one case, every wrong cell is told with its column, nothing is guessed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from casefile.house import House
from casefile.plain_case import PlainCase
from jobs.batch.sheet.cells import OURS, Cell, CellFault, failed, text_of, unsaved
from jobs.batch.sheet.faults import faults_of
from jobs.batch.sheet.names import belonging, platform_of_order
from jobs.batch.sheet.parcels import part_parcels
from jobs.batch.sheet.row_case import MONEY, PATHS, SPECIAL, TIMES, CellTrouble, RowCase, SheetWords, place_cell
from jobs.batch.sheet.times import day_order

_DEFAULTS = ("platform", "site", "procedure", "reason")
_ONCE = (*_DEFAULTS, "claim_id", "currency")
"""What an export may write in the first line of an order only."""
_NEVER_ZERO = frozenset({"order_id", "claim_id", "tracking_number", "order.placed_at", *TIMES})
_SHOWN = 60
"""Signs of a formula that are shown to its writer."""
_OPTIONS = (*_DEFAULTS, "language", "reading_copy")


def cases_of(rows: Iterator[tuple[int, dict[str, Cell]]], words: SheetWords) -> list[RowCase]:
    """The cases of a sheet, in the order of their first rows."""
    held = list(rows)
    words = replace(words, day_order=day_order(value for _, values in held for value in values.values()))
    found: dict[str, RowCase] = {}
    for number, values in _continued(held):
        made = _row_case(number, values, words)
        if made is None:
            continue
        key = json.dumps([made.subject, *(made.case.get(name) for name in _DEFAULTS), _claim(made)])
        there = found.get(key) if made.subject else None
        if there is None:
            found[key if made.subject else f"row {number}"] = made
        else:
            _merge(there, made)
    for one in found.values():
        _judge(one, words.house)
    return list(found.values())


def _continued(rows: Iterable[tuple[int, dict[str, Cell]]]) -> Iterator[tuple[int, dict[str, Cell]]]:
    """The rows; a further line of the order above it belongs where that one does, as exports write that only once."""
    above: dict[str, Cell] = {}
    for number, values in rows:
        if "order_id" in values and values["order_id"] == above.get("order_id"):
            yield number, {name: above[name] for name in _ONCE if name in above} | values
        else:
            above = values
            yield number, values


def _claim(made: RowCase) -> Any:  # noqa: ANN401  # whatever the sheet holds
    return made.case.get("claim", {}).get("id")


def _row_case(number: int, values: Mapping[str, Cell], words: SheetWords) -> RowCase | None:
    made = RowCase(rows=[number], subject="", case={"schema_version": "1"})
    for name in _OPTIONS:
        if default := words.defaults.get(name):
            made.case[name] = default
    values = _sound(made, values)
    _belong(made, values, words)
    for name in values:
        if name not in SPECIAL and name not in _DEFAULTS:
            place_cell(made, name, values, words)
    part_parcels(made, words.house)
    if "files" in values:
        made.files = text_of(values["files"])
    made.subject = str(made.case.get("order", {}).get("id") or _claim(made) or "")
    made.done = str(values.get(OURS[0], "")) == "done"
    only_text = len(values) == 1 and not made.errors and "files" not in values
    return None if only_text and not made.subject else made


def _sound(made: RowCase, values: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of a row without those whose formula failed or was never reckoned, which are told, and without zeros for ids."""
    bad = {name: _longest(value) for name, value in values.items() if failed(value) or unsaved(value)}
    for name, value in bad.items():
        code = "formula-failed" if failed(values[name]) else "formula-unsaved"
        made.warnings.append(CellTrouble(code=code, column=name, params={"value": value}))
    return {name: value for name, value in values.items() if name not in bad and not _means_none(name, value)}


def _longest(value: Cell) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _means_none(name: str, value: Cell) -> bool:
    """Whether a program wrote a zero because there is no number, or no time."""
    return name in _NEVER_ZERO and str(value).strip() in {"0", "0.0"}


def _belong(made: RowCase, values: Mapping[str, Cell], words: SheetWords) -> None:
    """Where the row belongs, as it writes it, else as the batch says, else where rows usually do, and that is told."""
    said = dict[str, str]()
    for name in _DEFAULTS:
        try:
            said[name] = text_of(values[name]) if name in values else str(made.case.get(name) or "")
        except CellFault as fault:
            made.errors.append(CellTrouble(code=str(fault), column=name))
    order = str(values.get("order_id") or "")
    if words.export.platform and not said["platform"] and not platform_of_order(order, words.house):
        said["platform"] = words.export.platform
        made.warnings.append(CellTrouble(code="platform-assumed", params={"value": words.export.platform}))
    found = belonging(said, order, words.house)
    made.case |= {name: value for name, value in found.values.items() if value}
    for name in found.assumed:
        made.warnings.append(CellTrouble(code=f"{name}-assumed", params={"value": found.values[name]}))


def _merge(there: RowCase, more: RowCase) -> None:
    """Another line of the same order: items add up, another parcel is another parcel, what differs is told."""
    there.rows += more.rows
    there.done = there.done and more.done
    there.errors += more.errors
    there.warnings += [one for one in more.warnings if one not in there.warnings]
    if more.files and more.files not in there.files:
        there.files = f"{there.files};{more.files}" if there.files else more.files
    items = more.case.get("order", {}).pop("items", [])
    there.case.setdefault("order", {}).setdefault("items", []).extend(items)
    if not there.case["order"]["items"]:
        del there.case["order"]["items"]
    known = {parcel.get("tracking_number") for parcel in there.case.get("parcels", [])}
    for parcel in more.case.pop("parcels", []):
        if parcel.get("tracking_number") not in known:
            there.case.setdefault("parcels", []).append(parcel)
    if differing := sorted(_differing(there, more)):
        there.warnings.append(CellTrouble(code="rows-differ", params={"fields": ", ".join(differing[:5])}))


def _differing(there: RowCase, more: RowCase) -> Iterator[str]:
    """The fields that two lines of one order fill differently; what only the other fills is taken over."""
    waiting = [(there.case, more.case, "")]
    while waiting:
        known, new, path = waiting.pop()
        for name, value in new.items():
            if name not in known:
                known[name] = value
            elif isinstance(value, dict) and isinstance(known[name], dict):
                waiting.append((known[name], value, f"{path}{name}."))
            elif value != known[name] and name != "items":
                yield f"{path}{name}"


def _judge(made: RowCase, house: House) -> None:
    """Everything that a request with this case would be refused for, beside the cells that could not be read."""
    columns = {"/" + path.replace(".", "/"): name for name, path in {**PATHS, **TIMES, **MONEY}.items()}
    wrong = {one.column for one in made.errors}
    told = faults_of(PlainCase(made.case), house)
    made.subject = told.subject or made.subject
    for one in told.faults:
        column = columns.get(one.pointer, one.pointer.strip("/").replace("/", "."))
        if column not in wrong:
            made.errors.append(CellTrouble(code=one.code, column=column, params=dict(one.params)))
