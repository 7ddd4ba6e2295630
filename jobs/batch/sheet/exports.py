"""Every way that is known to head the columns of a sheet: programs' exports, our template, labels of pages in other languages."""

import functools

from casefile.house import House
from jobs.batch.sheet.columns import SheetExport, load_exports, with_labels

_CURATED = frozenset({"en", "zh-Hans"})
"""Languages whose headers ``sheets/`` lists itself: what a page calls a time may be another one in a sheet."""
_LABELS = {
    "order_id": "order_id",
    "order_date": "order.placed_at",
    "item": "item.name",
    "recipient": "ship_to_name",
    "address": "ship_to_line1",
    "ship_by": "order.ship_by_at",
    "shipped_at": "dispatched_at",
    "tracking_number": "tracking_number",
}


@functools.lru_cache(maxsize=4)
def known_exports(house: House) -> tuple[SheetExport, ...]:
    """The exports of ``sheets/``; the own one also with the labels by which pages of other languages name the same fields.

    Raises:
        DataFault: a file is malformed or misnamed.
    """
    labels: dict[str, list[str]] = {}
    for language, words in sorted(house.reading_words.items()):
        for field, column in _LABELS.items():
            if language not in _CURATED:
                labels.setdefault(column, []).extend(words.fields.get(field, ()))
    return with_labels(load_exports(house.root), labels)
