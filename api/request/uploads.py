"""What a request brings: its body counted while it arrives, its parts on disk, its case read and admitted.

Files stay in a folder of their own for the time of the request; nothing of it is kept unless the work book takes it.
"""

import asyncio
import hashlib
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from api.request.bodies import BodyDesk
from api.request.multipart import Form, FormFile, FormLimits, read_form
from api.request.readers import case
from api.settings import Settings
from casefile.case import Case
from casefile.errors import FieldFault, RequestFault
from casefile.limits import MAX_BYTES
from casefile.strict_json import clean_pointer
from casefile.text_value import TextValue
from jobs.records.pack_store import ReceivedFile

CASE_PART = "case"
FILES_PART = "files"
_FLUSH = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseUpload:
    """A case with its files: as sent (for fingerprints), with cleaned file names, and read."""

    sent: bytes
    plain: Mapping[str, Any]
    case: Case
    files: tuple[ReceivedFile, ...]

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return sum(file.bytes for file in self.files)


async def body(request: Request, settings: Settings) -> AsyncIterator[bytes]:
    """The body in chunks, refused when it is too large, too slow or ends early.

    Raises:
        RequestFault: ``body-too-large``, ``upload-too-slow`` or ``upload-incomplete``.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > settings.body_bytes:
        raise RequestFault("body-too-large", status=413, limit=settings.body_bytes // 1_000_000)
    size, stream, end = 0, request.stream(), asyncio.get_running_loop().time() + settings.read_seconds
    while True:
        left = end - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(settings.read_idle_seconds, left)):
                chunk = await anext(stream, None)
        except TimeoutError:
            raise RequestFault("upload-too-slow", status=408) from None
        except ClientDisconnect:
            raise RequestFault("upload-incomplete", status=400) from None
        if chunk is None:
            return
        size += len(chunk)
        if size > settings.body_bytes:
            raise RequestFault("body-too-large", status=413, limit=settings.body_bytes // 1_000_000)
        yield chunk


async def json_body(request: Request, settings: Settings, most: int = MAX_BYTES) -> bytes:
    """The JSON body of a request; of one that is longer than ``most`` only the beginning, and a byte too many.

    Raises:
        RequestFault: it is not JSON, or larger than a case may be.
    """
    kind = request.headers.get("content-type", "").split(";", maxsplit=1)[0].strip().lower()
    if kind and kind != "application/json" and not kind.endswith("+json"):
        raise RequestFault("json-needed", status=415)
    data = bytearray()
    async for chunk in body(request, settings):
        data += chunk
        if len(data) > most:
            break
    return bytes(data)


@asynccontextmanager
async def received(
    request: Request,
    settings: Settings,
    as_field: Callable[[str], bool] = lambda part: part == CASE_PART,
    fields: int = FormLimits().fields,
) -> AsyncIterator[Form]:
    """The form of a request, of so many ``fields`` at most; its files are on disk inside the ``async with`` and gone after it.

    Raises:
        RequestFault: see ``body`` and ``read_form``; ``disk-full`` (503) when there is no room for uploads.
    """
    limits = FormLimits(files=settings.files, fields=fields)
    async with spooled(settings) as folder:
        yield await read_form(
            body(request, settings), request.headers.get("content-type", ""), folder, limits, as_field
        )


@asynccontextmanager
async def spooled(settings: Settings) -> AsyncIterator[Path]:
    """A folder for the uploads of one request, gone after it.

    Raises:
        RequestFault: ``disk-full`` (503) when there is no room for uploads.
    """
    folder = spool(settings) / uuid.uuid4().hex
    await run_in_threadpool(_make_room, folder, settings.free_bytes)
    try:
        yield folder
    finally:
        await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)


async def receive_file(chunks: AsyncIterator[bytes], folder: Path, name: str) -> ReceivedFile:
    """A body that is one file, written to ``folder`` while it arrives."""
    growing, waiting = await run_in_threadpool(_Growing, folder / uuid.uuid4().hex), bytearray()
    try:
        async for chunk in chunks:
            waiting += chunk
            if len(waiting) >= _FLUSH:
                await run_in_threadpool(growing.add, bytes(waiting))
                waiting.clear()
        await run_in_threadpool(growing.add, bytes(waiting))
    finally:
        await run_in_threadpool(growing.close)
    return ReceivedFile(name=name, path=growing.path, bytes=growing.size, sha256=growing.sha256)


class _Growing:
    """A file that grows, and what is known about it so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._digest = hashlib.sha256()
        self._sink = path.open("xb")

    def add(self, data: bytes) -> None:
        self._sink.write(data)
        self._digest.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def close(self) -> None:
        self._sink.close()


def spool(settings: Settings) -> Path:
    """Where uploads lie while their request lasts."""
    return settings.data.resolve() / "spool"


def _make_room(folder: Path, needed: int) -> None:
    folder.mkdir(parents=True, mode=0o700)
    if shutil.disk_usage(folder).free < needed:
        folder.rmdir()
        raise RequestFault("disk-full", status=503)


async def case_upload(desk: BodyDesk, tenant: str, form: Form) -> CaseUpload:
    """The case and the files of a form made of the parts ``case`` and ``files``.

    Raises:
        Busy: too many bodies wait to be read.
        RequestFault: a part is missing, unknown or given twice, two files have one name, or the case cannot be used.
    """
    _refuse_unknown_parts(form)
    cases = [field for field in form.fields if field.part == CASE_PART]
    if not cases:
        raise _fault("case-missing", "/case")
    if len(cases) > 1:
        raise _fault("case-twice", "/case")
    files = named_files(form.files)
    found = await desk.read(tenant, case, cases[0].value)
    return CaseUpload(sent=cases[0].value, plain=found.sent, case=found.case, files=files)


def named_files(parts: tuple[FormFile, ...]) -> tuple[ReceivedFile, ...]:
    """The files of a form. An empty part without a name is how browsers say that nothing was chosen.

    Raises:
        RequestFault: ``file-name-missing`` or ``file-name-twice``.
    """
    chosen = [part for part in parts if part.named or part.file.bytes]
    names: set[str] = set()
    for place, part in enumerate(chosen):
        if not part.named:
            raise _fault("file-name-missing", f"/files/{place}")
        if part.file.name in names:
            raise _fault("file-name-twice", f"/files/{place}")
        names.add(part.file.name)
    return tuple(part.file for part in chosen)


def _refuse_unknown_parts(form: Form) -> None:
    refuse_strange_parts(form, (CASE_PART,))


def refuse_strange_parts(form: Form, fields: Collection[str], files: Collection[str] = (FILES_PART,)) -> None:
    """Refuse a form with a part of another name, and name it.

    Raises:
        RequestFault: ``part-unknown`` (400); ``file-name-missing`` for a file that came as a text.
    """
    if nameless := next((field.part for field in form.fields if field.part in files and field.value), None):
        raise _fault("file-name-missing", f"/{nameless}")
    known = {*fields, *files}
    said = [field.part for field in form.fields if field.part not in known]
    said += [part.part for part in form.files if part.part not in files]
    if said:
        pointer = clean_pointer((said[0],))
        raise _fault("part-unknown", pointer, part=pointer[1:], allowed=", ".join((*fields, *files)))


def _fault(code: str, pointer: str, **params: TextValue) -> RequestFault:
    return RequestFault(code, status=400, faults=(FieldFault(pointer=pointer, code=code, params=params),), **params)
