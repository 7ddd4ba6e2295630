"""One row as it becomes a case: where each of its cells goes, and how it is written there."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from casefile.admission import NO_SITES
from casefile.as_printed import is_day_alone
from casefile.house import House
from casefile.pointer import types_at
from casefile.text_value import TextValues
from evidence_packer.understand.money import moneys, signs
from jobs.batch.sheet.cells import OURS, Cell, CellFault, amount_of, is_owed, text_of
from jobs.batch.sheet.columns import EMPTY_REMARKS, SheetExport
from jobs.batch.sheet.currencies import currency_of
from jobs.batch.sheet.headers import Remark
from jobs.batch.sheet.names import carrier_of, country_of, named_so
from jobs.batch.sheet.times import TimeWays, time_of

PATHS = {
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
TIMES = {
    "claim_opened_at": "claim.opened_at",
    "deadline_at": "deadline.at",
    "dispatched_at": "parcels.0.dispatched_at",
    "delivered_at": "parcels.0.delivered_at",
}
MONEY = {"amount": "claim.amount"}
SPECIAL = {"currency", "files", OURS[0]}


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
    day_order: str | None = None
    remarks: Mapping[str, Remark] = field(default_factory=lambda: EMPTY_REMARKS)
    """What headers say of the cells below them, by column name."""


def place_cell(made: RowCase, name: str, values: Mapping[str, Cell], words: SheetWords) -> None:
    """Put the cell of column ``name`` where it belongs in the case; a cell that cannot be used is told."""
    value = values[name]
    try:
        if name in TIMES:
            _put_time(made, TIMES[name], value, words, name)
        elif name.startswith("item."):
            _put_item(made, name.removeprefix("item."), value, values, words)
        elif name in MONEY or _is_money(PATHS.get(name, name)):
            _put(made, MONEY.get(name, name), _money(name, values, made, words))
            if is_owed(value):
                made.warnings.append(CellTrouble(code="amount-sign", column=name))
        elif _is_time(PATHS.get(name, name)):
            _put_time(made, name, value, words, name)
        else:
            _put(made, PATHS.get(name, name), _scalar(name, value, words.house))
            if name == "carrier" and _is_service(text_of(value), words.house):
                made.case["parcels"][0].setdefault("service", text_of(value))
    except CellFault as fault:
        made.errors.append(CellTrouble(code=str(fault), column=_column(name)))


def _scalar(name: str, value: Cell, house: House) -> Any:  # noqa: ANN401  # as the field wants it
    text = text_of(value)
    if name == "carrier":
        return carrier_of(text, house) or text
    if name == "ship_to_country":
        return country_of(text, house) or text
    kinds = types_at("/" + PATHS.get(name, name).replace(".", "/"))
    if bool in kinds:
        return text.casefold() in {"true", "yes", "1", "是", "y"}
    if int in kinds and text.lstrip("-").isdigit():
        return int(text)
    return text


def _is_service(text: str, house: House) -> bool:
    """Whether a cell says more than the carrier's name, such as ``UPS Ground``."""
    carrier = carrier_of(text, house)
    return carrier is not None and not named_so(text, house.carriers[carrier])


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
    said = words.remarks.get(column, Remark()).zone
    zone = said or words.export.zone or (site.zone if site else "UTC")
    written, assumed = time_of(value, TimeWays(zone=zone, formats=words.export.times, order=words.day_order))
    if assumed and not said:
        made.warnings.append(CellTrouble(code="zone-assumed", column=column, params={"zone": zone}))
    if path == TIMES["deadline_at"] and is_day_alone(moment := dt.datetime.fromisoformat(written)):
        written = moment.replace(hour=23, minute=59, microsecond=0).isoformat()  # a day alone ends with it
    _put(made, path, written)


def _money(name: str, values: Mapping[str, Cell], made: RowCase, words: SheetWords) -> dict[str, str]:
    """The cell's amount in the currency of the row, else its own sign's, else the header's, else the site's."""
    value, site = values[name], _site(made, words)
    said = text_of(values["currency"]) if "currency" in values else ""
    row = (currency_of(said) or said).upper()
    usual_one = row or words.remarks.get(name, Remark()).currency or (site.currency if site else "")
    if isinstance(value, str) and (printed := next(moneys(text_of(value), signs(words.house)), None)):
        if row and row not in printed.currencies:
            raise CellFault("currency-other")
        usual_one = row or printed.currency((usual_one,)) or ""
        if usual_one:
            return {"amount": format(printed.value, "f"), "currency": usual_one}
    if not usual_one:
        raise CellFault("currency-missing")
    return {"amount": amount_of(value).removeprefix("-"), "currency": usual_one}


def _column(name: str) -> str:
    """The column as a person knows it: an item's fields stand in the first of the order's items."""
    return f"order.items.0.{name.removeprefix('item.')}" if name.startswith("item.") else name


def _put_item(made: RowCase, name: str, value: Cell, values: Mapping[str, Cell], words: SheetWords) -> None:  # as above
    items = made.case.setdefault("order", {}).setdefault("items", [{}])
    if name == "price":
        items[0][name] = _money("item.price", values, made, words)
    elif name == "total":
        total = _money("item.total", values, made, words)
        if each := _unit_price(total["amount"], text_of(values.get("item.quantity", 1))):
            items[0].setdefault("price", {**total, "amount": each})
    elif name == "quantity":
        text = text_of(value)
        if not text.isdigit():
            raise CellFault("amount-malformed")
        items[0][name] = int(text)
    else:
        items[0][name] = text_of(value)


def _unit_price(total: str, quantity: str) -> str | None:
    """The price of one, from that of the line; nothing where it does not come out to the cent."""
    each = Decimal(total) / int(quantity) if quantity.isdigit() and int(quantity) else None
    if each is None or each != each.quantize(Decimal("0.01")):
        return None
    return format(each.quantize(Decimal(total)), "f")


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
