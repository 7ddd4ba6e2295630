"""Dates in a line of text, as pages of eighteen languages write them, each with everything that it can mean. Pure.

What a mention means is decided for the page as a whole (``date_puzzle.py``); here nothing is chosen.
"""

import re

from casefile import text_folding
from evidence_packer.understand.calendar_words import CalendarWords
from evidence_packer.understand.date_meanings import Calendars, Mention
from evidence_packer.understand.date_names import month_at, named_mentions
from evidence_packer.understand.date_numbers import numeric_mentions, signed_mentions

_REPAIR = re.compile(
    r"(?<![A-Za-z0-9])[lI](?=\d:\d)|(?<=\d)[OoIl](?=[\d:/.-])|(?<=[\d:/.-])[OoIl](?=\d)|(?<=\d)[OoIl](?=\d)"
)
_GLUED = re.compile(
    r"(?<!\d)(?:\d{4}(?P<s>[-/.])\d{2}(?P=s)\d{2}|\d{2}(?P<t>[-/.])\d{2}(?P=t)\d{4}|[^\W\d_]{3,10}\.? ?\d{1,2}, ?\d{4}"
    r"|\d{1,2}\.? ?[^\W\d_]{3,10}\.? ?\d{4})(?=\d{1,2}:\d{2})"
)
"""A date whose time of day follows without a space, as OCR often reads it."""
_SIGN = re.compile(r"[年월月]")


def prepared(text: str) -> str:
    """``text`` with its signs in their plain form, letters in runs of digits repaired, glued times set apart."""
    plain = text_folding.in_place(text)
    return _GLUED.sub(r"\g<0> ", _REPAIR.sub(lambda match: text_folding.number(match[0]), plain))


def can_begin(text: str, words: CalendarWords) -> bool:
    """Whether a date can begin in a line: only where a digit, the name of a month or its sign stands. Most lines have neither."""
    return (
        any(map(str.isdigit, text))
        or _SIGN.search(text) is not None
        or next(iter(month_at(text_folding.unaccented(text), words)), None) is not None
    )


def mentions(text: str, words: CalendarWords, calendars: Calendars = frozenset()) -> list[Mention]:
    """The dates of a prepared text, in order; of those that overlap, the one that says most."""
    text = text_folding.unaccented(text)
    found = [*numeric_mentions(text, words, calendars), *named_mentions(text, words, calendars)]
    if _SIGN.search(text):
        found += signed_mentions(text, calendars)
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (not one.dated, one.start - one.end)):
        if not any(one.start < known.end and known.start < one.end for known in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
