"""What a picture's EXIF block says: time, program, turn, and whether it carried a position.

Read strictly, because a camera clock is weak evidence already: a date that does not exist is no date, an offset is stated or
there is none. The position itself is never read out, only noticed. Tags: CIPA DC-008 (EXIF 2.32).
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from reading.intake import Camera

_EXIF_BLOCK, _GPS_BLOCK = 0x8769, 0x8825
_ORIENTATION, _SOFTWARE = 0x0112, 0x0131
_TIMES = ((_EXIF_BLOCK, 0x9003, 0x9011), (_EXIF_BLOCK, 0x9004, 0x9012), (None, 0x0132, 0x9010))
"""Block, time, offset: taken, digitised, last changed; the first that is sound counts."""

_TIME = re.compile(r"(\d{4}):(\d{2}):(\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")
_CREATOR = re.compile(rb"CreatorTool(?:\s*=\s*[\"']|>)([^\"'<]{1,80})")
_FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True, kw_only=True)
class ExifBlock:
    """A decoded block: what the camera says, and the turn (1 to 8) that sets the stored pixels upright."""

    camera: Camera = Camera()
    orientation: int = 1


def read_exif(block: bytes | None, xmp: bytes | None = None, software: str | None = None) -> ExifBlock:
    """The sound parts of an EXIF block (with or without its ``Exif`` prefix); a broken block says nothing."""
    exif = Image.Exif()
    try:
        exif.load((block or b"").removeprefix(b"Exif\x00\x00"))
        blocks = {
            None: dict(exif),
            _EXIF_BLOCK: dict(exif.get_ifd(_EXIF_BLOCK)),
            _GPS_BLOCK: dict(exif.get_ifd(_GPS_BLOCK)),
        }
    except Exception:  # noqa: BLE001  # fuzzed blocks raise anything; they are no reason to refuse the picture
        blocks = {None: {}, _EXIF_BLOCK: {}, _GPS_BLOCK: {}}
    orientation = blocks[None].get(_ORIENTATION)
    program = _text(blocks[None].get(_SOFTWARE)) or _creator(xmp) or _text(software)
    return ExifBlock(
        camera=Camera(
            taken_at=_taken_at(lambda block, tag: _text(blocks[block].get(tag))),
            software=program,
            has_location=bool(blocks[_GPS_BLOCK]) or b"exif:GPS" in (xmp or b""),
        ),
        orientation=orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,
    )


def _taken_at(written: Callable[[int | None, int], str | None]) -> str | None:
    for block, time_tag, offset_tag in _TIMES:
        time = _moment(written(block, time_tag))
        if time:
            offset = written(_EXIF_BLOCK, offset_tag) or ""
            return time + (offset if _OFFSET.fullmatch(offset) else "")
    return None


def _moment(text: str | None) -> str | None:
    match = _TIME.fullmatch(text or "")
    if not match:
        return None
    try:
        moment = dt.datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    return moment.isoformat() if moment.year >= _FIRST_YEAR else None


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    return "".join(char for char in value if char.isprintable()).strip()[:80] or None


def _creator(xmp: bytes | None) -> str | None:
    match = _CREATOR.search(xmp or b"")
    return _text(match[1]) if match else None
