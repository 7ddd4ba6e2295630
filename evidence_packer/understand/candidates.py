"""Values that pages of our order offer for a field of the case, each with its place, and whether its page decides. Pure."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypedDict
from zoneinfo import ZoneInfo

from casefile import text_folding
from casefile.as_printed import is_clock_alone, is_day_alone, of_clock, of_day
from casefile.completion_rules import FillRule
from casefile.facts import FieldName, FieldSeen, FileFacts
from casefile.filling import FilledAt
from casefile.statement import Fate, Statement
from evidence_packer.understand.names import has_hidden_signs
from evidence_packer.understand.postal import PostalParts, address
from evidence_packer.understand.settled_dates import settled

_DAY = len("2026-11-02")
_SAME_COLUMN, _NEXT_LINE, _MOST_LINES = 0.02, 1.6, 4
"""Lines of an address begin within this share of the width, follow within so many heights, and are so many."""
_ENTRY = 2.5
"""An entry of a list goes on for so many line heights below its first words."""
_WORDS = frozenset({"text", "name", "account", "address"})
_OF_PEOPLE = frozenset({"name", "account", "address"})
_PRINTED = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?"
_ACCOUNT = re.compile(r"[a-z0-9_.\-]+")
_HANDLE = re.compile(r"[a-z].*[0-9_]|[0-9_].*[a-z]")
"""A word with a figure or a bar in it is an account; "buyer" may be anything."""


class MoneyText(TypedDict):
    """A sum in the fields of a case."""

    amount: str
    currency: str


FilledValue = str | MoneyText | PostalParts
"""A value as a case holds it in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value: as JSON (``plain``), as a person reads it (``value``), and what two equal ones share (``same``)."""

    plain: FilledValue
    value: str
    same: str
    at: FilledAt
    decides: bool
    meant: bool = False
    """One of several days that a printed date can mean."""


def is_ours(file: FileFacts) -> bool:
    """Whether a page names an order id or a parcel of the case."""
    return any(seen.matches for seen in file.order_ids) or any(seen.matches for seen in file.tracking_numbers)


def of_fields(rule: FillRule, files: Iterable[FileFacts], zone: ZoneInfo) -> Iterator[Candidate]:
    """What our pages state under the labels of a rule; of a date that can mean several days, each of them."""
    files = tuple(files)
    for file in files:
        if file.kind not in rule.kinds or not is_ours(file):
            continue
        stated = next((one for name in rule.fields if (one := _stated(rule, name, file, zone))), None)
        if stated:
            yield stated
            continue
        open_ = next((seen for seen in file.unsettled if seen.name in rule.fields), None)
        if open_ is not None and rule.value == "time":
            at = FilledAt(file=file.file, page=open_.page, box=open_.box, text=open_.value)
            known = settled(open_, file, files)
            offers = _each_meaning((known,) if known else open_.meanings, at, zone)
            sure = known is not None and file.kind in rule.authority
            yield from (replace(one, decides=sure, meant=known is None) for one in offers)


def _stated(rule: FillRule, name: FieldName, file: FileFacts, zone: ZoneInfo) -> Candidate | None:
    """What a page states under one label; a name or an address of which signs are hidden is none."""
    seen = file.stated(name)
    if seen is None:
        return None
    seen = _whole_address(file, seen) if rule.value == "address" else seen
    if rule.value in _OF_PEOPLE and has_hidden_signs(seen.value):
        return None
    if (value := _value(rule, seen, zone)) is None:
        return None
    plain, said, same = value
    at = FilledAt(file=file.file, page=seen.page, box=seen.box, text=seen.value)
    sure = file.kind in rule.authority and not (rule.value in _WORDS and _half_read(file, seen.page))
    return Candidate(plain=plain, value=said, same=same, at=at, decides=sure)


def _each_meaning(meanings: Iterable[str], at: FilledAt, zone: ZoneInfo, *, day: bool = False) -> Iterator[Candidate]:
    """A printed date as each day that it can mean: none of them decides."""
    for meant in meanings:
        said = meant[:_DAY] if day else meant
        when = moment(said, zone)
        yield Candidate(
            plain=when.isoformat(), value=said, same=when.date().isoformat(), at=at, decides=False, meant=True
        )


def _whole_address(file: FileFacts, seen: FieldSeen) -> FieldSeen:
    """An address with the lines under it, as far as town and postcode; as it is where they do not follow."""
    if address(seen.value) is not None or seen.page != 1:
        return seen
    said, (x0, y0, x1, y1) = [seen.value], seen.box
    below = sorted((line for line in file.texts if line.box[1] > (y0 + y1) / 2), key=lambda line: line.box[1])
    for line in below:
        left, top, right, bottom = line.box
        if abs(left - x0) > _SAME_COLUMN:
            continue
        if line.text.strip() in said:
            continue
        if top - y1 > _NEXT_LINE * (bottom - top) or len(said) == _MOST_LINES:
            break
        said.append(line.text)
        x1, y1 = max(x1, right), bottom
        if address(text := "\n".join(said)) is not None:
            return replace(seen, value=text, box=(x0, y0, x1, y1))
    return seen


def of_parcel(rule: FillRule, files: Iterable[FileFacts], number: str, zone: ZoneInfo) -> Iterator[Candidate]:
    """What carriers' pages say of one parcel: of each page, the first or last statement that is meant."""
    for file in files:
        if file.kind not in rule.kinds:
            continue
        told = [one for one in file.states if one.asserts and one.says in rule.says and _of(one, number, file)]
        ends = "delivered" not in rule.says or _ends_delivered(file, number)
        said = [one for one in told if one.at and ends]
        said = [one for one in said if rule.which == "last" or not _only_announced(file, one)]
        taken = rule.which == "first" and not any(one.says == "accepted" for one in said)
        if not said or (taken and any(one.says == "accepted" for one in told)):
            if ends or _may_end_delivered(file, number):
                yield from _unsettled(rule, file, told, zone)
            continue
        one = (max if rule.which == "last" else min)(said, key=lambda each: str(each.at))
        said_at = str(one.at)[:_DAY] if rule.day else str(one.at)
        when = moment(said_at, zone)
        at = FilledAt(file=file.file, page=one.page, box=one.box, text=one.span.text)
        yield Candidate(
            plain=when.isoformat(),
            value=said_at,
            same=when.date().isoformat(),
            at=at,
            decides=file.kind in rule.authority and not (rule.which == "first" and _may_be_earlier(file, one)),
        )


def _unsettled(rule: FillRule, file: FileFacts, told: Iterable[Statement], zone: ZoneInfo) -> Iterator[Candidate]:
    """What a page says of a parcel at a date that can mean several days: each of them, for the statement that counts most."""
    dated = [
        (one, time)
        for one in told
        for time in file.timestamps
        if time.meanings and time.page == one.page and any(near.box == time.box for near in one.near)
    ]
    if not dated:
        return
    if rule.which == "last":
        one, time = max(dated, key=lambda each: each[1].meanings)
    else:
        one, time = min(dated, key=lambda each: (rule.says.index(each[0].says), each[1].meanings))
    at = FilledAt(file=file.file, page=one.page, box=time.box, text=time.text)
    yield from _each_meaning(time.meanings, at, zone, day=rule.day)


def _only_announced(file: FileFacts, one: Statement) -> bool:
    """Whether a statement stands in the entry of a label that was made: "announced. As soon as we have it …" is no scan."""
    x0, y0, x1, y1 = one.box
    lines = (other.box for other in file.states if other.says == "info_received" and other.page == one.page)
    return one.says == "in_transit" and any(
        0 <= y0 - box[1] < _ENTRY * (y1 - y0) and box[0] < x1 and x0 < box[2] for box in lines
    )


def _half_read(file: FileFacts, page: int) -> bool:
    """Whether a script of a page was not read: words beside it may be parts of words, and a line above it missing."""
    return any(number == page for number, _ in file.unread) or any(
        number == page and receipt.unread_script is not None for number, receipt in file.receipts
    )


def _may_be_earlier(file: FileFacts, first: Statement) -> bool:
    """Whether the page prints an earlier time that no statement of it explains: then nobody knows what came first.

    Before the carrier took the parcel it did nothing with it. A day that two lines print and one explains is not explained.
    """
    if _half_read(file, first.page):
        return True
    if first.says == "accepted":
        return False
    told = Counter(at for at in (*(one.at for one in file.states), *(seen.value for seen in file.fields)) if at)
    printed = Counter(
        seen.at for seen in file.timestamps if seen.page == first.page and seen.at and not seen.desktop_clock
    )
    unexplained = (at for at, count in printed.items() if not told[at] or (len(at) <= _DAY and count > told[at]))
    return any(at[: len(str(first.at))] < str(first.at)[: len(at)] for at in unexplained)


def _of(one: Statement, number: str, file: FileFacts) -> bool:
    """Whether a statement is about the parcel; on a page of one parcel every statement is."""
    wanted = text_folding.number(number)
    if one.about is not None and one.about.what == "parcel":
        return text_folding.number(one.about.id) == wanted
    there = {text_folding.number(seen.value) for seen in file.tracking_numbers}
    return there == {wanted}


def _ends_delivered(file: FileFacts, number: str) -> bool:
    fates = _fates(file, number)
    return bool(fates) and all(fate.state == "delivered" and not fate.unclear for fate in fates)


def _may_end_delivered(file: FileFacts, number: str) -> bool:
    """Whether a page says delivered, and only its dates do not tell whether that came last."""
    fates = _fates(file, number)
    return bool(fates) and all(
        fate.unclear and fate.against is not None and fate.against.says == "delivered" for fate in fates
    )


def _fates(file: FileFacts, number: str) -> list[Fate]:
    wanted = text_folding.number(number)
    return [fate for fate in file.fates if fate.of is None or text_folding.number(fate.of) == wanted]


def _value(rule: FillRule, seen: FieldSeen, zone: ZoneInfo) -> tuple[FilledValue, str, str] | None:
    """The value as JSON, for people, and as it is compared; ``None`` where the page does not say enough."""
    match rule.value:
        case "time":
            when = moment(seen.value, zone)
            return when.isoformat(), seen.value, when.date().isoformat()
        case "money":
            if seen.currency is None:
                return None
            said = f"{seen.value} {seen.currency}"
            return MoneyText(amount=seen.value, currency=seen.currency), said, said
        case "address":
            plain = address(seen.value)
            said = ", ".join(seen.value.split("\n"))
            return (plain, said, text_folding.word(said)) if plain else None
    account = _ACCOUNT.fullmatch(seen.value) is not None
    if (rule.value == "name" and account) or (rule.value == "account" and not (account and _HANDLE.search(seen.value))):
        return None  # what somebody is called on the platform is not who they are
    return seen.value, seen.value, text_folding.word(seen.value)


def moment(at: str, zone: ZoneInfo) -> dt.datetime:
    """A printed time: with the page's offset, else as a clock at the place shows it; a day alone stays one."""
    if len(at) <= _DAY:
        return of_day(dt.date.fromisoformat(at), zone)
    printed = dt.datetime.fromisoformat(at)
    return printed if printed.tzinfo else of_clock(printed, zone)


def fullness(one: Candidate) -> int:
    """How much a dated value says: 2 with its zone, 1 with its hour, 0 as a day; any other value 2."""
    if re.fullmatch(_PRINTED, one.value) is None:
        return 2
    if len(one.value) <= _DAY:
        return 0
    return 2 if dt.datetime.fromisoformat(one.value).tzinfo else 1


def same_minute(one: str, other: str) -> bool:
    """Whether two moments of one day agree as far as both have an hour."""
    first, second = dt.datetime.fromisoformat(one), dt.datetime.fromisoformat(other)
    if is_day_alone(first) or is_day_alone(second):
        return True
    if is_clock_alone(first) or is_clock_alone(second):
        first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
    return abs(first - second) < dt.timedelta(minutes=1)
