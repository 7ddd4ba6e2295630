"""Word documents (DOCX) as blocks.

An installation that leaves the library out refuses the type by name.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from reading.intake import Refusal
from reading.office import markup
from reading.office.blocks import Block, Passage
from reading.office.margins import in_margins
from reading.office.word_file import prepared

try:
    import mammoth

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
