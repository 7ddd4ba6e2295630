"""What a guarded child does with a file: recognise it by its first bytes, open it, hand back checked pieces.

Every fault becomes a named refusal; only running out of memory is left to the exit status, because then not even a
refusal may fit.
"""

import functools

from reading import warming
from reading.guarded.channel import write_frame
from reading.intake import HEAD, DecodedPicture, DecodeJob, Intake, Opened, Page, Refusal, discovered
from reading.later_types import later_type
from reading.limits import MOST_COVERED
from reading.picture_header import PictureHeader

_INTAKES = discovered()
_NO_INTAKE = (b"\x00\x01", b"\x81\x40 text", b"PK\x03\x04", b"PK\x03\x04 word/")
"""Bytes that no intake takes, for warming up."""


def warm_up() -> None:
    """Decode tiny files of every usual kind, good, burned and cut short: a locked-down child cannot import anything."""
    _warm([intake for intake in _INTAKES if not intake.rare], [(DecodeJob(), sample) for sample in _NO_INTAKE])


def warm_up_rest() -> None:
    """The same for the rare kinds, which cost as much as all others together and mostly never come."""
    _warm([intake for intake in _INTAKES if intake.rare], [])


def _warm(chosen_ones: list[Intake], tried: list[tuple[DecodeJob, bytes]]) -> None:
    half_black = DecodeJob(redactions=((1, (0, 0, 1, 0.5)),))
    for intake in chosen_ones:
        samples = intake.samples()
        tried += [(DecodeJob(), sample) for sample in samples]
        tried += [(half_black, samples[0]), (DecodeJob(), samples[0][: len(samples[0]) // 2])]
        if intake.unpack is not None:
            tried += [(DecodeJob(unpack=True), sample) for sample in samples]
    for job, sample in tried:
        warming.discard(functools.partial(decode, job.to_json(), sample))


def decode(job: bytes, data: bytes, result: int) -> None:
    """Write the answer to ``job`` over ``data`` as frames: ``opened`` and ``page``s, or ``refused``."""
    order = DecodeJob.from_json(job)
    try:
        _answer(order, data, result)
    except (MemoryError, BrokenPipeError):
        raise
    except Refusal as refusal:
        write_frame(result, {"refused": refusal.code, "params": refusal.params})
    except Exception:  # noqa: BLE001  # decoders of hostile files raise anything
        write_frame(result, {"refused": "file-unreadable", "params": {}})


def _answer(order: DecodeJob, data: bytes, result: int) -> None:
    intake = chosen(data)
    if order.unpack:
        for part in intake.unpack(data, order) if intake.unpack else ():
            write_frame(result, {"part": part.name}, part.data)
        return
    if order.pages:
        for page in intake.pages(data, order):
            _write_page(result, page)
        return
    opened = intake.open(data, order)
    changes = list(opened.changes)
    if order.extension and order.extension not in intake.extensions:
        changes.append("extension-corrected")
    _write_opened(result, intake, opened, changes)
    for page in opened.pages:
        _write_page(result, page)


def chosen(data: bytes) -> Intake:
    """The intake that recognises these bytes best.

    Raises:
        Refusal: ``file-type-later`` for a known type that is not read, ``file-type-unknown`` for anything else.
    """
    head = data[:HEAD]
    best = max(_INTAKES, key=lambda intake: intake.score(head))
    if best.score(head) > 0:
        return best
    if name := later_type(data):
        raise Refusal("file-type-later", type=name)
    raise Refusal("file-type-unknown")


def _described(picture: DecodedPicture | None) -> PictureHeader | None:
    if picture is None:
        return None
    return PictureHeader(
        format=picture.format,
        width=picture.width,
        height=picture.height,
        orientation=picture.orientation,
        bytes=len(picture.data),
    )


def _write_opened(result: int, intake: Intake, opened: Opened, changes: list[str]) -> None:
    prepared = opened.prepared
    header = {
        "opened": intake.media_type,
        "picture": _described(prepared) if isinstance(prepared, DecodedPicture) else None,
        "pages": opened.page_count,
        "changes": list(dict.fromkeys(changes)),
        "taken_at": opened.camera.taken_at,
        "software": opened.camera.software,
        "has_location": opened.camera.has_location,
        "rasters": sorted(opened.rasters),
        "untrusted_text": sorted(opened.untrusted_text),
        "original_pages": opened.original_pages,
    }
    write_frame(result, header, prepared.data if isinstance(prepared, DecodedPicture) else prepared)


def _write_page(result: int, page: Page) -> None:
    header = {
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "pixels": [page.pixels.width, page.pixels.height, page.pixels.channels],
        "preview": len(page.preview),
        "lines": None if page.lines is None else [[text, list(box)] for text, box in page.lines],
        "pictured": page.pictured,
        "outlines": page.outlines,
        "raster": _described(page.raster),
        "changes": list(page.changes),
        "covered": [list(box) for box in page.covered[:MOST_COVERED]],
        "covered_words": page.covered_words,
    }
    raster = page.raster.data if page.raster else b""
    write_frame(result, header, page.pixels.data, page.preview, raster)
