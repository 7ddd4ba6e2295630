"""Pages that list many parcels or orders: an aggregator's rows, a shop's orders, a proof of delivery."""

import datetime as dt
import random
from typing import Any

from benchmarks.meaning import frames
from benchmarks.meaning.story import HOME, UNDELIVERED, story
from benchmarks.meaning.truth import Fate, Page, Truth
from benchmarks.meaning.words import hand
from benchmarks.reading_set.numbers import order_id

LAYOUTS = ("aggregator-rows", "aggregator-cards", "order-rows", "proof-of-delivery", "order-page")


def page(layout: str, language: str, words: dict[str, Any], dice: random.Random, name: str, order: str) -> Page:
    """One page of a layout of ``LAYOUTS``."""
    sites = [one for one in words["sites"] if one[0] in {"amazon", "shopee"}] if layout == "order-rows" else []
    platform, site = dice.choice(sites or words["sites"])
    order = order_id(platform, dice) if layout == "order-rows" else order
    pen = hand(words, site, dice)
    frame = dice.choice(("plain", "desktop")) if layout != "aggregator-cards" else "phone"
    sheet = frames.begin(frame, False, dice, "t.17track.net")
    told = {
        "aggregator-rows": _rows,
        "aggregator-cards": _cards,
        "order-rows": _orders,
        "proof-of-delivery": _proof,
        "order-page": _order,
    }[layout]
    count = {"aggregator-rows": 4, "aggregator-cards": 3, "order-rows": 4}.get(layout, 1)
    ends = (
        [HOME if place % 2 else UNDELIVERED for place in range(count)]
        if count > 1
        else [HOME if layout == "proof-of-delivery" else None]
    )
    dice.shuffle(ends)
    stories = [story(language, words, dice, one) for one in ends]
    dates: set[tuple[str, str | None]] = set()
    numbers = told(sheet, words, pen, dice, (stories, order, dates))
    also = {(f"{frames.CLOCK:%Y-%m-%d}", f"{frames.CLOCK:%H:%M}")} if frames.end(sheet, frame, site) else set()
    fates = (
        tuple(one.fate for one in stories)
        if numbers
        else (Fate(number=None, right=(*stories[0].fate.right, ("none", None), ("unclear", None))),)
    )
    first = min(one.events[0].moment for one in stories)
    return Page(
        name=name, language=language, layout=layout, kind={"proof-of-delivery": "proof_of_delivery", "order-page": "order_page"}.get(layout, "tracking"),
        declared=dice.random() < 0.5, platform=platform, site=site, order=order, placed_at=f"{first - dt.timedelta(days=1):%Y-%m-%d}",
        parcels=tuple((one.carrier, one.number) for one in stories[: len(stories) if numbers else 1]), buyer=words["buyer"], seller=words["seller"], sheet=sheet,
        truth=Truth(fates=fates, dates=frozenset(dates), also=frozenset(also)),
    )  # fmt: skip


def _noted(moment: dt.datetime, dates: set, *, minute: bool = True) -> dt.datetime:
    dates.add((f"{moment:%Y-%m-%d}", f"{moment:%H:%M}" if minute else None))
    return moment


def _rows(sheet, words, pen, _dice, told) -> bool:
    stories, _, dates = told
    frames.row_of(sheet, words["page"]["tabs"])
    for one in stories:
        sheet.put(one.number, 24, bold=True)
        sheet.put(pen.both(_noted(one.last.moment, dates)), sheet.width * 0.3, tone="muted")
        sheet.flow(one.last.text, sheet.width * 0.55, sheet.width * 0.42)
        sheet.down(0.5)
    return True


def _cards(sheet, _words, pen, _dice, told) -> bool:
    stories, _, dates = told
    for one in stories:
        top = sheet.y - 4
        sheet.line(one.number, 30, bold=True)
        sheet.flow(one.last.text, 30, sheet.width - 60)
        sheet.line(pen.both(_noted(one.last.moment, dates)), 30, tone="muted", size=13)
        sheet.box(14, top, sheet.width - 14, sheet.y + 2)
        sheet.down(1.2)
    return True


def _orders(sheet, words, pen, dice, told) -> bool:
    stories, order, dates = told
    frames.row_of(sheet, words["page"]["tabs"])
    for x, name in (
        (24, words["page"]["label"][0]),
        (sheet.width * 0.35, words["page"]["columns"][0]),
        (sheet.width * 0.6, words["page"]["status"][1]),
    ):
        sheet.put(name, x, bold=True)
    sheet.down(1.3)
    form = "amazon" if order.count("-") == 2 else "shopee"
    rows = [(order if place == 0 else order_id(form, dice), one) for place, one in enumerate(stories)]
    dice.shuffle(rows)
    for number, one in rows:
        sheet.put(number, 24)
        sheet.put(pen.day(_noted(one.events[0].moment, dates, minute=False)), sheet.width * 0.35)
        sheet.flow(one.last.text, sheet.width * 0.6, sheet.width * 0.38)
    return False


def _proof(sheet, words, pen, dice, told) -> bool:
    (one,), _, dates = told
    labels = words["page"]["label"]
    rows = [
        (words["page"]["number"][0], one.number), (words["page"]["status"][1], one.last.text), (words["page"]["columns"][0], pen.both(_noted(one.last.moment, dates))),
        (labels[1], words["buyer"]), (labels[3], "2.1 kg"),
    ]  # fmt: skip
    if dice.random() < 0.4:
        sheet.line("Proof of Delivery", size=22, bold=True)
    for label, value in rows:
        sheet.put(label, 24, tone="muted")
        sheet.flow(value, 260, sheet.width - 290)
    return True


def _order(sheet, words, pen, dice, told) -> bool:
    (one,), order, dates = told
    labels = words["page"]["label"]
    frames.row_of(sheet, words["page"]["menu"])
    sheet.line(f"{labels[0]} {order}", bold=True)
    sheet.line(pen.day(_noted(one.events[0].moment, dates, minute=False)), tone="muted")
    sheet.line(words["buyer"])
    sheet.line(words["money"])
    sheet.down(0.6)
    sheet.put(f"{words['page']['number'][0]} {one.number}", 24)
    sheet.down(1.2)
    sheet.flow(one.last.text, 24, sheet.width - 60)
    sheet.line(pen.both(_noted(one.last.moment, dates)), tone="muted")
    frames.noise(sheet, words, dice)
    return True
