"""Made cases: the pages of one order in one language, and the case as somebody types all of it."""

import dataclasses
import datetime as dt
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.filling.orders import LAYOUTS, Order, listing_page, order_page
from benchmarks.meaning import chats, refunds, tracking
from benchmarks.meaning.sheet import Sheet
from benchmarks.meaning.story import HOME, Story
from benchmarks.meaning.truth import Page
from benchmarks.meaning.words import hand, languages
from casefile.case import Case
from casefile.check_digits import CHECK_DIGITS
from casefile.house import House

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
AS_OF = dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC)
_CARRIERS = {"headline-list", "table", "table-desktop", "cards-phone", "phone-list", "dark-phone", "inline", "rising", "by-day",
             "delivered-home", "noise-around", "by-day-phone"}  # fmt: skip
_TALKS = (0, 1, 4, 8, 9)
"""Conversations in which the seller answers the buyer."""
_REASONS = (
    "item_not_received",
    "item_not_received",
    "not_as_described",
    "item_not_received",
    "credit_not_processed",
    "wrong_item",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """One case with its pages: ``typed`` is all of it, as a careful person writes it."""

    name: str
    language: str
    typed: Case
    pages: tuple[tuple[str, Sheet], ...]


def heaps(house: House, seed: int, count: int) -> Iterator[Heap]:
    """So many cases, the languages in turn."""
    dice = random.Random(seed)
    known = [language for language in languages() if language in WORDS["labels"]]
    for place in range(count):
        language = known[place % len(known)]
        words = languages()[language]
        platform, site = words["sites"][(place // len(known)) % len(words["sites"])]
        yield _heap(house, (language, platform, site), place, dice)


def _way(house: House, platform: str, place: int) -> tuple[str, str]:
    """A procedure about an order, and a reason that it knows."""
    for turn in range(len(_REASONS)):
        reason = _REASONS[(place + turn) % len(_REASONS)]
        for name, procedure in house.platforms[platform].procedures.items():
            contests = procedure.audience == "platform" and procedure.letter == "fact_evidence_conclusion"
            if procedure.subject == "order" and contests and reason in procedure.reasons:
                return name, reason
    raise LookupError(platform)


def _order_id(house: House, platform: str, dice: random.Random) -> str:
    """An id of the platform's form, its digits drawn anew where it stays one."""
    form = next(one for one in house.platforms[platform].identifiers if one.field == "/order/id")
    for _ in range(200):
        head, tail = form.valid[0][:4], form.valid[0][4:]
        made = head + re.sub(r"\d", lambda _: dice.choice("0123456789"), tail)
        if re.fullmatch(form.pattern, made):
            return made
    return form.valid[0]


def _heap(house: House, where: tuple[str, str, str], place: int, dice: random.Random) -> Heap:
    language, platform, site = where
    words = languages()[language] | {"sites": [[platform, site]], "places": [WORDS["sites"][site]["lines"][-1]]}
    procedure, reason = _way(house, platform, place)
    layouts = [one for one in tracking.LAYOUTS if one.name in _CARRIERS]
    carrier = tracking.Drawing(dataclasses.replace(layouts[place % len(layouts)], ends=HOME), language, words, dice)
    one = carrier.stories[0] = _well_numbered(carrier.stories[0])
    accepted = next(event.moment for event in one.events if event.state == "accepted")
    order = Order(
        id=_order_id(house, platform, dice), labels=WORDS["labels"][language], goods=WORDS["goods"][language],
        place=WORDS["sites"][site], buyer=words["buyer"], number=one.number,
        placed=(accepted - dt.timedelta(days=1)).replace(second=0),
        ship_by=(accepted + dt.timedelta(days=1)).replace(hour=23, minute=59, second=0),
    )  # fmt: skip
    pen = hand(words, site, dice)
    talk = chats.Drawing(chats.LAYOUTS[place % len(chats.LAYOUTS)], language, words, dice).page(
        "messages.png", order.id, _TALKS[place % len(_TALKS)]
    )
    pages = [("order.png", order_page(order, LAYOUTS[place % len(LAYOUTS)], pen, dice))]
    pages += [("tracking.png", carrier.page("tracking.png", order.id).sheet), ("messages.png", talk.sheet)]
    if reason in {"not_as_described", "wrong_item"}:
        pages.append(("listing.png", listing_page(order, dice)))
    if reason == "credit_not_processed":
        pages.append(("refund.png", _refund(language, words, order.id, dice)))
    typed = _typed(order, (platform, site, procedure, reason), one, talk, house)
    return Heap(
        name=f"{place:02}-{platform}-{site}-{language}-{reason}", language=language, typed=typed, pages=tuple(pages)
    )


def _well_numbered(story: Story) -> Story:
    """The same parcel with a number whose check digit is right, as every real one has it."""
    if not re.fullmatch(r"[A-Z]{2}\d{9}[A-Z]{2}", story.number):
        return story
    bodies = (f"{story.number[:10]}{last}{story.number[11:]}" for last in "0123456789")
    return dataclasses.replace(story, number=next(number for number in bodies if CHECK_DIGITS["s10"](number)))


def _refund(language: str, words: dict[str, Any], order: str, dice: random.Random) -> Sheet:
    """A page on which the refund is made."""
    while True:
        page: Page = refunds.page("fields", language, words, dice, "refund.png", order)
        if page.truth.refunds and page.truth.refunds[0][0] == "made":
            return page.sheet


def _typed(order: Order, way: tuple[str, str, str, str], story: Story, talk: Page, house: House) -> Case:
    platform, site, procedure, reason = way
    zone = ZoneInfo(house.platforms[platform].site(site).zone)

    def at(moment: dt.datetime) -> str:
        return moment.replace(second=0, tzinfo=zone).isoformat()

    place = order.place
    address = {name: place[name] for name in ("postal_code", "city") if name in place}
    accepted = next(event.moment for event in story.events if event.state == "accepted")
    kinds = {"order.png": "order_page", "tracking.png": "tracking", "messages.png": talk.kind, "listing.png": "listing",
             "refund.png": "refund_proof"}  # fmt: skip
    files = ["order.png", "tracking.png", "messages.png"]
    files += ["listing.png"] if reason in {"not_as_described", "wrong_item"} else []
    files += ["refund.png"] if reason == "credit_not_processed" else []
    points = [{"listing_says": order.goods[0], "answer": "ok"}] if "listing.png" in files else []
    return Case.model_validate({
        "platform": platform, "site": site, "procedure": procedure, "reason": reason, "as_of": AS_OF.isoformat(),
        "order": {"id": order.id, "placed_at": at(order.placed), "ship_by_at": at(order.ship_by), "items": [{"name": order.goods[0]}],
                  "total": {"amount": _amount(place["money"], place["currency"]), "currency": place["currency"]}},
        "parcels": [{"tracking_number": story.number, "dispatched_at": at(accepted), "first_scan_at": at(accepted),
                     "delivered_at": at(story.last.moment)}],
        "buyer": {"name": order.buyer, "ship_to": address},
        "contacts": [{"from": one.author, "channel": "on_platform", "text": one.text, "files": ["messages.png"]} for one in talk.truth.told],
        "claim": {"opened_at": "2026-11-26T09:00:00Z", "points": points},
        "files": [{"name": name, "kind": kinds[name]} for name in files],
    })  # fmt: skip


def _amount(money: str, currency: str) -> str:
    digits = re.sub(r"[^\d.,]", "", money).strip(".,")
    if currency in {"JPY", "KRW", "VND", "TWD", "IDR"}:
        return re.sub(r"\D", "", digits)
    whole, cents = digits[:-3], digits[-2:]
    return f"{re.sub(r'[^0-9]', '', whole)}.{cents}"
