"""Pages about parcels: thirty-odd layouts of carriers, aggregators and platforms, each with what it really says."""

import dataclasses
import datetime as dt
import random
from typing import Any

from benchmarks.meaning import frames
from benchmarks.meaning.sheet import Sheet
from benchmarks.meaning.story import HOME, UNDELIVERED, Event, Story, story
from benchmarks.meaning.truth import Fate, Page, Truth
from benchmarks.meaning.words import Hand, hand

_BEFORE_THE_END = ("accepted", "in_transit", "out_for_delivery", "attempt_failed", "exception", "returning", "lost")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a page is made. ``core``: how events stand; ``around``: what else is there, from the top; ``ends``: fitting ends."""

    name: str
    core: str
    frame: str = "plain"
    dark: bool = False
    around: tuple[str, ...] = ()
    ends: tuple[str, ...] | None = None
    kind: str = "tracking"
    rising: bool = False
    parcels: int = 1


LAYOUTS = (
    Layout(name="headline-list", core="list", around=("headline",)),
    Layout(name="table", core="table"),
    Layout(name="table-desktop", core="table", frame="desktop", around=("headline",)),
    Layout(name="two-columns", core="columns", frame="desktop"),
    Layout(name="cards-phone", core="cards", frame="phone", around=("headline",)),
    Layout(name="phone-list", core="list", frame="phone", around=("headline",)),
    Layout(name="desktop-bars", core="list", frame="desktop", around=("menu", "headline")),
    Layout(name="dark-phone", core="inline", frame="phone", dark=True, around=("headline",)),
    Layout(name="inline", core="inline"),
    Layout(name="step-row", core="list", around=("headline", "steps"), ends=_BEFORE_THE_END),
    Layout(name="step-row-alone", core="none", around=("headline", "steps"), ends=_BEFORE_THE_END),
    Layout(name="step-column", core="list", frame="phone", around=("headline", "step-column"), ends=_BEFORE_THE_END),
    Layout(name="step-days", core="none", around=("headline", "step-days"), ends=("in_transit", "out_for_delivery", "attempt_failed")),
    Layout(name="tabs-counts", core="list", around=("tabs", "headline"), ends=UNDELIVERED),
    Layout(name="legend", core="table", around=("headline", "legend"), ends=UNDELIVERED),
    Layout(name="help-below", core="list", around=("headline", "below:help"), ends=UNDELIVERED),
    Layout(name="advertisement", core="inline", around=("ads", "headline", "below:ads"), ends=UNDELIVERED),
    Layout(name="toggles", core="list", frame="phone", around=("headline", "toggles"), ends=UNDELIVERED),
    Layout(name="everything", core="list", frame="desktop", around=("menu", "tabs", "headline", "steps", "below:toggles", "below:help", "below:noise"), ends=UNDELIVERED),
    Layout(name="two-cards", core="list", around=(), parcels=2),
    Layout(name="two-tables", core="table", around=(), parcels=2),
    Layout(name="two-lists-phone", core="inline", frame="phone", around=(), parcels=2),
    Layout(name="estimate", core="list", around=("headline", "expected", "future"), ends=("info_received", "accepted", "in_transit", "out_for_delivery")),
    Layout(name="return-journey", core="list", around=("headline",), ends=("returned", "returning")),
    Layout(name="attempts", core="table", around=("headline",), ends=("attempt_failed", "exception")),
    Layout(name="pick-up", core="inline", around=("headline",), ends=("access", "available_for_pickup", "collected")),
    Layout(name="elsewhere", core="list", around=("generic",), ends=("neighbour", "locker", "agent", "access")),
    Layout(name="lost-cancelled", core="table", ends=("lost", "cancelled")),
    Layout(name="rising", core="inline", rising=True),
    Layout(name="by-day", core="by-day", around=("headline",)),
    Layout(name="by-day-phone", core="by-day", frame="phone"),
    Layout(name="yearless", core="inline", around=("headline",)),
    Layout(name="headline-alone", core="none", around=("headline", "below:noise")),
    Layout(name="label-only", core="list", around=("headline", "below:noise"), ends=("info_received",)),
    Layout(name="at-odds", core="list", around=("wrong-headline",), ends=("attempt_failed", "returning", "lost")),
    Layout(name="delivered-home", core="list", around=("generic", "below:help"), ends=HOME),
    Layout(name="delivered-steps", core="inline", frame="phone", around=("generic", "steps", "toggles"), ends=HOME),
    Layout(name="noise-around", core="table", around=("below:noise", "below:noise"), frame="desktop"),
)  # fmt: skip


class Drawing:
    """One page about parcels under the pen."""

    def __init__(self, layout: Layout, language: str, words: dict[str, Any], dice: random.Random) -> None:
        self.layout, self.language, self.words, self.dice = layout, language, words, dice
        self.platform, self.site = dice.choice(words["sites"])
        self.hand: Hand = hand(words, self.site, dice, yearless=layout.name == "yearless")
        self.stories = [story(language, words, dice, layout.ends) for _ in range(layout.parcels)]
        if layout.parcels == 2 and self.stories[0].delivered == self.stories[1].delivered:
            self.stories[1] = story(language, words, dice, HOME if not self.stories[0].delivered else UNDELIVERED)
        host = f"www.{self.stories[0].carrier.replace('_', '')}.com"
        self.sheet: Sheet = frames.begin(layout.frame, layout.dark, dice, host)
        self.dates: set[tuple[str, str | None]] = set()
        self.also: set[tuple[str, str | None]] = set()

    def page(self, name: str, order: str) -> Page:
        """Draw everything; the page with its truth."""
        for one in self.stories:
            self._parcel(one)
        for piece in self.layout.around:
            if piece.startswith("below:"):
                self._furniture(piece.removeprefix("below:"))
        if frames.end(self.sheet, self.layout.frame, self.site):
            self.also.add((f"{frames.CLOCK:%Y-%m-%d}", f"{frames.CLOCK:%H:%M}"))
        first = min(one.events[0].moment for one in self.stories)
        dates, also = (set(), self.dates | self.also) if self.layout.name == "yearless" else (self.dates, self.also)
        return Page(
            name=name, language=self.language, layout=self.layout.name, kind=self.layout.kind, declared=self.dice.random() < 0.5,
            platform=self.platform, site=self.site, order=order, placed_at=f"{first - dt.timedelta(days=1):%Y-%m-%d}",
            parcels=tuple((one.carrier, one.number) for one in self.stories), buyer=self.words["buyer"], seller=self.words["seller"],
            sheet=self.sheet, truth=Truth(fates=tuple(map(self._fate, self.stories)), dates=frozenset(dates), also=frozenset(also)),
        )  # fmt: skip

    def _fate(self, one: Story) -> Fate:
        if self.layout.name == "at-odds":
            return Fate(number=one.number, right=(("unclear", None), *one.fate.right))
        if self.layout.core == "none" and one.end in {"access", "collected"}:
            return dataclasses.replace(one.fate, right=(*one.fate.right, ("delivered", "unknown")))
        return one.fate

    def _parcel(self, one: Story) -> None:
        around = self.layout.around if self.layout.parcels == 1 else ()
        for piece in around:
            if piece in {"menu", "tabs", "ads"}:
                self._furniture(piece)
        self._number(one)
        for piece in around:
            if piece not in {"menu", "tabs", "ads"} and not piece.startswith("below:"):
                self._piece(piece, one)
        events = one.events if self.layout.rising else one.events[::-1]
        if self.layout.core != "none":
            if self.dice.random() < 0.5:
                self.sheet.line(self.dice.choice(self.words["page"]["history"]), bold=True)
            getattr(self, f"_{self.layout.core.replace('-', '_')}")(events, one)
        self.sheet.down(0.8)

    def _number(self, one: Story) -> None:
        label = self.dice.choice(self.words["page"]["number"])
        if self.dice.random() < 0.5:
            self.sheet.line(label, tone="muted")
            self.sheet.line(one.number, bold=True)
        else:
            self.sheet.line(f"{label} {one.number}")

    def _piece(self, piece: str, one: Story) -> None:
        reached = {"info_received": 0, "accepted": 1, "out_for_delivery": 3}.get(one.end, 4 if one.delivered else 2)
        if piece == "headline":
            self._headline(one.last.text)
        elif piece in {"generic", "wrong-headline"}:
            self._headline(self.dice.choice(self.words["delivered"]["unknown"]))
        elif piece in {"steps", "step-column"}:
            frames.steps(self.sheet, self.words, reached, column=piece == "step-column")
        elif piece == "step-days":
            shown = one.events[:3]
            expected = one.last.moment + dt.timedelta(days=2)
            frames.steps_with_days(
                self.sheet, self.words, [self._day(event.moment) for event in shown], self.hand.day(expected)
            )
            self.also.add((f"{expected:%Y-%m-%d}", None))
        elif piece == "expected":
            expected = one.last.moment + dt.timedelta(days=2)
            self.sheet.line(self.dice.choice(self.words["page"]["expected"]).replace("{d}", self.hand.day(expected)))
            self.also.add((f"{expected:%Y-%m-%d}", None))
        else:
            self._furniture(piece)

    def _headline(self, text: str) -> None:
        if self.dice.random() < 0.4:
            self.sheet.line(self.dice.choice(self.words["page"]["status"]), tone="muted", size=13)
        self.sheet.flow(text, 24, self.sheet.width - 48, size=22)
        self.sheet.down(0.3)

    def _furniture(self, what: str) -> None:
        if what == "noise":
            frames.noise(self.sheet, self.words, self.dice)
        else:
            frames.furniture(self.sheet, what, self.words, self.dice)

    def _day(self, moment: dt.datetime) -> str:
        self.dates.add((f"{moment:%Y-%m-%d}", None))
        self.also.add((f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"))
        return self.hand.day(moment)

    def _both(self, moment: dt.datetime) -> str:
        self.dates.add((f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"))
        return self.hand.both(moment)

    def _list(self, events: tuple[Event, ...], _one: Story) -> None:
        status_first = self.dice.random() < 0.4
        for event in events:
            if status_first:
                self.sheet.flow(event.text, 24, self.sheet.width - 60)
                self.sheet.line(self._both(event.moment), tone="muted", size=13)
            else:
                self.sheet.line(self._both(event.moment), tone="muted", size=13)
                self.sheet.flow(event.text, 24, self.sheet.width - 60)
            if self.dice.random() < 0.7:
                self.sheet.line(event.place, tone="muted", size=13)
            self.sheet.down(0.5)

    def _inline(self, events: tuple[Event, ...], _one: Story) -> None:
        beside = 130 if self.sheet.width < 500 else 260
        for event in events:
            if self.sheet.width < 500:
                top = self.sheet.y
                self.sheet.line(self._day(event.moment), size=12, tone="muted")
                self.sheet.line(self.hand.time(event.moment), size=12, tone="muted")
                below, self.sheet.y = self.sheet.y, top
                self.sheet.flow(event.text, beside, self.sheet.width - beside - 16)
                self.sheet.y = max(below, self.sheet.y) + 6
            else:
                self.sheet.put(self._both(event.moment), tone="muted")
                self.sheet.flow(event.text, beside, self.sheet.width - beside - 24)

    def _table(self, events: tuple[Event, ...], _one: Story) -> None:
        edges = [24, self.sheet.width * 0.22, self.sheet.width * 0.34, self.sheet.width * 0.58]
        for x, name in zip(edges, self.words["page"]["columns"], strict=True):
            self.sheet.put(name, x, bold=True)
        self.sheet.down(1.3)
        for event in events:
            self.sheet.put(self._day(event.moment), edges[0])
            self.sheet.put(self.hand.time(event.moment), edges[1])
            self.sheet.put(event.place, edges[2])
            self.sheet.flow(event.text, edges[3], self.sheet.width - edges[3] - 16)

    def _columns(self, events: tuple[Event, ...], one: Story) -> None:
        top, labels = self.sheet.y, self.words["page"]["label"]
        for label, value in (
            (labels[0], "112-4829307-7716253"),
            (labels[1], self.words["buyer"]),
            (labels[3], "1.2 kg"),
        ):
            self.sheet.line(label, tone="muted", size=13)
            self.sheet.line(value)
        self.sheet.line(self.dice.choice(self.words["page"]["status"]), tone="muted", size=13)
        self.sheet.flow(one.last.text, 24, 380)
        left, self.sheet.y = self.sheet.y, top
        for event in events:
            self.sheet.line(self._both(event.moment), 480, tone="muted", size=13)
            self.sheet.flow(event.text, 480, self.sheet.width - 520)
            self.sheet.down(0.4)
        self.sheet.y = max(left, self.sheet.y)

    def _cards(self, events: tuple[Event, ...], _one: Story) -> None:
        for event in events:
            top = self.sheet.y - 4
            self.sheet.flow(event.text, 30, self.sheet.width - 60)
            self.sheet.line(f"{event.place} · {self._both(event.moment)}", 30, tone="muted", size=12)
            self.sheet.box(14, top, self.sheet.width - 14, self.sheet.y + 2)
            self.sheet.down(0.8)

    def _by_day(self, events: tuple[Event, ...], _one: Story) -> None:
        shown = ""
        for event in events:
            day = self._day(event.moment)
            if day != shown:
                self.sheet.line(day, bold=True)
                shown = day
            x = self.sheet.put(self.hand.time(event.moment), 24, tone="muted") + 30
            self.sheet.flow(event.text, x, self.sheet.width - x - 20)
