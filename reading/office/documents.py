"""Text documents and slides (DOCX, PPTX) as blocks.

An installation that leaves their libraries out refuses these types by name.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from reading.intake import Refusal
from reading.office import markup
from reading.office.blocks import Block, Break, Image, Passage, table
from reading.office.margins import in_margins
from reading.office.word_file import prepared
from reading.plain_text import clean

try:
    import mammoth
    import pptx
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    INSTALLED = True
except ImportError:
    INSTALLED = False


_WAY_BACK = re.compile(r' ?<a href="#[^"]*-ref-\d+">↑</a>')
"""What the converter adds to notes."""


def check_installed(name: str) -> None:
    """Nothing, where the libraries are there.

    Raises:
        Refusal: ``file-type-later``.
    """
    if not INSTALLED:
        raise Refusal("file-type-later", type=name)


def word(data: bytes) -> Iterator[Block]:
    """A Word document: what heads its pages, then paragraphs, lists, tables, pictures in their order; notes and feet behind."""
    check_installed("DOCX")
    data, told = prepared(data)
    yield from told
    pictures: list[bytes] = []

    def kept(image: Any) -> dict[str, str]:  # noqa: ANN401  # the library has no types
        with image.open() as stream:
            pictures.append(stream.read())
        return {"src": str(len(pictures) - 1)}

    made = mammoth.convert_to_html(
        io.BytesIO(data), convert_image=mammoth.images.img_element(kept), include_embedded_style_map=False
    )
    yield from map(Passage, in_margins(data, "header"))
    yield from markup.blocks(
        _WAY_BACK.sub("", made.value), lambda place: pictures[int(place)] if place.isdecimal() else None
    )
    yield from map(Passage, in_margins(data, "footer"))


def slides(data: bytes) -> Iterator[Block]:
    """Each slide that is shown on pages of its own: its words, tables and pictures from top to bottom."""
    check_installed("PPTX")
    for number, slide in enumerate(pptx.Presentation(io.BytesIO(data)).slides, start=1):
        if slide.element.get("show") == "0":
            continue
        yield Break(str(number))
        yield from _of_shapes(sorted(slide.shapes, key=lambda shape: (shape.top or 0, shape.left or 0)))


def _of_shapes(shapes: Iterable[Any]) -> Iterator[Block]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _of_shapes(shape.shapes)
        elif shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
            yield Image(shape.image.blob)
        elif shape.has_table:
            found = table([cell.text for cell in row.cells] for row in shape.table.rows)
            if found is not None:
                yield found
        elif shape.has_text_frame and (text := clean(shape.text_frame.text).strip()):
            yield Passage(text, heading=bool(shape.is_placeholder and shape.placeholder_format.idx == 0))
