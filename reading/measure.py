"""How much of a file's writing is taken: what it means is found by holding the lines of a page beside each other.

A page of 20,000 lines, or a line of 4,000 signs, costs minutes there. No page that people can read has either; what is let go of
is told as a page that was not read to its end.
"""

import math
from collections.abc import Iterable
from dataclasses import replace

from casefile.reading import ReadPage

MOST_LINES = 2_500
"""Of a page; a sheet printed very small has a thousand."""
MOST_SIGNS = 1_000
"""Of a line."""
MOST_PAIRS = 40_000_000
"""Lines of a file, each with each of its page: 500 pages of 280 lines."""


def in_measure(pages: Iterable[ReadPage]) -> tuple[ReadPage, ...]:
    """The pages, each with its first lines as far as they are taken."""
    left, taken = MOST_PAIRS, list[ReadPage]()
    for page in pages:
        kept = _cut(page, min(MOST_LINES, math.isqrt(left)))
        left -= len(kept.lines) ** 2
        taken.append(kept)
    return tuple(taken)


def _cut(page: ReadPage, most: int) -> ReadPage:
    if len(page.lines) <= most and all(len(line.text) <= MOST_SIGNS for line in page.lines):
        return page
    lines = tuple(replace(line, text=line.text[:MOST_SIGNS]) for line in page.lines[:most])
    share = sum(len(line.text) for line in lines) / max(1, sum(len(line.text) for line in page.lines))
    receipt = replace(page.receipt, read_share=round(min(page.receipt.read_share, share), 3))
    return replace(page, lines=lines, unread=page.unread or "cut-short", receipt=receipt)
