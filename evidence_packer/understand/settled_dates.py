"""Dates that can mean two days, settled by another page that prints one of their moments plainly. Pure.

"11/03/2026 19:45" on an order page is the 3rd of November where the carrier's page prints 2026-11-03 19:45: to the minute nothing
coincides by chance. The other dates of that page are written in the same order.
"""

import re
from collections.abc import Iterable

from casefile.facts import FieldSeen, FileFacts

_MINUTE = len("2026-11-03T19:45")
_FIGURES = re.compile(r"\d+")


def settled(seen: FieldSeen, file: FileFacts, files: Iterable[FileFacts]) -> str | None:
    """The one of its meanings that a date has, where another page tells how its page writes dates."""
    others = (other for other in files if other is not file)
    plain = {time.at[:_MINUTE] for other in others for time in other.timestamps if time.at and time.has_time}
    told = (
        _month_first(time.text, meant)
        for time in file.timestamps
        for meant in time.meanings
        if len(meant) >= _MINUTE and meant[:_MINUTE] in plain
    )
    orders = {order for order in told if order is not None}
    if len(orders) != 1:
        return None
    order = next(iter(orders))
    return next((meant for meant in seen.meanings if _month_first(seen.value, meant) is order), None)


def _month_first(printed: str, meant: str) -> bool | None:
    """Whether a printed date with this meaning has its month first; ``None`` where that cannot be told."""
    figures = [int(figure) for figure in _FIGURES.findall(printed)][:3]
    month, day = int(meant[5:7]), int(meant[8:10])
    if month == day or not {month, day} <= set(figures):
        return None
    return figures.index(month) < figures.index(day)
