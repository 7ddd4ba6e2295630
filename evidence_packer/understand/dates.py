"""Dates in a line of text, as pages of eighteen languages write them, each with everything that it can mean. Pure.

What a mention means is decided for the page as a whole (``date_puzzle.py``); here nothing is chosen.
"""

import re
from dataclasses import replace

from casefile import text_folding
from evidence_packer.understand.calendar_words import CalendarWords
from evidence_packer.understand.date_meanings import Calendars, DateMention, is_day, on_day
from evidence_packer.understand.date_names import month_at, named_mentions
from evidence_packer.understand.date_numbers import numeric_mentions, signed_mentions

_REPAIR = re.compile(
    r"(?<![A-Za-z0-9])[lI](?=\d:[\dO])|(?<=\d)[OoIl](?=[\d:/.-])|(?<=[\d:/.-])[OoIl](?=\d)|(?<=\d:)[OoIl](?=[\dOoIl])|(?<=\d)[OoIl](?=\d)"
)
_GLUED = re.compile(
    r"(?<!\d)(?:\d{1,2}(?P<t>[-/.])\d{1,2}(?P=t)\d{4}|[^\W\d_]{3,10}\.? ?\d{1,2}, ?\d{4}"
    r"|\d{1,2}\.? ?[^\W\d_]{3,10}\.? ?\d{4}|\d{1,2} ?[\u0e01-\u0e4e.]{3,12} ?\d{4})(?=\d{1,2}[:.]\d{2}(?!\d))"
    r"|(?<![\d:])\d{1,2}:\d{2}(?=\d{2}(?P<u>[-/.])\d{1,2}(?P=u)\d{4}(?!\d))"
)
"""A date and its time of day without a space between them, as OCR often reads them."""
_GLUED_DAY = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<run>\d{3,4})(?=:\d{2})")
"""The same where the day stands last, so that its digits and those of the hour run together."""
_REIWA = re.compile(r"[合今]和(?=\s?(?:\d|元))")
"""The Japanese era as OCR reads it."""
_KLOCKAN = re.compile(r"\bkI(?=[.\s]?\s?\d)")
"""The Swedish "kl" as OCR reads it."""
_HAS_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[年월月]")


def prepared(text: str) -> str:
    """``text`` with its signs in their plain form, letters in runs of digits repaired, glued times set apart."""
    plain = text_folding.in_place(text)
    if not _HAS_DIGIT.search(plain):
        return plain
    repaired = _KLOCKAN.sub("kl", _REPAIR.sub(lambda match: text_folding.number(match[0]), plain))
    repaired = _REIWA.sub("令和", repaired)
    return _GLUED_DAY.sub(_parted, _GLUED.sub(r"\g<0> ", repaired))


def _parted(match: re.Match[str]) -> str:
    """Day and hour set apart, where only one way makes both."""
    run, before = match["run"], match[0][: -len(match["run"])]
    ways = [
        (run[:place], run[place:])
        for place in (1, 2)
        if len(run) - place in {1, 2}
        and int(run[place:]) < 24
        and on_day(int(match["y"]), int(match["m"]), int(run[:place]))
    ]
    if len(ways) != 1:
        return match[0]
    ((day, hour),) = ways
    return f"{before}{day} {hour}"


def can_begin(text: str, words: CalendarWords) -> bool:
    """Whether a date can begin in a line: only where a digit, the name of a month or its sign stands. Most lines have neither."""
    return (
        _HAS_DIGIT.search(text) is not None
        or _SIGN.search(text) is not None
        or next(iter(month_at(text_folding.unaccented(text), words)), None) is not None
    )


def mentions(text: str, words: CalendarWords, calendars: Calendars = frozenset()) -> list[DateMention]:
    """The dates of a prepared text, in order; of those that overlap, the one that says most."""
    text = text_folding.unaccented(text)
    found = [*numeric_mentions(text, words, calendars), *named_mentions(text, words, calendars)]
    if _SIGN.search(text):
        found += signed_mentions(text, calendars)
    kept: list[DateMention] = []
    for one in sorted(found, key=lambda one: (not one.dated, one.start - one.end)):
        if not any(one.start < known.end and known.start < one.end for known in kept):
            kept.append(_behind_bar(text, one) if text[one.start - 1 : one.start] == "|" else one)
    return sorted(kept, key=lambda one: one.start)


def _behind_bar(text: str, found: DateMention) -> DateMention:
    """The mention with what it means if the bar before its single digit is a 1."""
    if not text[found.start].isdigit() or text[found.start + 1].isdigit():
        return found
    more = tuple(
        replace(one, order=f"1{one.order}", **part)
        for one in found.meanings
        for part in ({"day": one.day + 10} if one.order[0] == "d" else {"month": one.month + 10},)
    )
    return replace(found, meanings=(*found.meanings, *(one for one in more if is_day(one.month, one.day))))
