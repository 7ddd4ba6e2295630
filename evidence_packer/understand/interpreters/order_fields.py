"""What order pages and records state under labels: dates, total, item, recipient, buyer, seller, signer.

Only a labelled datum counts: the date of a footer is no order date, a shipping fee no total. On a page that lists several orders
only the part of the case's own counts, and a page of other orders alone states nothing about ours.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from casefile import text_folding
from casefile.facts import FieldName, FieldSeen, TimestampSeen
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.understand.field_values import (
    buyers_of,
    fees_of,
    headings_of,
    name_before_phone,
    name_in,
    parcel_number,
    unnamed,
    word_under,
)
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter, nothing
from evidence_packer.understand.label_places import Cell, labelled_page
from evidence_packer.understand.labels import Label
from evidence_packer.understand.names import is_title
from evidence_packer.understand.own_part import OwnPart, own_part
from evidence_packer.understand.postal import address

_PLACES = frozenset({"address", "some_address", "recipient"})
_SOMEBODYS = {"some_address": "address", "some_name": "recipient"}
"""Labels that say neither whose name nor whose address: what they are under the heading of who receives."""
_BETWEEN = frozenset({"other", "buyer", "some_name", "some_address", "tracking_number"})
"""Labels that may stand between such a label and its heading."""
_COLUMN, _CLOSE = 0.02, 0.06
_TABLE_HEAD = 8
"""The row of an order stands at most so many line heights under the headings of its table."""
_DAY = len("2026-11-02")
_DATES = frozenset({"order_date", "shipped_at", "ship_by", "refund_date"})
_AMOUNTS = frozenset({"total", "refund"})
_UNREAD = frozenset({"other", "delivered_to"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{4,}")
_TOWN = re.compile(r"[^,\d]+,\s*[A-Z]{2}(?![A-Za-z])")
_PRICED = re.compile(r"(?<=\S)[\s:]*(?:[$€£¥￥฿₫₱₩]|\b(?:RM|NT\$|S\$|R\$|US ?\$)) ?\d[\d.,]*\s*\d{0,3}\s*$")
"""The price at the end of a row of goods that was read as one line."""
_LITRES = re.compile(r"(?<=\d)I(?=$|[\s,)])")
"""Litres behind a figure, read as a capital I."""
_FEWEST_LETTERS, _DENSE = 2, 0x2E7F
"""Goods are called by so many letters, or one of a script that writes words in one."""
_TAKEN_OFF = re.compile(r"(?<!\d)[-\u2212\u2013]\s?(?:[^\W\d]{0,3}\s?[$€£¥฿]?\s?)\d")
_MOST_DEDUCTIONS = 14
"""A total stands at most so many line heights below what is taken off it."""
_OTHER_DATUM = re.compile(r"^[^\d:：]{2,20}[:：][^\d]*$")
"""A label with its value under an address: "配送会社：佐川急便"."""
_PHONE = re.compile(r"(?:[(（]?\+\d{1,3}[)）]?[\d *•-]{5,}|(?:\d{3}[ -]){2}\d{4}|[(]\d{3}[)] ?\d{3}-\d{4})")
_LONGEST_ITEM = 200
_MOST_ITEM_LINES = 3
_MOST_ADDRESS_LINES = 4


class _Reader:
    """Reads the fields of one page."""

    def __init__(self, page: ReadPage, scene: InterpretContext, part: OwnPart) -> None:
        self._page, self._part = page, part
        self._sheet = labelled_page(page, scene)
        self._nobody, self._fees, self._headings = unnamed(scene.house), fees_of(scene.house), headings_of(scene.house)
        self._buyers = buyers_of(scene.house)
        times = scene.found["timestamps"]
        amounts = scene.found["amounts"]
        here = [t for t in times if t.page == page.number and t.at and not t.desktop_clock]
        self._times = [t for t in here if not t.ambiguous]
        self._unclear = [t for t in here if t.ambiguous and t.meanings]
        self._own = [seen.box for seen in scene.found["order_ids"] if seen.matches and seen.page == page.number]
        self._amounts = [a for a in amounts if a.page == page.number]

    def fields(self) -> Iterator[FieldSeen]:
        """The best value of each field: that of its plainest label, of equals the first, for sums the last; each parcel's."""
        best: dict[FieldName | str, tuple[tuple[int, float], FieldSeen]] = {}
        for label in self._sheet.labels:
            if label.field in _UNREAD or not self._part.has(label.line.box) or self._is_payout(label):
                continue
            top = label.line.box[1]
            order = (label.rank, -top if label.field in _AMOUNTS else top)
            for seen in self._read(label):
                key = text_folding.number(seen.value) if seen.name == "tracking_number" else seen.name
                if key not in best or order < best[key][0]:
                    best[key] = (order, seen)
        if "order_date" not in best and (dated := self._of_heading()):
            yield dated
        yield from (seen for _, seen in best.values())

    def _of_heading(self) -> FieldSeen | None:
        """The day and time that stand behind the order's own number or begin the line under it ("#4471 / Oct 25 at 2:09 pm")."""
        for own in self._own:
            height = own[3] - own[1]
            for time in (one for one in self._times if one.has_time):
                row = time.box[0] > own[0] and abs(time.box[1] - own[1]) < height / 2 and time.box[0] - own[2] < _CLOSE
                under = abs(time.box[0] - own[0]) < _COLUMN and 0 < time.box[1] - own[3] < height
                if row or under:
                    return self._seen("order_date", str(time.at), time.box)
        return None

    def unsettled(self) -> Iterator[FieldSeen]:
        """Dates under labels that can mean several days, each as printed."""
        for label in self._sheet.labels:
            if label.field in _DATES and self._part.has(label.line.box):
                cells = list(self._sheet.cells(label, self._row_of(label)))
                time = next((t for cell in cells for t in self._unclear if cell.holds(t.box)), None)
                if time:
                    yield replace(self._seen(label.field, time.text, time.box), meanings=time.meanings)

    def _is_payout(self, label: Label) -> bool:
        """Whether a total is what is left to the seller: a fee is taken off in the same column above it."""
        if label.field != "total" or any(word in text_folding.word(label.line.text) for word in self._buyers):
            return False
        box = label.line.box
        most = _MOST_DEDUCTIONS * (box[3] - box[1])
        above = (
            one for one in self._page.lines if abs(one.box[0] - box[0]) < _COLUMN and 0 < box[1] - one.box[1] < most
        )
        fees = (one for one in above if text_folding.word(one.text).startswith(self._fees))
        return any(_TAKEN_OFF.search(self._row(one)) for one in fees)

    def _is_buyers(self, label: Label) -> bool:
        """Whether a plain address stands right under the one who receives: nothing but numbers and mail addresses between."""
        left, top = label.line.box[:2]
        fields = {id(one.line): one.field for one in self._sheet.labels}
        column = [one for one in self._sheet.lines if abs(one.box[0] - left) < _COLUMN and one.box[1] < top]
        named = False
        for line in sorted(column, key=lambda one: -one.box[1])[:_MOST_ADDRESS_LINES]:
            field = fields.get(id(line))
            if field in {"recipient", "seller"} or named:
                return field != "seller"
            named = field == "buyer"
            if not named and field not in _BETWEEN and not re.search(r"[\d@]", self._row(line)):
                return False
        return named

    def _row(self, line: Line) -> str:
        tall = (line.box[3] - line.box[1]) / 2
        return " ".join(one.text for one in self._page.lines if abs(one.box[1] - line.box[1]) < tall)

    def _read(self, label: Label) -> Iterator[FieldSeen]:
        if label.field in _SOMEBODYS and not self._is_buyers(label):
            return
        cells = list(self._sheet.cells(label, self._row_of(label)))
        if label.field == "ship_by" and (times := next(filter(None, map(self._times_in, cells)), None)):
            last = max(times, key=lambda time: str(time.at)[:_DAY])  # "Wed, Nov 4 to Thu, Nov 5": the last day counts
            yield self._seen(label.field, str(last.at), last.box)
        elif label.field == "recipient" and cells and (time := self._only_time(cells[0])):
            yield self._seen("ship_by", str(time.at), time.box)  # "Wyślij do: 5 listopada" says by when, not to whom
        elif label.field in _DATES:
            if time := self._dated(label, cells) or self._logged(label):
                yield self._seen(label.field, str(time.at), time.box)
        elif label.field in _AMOUNTS:
            amount = next((a for cell in cells for a in self._amounts if cell.holds(a.box)), None)
            if amount:
                yield self._seen(label.field, amount.amount, amount.box, amount.currency)
        elif cells and cells[0].text and (not label.rest or label.parted or label.field == "tracking_number"):
            yield from self._words(label, self._fitting(label, cells))

    def _row_of(self, label: Label) -> Box | None:
        """The row of our order in a table under a label; far below a heading of few it is no row of its table."""
        row, head = self._part.row, label.line.box
        near = row is not None and row[1] - head[3] < _TABLE_HEAD * (head[3] - head[1])
        return row if self._part.table or near else None

    def _logged(self, label: Label) -> TimestampSeen | None:
        """The moment before what happened then, where a log has no value behind it ("2026-10-20 08:14:22 | order placed")."""
        x0, y0, _, y1 = label.line.box
        row = [t for t in self._times if t.has_time and y0 < (t.box[1] + t.box[3]) / 2 < y1 and t.box[2] <= x0]
        time = max(row, key=lambda one: one.box[2], default=None)
        alone = time and any(one.text.strip() == time.text for one in self._page.lines if one.box == time.box)
        return time if alone and not label.rest and not label.colon else None

    def _times_in(self, cell: Cell) -> list[TimestampSeen]:
        return [time for time in self._times if cell.holds(time.box)]

    def _dated(self, label: Label, cells: Sequence[Cell]) -> TimestampSeen | None:
        """The date of a label; of a row that was read as one line under several headings, the one under its own."""
        for cell in cells:
            if found := self._times_in(cell):
                row = cell.line is not label.line and cell.box[1] > label.line.box[1]
                left = label.line.box[0]
                return min(found, key=lambda time: abs(time.box[0] - left)) if row else found[0]
        return None

    def _only_time(self, cell: Cell) -> TimestampSeen | None:
        """The day that a cell is, and nothing else."""
        return next((time for time in self._times_in(cell) if len(time.text) >= len(cell.text) - 1), None)

    def _fitting(self, label: Label, cells: Sequence[Cell]) -> Cell:
        """The nearest cell; below a heading with another heading beside it, the goods or the address that stand there."""
        below = [] if label.rest else self._sheet.below(label.line, _MOST_ADDRESS_LINES)
        first = cells[0]
        if not below or below[0] is first.line:
            return first
        if label.field == "item" and len(below[0].text) > len(first.text):
            return Cell.whole(below[0])
        placed = address("\n".join(line.text for line in below)) is not None
        if label.field in _PLACES and placed and not re.search(r"\d", first.text):
            return Cell.whole(below[0])
        return first

    def _words(self, label: Label, cell: Cell) -> Iterator[FieldSeen]:
        if label.field == "order_id":
            found = _ID.search(cell.text)
            if found and any(map(str.isdigit, found[0])):
                yield self._seen("order_id", found[0], cell.box)
        elif label.field == "tracking_number":
            text = cell.text if cell.box[0] > label.line.box[0] - _COLUMN else word_under(label.line, cell)
            if parcel := parcel_number(text, loose=bool(label.rest) and not label.parted):
                yield self._seen("tracking_number", parcel, cell.box)
        elif label.field == "item":
            goods = self._sheet.before_next_column(label, cell)
            if goods == cell.line.text.strip():
                goods = " ".join(
                    (goods, *(line.text.strip() for line in self._sheet.goes_on(cell.line, _MOST_ITEM_LINES)))
                )
            goods = _LITRES.sub(" l", _PRICED.sub("", goods))
            if sum(map(str.isalpha, goods)) >= _FEWEST_LETTERS or any(ord(sign) > _DENSE for sign in goods):
                yield self._seen("item", goods[:_LONGEST_ITEM], cell.box)
        else:
            below = () if label.rest else self._sheet.below(cell.line, _MOST_ADDRESS_LINES)
            yield from self._person(_SOMEBODYS.get(label.field, label.field), cell, below)

    def _person(self, field: str, cell: Cell, below: Sequence[Line]) -> Iterator[FieldSeen]:
        """A name, and the address that follows it; an address may begin with the name of who lives there."""
        if below and is_title(cell.text):  # "Frau" in a line of its own over the name
            cell, below = Cell.whole(below[0]), below[1:]
        name = "" if _TOWN.match(cell.text) else name_in(cell.text)
        if field == "address":
            name = name if below and name == cell.text else name_before_phone(cell.text)
            lines = (() if name else (cell.text,)) + tuple(line.text for line in below)
        else:
            own, behind = () if name else (cell.text,), cell.text.strip().removeprefix(name).strip(" ,，")
            lines = own + tuple(line.text for line in below) if field == "recipient" else ()
            lines = (behind,) if field == "recipient" and name and address(behind) else lines
        if text_folding.word(name) in self._headings:
            return
        if name and not (field == "signer" and any(word in text_folding.word(name) for word in self._nobody)):
            yield self._seen("recipient" if field == "address" else field, name, cell.box)
        lines = tuple(itertools.takewhile(lambda line: not _OTHER_DATUM.search(line), lines))
        lines = tuple(line for line in lines if not _PHONE.fullmatch(line.strip()))
        if any(re.search(r"\d", line) for line in lines):
            once = [line for place, line in enumerate(lines) if not any(line in one for one in lines[:place])]
            yield self._seen("address", ", ".join(once), cell.box)

    def _seen(self, name: str, value: str, box: Box, currency: str | None = None) -> FieldSeen:
        return FieldSeen(
            name=cast("FieldName", name), value=value, currency=currency, box=box, page=self._page.number
        )  # fmt: skip


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``fields``: each at most once a page; ``unsettled``: dates among them that can mean several."""
    found: list[FieldSeen] = []
    unsettled: list[FieldSeen] = []
    for page in scene.reading.pages:
        part = own_part(page.number, scene.found["order_ids"])
        if part is not None and page.lines:
            reader = _Reader(page, scene, part)
            found += reader.fields()
            unsettled += reader.unsettled()
    return {"fields": tuple(found), "unsettled": tuple(unsettled)}


INTERPRETER = Interpreter(
    name="order_fields",
    interpret=_interpret,
    gives=("fields", "unsettled"),
    needs=("amounts", "order_ids", "timestamps"),
    reads=nothing,
)
