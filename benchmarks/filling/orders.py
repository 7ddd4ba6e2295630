"""Order pages and listings, drawn in four layouts: label before value, value below, two columns, and a table of goods."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from benchmarks.meaning import frames
from benchmarks.meaning.sheet import Sheet
from benchmarks.meaning.words import Hand

LAYOUTS = ("colon", "below", "columns", "table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an order page says."""

    id: str
    labels: dict[str, Any]
    goods: list[str]
    place: dict[str, Any]
    buyer: str
    number: str
    placed: dt.datetime
    ship_by: dt.datetime


def order_page(order: Order, layout: str, pen: Hand, dice: random.Random) -> Sheet:
    """One order page."""
    sheet = frames.begin("desktop" if layout in {"columns", "table"} else "plain", False, dice, "seller.example.com")
    labels = order.labels
    sheet.line(f"{labels['title']}", size=20, bold=True)
    top = (
        (labels["order"], order.id), (labels["date"], pen.both(order.placed)), (labels["by"], pen.both(order.ship_by)),
        (labels["state"], labels["shipped"]), (labels["number"], order.number),
    )  # fmt: skip
    start = sheet.y
    for label, value in top:
        _pair(sheet, layout, label, value, 24, 230)
    left = sheet.y
    if layout in {"columns", "table"}:
        sheet.y = start
    x = 700 if layout in {"columns", "table"} else 24
    sheet.line(labels["to"], x, bold=True)
    for line in (order.buyer, *order.place["lines"]):
        sheet.line(line, x)
    sheet.y = max(left, sheet.y) + 16
    _goods(sheet, order, layout)
    return sheet


def _pair(sheet: Sheet, layout: str, label: str, value: str, x: float, beside: float) -> None:
    if layout == "colon":
        sheet.line(f"{label}: {value}", x)
    elif layout == "below":
        sheet.line(label, x, tone="muted", size=13)
        sheet.line(value, x)
    else:
        sheet.put(label, x, tone="muted")
        sheet.line(value, x + beside)


def _goods(sheet: Sheet, order: Order, layout: str) -> None:
    labels, other = order.labels, order.labels["other"]
    if layout == "table":
        sheet.put(labels["item"], 24, bold=True)
        sheet.line(other[2], 640, bold=True)
        sheet.put(order.goods[0], 24)
        sheet.line("1", 640)
        sheet.down(0.6)
    else:
        _pair(sheet, layout, labels["item"], order.goods[0], 24, 230)
        _pair(sheet, layout, other[2], "1", 24, 230)
    _pair(sheet, layout, labels["total"], order.place["money"], 24, 230)


def listing_page(order: Order, dice: random.Random) -> Sheet:
    """The page of the offer, headed by the name of the goods."""
    sheet = frames.begin("desktop", False, dice, "www.example.com")
    sheet.line(order.goods[0], size=22, bold=True)
    sheet.line(order.place["money"], size=18)
    sheet.line(order.labels["listing"], bold=True)
    for line in order.goods[1:]:
        sheet.line(f"• {line}")
    return sheet
