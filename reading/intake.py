"""The contract of an intake: one file type, from untrusted bytes to pages that are safe to read and to place.

Intakes live in ``reading/intakes/``, one value a type, and run inside the guarded child only; adding a type is adding a
file. The first bytes decide which one reads a file, never its name. Nothing here or in the intakes imports pydantic or
numpy: the child is forked for every file and must stay thin.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Self, cast

from casefile.errors import DataFault
from casefile.plug_ins import expect_takes, plug_ins
from reading import intakes
from reading.limits import ReadingLimits

HEAD = 4096
"""How many first bytes an intake may look at to recognise its type."""

Box = tuple[float, float, float, float]


class Refusal(Exception):
    """This file cannot be read, for a reason its owner can act on (text: ``not_included.<code>``)."""

    def __init__(self, code: str, **params: str | float) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodeJob:
    """What is asked of an intake. ``redactions`` are (page from 1, box of the upright page); pages run from 1."""

    limits: ReadingLimits = field(default_factory=ReadingLimits)
    extension: str = ""
    redactions: tuple[tuple[int, Box], ...] = ()
    unpack: bool = False
    """Hand out the files inside instead of pages (archives, mails)."""
    pages: tuple[int, int] | None = None
    """Only these pages, first and last, of a document that was opened before."""
    rasters: frozenset[int] = frozenset()
    untrusted_text: frozenset[int] = frozenset()

    def boxes(self, page: int) -> tuple[Box, ...]:
        """What to burn out of this page."""
        return tuple(box for number, box in self.redactions if number == page)

    def to_json(self) -> bytes:
        """The job as it travels to the guarded child."""
        plain = {
            "limits": self.limits.plain(),
            "extension": self.extension,
            "redactions": [[page, list(box)] for page, box in self.redactions],
            "unpack": self.unpack,
            "pages": list(self.pages) if self.pages else None,
            "rasters": sorted(self.rasters),
            "untrusted_text": sorted(self.untrusted_text),
        }
        return json.dumps(plain).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """The job that ``to_json`` described."""
        values = json.loads(text)
        return cls(
            limits=ReadingLimits.from_plain(values["limits"]),
            extension=values["extension"],
            redactions=tuple((page, cast("Box", tuple(box))) for page, box in values["redactions"]),
            unpack=values["unpack"],
            pages=tuple(values["pages"]) if values["pages"] else None,
            rasters=frozenset(values["rasters"]),
            untrusted_text=frozenset(values["untrusted_text"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPicture:
    """An encoded picture without metadata; ``width`` and ``height`` as stored, ``orientation`` the EXIF value 1 to 8."""

    data: bytes
    format: Literal["jpeg", "png"]
    width: int
    height: int
    orientation: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """Rows of 8-bit samples, top to bottom, without padding; 1 channel is grey, 3 are RGB."""

    width: int
    height: int
    channels: Literal[1, 3]
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One upright page.

    ``lines`` are the text layer (text, box); ``None`` asks for OCR; ``pictured`` asks for OCR besides. ``outlines``: nothing
    but type from outlines stands on it, and the pixels are a small copy. ``raster`` replaces the page where it is placed.
    """

    number: int
    width: int
    height: int
    pixels: Pixels
    preview: bytes
    lines: tuple[tuple[str, Box], ...] | None = None
    pictured: bool = False
    outlines: bool = False
    raster: DecodedPicture | None = None
    changes: tuple[str, ...] = ()
    covered: tuple[Box, ...] = ()
    """Where text was that nobody can see; ``covered_words`` is what it said."""
    covered_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """What a picture says about its making: local or zoned time (ISO 8601), program, whether it carried a position."""

    taken_at: str | None = None
    software: str | None = None
    has_location: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file understood. ``prepared`` is a picture, or the bytes of a rewritten document.

    ``changes`` are codes (``change.<code>``). ``original_pages``: further pages must be asked of the original bytes,
    because the rewritten document holds only their sizes.
    """

    prepared: DecodedPicture | bytes
    page_count: int
    pages: Iterator[Page]
    changes: tuple[str, ...] = ()
    camera: Camera = Camera()
    rasters: frozenset[int] = frozenset()
    untrusted_text: frozenset[int] = frozenset()
    original_pages: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file inside another one, under the name it has there."""

    name: str
    data: bytes


def _no_further_pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """A picture is one page."""
    _ = data, job
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One file type. A ``rare`` one takes long to load and is loaded when the first such file comes.

    ``score`` says how sure the first bytes make it that the file is of this type, 0 to 1. ``open`` understands a file and makes
    it safe, or raises ``Refusal`` with the reason. ``pages`` are ``job.pages`` of a document opened before. ``samples`` are tiny
    files of this type, decoded once to load everything a locked-down child could not load any more. ``unpack`` hands out the
    files inside, where the type holds others.
    """

    name: str
    media_type: str
    extensions: tuple[str, ...]
    score: Callable[[bytes], float]
    open: Callable[[bytes, DecodeJob], Opened]
    samples: Callable[[], tuple[bytes, ...]]
    pages: Callable[[bytes, DecodeJob], Iterator[Page]] = _no_further_pages
    unpack: Callable[[bytes, DecodeJob], Iterator[Part]] | None = None
    rare: bool = False

    def __post_init__(self) -> None:
        """Refuse what does not keep to the contract."""
        for function, arguments in ((self.score, 1), (self.open, 2), (self.samples, 0), (self.pages, 2)):
            expect_takes(function, arguments)
        if self.unpack is not None:
            expect_takes(self.unpack, 2)
        if not self.extensions or "/" not in self.media_type:
            raise TypeError(f"{self.name} names no file extension or no media type")


def discovered() -> tuple[Intake, ...]:
    """Every intake, sorted by file.

    Raises:
        DataFault: a file is malformed, or two intakes claim a media type or an extension; it names the file or the intake.
    """
    found = tuple(plug_ins(intakes, Intake).values())
    claimed: dict[str, str] = {}
    for intake in found:
        for claim in (intake.media_type, *intake.extensions):
            if claim in claimed:
                raise DataFault("data-duplicate", file=intake.name, why=f"{claimed[claim]} claims {claim} too")
            claimed[claim] = intake.name
    return found
