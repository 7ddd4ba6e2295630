"""Slides (PPTX) as blocks: each slide that is shown on pages of its own, its words, tables and pictures from top to bottom."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from reading.intake import Refusal
from reading.office.blocks import (
    CHARTS,
    HIDDEN_SLIDES,
    NOTES,
    PICTURES,
    UNSEEN,
    Block,
    Break,
    Image,
    NotShown,
    Passage,
    table,
)
from reading.office.slide_looks import A, Ground, Scheme, ground_of, of_frame, readable, scheme_of, slide_ground
from reading.plain_text import clean

try:
    import pptx

    INSTALLED = True
except ImportError:
    INSTALLED = False

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def blocks(data: bytes) -> Iterator[Block]:
    """The presentation.

    Raises:
        Refusal: ``file-type-later`` where the library is left out of this installation.
    """
    if not INSTALLED:
        raise Refusal("file-type-later", type="PPTX")
    show = pptx.Presentation(io.BytesIO(data))
    reader = _Slides((show.slide_width or 0, show.slide_height or 0))
    for number, slide in enumerate(show.slides, start=1):
        if slide.element.get("show") in {"0", "false"}:
            reader.told[HIDDEN_SLIDES] = None
            continue
        yield Break(str(number))
        yield from reader.of(slide)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(name.startswith("ppt/comments/") for name in archive.namelist()):
            reader.told[NOTES] = None
    yield from reader.told


class _Slides:
    def __init__(self, size: tuple[int, int]) -> None:
        self.told: dict[NotShown, None] = {}
        self._size = size
        self._once: set[str] = set()
        """Words of layouts that stood on a page already."""
        self._ground: Ground = None
        self._scheme: Scheme = {}

    def of(self, slide: Any) -> Iterator[Block]:  # noqa: ANN401  # the library has no types
        """The blocks of one slide; what its layout writes on many comes on the first of them."""
        if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None and notes.text.strip():
            self.told[NOTES] = None
        for part in (slide, slide.slide_layout, slide.slide_layout.slide_master):
            _unwrap(part.element)
        self._scheme = scheme_of(slide.slide_layout.slide_master)
        self._ground = slide_ground(slide, self._scheme)
        yield from self._shapes(_from_the_top(slide.shapes), [])
        for part in (slide.slide_layout, slide.slide_layout.slide_master):
            texts = [shape for shape in part.shapes if not shape.is_placeholder and shape.has_text_frame]
            for block in self._shapes(texts, []):
                if isinstance(block, Passage) and block.text not in self._once:
                    self._once.add(block.text)
                    yield block

    def _shapes(self, shapes: Iterable[Any], outer: list[Any]) -> Iterator[Block]:
        for shape in shapes:
            if _is_hidden(shape) or (not outer and self._beside(shape)):
                if any(part.text for part in shape.element.iter(A + "t")):
                    self.told[UNSEEN] = None
            elif shape.element.tag.endswith("}grpSp"):
                yield from self._shapes(_from_the_top(shape.shapes), [*outer, shape])
            elif shape.has_text_frame:
                yield from self._words(shape)
                if next(shape.element.iter(A + "blip"), None) is not None:
                    yield from self._picture(shape)
            elif shape.has_table:
                cells = (row.iterchildren(A + "tc") for row in shape.element.iter(A + "tr"))
                rows = [[self._text(cell, of_frame(cell, self._scheme)) for cell in row] for row in cells]
                if (found := table(rows)) is not None:
                    yield found
            else:
                yield from self._picture(shape)

    def _words(self, shape: Any) -> Iterator[Block]:  # noqa: ANN401
        text = self._text(shape.element, ground_of(shape, self._ground, self._scheme))
        if text:
            yield Passage(text, heading=bool(shape.is_placeholder and shape.placeholder_format.idx == 0))

    def _text(self, element: Any, ground: Ground) -> str:  # noqa: ANN401
        lines = []
        number = 0
        for paragraph in element.iter(A + "p"):
            properties = paragraph.find(A + "pPr")
            counted = properties is not None and properties.find(A + "buAutoNum") is not None
            said = "".join(self._said(part, ground) for part in paragraph)
            number = number + 1 if counted and said.strip() else number if counted else 0
            lines.append(f"{number}. {said}" if counted and said.strip() else said)
        return clean("\n".join(lines)).strip()

    def _said(self, part: Any, ground: Ground) -> str:  # noqa: ANN401
        if part.tag == A + "br":
            return "\n"
        text = part.findtext(A + "t") or "" if part.tag in {A + "r", A + "fld"} else ""
        if not text or readable(part.find(A + "rPr"), ground, self._scheme):
            return text
        if any(map(str.isalnum, text)):
            self.told[UNSEEN] = None
        return ""

    def _picture(self, shape: Any) -> Iterator[Block]:  # noqa: ANN401
        """A picture, also as the face of something embedded; what has none is told."""
        blips = [blip.get(_EMBED) for blip in shape.element.iter(A + "blip")]
        parts = [shape.part.related_part(name) for name in blips if name in shape.part.rels]
        if parts:
            yield Image(parts[0].blob)
        elif shape.element.tag.endswith("}pic"):
            self.told[PICTURES] = None
        elif shape.element.tag.endswith("graphicFrame"):
            self.told[CHARTS] = None

    def _beside(self, shape: Any) -> bool:  # noqa: ANN401
        if None in {shape.left, shape.top, shape.width, shape.height}:
            return False
        right, bottom = shape.left + shape.width, shape.top + shape.height
        return bool(right <= 0 or bottom <= 0 or shape.left >= self._size[0] or shape.top >= self._size[1])


def _from_the_top(shapes: Iterable[Any]) -> list[Any]:
    return sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))


def _is_hidden(shape: Any) -> bool:  # noqa: ANN401
    own = next((one for one in shape.element.iter() if str(one.tag).endswith("}cNvPr")), None)
    return own is not None and own.get("hidden") in {"1", "true"}


def _unwrap(element: Any) -> None:  # noqa: ANN401
    """What is kept in two forms for programs of different ages, in the form for older ones."""
    for both in list(element.iter(_MC + "AlternateContent")):
        form = both.find(_MC + "Fallback")
        form = form if form is not None and len(form) else both.find(_MC + "Choice")
        parent = both.getparent()
        if parent is None:
            continue
        for part in list(form) if form is not None else ():
            both.addprevious(part)
        parent.remove(both)
