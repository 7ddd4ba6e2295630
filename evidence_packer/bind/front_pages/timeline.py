"""The timeline as a picture and a table: each point with the exhibit page that prints its day."""

from dataclasses import dataclass

from casefile.coverage import TimelinePoint
from evidence_packer.bind.front_page import BundleView, FrontPage

_DRAWN = ("order_placed", "dispatched", "first_scan", "delivered", "contact_buyer", "contact_seller", "claim_opened",
          "refund", "notice", "action", "rejection", "return_received")  # fmt: skip
_AGAINST = frozenset({"returned", "delivery_failed"})
_WIDTH = {"a4": 481.0, "letter": 498.0}
_EDGE = 56.0
"""Half a label: the first and last point stand so far from the edge."""
_MOST = 8
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


def _points(view: BundleView) -> list[TimelinePoint]:
    """What a reviewer is shown: no point that contradicts another or speaks against the case, no unverified camera clock."""
    return [
        point for point in view.timeline if not (point.conflict or point.source == "exif" or point.what in _AGAINST)
    ]


def _drawn(points: list[TimelinePoint]) -> list[TimelinePoint]:
    """The points of the picture: each kind once (its first), in time order, as many as fit."""
    firsts: dict[str, TimelinePoint] = {}
    for point in points:
        if point.what in _DRAWN:
            firsts.setdefault(point.what, point)
    kept = sorted(firsts.values(), key=lambda point: (point.exhibit is None, _DRAWN.index(point.what)))[:_MOST]
    return sorted(kept, key=lambda point: point.moment)


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


def _values(view: BundleView) -> dict[str, object] | None:
    """Points of the picture with their places, and the rows of the table."""
    points = _points(view)
    drawn = _drawn(points)
    if len(drawn) < 2:
        return None
    rows = [
        {
            "day": view.day(point.at),
            "clock": view.clock(point.at) if point.has_time else "",
            "what": view.catalog.text(f"timeline.{point.what}"),
            "exhibit": point.exhibit,
            "page": point.page,
        }
        for point in points
    ]
    width = _WIDTH[view.site.paper]
    return {"rows": rows, "marks": _marks(view, drawn, width), "width": width}


PAGE = FrontPage(name="timeline", order=5, template="front_pages/timeline.html", values=_values)
