"""Rows become cases: lines of one order are one case, every wrong cell is told with its column, nothing is guessed."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casefile import text_folding
from casefile.admission import NO_SITES
from casefile.as_printed import is_day_alone
from casefile.house import House
from casefile.plain_case import PlainCase
from casefile.pointer import types_at
from casefile.text_value import TextValues
from evidence_packer.understand.money import moneys, signs
from jobs.batch.sheet.cells import CellFault, amount_of, text_of, time_of
from jobs.batch.sheet.columns import OURS, SheetExport
from jobs.batch.sheet.faults import faults_of
from jobs.batch.sheet.names import belonging
from jobs.batch.sheet.table import Cell

_PATHS = {
    "order_id": "order.id",
    "claim_id": "claim.id",
    "carrier": "parcels.0.carrier",
    "tracking_number": "parcels.0.tracking_number",
    "ship_to_name": "buyer.name",
    "ship_to_line1": "buyer.ship_to.lines.0",
    "ship_to_city": "buyer.ship_to.city",
    "ship_to_region": "buyer.ship_to.region",
    "ship_to_postal_code": "buyer.ship_to.postal_code",
    "ship_to_country": "buyer.ship_to.country",
}
_TIMES = {
    "claim_opened_at": "claim.opened_at",
    "deadline_at": "deadline.at",
    "dispatched_at": "parcels.0.dispatched_at",
    "delivered_at": "parcels.0.delivered_at",
}
_MONEY = {"amount": "claim.amount"}
_SPECIAL = {"currency", "files", OURS[0]}
_DEFAULTS = ("platform", "site", "procedure", "reason")
_OPTIONS = (*_DEFAULTS, "language", "reading_copy")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTrouble:
    """One thing wrong, or to be known, about a row: code, column (empty: the row), values of its text."""

    code: str
    column: str = ""
    params: TextValues = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class RowCase:
    """One case of a sheet: the rows it stands in, the case as JSON, the cells of ``files``, and what is wrong with it."""

    rows: list[int]
    subject: str
    case: dict[str, Any]
    files: str = ""
    done: bool = False
    errors: list[CellTrouble] = field(default_factory=list)
    warnings: list[CellTrouble] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """What a sheet is read with: its export, the defaults of the batch (platform, procedure …), the data folders."""

    export: SheetExport
    defaults: Mapping[str, str]
    house: House


def cases_of(rows: Iterator[tuple[int, dict[str, Cell]]], words: SheetWords) -> list[RowCase]:
    """The cases of a sheet, in the order of their first rows."""
    found: dict[str, RowCase] = {}
    for number, values in rows:
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


def _claim(made: RowCase) -> Any:  # noqa: ANN401  # whatever the sheet holds
    return made.case.get("claim", {}).get("id")


def _row_case(number: int, values: Mapping[str, Cell], words: SheetWords) -> RowCase | None:
    made = RowCase(rows=[number], subject="", case={"schema_version": "1"})
    for name in _OPTIONS:
        if default := words.defaults.get(name):
            made.case[name] = default
    if words.export.platform and "platform" not in made.case:
        made.case["platform"] = words.export.platform
    _belong(made, values, words)
    for name in values:
        if name not in _SPECIAL and name not in _DEFAULTS:
            _place_cell(made, name, values, words)
    if "files" in values:
        made.files = text_of(values["files"])
    made.subject = str(made.case.get("order", {}).get("id") or _claim(made) or "")
    made.done = str(values.get(OURS[0], "")) == "done"
    only_text = len(values) == 1 and not made.errors and "files" not in values
    return None if only_text and not made.subject else made


def _place_cell(made: RowCase, name: str, values: Mapping[str, Cell], words: SheetWords) -> None:
    value = values[name]
    try:
        if name in _TIMES:
            _put_time(made, _TIMES[name], value, words, name)
        elif name.startswith("item."):
            _put_item(made, name.removeprefix("item."), value, values, words)
        elif name in _MONEY or _is_money(_PATHS.get(name, name)):
            _put(made, _MONEY.get(name, name), _money(value, values, made, words))
        elif _is_time(_PATHS.get(name, name)):
            _put_time(made, name, value, words, name)
        else:
            _put(made, _PATHS.get(name, name), _scalar(name, value, words.house))
    except CellFault as fault:
        made.errors.append(CellTrouble(code=str(fault), column=name))


def _belong(made: RowCase, values: Mapping[str, Cell], words: SheetWords) -> None:
    """Where the row belongs, as it writes it, else as the batch says, else where rows usually do, and that is told."""
    said = dict[str, str]()
    for name in _DEFAULTS:
        try:
            said[name] = text_of(values[name]) if name in values else str(made.case.get(name) or "")
        except CellFault as fault:
            made.errors.append(CellTrouble(code=str(fault), column=name))
    found = belonging(said, str(values.get("order_id") or ""), words.house)
    made.case |= {name: value for name, value in found.values.items() if value}
    for name in found.assumed:
        made.warnings.append(CellTrouble(code=f"{name}-assumed", params={"value": found.values[name]}))


def _scalar(name: str, value: Cell, house: House) -> Any:  # noqa: ANN401  # as the field wants it
    text = text_of(value)
    if name == "carrier":
        plain = text_folding.squeezed(text)
        for carrier in house.carriers.values():
            if plain in {
                text_folding.squeezed(carrier.id),
                *(text_folding.squeezed(n) for n in carrier.name.values()),
            }:
                return carrier.id
    kinds = types_at("/" + _PATHS.get(name, name).replace(".", "/"))
    if bool in kinds:
        return text.casefold() in {"true", "yes", "1", "是", "y"}
    if int in kinds and text.lstrip("-").isdigit():
        return int(text)
    return text


def _is_time(path: str) -> bool:
    return path.rsplit(".", maxsplit=1)[-1].endswith("_at") or path.rsplit(".", maxsplit=1)[-1] == "at"


def _is_money(path: str) -> bool:
    return any(getattr(kind, "__name__", "") == "Money" for kind in types_at("/" + path.replace(".", "/")))


def _site(made: RowCase, words: SheetWords) -> Any:  # noqa: ANN401  # a Site or nothing
    platform = words.house.platforms.get(str(made.case.get("platform")))
    if platform is None:
        return None
    wanted = str(made.case.get("site") or "").upper()
    return platform.sites.get("GB" if wanted == "UK" else wanted) or platform.sites.get(
        platform.default_site or NO_SITES
    )


def _put_time(made: RowCase, path: str, value: Cell, words: SheetWords, column: str) -> None:  # what, where, how
    site = _site(made, words)
    zone = words.export.zone or (site.zone if site else "UTC")
    written, assumed = time_of(value, zone, words.export.times)
    if assumed:
        made.warnings.append(CellTrouble(code="zone-assumed", column=column, params={"zone": zone}))
    if path == _TIMES["deadline_at"] and is_day_alone(moment := dt.datetime.fromisoformat(written)):
        written = moment.replace(hour=23, minute=59, microsecond=0).isoformat()  # a day alone ends with it
    _put(made, path, written)


def _money(value: Cell, values: Mapping[str, Cell], made: RowCase, words: SheetWords) -> dict[str, str]:
    site = _site(made, words)
    currency = text_of(values["currency"]) if "currency" in values else ""
    usual_one = currency.upper() or (site.currency if site else "")
    if isinstance(value, str) and (printed := next(moneys(value, signs(words.house)), None)):
        usual_one = currency.upper() or printed.currency((usual_one,)) or ""
        if usual_one:
            return {"amount": format(printed.value, "f"), "currency": usual_one}
    if not usual_one:
        raise CellFault("currency-missing")
    return {"amount": amount_of(value), "currency": usual_one}


def _put_item(made: RowCase, name: str, value: Cell, values: Mapping[str, Cell], words: SheetWords) -> None:  # as above
    items = made.case.setdefault("order", {}).setdefault("items", [{}])
    if name == "price":
        items[0][name] = _money(value, values, made, words)
    elif name == "quantity":
        text = text_of(value)
        if not text.isdigit():
            raise CellFault("amount-malformed")
        items[0][name] = int(text)
    else:
        items[0][name] = text_of(value)


def _put(made: RowCase, path: str, value: Any) -> None:  # noqa: ANN401  # any JSON value
    """Set ``a.0.b`` in nested objects and lists; a number beyond the end of a list appends."""
    names = path.split(".")
    here: Any = made.case
    for name, following in zip(names, [*names[1:], ""], strict=True):
        fresh: Any = value if not following else ([] if following.isdigit() else {})
        if isinstance(here, list):
            if not name.isdigit() or int(name) > 50:
                raise CellFault("column-wrong")
            place = min(int(name), len(here))
            if place == len(here):
                here.append(fresh)
            elif not following:
                here[place] = value
            here = here[place]
        elif isinstance(here, dict):
            if not following:
                here[name] = value
            here = here.setdefault(name, fresh)
        else:
            raise CellFault("column-wrong")


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
    columns = {"/" + path.replace(".", "/"): name for name, path in {**_PATHS, **_TIMES, **_MONEY}.items()}
    wrong = {one.column for one in made.errors}
    told = faults_of(PlainCase(made.case), house)
    made.subject = told.subject or made.subject
    for one in told.faults:
        column = columns.get(one.pointer, one.pointer.strip("/").replace("/", "."))
        if column not in wrong:
            made.errors.append(CellTrouble(code=one.code, column=column, params=dict(one.params)))
