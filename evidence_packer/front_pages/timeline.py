"""The timeline as a picture and a table: each point with the exhibit page that prints its day."""

import datetime as dt

from casefile.coverage import TimelinePoint
from evidence_packer.front_page import BundleView

ORDER = 3
TEMPLATE = "front_pages/timeline.html"
_DRAWN = ("order_placed", "dispatched", "first_scan", "delivered", "contact_buyer", "contact_seller", "claim_opened",
          "refund", "notice", "action", "rejection")  # fmt: skip
_WIDTH, _LEFT, _RIGHT = 480.0, 40.0, 440.0
_APART = 62.0
_MOST = 8


def _drawn(view: BundleView) -> list[TimelinePoint]:
    """The points of the picture: each kind once (its first), in time order, as many as fit."""
    firsts: dict[str, TimelinePoint] = {}
    for point in view.timeline:
        if point.what in _DRAWN:
            firsts.setdefault(point.what, point)
    return sorted(firsts.values(), key=lambda point: dt.datetime.fromisoformat(point.at))[:_MOST]


def _places(points: list[TimelinePoint]) -> list[float]:
    """Places along the line: by time, but never nearer than a label is wide."""
    times = [dt.datetime.fromisoformat(point.at).timestamp() for point in points]
    span = (times[-1] - times[0]) or 1
    apart = min(_APART, (_RIGHT - _LEFT) / max(1, len(points) - 1))
    places = [_LEFT + (_RIGHT - _LEFT) * (time - times[0]) / span for time in times]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + apart)
    for index in range(len(places) - 2, -1, -1):
        places[-1] = min(places[-1], _RIGHT)
        places[index] = min(places[index], places[index + 1] - apart)
    return places


def values(view: BundleView) -> dict[str, object] | None:
    """Points of the picture with their places, and the rows of the table."""
    rows = [
        {
            "day": view.day(point.at),
            "clock": view.clock(point.at),
            "what": view.catalog.text(f"timeline.{point.what}"),
            "exhibit": point.exhibit,
            "page": point.page,
        }
        for point in view.timeline
    ]
    points = _drawn(view)
    if len(rows) < 2 or len(points) < 2:
        return None
    marks = [
        {"x": round(place, 1), "day": view.day(point.at), "what": view.catalog.text(f"timeline.{point.what}"),
         "exhibit": point.exhibit, "page": point.page}
        for point, place in zip(points, _places(points), strict=True)
    ]  # fmt: skip
    return {"rows": rows, "marks": marks, "width": _WIDTH}
