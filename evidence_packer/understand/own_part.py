"""The part of a page that speaks of the case's own order, where a page lists several. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from casefile.facts import OrderIdSeen
from casefile.fields.files import Box

_BAR = 0.07
"""The top of a page, where an address bar repeats numbers."""
_HEAD_LINES = 3
"""An order's own lines may begin so many line heights above its number."""
_TABLE_LINES = 5
"""Numbers nearer to each other than so many line heights are rows of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """From ``top`` to ``bottom`` of the page; or, in a ``table``, the headings above ``bottom`` and the cells of ``row``."""

    top: float = 0.0
    bottom: float = 1.0
    row: Box | None = None
    table: bool = False

    def has(self, label: Box) -> bool:
        """Whether a label at this place speaks of our order."""
        return label[3] < self.bottom if self.table else self.top <= label[1] < self.bottom


def _below_bar(seen: Iterable[OrderIdSeen]) -> list[Box]:
    boxes = [one.box for one in seen]
    return sorted([box for box in boxes if box[1] > _BAR] or boxes, key=lambda box: box[1])


def own_part(page: int, order_ids: Iterable[OrderIdSeen]) -> OwnPart | None:
    """Where page ``page`` speaks of our order; ``None`` if it speaks of other orders only."""
    here = [seen for seen in order_ids if seen.page == page]
    own = _below_bar(seen for seen in here if seen.matches)
    others = _below_bar(seen for seen in here if not seen.matches)
    if not own:
        return None if others else OwnPart()
    ours = own[0]
    if not others:
        return OwnPart(row=ours)
    height = ours[3] - ours[1]
    if min(abs(box[1] - ours[1]) for box in others) < _TABLE_LINES * height:
        return OwnPart(row=ours, bottom=min(ours[1], others[0][1]), table=True)
    ends = min((box[1] for box in others if box[1] > ours[3]), default=2.0)
    return OwnPart(row=ours, top=ours[1] - _HEAD_LINES * height, bottom=ends - _HEAD_LINES * height)
