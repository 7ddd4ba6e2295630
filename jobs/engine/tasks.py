"""What a worker process does for each kind of task: fetch the request, call the trade, keep or return the result."""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from casefile.case import Case
from casefile.earlier import EarlierCase
from casefile.errors import RequestFault
from casefile.parse import parse_case
from casefile.upload import Upload
from evidence_packer.report.proposal import Proposal
from evidence_packer.report.shape import Report
from jobs.case_work.pack import Pack, PackRequest, ProposalRequest
from jobs.engine.job_functions import Progress, lookup
from jobs.faults import JobError
from jobs.notify.reminders import first_due, planned
from jobs.records.archive import Stored, write_archive
from jobs.records.folders import contents, versioned
from jobs.records.pack_id import is_pack_id
from jobs.records.pack_store import Built, PackShelf, Result, folder_key, folder_sha256, kept_files
from jobs.records.reading_cache import LookTaken, keep
from jobs.records.store import AlreadyStored, Store

BUILD = "jobs.engine.tasks:build"
CHECK = "jobs.engine.tasks:check"
LETTER = "jobs.engine.tasks:letter"
LETTER_PAGE = "jobs.engine.tasks:letter_page"
LOOK = "jobs.engine.tasks:look"
PICTURE = "jobs.engine.tasks:picture"
PROPOSE = "jobs.engine.tasks:propose"
DESCRIBE = "jobs.engine.tasks:describe"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOnDisk:
    """A request as a worker takes it when nothing of it is kept: the case as sent, and where its files lie by name."""

    case: Mapping[str, Any]
    files: tuple[tuple[str, str], ...]
    as_of: dt.datetime
    language: str
    earlier: tuple[EarlierCase, ...] = ()

    def opened(self) -> PackRequest:
        """The request with the bytes of its files."""
        return PackRequest(
            case=parse_case(self.case), uploads=_uploads(self.files), as_of=self.as_of, language=self.language,
            earlier=self.earlier,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HeapOnDisk:
    """A heap as a worker takes it: what is known of the case, a text, and where its files lie by name."""

    case: Case | None
    text: str
    files: tuple[tuple[str, str], ...]
    as_of: dt.datetime
    language: str

    def opened(self) -> ProposalRequest:
        """The heap with the bytes of its files."""
        return ProposalRequest(
            partial=self.case or Case(platform="", procedure=""), text=self.text, uploads=_uploads(self.files),
            as_of=self.as_of, language=self.language,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A letter in its three forms."""

    pdf: bytes
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineAccount:
    """What a worker's machine can promise: OCR engines, the guard's level and the probes it refused and allowed."""

    ocr: tuple[str, ...]
    guard_level: int
    refused: tuple[str, ...]
    allowed: tuple[str, ...]


def _uploads(files: tuple[tuple[str, str], ...]) -> tuple[Upload, ...]:
    return tuple(Upload(name=name, data=Path(path).read_bytes()) for name, path in files)


def build(workshop: Any, progress: Progress, *, make: str, url: str, tenant: str, pack_id: str, run: str) -> Built:  # noqa: ANN401, PLR0913  # the workshop is the trade's own; the rest are names
    """Make the pack on a shelf and keep what this run made; whoever started it decides whether it counts."""
    store = Store(url)
    shelf = PackShelf(store, tenant, pack_id)
    asked = shelf.accepted()
    if asked is None:
        raise RequestFault("pack-not-found", status=404)
    request = PackRequest(
        case=parse_case(asked.case),
        uploads=tuple(shelf.uploads(asked)),
        as_of=dt.datetime.fromisoformat(asked.as_of),
        language=asked.language,
        previous=previous_uploads(store, tenant, asked.case.get("previous_pack_id")),
    )
    pack: Pack = lookup(make)(request, workshop, progress)
    refused = asked.strict and pack.verdict == "blocked"
    result = _refused(pack) if refused else _kept(store, shelf, pack, run)
    shelf.keep_result(run, result)
    brief = result.model_copy(update={"report": None, "translations": {}, "files": ()})
    deadlines = pack.report.deadlines
    return Built(
        run=run, result=brief, marks=_marks(pack.report), reminders=planned(deadlines), due_at=first_due(deadlines)
    )


def previous_uploads(store: Store, tenant: str, named: Any) -> frozenset[str] | None:  # noqa: ANN401  # as the case gives it
    """Hashes of the uploads of the tenant's previous pack; ``None`` where it is not (or no longer) kept."""
    if not isinstance(named, str) or not is_pack_id(named):
        return None
    kept = PackShelf(store, tenant, named).accepted()
    return frozenset(upload.sha256 for upload in kept.uploads) if kept else None


def _marks(report: Report) -> tuple[tuple[str, str], ...]:
    """What is counted about a pack: kinds of evidence in it, why files were refused, which findings it has."""
    found = [("evidence", exhibit.kind) for exhibit in report.exhibits]
    found += [("refused", line.code) for line in report.not_included]
    found += [("finding", finding.code) for finding in report.findings]
    return tuple(dict.fromkeys(found))


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _refused(pack: Pack) -> Result:
    problem = JobError(code="case-blocked", status=422)
    return Result(
        state="failed", finished_at=_now(), verdict=pack.verdict, report=pack.report, problem=problem.plain(),
        translations=pack.translations,
    )  # fmt: skip


def _kept(store: Store, shelf: PackShelf, pack: Pack, run: str) -> Result:
    def claim(name: str, digest: str) -> str:
        key = folder_key(shelf.tenant, folder_sha256(name))
        try:
            store.put(key, digest.encode())
        except AlreadyStored:
            return (store.get(key) or b"").decode()
        return digest

    folder = versioned(pack.folder, contents((file.sha256, file.path) for file in pack.files), claim)
    key = shelf.key("runs", f"{run}.zip")
    with tempfile.NamedTemporaryFile(prefix="pack-", suffix=".zip") as file:
        stored = write_pack(file.file, pack, folder)
        file.flush()
        path = Path(file.name)
        store.put(key, path, replace=True)
        size = path.stat().st_size
        with path.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
    about: dict[str, tuple[str, int | None]] = {item.path: (item.role, item.pages) for item in pack.files}
    return Result(
        state="succeeded",
        finished_at=_now(),
        folder=folder,
        verdict=pack.verdict,
        archive=key,
        archive_bytes=size,
        archive_sha256=digest,
        files=tuple(kept_files(stored, folder, about)),
        report=pack.report,
        translations=pack.translations,
    )


def write_pack(sink: IO[bytes], pack: Pack, folder: str) -> tuple[Stored, ...]:
    """The zip of ``pack`` with everything under ``folder``."""
    return write_archive(sink, ((f"{folder}/{file.path}", file.data) for file in pack.files))


def check(workshop: Any, progress: Progress, *, check: str, request: RequestOnDisk, scope: str, pictures: bool) -> Any:  # noqa: ANN401  # as above
    """The findings about a request whose files lie on disk; nothing is kept."""
    return lookup(check)(request.opened(), workshop, scope, pictures=pictures, progress=progress)


def propose(workshop: Any, progress: Progress, *, propose: str, heap: HeapOnDisk) -> Proposal:  # noqa: ANN401  # as above
    """The cases that a heap is about, whose files lie on disk; nothing is kept."""
    found: Proposal = lookup(propose)(heap.opened(), workshop, progress)
    return found


def letter(workshop: Any, progress: Progress, *, write: str, case: Case, as_of: dt.datetime) -> WrittenLetter:  # noqa: ANN401  # as above
    """The letter of a case without files, in its three forms."""
    _ = progress
    rendered = lookup(write)(case, as_of, workshop)
    return WrittenLetter(pdf=rendered.pdf, html=rendered.html, text=rendered.text.text)


def letter_page(workshop: Any, progress: Progress, *, page: str, url: str, tenant: str, pack_id: str, run: str) -> str:  # noqa: ANN401, PLR0913  # as above
    """The letter of a finished pack as HTML, written again from what the pack was made of."""
    _ = progress
    shelf = PackShelf(Store(url), tenant, pack_id)
    asked, result = shelf.accepted(), shelf.result(run)
    if asked is None or result is None:
        raise RequestFault("pack-not-found", status=404)
    request = PackRequest(
        case=parse_case(asked.case),
        uploads=tuple(shelf.originals(asked, result)),
        as_of=dt.datetime.fromisoformat(asked.as_of),
        language=asked.language,
    )
    html: str = lookup(page)(request, workshop)
    return html


def look(  # noqa: PLR0913  # where the file lies, what it is called, what is looked for
    workshop: Any,  # noqa: ANN401  # as above
    progress: Progress,
    *,
    look: str,
    url: str,
    key: str,
    name: str,
    wanted: tuple[str, ...],
    languages: tuple[str, ...],
) -> None:
    """Look at one file of a draft and keep what was read beside it; nothing happens when the file is gone."""
    _ = progress
    store = Store(url)
    data = store.get(key)
    if data is not None:
        seen = lookup(look)(Upload(name=name, data=data), workshop, tuple(wanted), tuple(languages))
        keep(store, key, LookTaken(reading=seen.reading, refused=seen.refused, wanted=tuple(wanted)), seen.pictures)


def picture(workshop: Any, progress: Progress, *, draw: str, source: tuple[str, str, int, int], page: int) -> bytes:  # noqa: ANN401  # as above
    """A JPEG of one page of a file kept in an archive; ``source`` is the store, the key, and the byte range."""
    _ = progress
    url, key, start, length = source
    found: bytes = lookup(draw)(Store(url).read(key, start, length), page, workshop)
    return found


def describe(workshop: Any, progress: Progress) -> MachineAccount | None:  # noqa: ANN401  # as above
    """What this worker's machine can promise; nothing where it opens no files."""
    _ = progress
    rooms = getattr(workshop, "reading_rooms", ())
    if not rooms:
        return None
    level = rooms[0].level()
    return MachineAccount(
        ocr=rooms[0].engines, guard_level=level.number, refused=tuple(level.refused), allowed=tuple(level.allowed)
    )
