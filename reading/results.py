"""What came out of a guarded child, checked number by number before anyone relies on it.

The child may have been taken over by the file it read: sizes must agree with bytes, boxes must lie on the page, texts must be
short, codes must be known ones. A frame that breaks a rule is no result.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from casefile.fields.files import Box
from casefile.reading import Exif, Line, PreparedImage
from reading.guarded.channel import Frame
from reading.limits import MOST_COVERED, MOST_HIDDEN_WORDS, ReadingLimits
from reading.picture_header import PictureHeader

_CODE = re.compile(r"[a-z0-9-]{3,40}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d)?")
_MAX_LINES = 20_000
_MAX_LINE = 4_000
_MAX_PREVIEW = 2_000_000
_MAX_NAME = 100
_MEDIA_TYPE = re.compile(r"(image|application|text|message|video)/[a-z0-9.+-]{2,40}")


class Unsound(Exception):
    """A frame breaks a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """The child's refusal: a code and the values of its text."""

    code: str
    params: dict[str, str | int | float]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """The child's account of a file; ``picture`` for pictures, ``document`` (a rewritten PDF) otherwise."""

    media_type: str
    picture: PreparedImage | None
    document: bytes
    page_count: int
    changes: tuple[str, ...]
    exif: Exif
    rasters: tuple[int, ...]
    untrusted_text: tuple[int, ...]
    original_pages: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePixels:
    """One page for reading: 8-bit rows (1 channel grey, 3 RGB), its true size, text layer if it has a useful one.

    ``pictured``: pictures on the page may show words that the text layer lacks. ``outlines``: nothing but type from outlines
    stands on it.
    """

    number: int
    width: int
    height: int
    pixel_width: int
    pixel_height: int
    channels: Literal[1, 3]
    data: bytes
    preview: bytes
    lines: tuple[Line, ...] | None
    pictured: bool
    outlines: bool
    raster: PreparedImage | None
    changes: tuple[str, ...]
    covered: tuple[Box, ...] = ()
    covered_words: str = ""


def checked(
    frames: Iterable[Frame], limits: ReadingLimits
) -> tuple[RefusedFile | OpenedFile | None, tuple[PagePixels, ...]]:
    """The account of the file, where the frames hold one, and the pages.

    Raises:
        Unsound: any frame breaks a rule.
    """
    account: RefusedFile | OpenedFile | None = None
    pages: list[PagePixels] = []
    try:
        for frame in frames:
            if "refused" in frame.header:
                return _refused(frame), ()
            if "opened" in frame.header:
                account = _opened(frame, limits)
            else:
                pages.append(_page(frame, limits))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Unsound(str(error)) from error
    return account, tuple(pages)


def checked_parts(frames: Iterable[Frame], limits: ReadingLimits) -> RefusedFile | tuple[tuple[str, bytes], ...]:
    """The files inside a file, as (name, bytes), or the refusal.

    Raises:
        Unsound: any frame breaks a rule.
    """
    parts: list[tuple[str, bytes]] = []
    try:
        for frame in frames:
            if "refused" in frame.header:
                return _refused(frame)
            parts.append((_name(frame.header["part"]), frame.body))
    except (KeyError, TypeError, ValueError) as error:
        raise Unsound(str(error)) from error
    _require(rule=len(parts) <= limits.archive_files and sum(len(d) for _, d in parts) <= limits.archive_bytes)
    return tuple(parts)


def _name(value: object) -> str:
    name = _text(value).strip().replace("/", "_").replace("\\", "_")
    return name[-_MAX_NAME:] or "file"


def _require(*, rule: bool) -> None:
    if not rule:
        raise Unsound("a frame breaks a rule")


def _whole(value: object, least: int, most: int) -> int:
    _require(rule=type(value) is int and least <= value <= most)
    return cast("int", value)


def _codes(values: object) -> tuple[str, ...]:
    _require(rule=isinstance(values, list) and len(values) <= 40)
    codes = cast("list[Any]", values)
    _require(rule=all(isinstance(code, str) and _CODE.fullmatch(code) for code in codes))
    return tuple(codes)


def _refused(frame: Frame) -> RefusedFile:
    code, params = frame.header["refused"], frame.header["params"]
    _require(
        rule=isinstance(code, str) and bool(_CODE.fullmatch(code)) and isinstance(params, dict) and len(params) < 10
    )
    for value in params.values():
        short_text = isinstance(value, str) and len(value) <= 40 and value.isprintable()
        _require(rule=short_text or type(value) is int or (type(value) is float and math.isfinite(value)))
    return RefusedFile(code=code, params=params)


def _opened(frame: Frame, limits: ReadingLimits) -> OpenedFile:
    header = frame.header
    media_type, software, taken_at = header["opened"], header["software"], header["taken_at"]
    _require(rule=isinstance(media_type, str) and bool(_MEDIA_TYPE.fullmatch(media_type)))
    _require(rule=software is None or (isinstance(software, str) and len(software) <= 80 and software.isprintable()))
    _require(rule=taken_at is None or (isinstance(taken_at, str) and bool(_TIME.fullmatch(taken_at))))
    count = _whole(header["pages"], 1, limits.pdf_pages)
    picture = header["picture"] and _picture(header["picture"], frame.body, limits)
    _require(rule=bool(picture) or frame.body.startswith(b"%PDF-"))
    return OpenedFile(
        media_type=media_type,
        picture=picture or None,
        document=b"" if picture else frame.body,
        page_count=count,
        changes=_codes(header["changes"]),
        exif=Exif(taken_at=taken_at, software=software, has_location=header["has_location"] is True),
        rasters=tuple(_whole(number, 1, count) for number in header["rasters"]),
        untrusted_text=tuple(_whole(number, 1, count) for number in header["untrusted_text"]),
        original_pages=header["original_pages"] is True,
    )


def _picture(described: PictureHeader, data: bytes, limits: ReadingLimits) -> PreparedImage:
    kind = described["format"]
    starts = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
    _require(rule=kind in starts and data.startswith(starts[kind]) and described["bytes"] == len(data))
    return PreparedImage(
        data=data,
        format=kind,
        width=_whole(described["width"], 1, limits.image_side),
        height=_whole(described["height"], 1, limits.image_side),
        orientation=_whole(described["orientation"], 1, 8),
    )


def _page(frame: Frame, limits: ReadingLimits) -> PagePixels:
    header = frame.header
    width, height, channels = header["pixels"]
    _require(rule=channels in {1, 3})
    size = _whole(width, 1, limits.image_side) * _whole(height, 1, limits.image_side) * channels
    preview_size = _whole(header["preview"], 1, _MAX_PREVIEW)
    raster_at = size + preview_size
    described = header["raster"]
    _require(rule=len(frame.body) == raster_at + (described["bytes"] if described else 0))
    preview = frame.body[size:raster_at]
    _require(rule=preview.startswith(b"\xff\xd8\xff"))
    return PagePixels(
        number=_whole(header["page"], 1, limits.pdf_pages),
        width=_whole(header["width"], 1, limits.image_side),
        height=_whole(header["height"], 1, limits.image_side),
        pixel_width=width,
        pixel_height=height,
        channels=channels,
        data=frame.body[:size],
        preview=preview,
        lines=None if header["lines"] is None else _lines(header["lines"]),
        pictured=header["pictured"] is True,
        outlines=header["outlines"] is True and header["lines"] is not None,
        raster=_picture(described, frame.body[raster_at:], limits) if described else None,
        changes=_codes(header["changes"]),
        covered=_boxes(header["covered"]),
        covered_words=_text(header["covered_words"])[:MOST_HIDDEN_WORDS],
    )


def _boxes(values: list[Any]) -> tuple[Box, ...]:
    _require(rule=len(values) <= MOST_COVERED)
    return tuple(_box(value) for value in values)


def _lines(values: list[Any]) -> tuple[Line, ...]:
    _require(rule=len(values) <= _MAX_LINES)
    return tuple(Line(text=_text(text), box=_box(box), score=1.0) for text, box in values)


def _text(value: object) -> str:
    _require(rule=isinstance(value, str))
    text = cast("str", value)[:_MAX_LINE]
    return text if text.isprintable() else "".join(char for char in text if char.isprintable())


def _box(value: list[Any]) -> Box:
    x0, y0, x1, y1 = (float(number) for number in value)
    _require(rule=0 <= x0 <= x1 <= 1 and 0 <= y0 <= y1 <= 1)
    return (x0, y0, x1, y1)
