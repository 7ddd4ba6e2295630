"""Dates in digits, and with the signs for year, month and day, in every order and calendar that they can be meant in. Pure."""

import re
from collections.abc import Iterator

from evidence_packer.understand.calendar_words import CalendarWords
from evidence_packer.understand.date_meanings import (
    YEARS,
    Calendars,
    DateMention,
    Meaning,
    dated,
    denied,
    era_year,
    is_day,
    on_day,
)

_NUMBERS = re.compile(
    r"(?<!\d)(?P<a>\d{1,4})(?P<gap>\s?)(?P<s>[-/.])[ \t]?(?P<b>\d{1,2})[ \t]?(?P=s)[ \t]?"
    r"'?(?P<c>\d{4}|\d{1,3}(?![:：]\d))(?!\d)(?P<tail>\.(?=[\s,]|$))?"
)
_PAIR = re.compile(r"(?<![\d/.,年년-])(?<!\d:)(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P<dot>\.?)(?![\d/-])")
_YEAR_APART = re.compile(r"(?<![\d/.:,-])(?P<a>\d{1,2})/(?P<b>\d{1,2}) (?P<y>20\d{2})(?!\d)")
"""As Swedes write a day (6/11 2026)."""
_REIWA = re.compile(r"(?<![A-Za-z\d])R\.?\s?(?P<y>\d{1,2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d])")
_SIGNS = re.compile(
    r"(?:(?P<era>令和|平成|中?[華华]?民[國国])\s?)?(?<!\d)(?P<y>\d{1,4}|元)\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})(?!\d)(?:\.?\s?[日일號号])?"
)
_YEARLESS = re.compile(r"(?<![\d/.:-])(?<![年년])(?<![年년] )(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일號号]")
_SPELT = re.compile(
    r"(?:令和(?P<era>[元一二三四五六七八九十]{1,3})|民[國国](?P<roc>[〇○零一二三四五六七八九]{3})|(?P<y>[〇○零一二三四五六七八九]{4}))年"
    r"(?P<m>十?[一二三四五六七八九十])月(?P<d>[一二三四五六七八九十廿卅]{1,3})[日号號]"
)
_BUDDHIST_YEARS = 2400
_MINGUO_FIGURES = 3
_FIGURES = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def numeric_mentions(text: str, words: CalendarWords, calendars: Calendars) -> Iterator[DateMention]:
    """Dates in digits alone, with and without a year."""
    for match in _NUMBERS.finditer(text):
        found = tuple(_orders(match, calendars))
        if found:
            year = max(len(match["a"]), len(match["c"]))
            form = f"{'ymd' if len(match['a']) > 2 else ''}{year}{match['s']}"
            end = match.end() if match["s"] == "." else match.end("c")
            mention = DateMention(start=match.start(), end=end, form=form, meanings=found, short=year == 2)
            if not denied(text, mention, words):
                yield mention
    yield from _years_apart(text, words)
    if "reiwa" in calendars:
        for match in _REIWA.finditer(text):
            if (era := era_year("R", match["y"])) and on_day(era, int(match["m"]), int(match["d"])):
                yield _sure(match, era, match["m"], match["d"])
    for match in _PAIR.finditer(text):
        a, b = int(match["a"]), int(match["b"])
        orders = (("md", a, b), ("dm", b, a))
        found = tuple(Meaning(order=order, month=m, day=d) for order, m, d in orders if is_day(m, d))
        if match["s"] == ".":
            found = found[-1:] if match["dot"] and found and found[-1].order == "dm" else ()
        if found:
            mention = DateMention(
                start=match.start(), end=match.end(), form=f"0{match['s']}", meanings=found, weak=True
            )
            if not denied(text, mention, words):
                yield mention


def _years_apart(text: str, words: CalendarWords) -> Iterator[DateMention]:
    for match in _YEAR_APART.finditer(text):
        a, b = match["a"], match["b"]
        found = (*dated("dmy", match["y"], b, a), *dated("mdy", match["y"], a, b))
        if found:
            mention = DateMention(start=match.start(), end=match.end(), form="0/ 4", meanings=found, weak=True)
            if not denied(text, mention, words):
                yield mention


def _orders(match: re.Match[str], calendars: Calendars) -> Iterator[Meaning]:
    a, b, c = match["a"], match["b"], match["c"]
    if len(a) > 2:
        if len(c) <= 2:
            yield from dated("ymd", a, b, c, calendars)
        return
    if len(c) == 3 or (len(c) < 4 and match["gap"]):
        return
    if len(c) == 4:
        by_day = tuple(dated("dmy", c, b, a))
        yield from by_day
        if not (by_day and int(c) > _BUDDHIST_YEARS):  # these are written day first
            yield from dated("mdy", c, a, b)
        return
    if len(c) == 2:
        yield from dated("dmy", c, b, a, calendars)
        yield from dated("mdy", c, a, b, calendars)
    if len(a) == 2:
        yield from dated("ymd", a, b, c, calendars)


def signed_mentions(text: str, calendars: Calendars) -> Iterator[DateMention]:
    """Dates with the signs for year, month and day (2026年11月3日, 11월 3일), in digits and spelt out."""
    for match in _SIGNS.finditer(text):
        if match["era"]:
            year = era_year(match["era"], match["y"])
            if year and on_day(year, int(match["m"]), int(match["d"])):
                yield _sure(match, year, match["m"], match["d"])
        elif match["y"] != "元" and len(match["y"]) > 1:
            found = tuple(dated("ymd", match["y"], match["m"], match["d"], calendars | {"minguo"}))
            if found:
                short = len(match["y"]) == 2
                yield DateMention(
                    start=match.start(), end=match.end(), form="年", meanings=found, named=True, short=short
                )
    for match in _SPELT.finditer(text):
        year = _spelt_year(match["y"] or match["roc"], match["era"])
        if year and on_day(year, _spelt(match["m"]), _spelt(match["d"])):
            yield _sure(match, year, str(_spelt(match["m"])), str(_spelt(match["d"])))
    for match in _YEARLESS.finditer(text):
        if is_day(int(match["m"]), int(match["d"])):
            meaning = Meaning(order="md", month=int(match["m"]), day=int(match["d"]))
            yield DateMention(start=match.start(), end=match.end(), form="月", meanings=(meaning,), named=True)


def _spelt_year(figures: str | None, era: str | None) -> int | None:
    if era:
        return era_year("令和", era if era == "元" else str(_spelt(era)))
    digits = "".join(str(_FIGURES[sign]) for sign in figures or "")
    if len(digits) == _MINGUO_FIGURES:
        return era_year("民國", digits)
    return int(digits) if int(digits) in YEARS else None


def _spelt(signs: str) -> int:
    """A number below 100 in Chinese figures; one that is malformed is 0."""
    tens = next((sign for sign in signs if sign in _TENS), None)
    if tens is None:
        return _FIGURES.get(signs, 0)
    before, _, behind = signs.partition(tens)
    whole = _FIGURES.get(before, 0) * 10 if before else _TENS[tens]
    return whole + _FIGURES.get(behind, 0) if not behind or behind in _FIGURES else 0


def _sure(match: re.Match[str], year: int, month: str, day: str) -> DateMention:
    meaning = Meaning(order="ymd", year=year, month=int(month), day=int(day))
    return DateMention(start=match.start(), end=match.end(), form="era", meanings=(meaning,), named=True)
