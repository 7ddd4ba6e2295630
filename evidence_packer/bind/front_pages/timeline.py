"""The timeline as a picture and a table: each point with the exhibit page that prints its day."""

import datetime as dt
from dataclasses import dataclass, replace

from casefile.anchors import Anchor, PrintedPage
from casefile.as_printed import is_day_alone
from casefile.citation import Citation
from casefile.clock_words import zone_in_words
from casefile.coverage import TimelinePoint
from evidence_packer.bind.front_page import BundleView, FrontPage, ShownValues

_DRAWN = ("order_placed", "dispatched", "first_scan", "delivered", "contact_buyer", "contact_seller", "claim_opened",
          "refund", "notice", "action", "rejection", "return_received")  # fmt: skip
_AGAINST = frozenset({"returned", "delivery_failed"})
_TOLD_BY = {
    "delivered": ("delivered", "delivery_signed"),
    "signed_for": ("delivery_signed",),
    "refund_made": ("refund", "remedy"),
    "handed_to_carrier": ("dispatched", "first_scan"),
    "dispatched": ("dispatched",),
    "dispatched_on_time": ("dispatched",),
    "reshipped": ("remedy", "remedy_received"),
    "return_received": ("return_received",),
    "buyer_agreed": ("withdrawal_agreed", "withdrawal_confirmed"),
}
"""Points that tell a proposition: where the evidence speaks against it, they are not drawn."""
_WIDTH = {"a4": 481.0, "letter": 498.0}
_EDGE = 56.0
"""Half a label: the first and last point stand so far from the edge."""
_MOST, _ROWS = 8, 24
_WRAP = 21
"""So many Latin letters fit a label's line; a Chinese sign counts for two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One point of the picture: its place along the line in points, its words, and whether an exhibit prints it."""

    x: float
    lines: tuple[str, ...]
    day: str
    exhibit: int | None
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One point of the table."""

    day: str
    clock: str
    what: str
    exhibit: int | None
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown(ShownValues):
    rows: list[_Row]
    zone: str
    """The zone of all times of the table, else none: then each time names its own."""
    marks: list[Mark]
    width: float


def _points(view: BundleView) -> list[TimelinePoint]:
    """What a reviewer is shown: no point that contradicts another or speaks against the case, no unverified camera clock.

    A point whose day its page does not print as it is told here is our record.
    """
    denied = {what for c in view.coverage if c.status == "contradicted" for what in _TOLD_BY.get(c.proposition, ())}
    return [
        point if _cited(view, point) else replace(point, exhibit=None, page=None)
        for point in view.timeline
        if not (point.conflict or point.source == "exif" or point.what in _AGAINST | denied)
    ]


def _page(view: BundleView, point: TimelinePoint) -> PrintedPage | None:
    if point.exhibit is None or point.page is None:
        return None
    return view.printed(Citation(number=point.exhibit, page=point.page))


def _cited(view: BundleView, point: TimelinePoint) -> bool:
    """Whether the page prints the day; what was not read is taken as planned."""
    page = _page(view, point)
    return page is None or page.find(Anchor.day(dt.datetime.fromisoformat(point.at))) is not None


def _told(view: BundleView, point: TimelinePoint) -> dt.datetime | None:
    """The moment whose hour is told, beside a link only where that page prints it."""
    at, page = dt.datetime.fromisoformat(point.at), _page(view, point)
    if not point.has_time or is_day_alone(at):
        return None
    if page and page.find(Anchor.minute(at)) is None:
        local = page.clock(at)
        return local if local and local.date().isoformat() == point.at[:10] else None
    return at


def _clock(view: BundleView, at: dt.datetime | None, of_all: str) -> str:
    """The time of day, with its zone where that is not the one of all times."""
    if at is None:
        return ""
    zone = "" if of_all else zone_in_words(at)
    return f"{view.clock(at)} ({zone})" if zone else view.clock(at)


def _drawn(points: list[TimelinePoint]) -> list[TimelinePoint]:
    """The points of the picture: each kind once (its first), in time order, as many as fit."""
    firsts: dict[str, TimelinePoint] = {}
    for point in points:
        if point.what in _DRAWN:
            firsts.setdefault(point.what, point)
    kept = sorted(firsts.values(), key=lambda point: (point.exhibit is None, _DRAWN.index(point.what)))[:_MOST]
    return sorted(kept, key=lambda point: point.moment)


def _first_of_each(points: list[TimelinePoint]) -> list[TimelinePoint]:
    """The first point of each kind, then the others as they came: what a long table keeps."""
    firsts: dict[str, TimelinePoint] = {}
    for point in points:
        firsts.setdefault(point.what, point)
    return [*firsts.values(), *(point for point in points if firsts[point.what] is not point)]


def _places(points: list[TimelinePoint], width: float) -> list[float]:
    """Places along the line: by time, but never so near that two labels on one side touch."""
    left, right = _EDGE, width - _EDGE
    times = [point.moment.timestamp() for point in points]
    span = (times[-1] - times[0]) or 1
    apart = (right - left) / max(_MOST - 1, len(points) - 1)
    places = [left + (right - left) * (time - times[0]) / span for time in times]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + apart)
    places[-1] = min(places[-1], right)
    for index in range(len(places) - 2, -1, -1):
        places[index] = min(places[index], places[index + 1] - apart)
    return places


def wrapped(text: str, width: int = _WRAP) -> tuple[str, ...]:
    """``text`` in at most two lines; Chinese, which has no spaces, may break anywhere."""
    size = sum(2 if ord(char) > 0x2E7F else 1 for char in text)
    if size <= width:
        return (text,)
    breaks = [place for place, char in enumerate(text) if char == " "] or range(1, len(text))
    middle = min(breaks, key=lambda place: abs(2 * place - len(text)))
    return text[:middle].rstrip(), text[middle:].lstrip()


def _marks(view: BundleView, points: list[TimelinePoint], width: float) -> list[Mark]:
    return [
        Mark(
            x=round(place, 1),
            lines=wrapped(view.catalog.text(f"timeline.{point.what}")),
            day=view.day(point.at),
            exhibit=point.exhibit,
            page=point.page,
        )
        for point, place in zip(points, _places(points, width), strict=True)
    ]


def _values(view: BundleView) -> _Shown | None:
    """Points of the picture with their places, and the rows of the table."""
    points = _points(view)
    drawn = _drawn(points)
    if len(drawn) < 2:
        return None
    kept = {id(point) for point in _first_of_each(points)[:_ROWS]}
    listed = [point for point in points if id(point) in kept]
    told = [_told(view, point) for point in listed]
    zones = {zone_in_words(at) for at in told if at}
    zone = zones.pop() if len(zones) == 1 else ""
    rows = [
        _Row(
            day=view.day(point.at),
            clock=_clock(view, at, zone),
            what=view.catalog.text(f"timeline.{point.what}"),
            exhibit=point.exhibit,
            page=point.page,
        )
        for point, at in zip(listed, told, strict=True)
    ]
    width = _WIDTH[view.site.paper]
    return _Shown(rows=rows, zone=zone, marks=_marks(view, drawn, width), width=width)


PAGE = FrontPage(name="timeline", order=5, template="front_pages/timeline.html", values=_values)
