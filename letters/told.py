"""A variable of a fact sentence: how it reads in full and in part, and what of it the cited page has to print. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from casefile.anchors import Anchor, PrintedPage
from casefile.as_printed import is_day_alone
from casefile.fields.base import Money
from casefile.fields.people import Address
from casefile.text_value import TextValue
from letters.language_formatter import LanguageFormatter


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say it, and what a page has to print for that."""

    text: str
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A variable with its forms, the fullest first: a moment may be told without its hour, a number not without a sign."""

    forms: tuple[Phrase, ...]
    by_page: Callable[[PrintedPage], Phrase | None] | None = None
    """A form as full as the first, as this page alone has it: a moment in the page's own zone."""

    def on(self, page: PrintedPage) -> Phrase | None:
        """The fullest form that the page carries, or ``None``."""
        found = next((form for form in self.forms if page.spans(form.anchors) is not None), None)
        own = self.by_page(page) if self.by_page and found != self.forms[0] else None
        return own or found

    def rank(self, form: Phrase) -> int:
        """How far a form is from the fullest."""
        return self.forms.index(form) if form in self.forms else 0

    def on_any(self, pages: Iterable[PrintedPage]) -> Phrase:
        """The fullest form that one of the pages carries, else the least of all; in full where there are no pages to read."""
        read = tuple(pages)
        if not read:
            return self.forms[0]
        return next(
            (form for form in self.forms if any(p.spans(form.anchors) is not None for p in read)), self.forms[-1]
        )

    def __str__(self) -> str:
        """In full."""
        return self.forms[0].text


Sayable = TextValue | Told
"""A value of a sentence."""

Params = Mapping[str, Sayable]
"""Values of a catalog text; those that are ``Told`` claim something of the page."""


def variables(params: Params) -> dict[str, Told]:
    """The values that claim something."""
    return {name: value for name, value in params.items() if isinstance(value, Told)}


def in_full(params: Params) -> dict[str, TextValue]:
    """Every value as it reads in full."""
    return {name: str(value) if isinstance(value, Told) else value for name, value in params.items()}


def moment(say: LanguageFormatter, at: dt.datetime) -> Told:
    """A moment with its hour, or its day alone; a day without an hour has nothing else."""
    day = Phrase(say.day(at.date()), (Anchor.day(at),))
    if is_day_alone(at):
        return Told((day,))

    def printed(page: PrintedPage) -> Phrase | None:
        local = page.clock(at)
        return Phrase(say.moment(local), (Anchor.minute(local),)) if local else None

    return Told((Phrase(say.moment(at), (Anchor.minute(at),)), day), printed)


def day(say: LanguageFormatter, at: dt.datetime) -> Told:
    """The day of a moment whose hour says nothing; as the page counts it, where it prints the minute."""

    def printed(page: PrintedPage) -> Phrase | None:
        local = page.clock(at)
        return Phrase(say.day(local.date()), (Anchor.minute(local),)) if local else None

    return Told((Phrase(say.day(at.date()), (Anchor.day(at),)),), printed)


def due(say: LanguageFormatter, at: dt.datetime) -> Told:
    """The ship-by time: its minute, or the day that a page states as such; a day printed for anything else is not it."""
    day = Phrase(say.day(at.date()))
    full = Phrase(say.moment(at), (Anchor.minute(at),))
    return Told((full,), lambda page: day if page.dates("ship_by", at.date()) else None)


def number(text: str) -> Told:
    """A number as the case writes it."""
    return Told((Phrase(text, (Anchor.number(text),)),))


def money(say: LanguageFormatter, amount: Money) -> Told:
    """A sum."""
    return Told((Phrase(say.money(amount), (Anchor.amount(amount),)),))


_ZIP_AND_FOUR = re.compile(r"\d{5}-\d{4}")


def town(say: LanguageFormatter, address: Address) -> Told | None:
    """City and postcode of an address, both as the page prints them; ``None`` for an address without.

    Carriers print the first five digits of a postcode of nine: then no more is said.
    """
    code = address.postal_code or ""
    short = [address.model_copy(update={"postal_code": code[:5]})] if _ZIP_AND_FOUR.fullmatch(code) else []
    forms = tuple(form for one in (address, *short) if (form := _town(say, one)))
    return Told(forms) if forms else None


def _town(say: LanguageFormatter, address: Address) -> Phrase | None:
    text = say.town(address)
    parts = (("city", address.city), ("postal_code", address.postal_code))
    anchors = tuple(Anchor(kind="place", value=f"{part}={value}") for part, value in parts if value)
    return Phrase(text, anchors) if text else None


def carrier(name: str, without: str) -> Told:
    """A carrier's name, else ``without``: how one is said that the page does not name."""
    return Told((Phrase(name, (Anchor(kind="carrier", value=name),)), Phrase(without)))


def words(text: str, quoted: str | None = None) -> Told:
    """Words that the page has to print, said as ``quoted``."""
    return Told((Phrase(quoted or text, (Anchor.words(text),)),))


def quote(quoted: str, pointer: str) -> Told:
    """Words of the case that somebody wrote; only a page on which they were read shows them."""
    return Told((Phrase(quoted, (Anchor(kind="quote", value=pointer),)),))


def figure(count: int) -> Told:
    """A count."""
    return Told((Phrase(str(count), (Anchor(kind="figure", value=str(count)),)),))


def details(text: str, *anchors: Anchor) -> Told:
    """What stands in brackets behind a clause, left out where the page does not print all of it."""
    return Told((Phrase(text, anchors), Phrase(""))) if text else Told((Phrase(""),))
