"""Made cases as people send them: each page drawn by Chromium as a PNG, to be read by OCR."""

import io
from collections.abc import Iterator

from benchmarks.filling.heaps import Heap
from benchmarks.meaning.pictures import drawn as photographed
from benchmarks.meaning.truth import Page
from casefile.upload import Upload


def drawn(heaps: list[Heap]) -> Iterator[tuple[Heap, tuple[Upload, ...]]]:
    """Each case with its pages as pictures."""
    for heap in heaps:
        pages = [_page(heap, name, place) for place, (name, _) in enumerate(heap.pages)]
        yield heap, tuple(Upload(name=page.name, data=_png(image)) for page, image in photographed(pages))


def _page(heap: Heap, name: str, place: int) -> Page:
    case = heap.typed
    return Page(
        name=name, language=heap.language, layout="", kind="", declared=False, platform=case.platform, site=case.site or "",
        order="", placed_at="", parcels=(), buyer="", seller="", sheet=heap.pages[place][1],
    )  # fmt: skip


def _png(image: object) -> bytes:
    sink = io.BytesIO()
    image.save(sink, "PNG")  # type: ignore[attr-defined]  # a picture of Pillow
    return sink.getvalue()
