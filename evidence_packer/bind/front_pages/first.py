"""The page that carries the case in thirty seconds: the answer, what and how much, three facts, each with its piece of proof.

The piece is cut around what was read, large enough to be read here, and leads to its page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casefile.citation import Citation
from casefile.coverage import PropositionCoverage
from casefile.facts import Spot
from casefile.fields.files import Box
from evidence_packer.bind.front_page import BundleView, FrontPage, ShownValues
from evidence_packer.bind.front_pages._datum import datum, day_of, printed
from evidence_packer.bind.front_pages._detail import marked, part
from evidence_packer.bind.front_pages._gallery import arrange
from evidence_packer.judge.highlights import with_values
from evidence_packer.judge.proving import OWN_RECORDS

_FACTS, _LINKS = 3, 3
_ROOM = {"a4": (481.0, 668.0), "letter": (498.0, 618.0)}
"""Width of the text, and height below a title of one line, in points."""
_HEAD, _LINE, _EDGE, _TALLEST = 150.0, 18.0, 18.0, 236.0
"""Height of answer, cards and heading; of one more line there; of what surrounds a fact; and of the tallest piece, in points."""
_PIECE = 0.56
"""Share of the width that the piece of a fact takes."""
_SHARP = 3.2
"""Pixels per point of a piece: 230 to the inch."""
_TITLE_CHARS, _ANSWER_CHARS, _SAID_CHARS, _DATUM_CHARS = 46, 58, 20, 32
"""Latin letters in a line of the title, of the answer and beside a piece; a Chinese sign counts for two."""
_CLAIMED = ("order", "charge")
"""Subjects with a claim that can be accepted; elsewhere a cause was found and corrected."""
_DATED = {
    "delivered": ("delivered",),
    "dispatched_on_time": ("dispatched",),
    "dispatched": ("dispatched",),
    "refund_made": ("refund", "remedy"),
}
"""Statements that read better with their day: the points of time that give it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of a page, as wide and high as it is shown, in points, with frames around what was read."""

    picture: str
    number: int
    page: int
    width: float
    height: float
    marks: list[Box]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """A proved statement with its datum, its pages and its piece of proof."""

    statement: str
    datum: str | None
    exhibits: list[Citation]
    piece: _Piece | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shot:
    number: int
    page: int
    picture: str | None
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gallery:
    layout: str
    shots: list[_Shot]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown(ShownValues):
    heading: str
    answer: str | None
    cards: list[tuple[str, str]]
    rows: list[tuple[str, str]]
    facts: list[_Fact]
    gallery: _Gallery | None
    width: float


def _answer(view: BundleView, facts: list[PropositionCoverage]) -> str | None:
    """The case in one sentence: what the letter opens with, else the first thing an exhibit shows, with its day."""
    text = view.catalog.text
    if view.case.stance == "accept" or view.case.answer == "accept":
        return text("front.answer.accept" if view.procedure.subject in _CLAIMED else "front.answer.corrected")
    if not facts or view.answer:
        return view.answer or None
    first = facts[0]
    if first.status != "shown":
        return text("front.answer.attached")
    pages = [page for cited in first.exhibits if (page := view.printed(cited))]
    days = [day for page in pages if (day := day_of(view, page, *_DATED.get(first.proposition, ())))]
    if day := next(iter(days), None):
        return text(f"front.answer.{view.told(first)}", day=day)
    return text("front.answer.shown", statement=view.statement(first))


def _cards(view: BundleView) -> list[tuple[str, str]]:
    """The three things a reviewer looks for first."""
    found = (
        ("amount", view.money(view.amount) if view.amount else None),
        (f"subject.{view.procedure.subject}", view.subject),
        ("reason", view.catalog.text(f"reason.{view.case.reason}") if view.case.reason else None),
    )
    return [(view.catalog.text(f"front.{name}"), value) for name, value in found if value]


def _rows(view: BundleView) -> list[tuple[str, str]]:
    case = view.case
    numbers = [parcel.tracking_number for parcel in case.parcels if parcel.tracking_number]
    rows = (
        ("tracking", numbers[0] if len(numbers) == 1 else None),
        ("claim", case.claim.id if case.claim and case.claim.id != view.subject else None),
        ("seller", case.seller.store or case.seller.name if case.seller else None),
    )
    return [(view.catalog.text(f"front.{name}"), value) for name, value in rows if value]


def _lines(text: str, signs: int) -> int:
    """About how many lines a text takes."""
    return max(1, -(-sum(2 if ord(char) > 0x2E7F else 1 for char in text) // signs))


def _heights(said: Sequence[float], room: float) -> list[float]:
    """Equal heights for the facts, but none lower than its words; what that takes, the others give.

    Words are reckoned rather long: where they would take more than there is, the pieces beside them keep to the room.
    """
    heights = [min(_TALLEST, room / max(1, len(said)))] * len(said)
    for _ in said:
        over = sum(max(0.0, need - height) for need, height in zip(said, heights, strict=True))
        loose = [place for place, need in enumerate(said) if need < heights[place]]
        heights = [
            max(need, height - (over / len(loose) if place in loose else 0.0))
            for place, (need, height) in enumerate(zip(said, heights, strict=True))
        ]
        if over <= 0:
            break
    return [height * min(1.0, room / sum(heights)) for height in heights]


def _seen(covered: PropositionCoverage, citation: Citation) -> tuple[Spot, ...]:
    return dict(zip(covered.exhibits, covered.spots, strict=False)).get(citation, ())


def _witness(view: BundleView, covered: PropositionCoverage, taken: Sequence[Citation]) -> Citation | None:
    """The page that stands for a fact: readable, one that prints most of its datum, no record of our own, not shown before."""
    readable = [citation for citation in covered.exhibits if view.readable(citation)]
    shown = {other.number for other in taken}

    def worth(citation: Citation) -> tuple[int, bool, bool]:
        own = view.exhibit(citation).kind in OWN_RECORDS
        return _tells(view, covered, citation), not own, citation.number not in shown

    return max(readable, key=worth, default=None)


def _tells(view: BundleView, covered: PropositionCoverage, citation: Citation) -> int:
    page = view.printed(citation)
    return len(printed(view, covered, page)) if page and covered.status == "shown" else 0


def _piece(
    view: BundleView, covered: PropositionCoverage, citation: Citation, slot: tuple[float, float]
) -> _Piece | None:
    facts, page = view.source(citation)
    spots = with_values(covered, citation, _seen(covered, citation))
    boxes = [spot.box for spot in spots if spot.page == page and spot.box]
    size = view.size(citation)
    box = part(size, facts.text_height_px, boxes, slot, view.lines_of(citation))
    shape = (box[3] - box[1]) * size[1] / ((box[2] - box[0]) * size[0])
    width = min(slot[0], slot[1] / shape)
    picture = view.part(citation, box, (round(width * _SHARP), round(width * shape * _SHARP)))
    if picture is None:
        return None
    return _Piece(
        picture=picture, number=citation.number, page=citation.page, width=round(width, 1),
        height=round(width * shape, 1), marks=marked(box, boxes, (width, width * shape)),
    )  # fmt: skip


def _fact(view: BundleView, covered: PropositionCoverage, witness: Citation | None) -> _Fact:
    first = [witness] if witness else []
    return _Fact(
        statement=view.statement(covered),
        datum=datum(view, covered, view.printed(witness or covered.exhibits[0])),
        exhibits=[*first, *(c for c in covered.exhibits if c != witness)][:_LINKS],
    )


def _need(fact: _Fact) -> float:
    """The height that the words of a fact take."""
    said = _lines(fact.datum, _DATUM_CHARS) if fact.datum else 0
    return 18.5 * (_lines(fact.statement, _SAID_CHARS) + len(fact.exhibits)) + 16.5 * said + 14


def _facts(view: BundleView, proved: list[PropositionCoverage], room: float) -> list[_Fact]:
    witnesses: list[Citation | None] = []
    for covered in proved:
        witnesses.append(_witness(view, covered, [w for w in witnesses if w]))
    facts = [_fact(view, covered, witness) for covered, witness in zip(proved, witnesses, strict=True)]
    heights = _heights([_need(fact) for fact in facts], room - _EDGE * len(facts))
    width = _ROOM[view.site.paper][0] * _PIECE
    return [
        replace(fact, piece=_piece(view, covered, witness, (width, height)) if witness else None)
        for fact, covered, witness, height in zip(facts, proved, witnesses, heights, strict=True)
    ]


def _gallery(view: BundleView, room: float) -> _Gallery | None:
    """The first exhibits as pictures, for a case in which nothing is proved yet."""
    chosen = [e.cite() for e in view.plan.exhibits if view.readable(e.cite()) and view.thumbnail(e.cite())][:_FACTS]
    if not chosen:
        return None
    width = _ROOM[view.site.paper][0]
    gallery = arrange([view.size(citation) for citation in chosen], width, min(330.0, room))
    shots = [
        _Shot(number=c.number, page=c.page, picture=view.thumbnail(c), width=w, height=h)
        for c, (w, h) in zip(chosen, gallery.sizes, strict=True)
    ]
    return _Gallery(layout=gallery.layout, shots=shots)


def _values(view: BundleView) -> _Shown:
    """The answer, the three cards, and at most three proved facts, each with its datum and its piece of proof."""
    enclosed = view.proved()
    proved = [covered for covered in enclosed if covered.status != "attached"][:_FACTS]
    rows, cards, answer = _rows(view), _cards(view), _answer(view, proved or enclosed)
    heading = f"{view.name(view.platform.name)} · {view.procedure_name}"
    room = _ROOM[view.site.paper][1] - _HEAD
    room -= _LINE * (bool(rows) + max(_lines(value, 20) for _, value in cards or [("", "")]) - 1)
    room -= 23 * (_lines(heading, _TITLE_CHARS) - 1) + 20 * (_lines(answer or "", _ANSWER_CHARS) - 1)
    return _Shown(
        heading=heading,
        answer=answer,
        cards=cards,
        rows=rows,
        facts=_facts(view, proved, room),
        gallery=None if proved else _gallery(view, room),
        width=round(_ROOM[view.site.paper][0] * _PIECE, 1),
    )


PAGE = FrontPage(name="first", order=1, template="front_pages/first.html", values=_values)
