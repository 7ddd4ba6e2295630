"""The reading room: an upload goes in, what it says and what may be placed on pages comes out.

The only door through which the rest of the service meets uploaded bytes. A file that cannot be read becomes a named refusal,
never an exception; only a machine on which no guarded child can be started is an error.
"""

import math
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from types import TracebackType
from typing import Self

from casefile.fields.files import Redaction
from casefile.reading import PreparedPdf, ReadFile, Reading, ReadPage
from casefile.upload import NotIncluded, Upload
from reading import second_eye
from reading.containers import is_archive, is_compound, is_film, is_mail, named_apart
from reading.effort import Effort
from reading.guarded.channel import Frame
from reading.guarded.guard import Guard, GuardedFailure, GuardLevel
from reading.guarded.kernel import give_back_memory
from reading.intake import DecodeJob
from reading.limits import MEBIBYTE, MOST_HIDDEN_WORDS, PUBLISHED, ReadingLimits
from reading.measure import in_measure
from reading.memory import ReadingMemory
from reading.ocr.contract import engines_with
from reading.ocr.first import FIRST_ENGINE
from reading.ocr.ocr_passes import Aim
from reading.page_reading import PageReader
from reading.results import OpenedFile, PagePixels, RefusedFile, Unsound, checked, checked_parts
from reading.seen_twice import REDRAWN, Again, seen_twice
from reading.told_truly import untrue, worth_a_look

_MAX_EXTENSION = 8
_DOCUMENT = "application/pdf"
_LARGE = 8 * MEBIBYTE
"""Pixels of a page, in bytes, after which a worker would keep hundreds of megabytes that it no longer needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    upload: Upload
    aim: Aim
    job: DecodeJob


class _Refused(Exception):
    def __init__(self, code: str, params: dict[str, str | int | float] | None = None) -> None:
        super().__init__(code)
        self.code, self.params = code, params or {}


class ReadingRoom:
    """Reads uploads. One room a process; threads may share it; ``close`` ends the guarded children.

    The zygote is started and the OCR engine loaded when first needed. After a fork the child process opens its own.
    """

    def __init__(
        self,
        limits: ReadingLimits = PUBLISHED,
        guard: Guard | None = None,
        engine: str = FIRST_ENGINE,
        reader: PageReader | None = None,
    ) -> None:
        self._limits, self._engine = limits, engine
        self._memory = ReadingMemory(limits.cache_bytes)
        self._open(guard or Guard(limits), reader)

    def beside(self) -> Self:
        """Another room that reads at the same time: one guard, and one OCR engine, which takes 150 MB and turns."""
        return type(self)(self._limits, self._guard, self._engine, self._reader)

    @property
    def engines(self) -> tuple[str, ...]:
        """The OCR engines that may read here, the first one first."""
        return tuple(kind.name for kind in engines_with(self._engine))

    def wake(self) -> None:
        """Start the guard and load the OCR engine beside whatever goes on; what fails here is told by the first file."""
        self._guard.wake()
        threading.Thread(target=self._reader.wake, name="wake-reader", daemon=True).start()

    def _open(self, guard: Guard, reader: PageReader | None = None) -> None:
        self._owner, self._guard = os.getpid(), guard
        self._reader = reader or PageReader(self._limits, self._engine)

    def read(
        self,
        upload: Upload,
        *,
        wanted: tuple[str, ...] = (),
        redactions: tuple[Redaction, ...] = (),
        languages: tuple[str, ...] = (),
        seconds: float = math.inf,
    ) -> ReadFile | NotIncluded:
        """What ``upload`` says, or the reason why it is not included.

        ``wanted`` are order ids and tracking numbers: lines that may be one of them are read with more care.
        ``redactions`` are burned into what is read and placed. ``languages`` are tags of what the file may be written in.
        ``seconds`` of CPU are there for it, if that is less than the limit; pages that get none of it are told as not read.

        Raises:
            GuardUnavailable: this machine cannot start a guarded child.
        """
        if self._owner != os.getpid():
            self._open(self._guard.again())
        request = _request(upload, Aim(wanted=wanted, languages=languages), redactions, self._limits)
        key = (upload.sha256, request.job.extension, request.job.redactions, request.aim)
        if known := self._memory.get(key):
            return known
        try:
            file = self._read(request, Effort(min(seconds, self._limits.reading_seconds)))
        except _Refused as refused:
            return NotIncluded(file=upload.name, code=refused.code, params=refused.params)
        self._memory.keep(key, file)
        return file

    def unpack(self, upload: Upload, taken: set[str]) -> tuple[Upload, ...] | NotIncluded:
        """The files inside an archive or a mail (none in any other file), under names that nothing in ``taken`` has.

        ``taken`` holds names in lower case and learns the new ones. An archive in an archive stays packed.

        Raises:
            GuardUnavailable: this machine cannot start a guarded child.
        """
        if not (is_archive(upload.data) or is_mail(upload.data) or is_compound(upload.data)):
            return ()
        if self._owner != os.getpid():
            self._open(self._guard.again())
        try:
            self._check_size(upload.data, self._limits.archive_bytes)
            parts = checked_parts(self._frames(DecodeJob(limits=self._limits, unpack=True), upload.data), self._limits)
        except _Refused as refused:
            return NotIncluded(file=upload.name, code=refused.code, params=refused.params)
        except Unsound:
            return NotIncluded(file=upload.name, code="decode-crashed")
        if isinstance(parts, RefusedFile):
            return NotIncluded(file=upload.name, code=parts.code, params=parts.params)
        return named_apart(parts, upload.name, taken)

    def level(self) -> GuardLevel:
        """How locked down the guarded children are, as tried by a probe.

        Raises:
            GuardUnavailable: this machine cannot start a guarded child.
        """
        if self._owner != os.getpid():
            self._open(self._guard.again())
        return self._guard.level()

    def close(self) -> None:
        """End the guarded children."""
        if self._owner == os.getpid():
            self._guard.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, request: _Request, effort: Effort) -> ReadFile:
        data = request.upload.data
        large = self._limits.archive_bytes if is_archive(data) else self._limits.film_bytes
        self._check_size(data, large if is_film(data) or is_archive(data) else self._limits.file_bytes)
        opened, first = self._decoded(request.job, data)
        if opened is None:
            raise _Refused("file-unreadable")
        pages: list[ReadPage] = []
        kept: list[PagePixels] = []
        for page in self._all_pages(request, opened, first):
            left = effort.part(self._limits.page_seconds)
            pages.append(self._reader.read(page, request.aim, picture=opened.picture is not None, effort=left))
            kept.append(replace(page, data=b""))  # pixels are large; nobody needs them once they are read
            if len(page.data) > _LARGE:
                give_back_memory()
        if not pages:
            raise _Refused("file-unreadable")
        return _file(request, opened, in_measure(pages), tuple(kept))

    def _check_size(self, data: bytes, most: int) -> None:
        if not data:
            raise _Refused("file-empty")
        if len(data) > most:
            raise _Refused("file-too-large", _megabytes(len(data), most))

    def _all_pages(self, request: _Request, opened: OpenedFile, first: tuple[PagePixels, ...]) -> Iterator[PagePixels]:
        yield from self._seen_twice(request, opened, first)
        done, step = len(first), self._limits.pages_at_once
        source = request.upload.data if opened.original_pages else opened.document
        spent: list[float] = []
        while opened.picture is None and done < opened.page_count:
            if sum(spent) >= self._limits.document_seconds:
                raise _Refused("decode-timeout", {"seconds": round(self._limits.document_seconds)})
            job = replace(
                request.job,
                pages=(done + 1, min(done + step, opened.page_count)),
                rasters=frozenset(opened.rasters),
                untrusted_text=frozenset(opened.untrusted_text),
            )
            _, more = self._decoded(job, source, spent)
            if not more:
                raise _Refused("file-unreadable")
            yield from self._seen_twice(request, opened, more)
            done += len(more)

    def _seen_twice(
        self, request: _Request, opened: OpenedFile, pages: tuple[PagePixels, ...]
    ) -> tuple[PagePixels, ...]:
        """The pages of an uploaded document as two programs see them."""
        if opened.picture is not None or opened.original_pages or opened.media_type != _DOCUMENT:
            return pages

        def again(number: int, *, believed: bool = True) -> PagePixels | None:
            untrusted = frozenset((*opened.untrusted_text, *(() if believed else (number,))))
            job = replace(
                request.job,
                pages=(number, number),
                rasters=frozenset({number}),
                untrusted_text=untrusted,
                redactions=(),
            )
            return next(iter(self._decoded(job, opened.document)[1]), None)

        return tuple(
            self._believed(page, opened.document, request.aim.wanted, lambda number: again(number, believed=False))
            if worth_a_look(page.number, page.lines or (), request.aim.wanted)
            else page
            for page in seen_twice(pages, opened.document, self._limits, again)
        )

    def _believed(self, page: PagePixels, document: bytes, wanted: tuple[str, ...], again: Again) -> PagePixels:
        """The page, or a picture of it whose text layer counts for nothing, because it says other things than it shows."""
        drawn = second_eye.legible(document, page.number, self._limits)
        false = untrue(page.lines or (), drawn, wanted, self._reader.lines) if drawn else ()
        instead = again(page.number) if false else None
        if instead is None:
            return page
        words = " | ".join(line.text for line in false)[:MOST_HIDDEN_WORDS]
        changes = tuple(dict.fromkeys((*page.changes, *instead.changes, REDRAWN)))
        return replace(instead, changes=changes, covered=tuple(line.box for line in false), covered_words=words)

    def _frames(self, job: DecodeJob, data: bytes, spent: list[float] | None = None) -> tuple[Frame, ...]:
        try:
            return self._guard.run(job.to_json(), data, spent)
        except GuardedFailure as failure:
            raise _Refused(failure.code, self._told(failure.code)) from failure

    def _told(self, code: str) -> dict[str, str | int | float]:
        if code == "decode-timeout":
            return {"seconds": round(self._limits.decode_seconds)}
        return {"megabytes": self._limits.child_memory // 2**20} if code == "decode-memory" else {}

    def _decoded(
        self, job: DecodeJob, data: bytes, spent: list[float] | None = None
    ) -> tuple[OpenedFile | None, tuple[PagePixels, ...]]:
        try:
            account, pages = checked(self._frames(job, data, spent), self._limits)
        except Unsound as fault:
            raise _Refused("decode-crashed") from fault
        if isinstance(account, RefusedFile):
            raise _Refused(account.code, account.params)
        return account, pages


def _megabytes(found: int, allowed: int) -> dict[str, str | int | float]:
    # Rounded up, so that a file just over the limit does not read as if it kept to it.
    return {"megabytes": math.ceil(found / 1e5) / 10, "allowed_megabytes": round(allowed / 1e6, 1)}


def _request(upload: Upload, aim: Aim, redactions: tuple[Redaction, ...], limits: ReadingLimits) -> _Request:
    extension = PurePath(upload.name).suffix.removeprefix(".").lower()[:_MAX_EXTENSION]
    boxes = tuple(sorted((redaction.page, redaction.box) for redaction in redactions))
    return _Request(upload=upload, aim=aim, job=DecodeJob(limits=limits, extension=extension, redactions=boxes))


def _file(request: _Request, opened: OpenedFile, pages: tuple[ReadPage, ...], kept: tuple[PagePixels, ...]) -> ReadFile:
    changes = dict.fromkeys((*opened.changes, *(change for page in kept for change in page.changes)))
    beyond = any(number > opened.page_count for number, _ in request.job.redactions)
    rasters = tuple((page.number, page.raster) for page in kept if page.raster is not None)
    prepared = opened.picture or PreparedPdf(data=opened.document, pages=opened.page_count, rasters=rasters)
    return ReadFile(
        reading=Reading(
            sha256=request.upload.sha256,
            media_type=opened.media_type,
            pages=pages,
            exif=opened.exif,
            has_text_layer=any(page.lines for page in kept),
            changes=(*changes, *(["redaction-page-missing"] if beyond else [])),
        ),
        prepared=prepared,
        previews=tuple(page.preview for page in kept),
    )
