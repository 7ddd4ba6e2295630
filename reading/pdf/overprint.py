"""Texts that stand over each other: which of them can be seen, and where neither can be read.

Where characters of two texts stand in one place, what is drawn there says nothing of the one or the other. So the page is drawn
without each, and with each alone: a text of which hardly anything is missed is not to be seen. Where both are seen, and are not
neighbours set close to each other, people see a jumble.
"""

import contextlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter

from reading.pdf.drawn_text import LEAST_CONTRAST, Bounds, apart, drawn, text_left_out, texts
from reading.pdf.text import Glyph

_OVERLAP = 0.4
_LEAST_PAIRS = 3
"""A logo may set one letter over another."""
_CELLS = 60
_SHIFT = 0.25
"""Of its height, by which a letter may be set off from its double: type made bold, or with a shadow."""
_NEXT = 3
"""Characters of one run that follow so closely on each other are neighbours, however close they are set."""
_MOST_LAYERS, _MOST_SECONDS = 6, 1.5
_BLUR, _MOST_MORE = 7, 0.1
"""Pixels by which a double may be set off, and the share of ink that it may have besides."""
_LEAST_INK = 0.3
"""Of what a text draws where it stands alone, that has to be missed where it is left out."""

Keys = Mapping[int, int]
"""The text (its address) in which the character at a place of the page's text stands."""
_Pair = tuple[Glyph, Glyph]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overprint:
    """Places of characters that are not to be seen, and of others that cannot be read."""

    unseen: frozenset[int] = frozenset()
    jumbled: frozenset[int] = frozenset()


def overprint(page: pdfium.PdfPage, letters: Sequence[Glyph], keys: Keys) -> Overprint:
    """What of ``letters`` stands over each other on ``page``."""
    letters = [glyph for glyph in letters if glyph.x1 > glyph.x0 and glyph.y1 > glyph.y0]
    pairs = list(_pairs(letters, keys))
    if len(pairs) < _LEAST_PAIRS:
        return Overprint()
    same = _doubles(letters, keys, {keys[glyph.place] for pair in pairs for glyph in pair})
    pairs = [pair for pair in pairs if same[keys[pair[0].place]] != same[keys[pair[1].place]]]
    if len(pairs) < _LEAST_PAIRS:
        return Overprint()
    unseen = _unseen(page, _Case(letters, pairs, keys, same))
    seen = [pair for pair in pairs if not any(glyph.place in unseen for glyph in pair)]
    jumble = [pair for pair in seen if abs(pair[0].place - pair[1].place) > _NEXT]
    jumbled = {glyph.place for pair in jumble for glyph in pair} if len(jumble) >= _LEAST_PAIRS else set()
    return Overprint(unseen=frozenset(unseen), jumbled=frozenset(jumbled))


def _pairs(letters: Iterable[Glyph], keys: Keys) -> Iterator[_Pair]:
    """Different characters of different texts in one place."""
    places: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in letters:
        cell = (int((glyph.x0 + glyph.x1) / 2 * _CELLS), int((glyph.y0 + glyph.y1) / 2 * _CELLS))
        here = places.setdefault(cell, [])
        key = keys[glyph.place]
        for other in here:
            if other.char != glyph.char and keys[other.place] != key and _same_place(other, glyph):
                yield other, glyph
        here.append(glyph)


def _same_place(one: Glyph, other: Glyph) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    if across <= 0 or down <= 0:
        return False
    wide, high = min(one.x1 - one.x0, other.x1 - other.x0), min(one.y1 - one.y0, other.y1 - other.y0)
    return across > _OVERLAP * wide and down > 0.7 * high


def _doubles(letters: Sequence[Glyph], keys: Keys, met: set[int]) -> dict[int, int]:
    """For each text the one it stands for: a text is one with another that writes all of its letters in the same places."""
    found: dict[str, list[Glyph]] = defaultdict(list)
    size: dict[int, int] = defaultdict(int)
    for glyph in letters:
        found[glyph.char].append(glyph)
        size[keys[glyph.place]] += 1
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for glyph in letters:
        key = keys[glyph.place]
        if key in met:
            for other in {keys[other.place] for other in found[glyph.char] if _double(glyph, other)} - {key}:
                shared[key, other] += 1
    same = {key: key for key in size}
    for (key, other), count in shared.items():
        if count == size[key] or count == size[other]:
            old, new = same[key], same[other]
            same.update({one: new for one, stands in same.items() if stands == old})
    return same


def _double(one: Glyph, other: Glyph) -> bool:
    most = _SHIFT * min(one.y1 - one.y0, other.y1 - other.y0)
    return abs(one.x0 - other.x0) < most and abs(one.y0 - other.y0) < most


class _Case(NamedTuple):
    """Texts that meet: their characters, the pairs of them in one place, and for which text each stands."""

    letters: Sequence[Glyph]
    pairs: Sequence[_Pair]
    keys: Keys
    same: Mapping[int, int]

    def meeting(self) -> Mapping[int, Sequence[Glyph]]:
        """By text its characters that meet those of others."""
        found: dict[int, dict[int, Glyph]] = defaultdict(dict)
        for glyph in (glyph for pair in self.pairs for glyph in pair):
            found[self.keys[glyph.place]][glyph.place] = glyph
        return {key: tuple(glyphs.values()) for key, glyphs in found.items()}

    def texts(self) -> Mapping[int, Sequence[Glyph]]:
        """By text all of its characters."""
        found: dict[int, list[Glyph]] = defaultdict(list)
        for glyph in self.letters:
            found[self.keys[glyph.place]].append(glyph)
        return found


def _unseen(page: pdfium.PdfPage, case: _Case) -> set[int]:
    """Characters of which hardly anything is missed where their texts are left out."""
    same, meeting, texts = case.same, case.meeting(), case.texts()
    layers = _layers([(same[case.keys[one.place]], same[case.keys[other.place]]) for one, other in case.pairs])
    unseen = {glyph.place for glyphs in meeting.values() for glyph in glyphs}
    end = time.process_time() + _MOST_SECONDS
    with contextlib.ExitStack() as stack:
        whole = stack.enter_context(drawn(page))
        with text_left_out(page):
            bare = stack.enter_context(drawn(page))
        for layer in range(_MOST_LAYERS):
            group = {key for key, stands in same.items() if layers.get(stands) == layer}
            if not group or time.process_time() > end:
                break
            ink = _ink(page, group, same, (whole, bare))
            for key in group & meeting.keys():
                hidden = not ink.shows(meeting[key])
                for glyph in texts[key]:
                    gone = not ink.draws(glyph) or (hidden and not ink.shows((glyph,)))
                    (unseen.add if gone else unseen.discard)(glyph.place)
    return unseen


class _Ink(NamedTuple):
    """What some texts draw where they stand alone, and what of it is missed where they are left out."""

    alone: Image.Image
    missed: Image.Image

    def draws(self, glyph: Glyph) -> bool:
        """Whether a character is drawn at all."""
        return _count(self.alone, (glyph,)) > 0

    def shows(self, glyphs: Sequence[Glyph]) -> bool:
        """Whether enough is missed of these characters."""
        return _count(self.missed, glyphs) > _LEAST_INK * _count(self.alone, glyphs)


def _ink(
    page: pdfium.PdfPage, group: set[int], same: Mapping[int, int], drawings: tuple[Image.Image, Image.Image]
) -> _Ink:
    whole, bare = drawings
    with text_left_out(page, lambda key: key not in group), drawn(page) as only:
        alone = _marks(bare, only)
    twins = _twins(page, group, same)
    if twins:
        # PDFium tells no letters of the second of two like texts: it goes with the first, unless it draws more than that.
        with text_left_out(page, lambda key: key not in twins), drawn(page) as only:
            more = ImageChops.subtract(_marks(bare, only), alone.filter(ImageFilter.MaxFilter(_BLUR)))
        twins = twins if more.histogram()[255] <= _MOST_MORE * alone.histogram()[255] else frozenset()
    with text_left_out(page, (group | twins).__contains__), drawn(page) as rest:
        missed = _marks(whole, rest)
    return _Ink(alone, ImageChops.darker(missed, alone))


def _twins(page: pdfium.PdfPage, group: set[int], same: Mapping[int, int]) -> frozenset[int]:
    """Texts without letters of their own that stand where one of ``group`` does."""
    bounds = dict(texts(page))
    own = [bounds[key] for key in group if key in bounds]
    return frozenset(key for key, box in bounds.items() if key not in same and any(_like(box, other) for other in own))


def _like(one: Bounds, other: Bounds) -> bool:
    most = _SHIFT * max(one[3] - one[1], other[3] - other[1])
    return all(abs(edge - their) < most for edge, their in zip(one, other, strict=True))


def _marks(one: Image.Image, other: Image.Image) -> Image.Image:
    return apart(one, other).point(lambda level: 255 if level >= LEAST_CONTRAST else 0)


def _count(marks: Image.Image, glyphs: Iterable[Glyph]) -> int:
    """Pixels that are marked where these characters stand."""
    width, height = marks.size
    boxes = [
        (int(glyph.x0 * width), int(glyph.y0 * height), int(glyph.x1 * width) + 1, int(glyph.y1 * height) + 1)
        for glyph in glyphs
    ]
    return sum(marks.crop(box).histogram()[255] for box in boxes)


def _layers(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """A number for each, so that those of a pair have different ones."""
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    found: dict[int, int] = {}
    for key in sorted(beside, key=lambda key: -len(beside[key])):
        taken = {found.get(other) for other in beside[key]}
        found[key] = next(number for number in range(len(beside) + 1) if number not in taken)
    return found
