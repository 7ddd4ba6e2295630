"""The place of one pack in the store: what was asked, the uploads, what its runs made, the screenshot of what was sent.

Every object is made once: ``accepted.json`` and the uploads before the pack's row is written, then what each run made, under the
run's own name. The row in the ledger says which run counts, so a crash at any moment leaves a pack either accepted or not.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from casefile.finding import Verdict
from casefile.json_model import JsonModel
from casefile.upload import Upload
from evidence_packer.report.shape import Report
from jobs.faults import StorageFault
from jobs.records.archive import Stored
from jobs.records.kept_error import KeptError
from jobs.records.storage_errors import DATA_DAMAGED, OBJECT_MISSING
from jobs.records.store import AlreadyStored, Store

Kept = TypeVar("Kept", bound=JsonModel)
State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """An upload waiting on disk: cleaned name, where its bytes lie, size and SHA-256."""

    name: str
    path: Path
    bytes: int
    sha256: str


class KeptUpload(JsonModel):
    """An upload as its request keeps it."""

    name: str
    bytes: int
    sha256: str


class Accepted(JsonModel):
    """What was asked for, as kept: times in ISO 8601, the case as JSON, each upload by name, size and hash."""

    id: str
    tenant: str
    created_at: str
    as_of: str
    language: str
    strict: bool
    platform: str
    procedure: str
    subject: str
    order_ids: tuple[str, ...]
    case: dict[str, Any]
    uploads: tuple[KeptUpload, ...]
    due_at: str | None = None
    """When the deadline ends that counts, as far as the case alone tells."""
    trace: str = ""
    """The trace it belongs to (``traceparent`` of W3C Trace Context), or nothing."""


class KeptFile(JsonModel):
    """One file of a finished pack: path in the pack's folder, and its byte range in the archive."""

    name: str
    role: str
    bytes: int
    sha256: str
    start: int
    pages: int | None = None
    crc: int | None = None
    """CRC-32 of its bytes, with which a zip of many packs names it."""


class Result(JsonModel):
    """How a pack ended. ``archive`` is the key of its zip; ``problem`` says why there is none."""

    state: State
    finished_at: str
    folder: str = ""
    verdict: Verdict | None = None
    archive: str | None = None
    archive_bytes: int = 0
    archive_sha256: str = ""
    files: tuple[KeptFile, ...] = ()
    report: Report | None = None
    problem: KeptError | None = None
    translations: dict[str, Report] = {}

    def report_in(self, language: str) -> Report | None:
        """The report in this language, else in the one it was made in."""
        return self.translations.get(language, self.report)

    def file(self, name: str) -> KeptFile | None:
        """The file at this path of the folder, or the only one with this last name."""
        named = [file for file in self.files if file.name == name] or [
            file for file in self.files if file.name.rsplit("/", maxsplit=1)[-1] == name
        ]
        return named[0] if len(named) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a worker says of a run: how it ended (report and files lie on the shelf), what is counted, when to remind.

    ``due_at`` is the first time at which a deadline ends (ISO 8601, UTC).
    """

    run: str
    result: Result
    marks: tuple[tuple[str, str], ...] = ()
    reminders: tuple[tuple[str, str], ...] = ()
    due_at: str | None = None


class PackShelf:
    """The objects of one pack. A tenant's shelf is found under the tenant's name only."""

    def __init__(self, store: Store, tenant: str, pack_id: str) -> None:
        self.store = store
        self.tenant = tenant
        self.id = pack_id
        self._root = f"packs/{tenant}/{pack_id}"

    def key(self, *names: str) -> str:
        """The key of something on this shelf."""
        return "/".join((self._root, *names))

    def accept(self, asked: Accepted, files: tuple[ReceivedFile, ...]) -> None:
        """Keep the request and its files; on return they survive a power cut."""
        for place, file in enumerate(files):
            self.store.put(self.key("uploads", f"{place:04}"), file.path, replace=True)
        self._write("accepted.json", asked)

    def accepted(self) -> Accepted | None:
        """What was asked for, or ``None`` when no such pack was accepted or it was erased."""
        return self._read("accepted.json", Accepted)

    def uploads(self, asked: Accepted) -> Iterator[Upload]:
        """The uploads, byte for byte, in the order they came."""
        for place, upload in enumerate(asked.uploads):
            data = self.store.get(self.key("uploads", f"{place:04}"))
            if data is None:
                raise StorageFault(OBJECT_MISSING, object=self.key("uploads", f"{place:04}"))
            yield Upload(name=upload.name, data=data)

    def originals(self, asked: Accepted, result: Result) -> Iterator[Upload]:
        """The uploads of a finished pack, found in its archive by their hashes."""
        kept = {file.sha256: file for file in result.files if file.role == "original"}
        for upload in asked.uploads:
            file = kept[upload.sha256]
            yield Upload(name=upload.name, data=self.store.read(str(result.archive), file.start, file.bytes))

    def keep_result(self, run: str, result: Result) -> None:
        """Keep what a run made, under the run's own name: two runs never touch each other's."""
        self._write(f"runs/{run}.json", result)

    def result(self, run: str) -> Result | None:
        """What a run made."""
        return self._read(f"runs/{run}.json", Result)

    def drop_run(self, run: str) -> None:
        """Remove what a run made that came second."""
        self.store.delete([self.key("runs", f"{run}.zip"), self.key("runs", f"{run}.json")])

    def drop_other_runs(self, run: str) -> None:
        """Remove what runs left that were killed before they could say what they made."""
        own = self.key("runs", run)
        self.store.delete([key for key in self.store.under(self.key("runs")) if not key.startswith(own)])

    def drop_uploads(self) -> None:
        """Remove the uploads, which are now in the archive."""
        self.store.delete(self.store.under(self.key("uploads")))

    def keep_screenshot(self, data: bytes) -> None:
        """Keep the picture of the platform's confirmation; the note names it by its hash."""
        with contextlib.suppress(AlreadyStored):
            self.store.put(self.screenshot_key(hashlib.sha256(data).hexdigest()), data)

    def screenshot_key(self, sha256: str) -> str:
        """The key of a screenshot."""
        return self.key("screenshots", sha256)

    def forget(self) -> None:
        """Remove everything on the shelf."""
        self.store.clear(self._root)

    def _write(self, name: str, value: JsonModel) -> None:
        # A name here is used once: a second put is the first one again, because a bucket's answer was lost on the way.
        self.store.put(self.key(name), value.to_json(), replace=True)

    def _read(self, name: str, kind: type[Kept]) -> Kept | None:
        data = self.store.get(self.key(name))
        if data is None:
            return None
        try:
            return kind.kept(json.loads(data))
        except ValueError:
            raise StorageFault(DATA_DAMAGED, file=self.key(name)) from None


def folder_sha256(name: str) -> str:
    """The hash by which the name of a folder is known."""
    return hashlib.sha256(name.encode()).hexdigest()


def folder_key(tenant: str, name_sha256: str) -> str:
    """Where the tenant's name of a folder is taken; by its hash, because the name tells of an order."""
    return f"folders/{tenant}/{name_sha256}"


def kept_files(stored: tuple[Stored, ...], folder: str, about: Mapping[str, tuple[str, int | None]]) -> list[KeptFile]:
    """The files of an archive as a result lists them; ``about`` gives role and pages by path."""
    files = []
    for entry in stored:
        name = entry.name.removeprefix(f"{folder}/")
        role, pages = about[name]
        files.append(
            KeptFile(
                name=name,
                role=role,
                bytes=entry.length,
                sha256=entry.sha256,
                start=entry.start,
                pages=pages,
                crc=entry.crc,
            )
        )
    return files
