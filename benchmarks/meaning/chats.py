"""Conversations: bubbles, threads, mails and case pages, with who wrote what and what is meant by it."""

import datetime as dt
import random
from typing import Any

from benchmarks.meaning import frames
from benchmarks.meaning.sheet import Sheet, broken, wide
from benchmarks.meaning.truth import Page, Told, Truth
from benchmarks.meaning.words import Hand, hand

LAYOUTS = (
    "bubbles", "bubbles-dark", "bubbles-named", "bubbles-day-marks", "thread-names", "thread-roles", "thread-you", "table", "mail", "mail-quoted",
    "case-page", "role-colon",
)  # fmt: skip
_MEANS = {
    "asks": "asks", "complains": "complains", "denies": "denies_receipt", "confirms": "confirms_receipt", "agrees": "agrees_to_close",
    "refuses": "refuses", "thanks": "thanks", "threatens": "threatens", "answers": "answers", "offers": "offers",
}  # fmt: skip
_SELLER = ("answers", "offers", "template")
_TALKS = (
    ("asks", "answers", "denies"), ("denies", "offers", "refuses"), ("denies", "template", "conditional"), ("asks", "answers", "confirms"),
    ("denies", "offers", "agrees"), ("complains", "offers", "conditional", "template"), ("denies", "answers", "threatens"), ("template", "refuses"),
    ("asks", "answers", "thanks"), ("denies", "template"), ("conditional", "answers"), ("denies", "offers", "template", "confirms", "agrees"),
    ("complains", "template", "refuses", "offers"), ("platform", "answers", "denies"), ("asks",), ("offers", "conditional"),
)  # fmt: skip


class Drawing:
    """One conversation under the pen."""

    def __init__(self, layout: str, language: str, words: dict[str, Any], dice: random.Random) -> None:
        self.layout, self.language, self.words, self.dice = layout, language, words, dice
        self.platform, self.site = dice.choice(words["sites"])
        self.hand: Hand = hand(words, self.site, dice)
        bubbles = layout.startswith("bubbles")
        self.frame = "phone" if bubbles and dice.random() < 0.7 else "desktop" if dice.random() < 0.4 else "plain"
        self.sheet: Sheet = frames.begin(self.frame, layout == "bubbles-dark", dice, "sellercentral.example.com")
        self.dates: set[tuple[str, str | None]] = set()
        self.also: set[tuple[str, str | None]] = set()
        self.before = ""

    def page(self, name: str, order: str, talk: int) -> Page:
        """Draw a conversation; the page with its truth."""
        moment = dt.datetime(2026, 11, self.dice.randint(2, 20), self.dice.randint(7, 20), self.dice.randint(0, 59))
        placed = moment - dt.timedelta(days=20)
        told = [self._told(sort) for sort in _TALKS[talk % len(_TALKS)]]
        self._top(order)
        shown = ""
        for one in told:
            shown = self._message(one, moment, shown)
            moment += dt.timedelta(hours=self.dice.randint(1, 30), minutes=self.dice.randint(1, 59))
        if frames.end(self.sheet, self.frame, self.site):
            self.also.add((f"{frames.CLOCK:%Y-%m-%d}", f"{frames.CLOCK:%H:%M}"))
        return Page(
            name=name, language=self.language, layout=self.layout, kind="case_page" if self.layout == "case-page" else "messages",
            declared=self.dice.random() < 0.5, platform=self.platform, site=self.site, order=order, placed_at=f"{placed:%Y-%m-%d}", parcels=(),
            buyer=self.words["buyer"], seller=self.words["seller"], sheet=self.sheet,
            truth=Truth(dates=frozenset(self.dates), also=frozenset(self.also), told=tuple(told)),
        )  # fmt: skip

    def _told(self, sort: str) -> Told:
        author = "platform" if sort == "platform" else "seller" if sort in _SELLER else "buyer"
        intents = frozenset({_MEANS[sort]}) if sort in _MEANS else frozenset()
        return Told(author=author, text=self.dice.choice(self.words["chat"][sort]), sort=sort, intents=intents)

    def _top(self, order: str) -> None:
        chat = self.words["chat"]
        if self.layout.startswith("bubbles"):
            self.sheet.line(self.words["buyer"], self.sheet.width * 0.35, bold=True)
            if self.dice.random() < 0.5:
                self.sheet.line(order, self.sheet.width * 0.3, tone="muted", size=12)
        elif not self.layout.startswith("mail"):
            self.sheet.line(f"{self.dice.choice(chat['heading'])} {order}", size=19, bold=True)
        self.sheet.down(0.6)

    def _both(self, moment: dt.datetime) -> str:
        self.dates.add((f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"))
        return self.hand.both(moment)

    def _message(self, one: Told, moment: dt.datetime, shown: str) -> str:
        if self.layout.startswith("bubbles"):
            return self._bubble(one, moment, shown)
        if self.layout.startswith("mail"):
            return self._mail(one, moment)
        return self._thread(one, moment)

    def _bubble(self, one: Told, moment: dt.datetime, shown: str) -> str:
        width, size = self.sheet.width, self.sheet.size
        if one.author == "platform":
            for part in broken(one.text, width * 0.8, 12):
                self.sheet.line(part, (width - wide(part, 12)) / 2, size=12, tone="muted")
            return shown
        parts = broken(one.text, width * 0.62, size)
        room = max(wide(part, size) for part in parts)
        x = 34 if one.author == "buyer" else width - 34 - room
        day = f"{moment:%Y-%m-%d}"
        if self.layout == "bubbles-day-marks":
            self.sheet.line(self._both(moment), width * 0.36, size=12, tone="muted")
        elif self.layout == "bubbles-named":
            name = self.words["buyer"] if one.author == "buyer" else self.words["seller"]
            self.sheet.line(name, x, size=12, tone="muted")
        top = self.sheet.y - 6
        for part in parts:
            self.sheet.line(part, x)
        self.sheet.box(x - 12, top, x + room + 12, self.sheet.y, "own" if one.author == "seller" else "card")
        if self.layout != "bubbles-day-marks":
            self.sheet.y += 4
            self.sheet.line(self._both(moment), x, size=11, tone="muted")
        self.sheet.down(0.7)
        return day

    def _thread(self, one: Told, moment: dt.datetime) -> str:
        roles = self.words["chat"]["roles"]
        names = {"buyer": self.words["buyer"], "seller": self.words["seller"], "platform": roles["platform"]}
        you = {**names, "seller": roles["you"]}
        name = {"thread-you": you, "thread-roles": roles, "case-page": roles, "role-colon": roles}.get(
            self.layout, names
        )[one.author]
        if self.layout == "table":
            self.sheet.put(self._both(moment), 24, tone="muted", size=13)
            self.sheet.put(name, self.sheet.width * 0.3)
            self.sheet.flow(one.text, self.sheet.width * 0.48, self.sheet.width * 0.48)
            self.sheet.down(0.4)
        elif self.layout == "role-colon":
            self.sheet.line(self._both(moment), tone="muted", size=12)
            self.sheet.flow(f"{name}: {one.text}", 24, self.sheet.width - 60)
        else:
            joint = self.dice.choice(("  ", " · ", " | "))
            if self.layout == "case-page":
                self.sheet.line(name, bold=True)
                self.sheet.line(self._both(moment), tone="muted", size=12)
            else:
                self.sheet.line(f"{name}{joint}{self._both(moment)}", bold=True)
            self.sheet.flow(one.text, 24, self.sheet.width - 60)
        self.sheet.down(0.7)
        return ""

    def _mail(self, one: Told, moment: dt.datetime) -> str:
        mail = self.words["chat"]["mail"]
        names = {
            "buyer": self.words["buyer"],
            "seller": self.words["seller"],
            "platform": self.words["chat"]["roles"]["platform"],
        }
        other = names["seller" if one.author == "buyer" else "buyer"]
        for label, value in (
            ("from", names[one.author]),
            ("sent", self._both(moment)),
            ("to", other),
            ("subject", mail["re"]),
        ):
            self.sheet.line(f"{mail[label]}: {value}", tone="muted")
        self.sheet.down(0.4)
        self.sheet.flow(one.text, 24, self.sheet.width - 60)
        if self.layout == "mail-quoted" and self.before:
            self.sheet.down(0.4)
            for part in broken(self.before, self.sheet.width - 90, self.sheet.size):
                self.sheet.line(f"> {part}", 24, tone="muted")
        self.before = one.text
        self.sheet.down(1.2)
        return ""
