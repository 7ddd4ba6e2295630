"""Films (MP4, MOV, WebM): contact sheets of frames with their times, the hash of the film, its length and size.

A packing video cannot be printed; what it shows at which second can, and the hash ties the sheet to the film, which stays
in the originals. The decoder is an extra (``film``); without it every film becomes a named refusal. Frames
are taken at key frames where there are enough, so a long film costs no more than a short one.
"""

import hashlib
import io
import re
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from reading.intake import Camera, DecodeJob, Intake, Opened, Page, Refusal
from reading.pictures import lettering, making, sheets
from reading.pictures.lettering import MARGIN, SMALL, USUAL

_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VP", b"MSNV", b"3gp4", b"3gp5",
           b"3gp6", b"dash", b"qt  ", b"XAVC", b"mmp4")  # fmt: skip
_EBML = b"\x1aE\xdf\xa3"
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"free")
_NAMES = {"h264": "H.264", "hevc": "H.265", "vp8": "VP8", "vp9": "VP9", "av1": "AV1", "mpeg4": "MPEG-4"}
_GAP, _CAPTION = 16, 30
_HEADER_ROWS = 4
_SHORT, _MIDDLE = 20.0, 90.0
_FORWARD = 90
"""Frames to decode at most behind a key frame, when key frames are rare."""
_BUDGET = 5.0
"""Seconds of CPU for all frames; after that, frames stay at their key frames."""

try:
    import av
    import av.logging
except ModuleNotFoundError as missing:
    if missing.name != "av":
        raise
    _INSTALLED = False
else:
    _INSTALLED = True
    av.logging.set_level(av.logging.PANIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    columns: int
    rows: int
    width: int
    height: int

    @property
    def each(self) -> int:
        return self.columns * self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Film:
    size: tuple[int, int]
    seconds: float
    about: tuple[str, ...]
    taken_at: str | None
    times: tuple[float, ...]
    grid: _Grid

    @property
    def pages(self) -> int:
        return -(-len(self.times) // self.grid.each)


def score(head: bytes) -> float:
    """An ISO media or QuickTime file with a film's brand, or a Matroska/WebM file."""
    if head.startswith(_EBML):
        return 0.8
    if head[4:8] == b"ftyp":
        (length,) = struct.unpack_from(">I", head)
        brands = {head[start : start + 4] for start in range(8, min(length, 256), 4) if start != 12}
        return 0.6 if head[8:12] in _BRANDS else 0.4 if brands & set(_BRANDS) else 0.0
    return 0.5 if head[4:8] in _OLD_QUICKTIME and head[8:12] != b"" and head[:1] == b"\x00" else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """Contact sheets of the film.

    Raises:
        Refusal: ``film-without-picture``, ``file-unreadable``, ``image-too-large``.
    """
    film = _film(data, job)
    sizes = [(sheets.WIDTH, sheets.HEIGHT)] * film.pages
    opened = sheets.opened(_drawer(data, film), sizes, job, ("film-sheet",))
    return Opened(
        prepared=opened.prepared,
        page_count=opened.page_count,
        pages=opened.pages,
        changes=opened.changes,
        camera=Camera(taken_at=film.taken_at),
        rasters=opened.rasters,
        original_pages=True,
    )


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The sheets ``job.pages``."""
    film = _film(data, job)
    return sheets.pages(_drawer(data, film), film.pages, job)


def _film(data: bytes, job: DecodeJob) -> _Film:
    if not _INSTALLED:
        raise Refusal("film-not-installed")
    try:
        with av.open(io.BytesIO(data)) as container:
            if not container.streams.video:
                raise Refusal("film-without-picture")
            stream = container.streams.video[0]
            making.check_size(stream.width, stream.height, job.limits)
            seconds = _seconds(container, stream)
            turned = _turned(container, stream)
            metadata = dict(container.metadata)
            codec = stream.codec_context.name
    except av.FFmpegError as fault:
        raise Refusal("file-unreadable") from fault
    width, height = (stream.height, stream.width) if turned % 180 else (stream.width, stream.height)
    grid = _grid(width, height)
    sheets_wanted = 1 if seconds <= _SHORT else 2 if seconds <= _MIDDLE else 3
    return _Film(
        size=(width, height),
        seconds=seconds,
        about=_about(data, (width, height), seconds, codec),
        taken_at=_taken_at(metadata),
        times=_times(seconds, grid.each * sheets_wanted),
        grid=grid,
    )


def _seconds(container: Any, stream: Any) -> float:  # noqa: ANN401  # the library's own
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return float(container.duration or 0) / av.time_base


def _turned(container: Any, stream: Any) -> int:  # noqa: ANN401
    frame = next(container.decode(stream), None)
    return int(getattr(frame, "rotation", 0) or 0) if frame is not None else 0


def _grid(width: int, height: int) -> _Grid:
    columns = 2 if width >= height else 3
    room = sheets.HEIGHT - 2 * MARGIN - _HEADER_ROWS * 30
    cell = (sheets.WIDTH - 2 * MARGIN - _GAP * (columns - 1)) // columns
    tall = max(1, min(round(cell * height / width), room - _CAPTION))
    return _Grid(columns=columns, rows=max(1, room // (tall + _CAPTION + _GAP)), width=cell, height=tall)


def _times(seconds: float, count: int) -> tuple[float, ...]:
    return tuple(seconds * place / count for place in range(count)) if seconds > 0 else (0.0,)


def _about(data: bytes, size: tuple[int, int], seconds: float, codec: str) -> tuple[str, ...]:
    digest = hashlib.sha256(data).hexdigest()
    megabytes = f"{len(data) / 1e6:.1f} MB"
    return (f"{_NAMES.get(codec, codec)} · {size[0]} × {size[1]} · {clock(seconds)} · {megabytes}", f"SHA-256 {digest}")


def clock(seconds: float) -> str:
    """``75.25`` as ``1:15.2``."""
    minutes, rest = divmod(max(0.0, seconds), 60)
    return f"{int(minutes)}:{int(rest * 10) / 10:04.1f}"


def _taken_at(metadata: dict[str, str]) -> str | None:
    told = metadata.get("com.apple.quicktime.creationdate") or metadata.get("creation_time") or ""
    match = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?", told)
    if not match or match[1] < "1990":
        return None
    zone = (match[2] or "").replace("Z", "+00:00")
    return match[1] + (zone if ":" in zone or not zone else f"{zone[:3]}:{zone[3:]}")


def _drawer(data: bytes, film: _Film) -> sheets.Draw:
    def draw(number: int) -> sheets.DrawnSheet:
        first = (number - 1) * film.grid.each
        frames = _frames(data, film.times[first : first + film.grid.each], film)
        return _sheet(film, list(frames))

    return draw


def _frames(data: bytes, times: tuple[float, ...], film: _Film) -> Iterator[tuple[float, Image.Image]]:
    started, last = time.process_time(), -1.0
    try:
        with av.open(io.BytesIO(data), "r") as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            for wanted in times:
                container.seek(int(wanted * av.time_base), backward=True)
                patient = time.process_time() - started < _BUDGET
                frame = _nearest(container, stream, wanted, last if patient else wanted)
                if frame is not None and float(frame.time or 0) > last:
                    last = float(frame.time or 0)
                    yield last, _picture(frame, film)
    except av.FFmpegError:
        return  # a film cut short: the frames so far


def _nearest(container: Any, stream: Any, wanted: float, last: float) -> Any:  # noqa: ANN401
    """The key frame at or before ``wanted``; when that one was shown already, frames on from there."""
    frame = None
    for count, frame in enumerate(container.decode(stream)):
        if float(frame.time or 0) > last and (count == 0 or float(frame.time or 0) >= wanted):
            break
        if count >= _FORWARD:
            break
    return frame


def _picture(frame: Any, film: _Film) -> Image.Image:  # noqa: ANN401
    turn = int(getattr(frame, "rotation", 0) or 0)
    image: Image.Image = frame.to_image()
    if turn:
        image = image.rotate(turn, expand=True)
    return ImageOps.contain(image, (film.grid.width, film.grid.height))


def _sheet(film: _Film, frames: list[tuple[float, Image.Image]]) -> sheets.DrawnSheet:
    if not frames:
        raise Refusal("film-without-picture")
    page = Image.new("RGB", (sheets.WIDTH, sheets.HEIGHT), "white")
    lines, top = [], MARGIN
    for text, size in zip(film.about, (USUAL, SMALL), strict=True):
        lines.append((text, lettering.write(page, text, (MARGIN, top), size)))
        top += round(size * 1.6)
    top += _GAP
    for place, (seconds, picture) in enumerate(frames):
        row, column = divmod(place, film.grid.columns)
        left = MARGIN + column * (film.grid.width + _GAP)
        upper = top + row * (film.grid.height + _CAPTION + _GAP)
        page.paste(picture, (left, upper))
        lines.append(
            (clock(seconds), lettering.write(page, clock(seconds), (left, upper + film.grid.height + 4), SMALL))
        )
    return sheets.DrawnSheet(image=page, lines=tuple(lines), lossless=False)


def samples() -> tuple[bytes, ...]:
    """A tiny film, made by the same library; its decoders need nothing more to be loaded."""
    return (_sample("mp4", "mpeg4"),) if _INSTALLED else ()


def _sample(container: str, codec: str) -> bytes:
    sink = io.BytesIO()
    with av.open(sink, "w", format=container) as film:
        stream: Any = film.add_stream(codec, rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.thread_count = 1
        for shade in range(6):
            frame: Any = av.VideoFrame.from_image(  # type: ignore[no-untyped-call]
                Image.new("RGB", (64, 48), (40 * shade, 90, 90))
            )
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return sink.getvalue()


INTAKE = Intake(
    name="film",
    media_type="video/mp4",
    extensions=("mp4", "mov", "m4v", "webm", "mkv", "qt", "3gp"),
    score=score,
    open=open,
    samples=samples,
    pages=pages,
    rare=True,
)
