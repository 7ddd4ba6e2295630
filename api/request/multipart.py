"""A multipart body, part by part to disk while it arrives, with the one thing stock parsers leave out: whether it ended.

A body that is cut off in the middle of a file looks to them like a shorter, complete one; for evidence that is silent loss.
"""

import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from api.request.file_names import clean_name, decoded, extended
from api.request.threads import computed
from casefile.errors import RequestFault
from casefile.limits import MAX_FILES
from jobs.records.pack_store import ReceivedFile

_PARAMETER = re.compile(r';\s*([A-Za-z]+\*?)\s*=\s*("(?:\\"|[^"])*"|[^;]*)')
_FLUSH = 1 << 20
_BITE = 1 << 18
"""So much of a body is taken apart in one go."""

_HEADER_BYTES = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLimits:
    """How much a form may hold: bytes of one field and of all fields, number of files and of fields."""

    field_bytes: int = 1_000_000
    fields_bytes: int = 4_000_000
    files: int = MAX_FILES
    fields: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyField:
    """A part that is no file, or a part that is wanted as text although it came with a file name."""

    part: str
    value: bytes
    cut: bool = False
    """It was longer than a field may be; ``value`` holds one byte more than allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFile:
    """A file of the form, on disk, under its cleaned name; ``named`` is false when the part gave no name."""

    part: str
    named: bool
    file: ReceivedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The parts of a body that arrived whole, in order."""

    fields: tuple[BodyField, ...]
    files: tuple[FormFile, ...]

    def field(self, part: str) -> BodyField | None:
        """The first field of this name."""
        return next((field for field in self.fields if field.part == part), None)


@dataclass(slots=True)
class _Part:
    name: str
    file_name: str | None
    as_field: bool
    path: Path
    sink: IO[bytes] | None = None
    size: int = 0
    digest: Any = None
    value: bytearray | None = None


class FormReader:
    """Feed it chunks, then ask for the form.

    Args:
        boundary: of the content type.
        folder: an empty folder for the files.
        as_field: says of a part name that it is wanted as text even when it comes with a file name.
    """

    def __init__(self, boundary: bytes, folder: Path, limits: FormLimits, as_field: Callable[[str], bool]) -> None:
        self._folder = folder
        self._limits = limits
        self._as_field = as_field
        self._header = b""
        self._value = b""
        self._disposition = b""
        self._part: _Part | None = None
        self._waiting: list[tuple[_Part, bytes]] = []
        self._waiting_bytes = 0
        self._fields_bytes = 0
        self._bite = bytearray()
        self._fields: list[BodyField] = []
        self._files: list[FormFile] = []
        self._open: list[IO[bytes]] = []
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._part_end,
                "on_end": self._end,
            },
        )

    async def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the body.

        Raises:
            RequestFault: ``multipart-malformed``, ``too-many-files``, ``too-many-fields`` or ``body-too-large``.
        """
        self._bite += chunk
        if len(self._bite) >= _BITE:
            await computed(self._parse)

    def _parse(self) -> None:
        bite, self._bite = bytes(self._bite), bytearray()
        try:
            if bite:
                self._parser.write(bite)
        except FormParserError:
            raise RequestFault("multipart-malformed", status=400) from None
        if self._waiting_bytes >= _FLUSH:
            self._flush()

    async def form(self) -> Form:
        """The form, once the body is over.

        Raises:
            RequestFault: ``upload-incomplete`` when the body stopped before its closing boundary; else as ``feed``.
        """
        return await computed(self._whole)

    def _whole(self) -> Form:
        self._parse()
        if not self._ended:
            raise RequestFault("upload-incomplete", status=400)
        self._flush()
        return Form(fields=tuple(self._fields), files=tuple(self._finished()))

    def close(self) -> None:
        """Close what is still open; the folder is its owner's to remove."""
        for sink in self._open:
            with contextlib.suppress(OSError):
                sink.close()

    def _finished(self) -> list[FormFile]:
        self.close()
        return self._files

    def _begin(self) -> None:
        self._disposition = b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]
        self._bounded(self._header)

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._bounded(self._value)

    def _bounded(self, header: bytes) -> None:
        if len(header) > _HEADER_BYTES:
            raise RequestFault("multipart-malformed", status=400)

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _headers_end(self) -> None:
        name, file_name = _names(self._disposition)
        if name is None:
            raise RequestFault("multipart-malformed", status=400)
        as_field = file_name is None or self._as_field(name)
        count = len(self._fields if as_field else self._files)
        if count >= (self._limits.fields if as_field else self._limits.files):
            code = "too-many-fields" if as_field else "too-many-files"
            raise RequestFault(code, status=413, limit=count)
        path = self._folder / f"{len(self._files):04}"
        self._part = _Part(name=name, file_name=file_name, as_field=as_field, path=path)
        if as_field:
            self._part.value = bytearray()
        else:
            self._part.sink = path.open("xb")
            self._part.digest = hashlib.sha256()
            self._open.append(self._part.sink)

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        assert part is not None
        part.size += end - start
        if part.value is not None:
            room = self._limits.field_bytes + 1 - len(part.value)
            self._fields_bytes += end - start
            if self._fields_bytes > self._limits.fields_bytes:
                raise RequestFault("body-too-large", status=413, limit=self._limits.fields_bytes // 1_000_000)
            part.value += data[start : min(end, start + max(room, 0))]
        else:
            self._waiting.append((part, data[start:end]))
            self._waiting_bytes += end - start

    def _part_end(self) -> None:
        part, self._part = self._part, None
        assert part is not None
        if part.value is not None:
            cut = part.size > self._limits.field_bytes
            self._fields.append(BodyField(part=part.name, value=bytes(part.value), cut=cut))
            return
        self._flush_part(part)

    def _flush_part(self, part: _Part) -> None:
        self._flush()
        assert part.sink is not None
        part.sink.close()
        file = ReceivedFile(
            name=clean_name(part.file_name or ""), path=part.path, bytes=part.size, sha256=part.digest.hexdigest()
        )
        self._files.append(FormFile(part=part.name, named=bool(part.file_name), file=file))

    def _flush(self) -> None:
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        for part, data in waiting:
            assert part.sink is not None
            part.sink.write(data)
            part.digest.update(data)

    def _end(self) -> None:
        self._ended = True


def _names(disposition: bytes) -> tuple[str | None, str | None]:
    """Part name and file name of a ``Content-Disposition``; the extended file name counts when it can be read."""
    text = decoded(disposition)
    if text.split(";", maxsplit=1)[0].strip().lower() != "form-data":
        return None, None
    found = {name.lower(): value.strip() for name, value in reversed(_PARAMETER.findall(text))}
    plain = {name: value[1:-1].replace('\\"', '"') if value.startswith('"') else value for name, value in found.items()}
    file_name = extended(plain["filename*"]) if "filename*" in plain else None
    return plain.get("name"), plain.get("filename") if file_name is None else file_name


def boundary_of(content_type: str) -> bytes:
    """The boundary of a multipart content type.

    Raises:
        RequestFault: ``multipart-needed`` or ``multipart-malformed``.
    """
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise RequestFault("multipart-needed", status=415)
    boundary = options.get(b"boundary", b"")
    if not boundary or len(boundary) > 200:
        raise RequestFault("multipart-malformed", status=400)
    return boundary


async def read_form(
    chunks: AsyncIterator[bytes], content_type: str, folder: Path, limits: FormLimits, as_field: Callable[[str], bool]
) -> Form:
    """The form in a body that arrives in ``chunks``; its files are written to ``folder``.

    Raises:
        RequestFault: the body is no form, is malformed, too many-parted or was cut off.
    """
    reader = FormReader(boundary_of(content_type), folder, limits, as_field)
    try:
        async for chunk in chunks:
            await reader.feed(chunk)
        return await reader.form()
    finally:
        await computed(reader.close)
