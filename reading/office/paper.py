"""Pages laid out of blocks, drawn: what an intake of an office file hands back."""

import functools
import io
from collections.abc import Iterable, Iterator

from PIL import Image, ImageDraw

from reading.intake import Box, DecodeJob, Opened, Page, Refusal
from reading.office import blocks as kinds
from reading.office.blocks import PICTURES, Block, NotShown, within
from reading.office.layout import MARGIN, Leaf, Ruled, Shown, Written, laid_out
from reading.office.pictures import is_lost
from reading.pictures import lettering, sheets

_RULE, _HEAD, _FRAME = "#9aa4af", "#e6ebf0", 1


def _leaves(blocks: Iterable[Block], job: DecodeJob) -> tuple[list[Leaf], tuple[str, ...]]:
    """The pages, and what of the file stands on none of them."""
    told: dict[str, None] = {}
    found = laid_out(_shown(within(blocks, job.limits.text_characters), told))
    if not any(leaf.used > MARGIN for leaf in found):
        raise Refusal("office-empty")
    if len(found) > job.limits.pdf_pages:
        raise Refusal("pdf-too-many-pages", pages=len(found), allowed=job.limits.pdf_pages)
    return found, tuple(told)


def _shown(blocks: Iterable[Block], told: dict[str, None]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, NotShown):
            told[block.code] = None
        elif isinstance(block, kinds.Image) and is_lost(block.data):
            told[PICTURES.code] = None
        else:
            yield block


def opened(blocks: Iterable[Block], job: DecodeJob) -> Opened:
    """The blocks as a document, its first pages drawn.

    Raises:
        Refusal: ``office-empty``, ``text-too-long``, ``pdf-too-many-pages``.
    """
    found, told = _leaves(blocks, job)
    draw = functools.partial(_drawn, found)
    return sheets.opened(draw, [leaf.size for leaf in found], job, ("office-set", *told))


def pages(blocks: Iterable[Block], job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``; raises as ``opened`` does."""
    found, _ = _leaves(blocks, job)
    return sheets.pages(functools.partial(_drawn, found), len(found), job)


def _drawn(found: list[Leaf], number: int) -> sheets.DrawnSheet:
    """One page; where a picture stands on it, its words are read from the pixels like those of any picture."""
    leaf = found[number - 1]
    pictures = [thing for thing in leaf.things if isinstance(thing, Shown)]
    image = Image.new("RGB" if pictures else "L", leaf.size, "white")
    pen = ImageDraw.Draw(image)
    for ruled in (thing for thing in leaf.things if isinstance(thing, Ruled)):
        pen.rectangle(ruled.box, fill=_HEAD if ruled.filled else None, outline=_RULE, width=_FRAME)
    for shown in pictures:
        _paste(image, shown)
    lines: list[tuple[str, Box]] = []
    for written in (thing for thing in leaf.things if isinstance(thing, Written)):
        x, y = written.at
        lines.append((written.text, lettering.write(image, written.text, (round(x), round(y)), written.size)))
    return sheets.DrawnSheet(image=image, lines=None if pictures else tuple(lines), lossless=not pictures)


def _paste(image: Image.Image, shown: Shown) -> None:
    left, top, right, bottom = (round(edge) for edge in shown.box)
    with Image.open(io.BytesIO(shown.data)) as picture:
        picture.draft("RGB", ((right - left) * 2, (bottom - top) * 2))
        small = picture.convert("RGBA").resize((max(1, right - left), max(1, bottom - top)), Image.Resampling.LANCZOS)
    image.paste(small, (left, top), small)
