"""A batch without a service: the same work, in a folder beside the result; a killed run goes on when it is started again."""

import datetime as dt
import fcntl
import glob
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.request.targets import WriteTargets, keep_off
from api.settings import Settings, prepare_fonts
from casefile.discovery import load_house
from casefile.errors import RequestFault
from jobs.batch.batch_archive import write_folder
from jobs.batch.batch_rows import RowsWorker
from jobs.batch.batches import Batches, BatchRequest
from jobs.engine.job_functions import JobFunctions
from jobs.engine.packs import Packs
from jobs.engine.workers import PoolLimits, WorkerPool
from jobs.faults import JobError
from jobs.records.batch_ledger import OPEN, BatchView
from jobs.records.database import Database
from jobs.records.ledger import PackLedger
from jobs.records.pack_store import ReceivedFile
from jobs.records.store import Store
from reading.guarded.guard import LEAST_LEVEL, level_here
from reading.ocr.first import FIRST_ENGINE

TENANT = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a batch on the command line left: its zips, the sheet, and how the rows ended."""

    view: BatchView
    archives: tuple[Path, ...]
    sheet: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalBatch:
    """What is to be done: a request, where the zip goes and how it may be written, by how many processes, how well guarded."""

    asked: BatchRequest
    target: Path
    place: WriteTargets
    slots: int
    guard_level: int = LEAST_LEVEL
    ocr: str = FIRST_ENGINE


def check_targets(sheet: Path, source: Path | None, target: Path, place: WriteTargets) -> None:
    """Refuse, before anything is read, to write onto an input or over what is not ours.

    Raises:
        RequestFault: ``target-is-input``, ``target-in-input`` or ``target-taken``.
    """
    numbered = f"{glob.escape(target.stem)}_[0-9][0-9][0-9]{glob.escape(target.suffix or '.zip')}"
    results = [target, target.with_name(f"{sheet.stem}_result{_ending(sheet)}"), *target.parent.glob(numbered)]
    keep_off(results, [sheet, *([source] if source is not None else [])])
    for path in results:
        place.free(path)


def _ending(sheet: Path) -> str:
    """Of the sheet that comes back: text as CSV, every workbook as xlsx."""
    try:
        with sheet.open("rb") as file:
            return ".xlsx" if file.read(4) in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"} else ".csv"
    except OSError:
        raise RequestFault("file-not-here", status=400, file=str(sheet)) from None


def received(path: Path) -> ReceivedFile:
    """A file of the disk as if it had been uploaded.

    Raises:
        RequestFault: ``file-not-here``.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise RequestFault("file-not-here", status=400, file=str(path)) from None
    return ReceivedFile(name=path.name, path=path, bytes=path.stat().st_size, sha256=digest)


@contextmanager
def archive_of(source: Path | None) -> Iterator[Path | None]:
    """The archive that a folder or a zip makes.

    Raises:
        RequestFault: ``file-not-here``.
    """
    if source is None or source.is_file():
        yield source
        return
    if not source.is_dir():
        raise RequestFault("file-not-here", status=400, file=str(source))
    with tempfile.TemporaryDirectory(prefix="batch-") as folder:
        made = Path(folder) / "archive.zip"
        write_folder(source, made)
        yield made


def run_batch(job: LocalBatch, watch: Callable[[BatchView], None]) -> Made:
    """Do a batch, or go on with the one that was begun for the same target and sheet.

    Raises:
        RequestFault: the sheet or the archive cannot be used, or another run works on the same target.
        GuardTooWeak: uploads would be opened with less protection than is asked for.
    """
    level_here(job.guard_level)
    with _desk(job) as (batches, _):
        batch_id = _begun(batches, job.asked) or batches.accept(TENANT, job.asked, dt.datetime.now(dt.UTC))
        batches.start(TENANT, batch_id)
        while (view := batches.ledger.view(TENANT, batch_id)).state in OPEN:
            watch(view)
            time.sleep(0.2)
        watch(view)
        if problem := view.result.problem:
            raise JobError.from_plain(problem).error()
        made = _placed(batches, view, job)
    if not job.asked.dry_run:
        shutil.rmtree(_folder(job.target), ignore_errors=True)
    return made


def _folder(target: Path) -> Path:
    return target.with_name(f".{target.name}.work")


@contextmanager
def _work_folder(job: LocalBatch) -> Iterator[Path]:
    """Beside the target, where a killed run is found again; of a dry run, which leaves only its sheet, a passing one."""
    if not job.asked.dry_run:
        prepare_fonts(Settings().cache)
        yield _folder(job.target).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="dry-run-") as folder:
        prepare_fonts(Path(folder))
        yield Path(folder) / "work"


@contextmanager
def _desk(job: LocalBatch) -> Iterator[tuple[Batches, Packs]]:
    """Everything a batch needs, in its work folder."""
    with _work_folder(job) as folder, _opened(job, folder) as found:
        yield found


@contextmanager
def _opened(job: LocalBatch, folder: Path) -> Iterator[tuple[Batches, Packs]]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("wb")
    except OSError:
        raise RequestFault("folder-not-writable", status=400, folder=str(folder.parent)) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise RequestFault("batch-target-in-use", status=409, file=str(job.target)) from None
    trade = JobFunctions()
    database = Database(f"sqlite:///{folder}/batch.db")
    database.migrate()
    store = Store(f"file://{folder}/objects")
    opening: dict[str, int | str] = {"guard_level": job.guard_level, "ocr": job.ocr}
    pool = WorkerPool(trade.open_workshop, PoolLimits(slots=job.slots, opening=opening))
    packs = Packs(PackLedger(database), store, pool, trade)
    batches = Batches(database, store, pool, job.slots)
    batches.do_rows = RowsWorker(batches=batches, packs=packs, house=load_house()).do
    pool.start()
    try:
        yield batches, packs
    finally:
        pool.close()
        batches.join(5)
        database.close()
        lock.close()


def _begun(batches: Batches, asked: BatchRequest) -> str | None:
    """The batch of this folder if it was begun for the same sheet with the same options."""
    found, _ = batches.ledger.page(TENANT, after=None, limit=1)
    for view in found:
        data = batches.store.get(f"batches/{TENANT}/{view.id}/sheet") or b""
        same = hashlib.sha256(data).hexdigest() == asked.sheet.sha256 and view.options.defaults == dict(asked.defaults)
        if same and view.state in OPEN and view.options.dry_run == asked.dry_run:
            return view.id
    return None


def _placed(batches: Batches, view: BatchView, job: LocalBatch) -> Made:
    """Zips and sheet beside each other where they were asked for; a dry run leaves the sheet alone."""
    archives, target = [], job.target
    for number in range(1, len(view.parts) + 1 if not job.asked.dry_run else 1):
        name = target.name if len(view.parts) == 1 else f"{target.stem}_{number:03d}{target.suffix or '.zip'}"
        made, _ = batches.zips.part(view, number)
        job.place.write(target.with_name(name), made.chunks(batches.store))
        archives.append(target.with_name(name))
    sheet = view.result.sheet
    placed = _copied(job, batches.store, sheet.key, target.with_name(sheet.name)) if sheet else None
    return Made(view=view, archives=tuple(archives), sheet=placed)


def _copied(job: LocalBatch, store: Store, key: str, path: Path) -> Path:
    source = store.path(key)
    assert source is not None
    job.place.write(path, source)
    return path
