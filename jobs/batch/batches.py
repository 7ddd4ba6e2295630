"""Batches: a sheet and its files become many packs, numbered zips and the same sheet back.

A batch is a manifest first (every row written down with its case), then rows done one by one, each recorded as it ends, then the
workbook; its zips are put together when they are fetched. Whatever happens in
between, doing it again goes on where it stopped: rows that are done stay done.
"""

import contextlib
import datetime as dt
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.care import log_failure
from casefile.errors import RequestFault
from jobs.batch.batch_archive import opened
from jobs.batch.batch_names import FINISH, PLAN, keys_of
from jobs.batch.batch_zips import BatchZips
from jobs.engine.job_functions import lookup
from jobs.engine.worker_process import Task
from jobs.engine.workers import WorkerPool
from jobs.faults import PASSING, JobError, JobFault
from jobs.records.batch_ledger import OPEN, UNDONE, BatchLedger
from jobs.records.batch_values import (
    AcceptedBatch,
    BatchOptions,
    BatchPlan,
    BatchResult,
    PlannedRow,
    RowLine,
    SheetBlanks,
    row_made,
    row_work,
)
from jobs.records.database import Database
from jobs.records.ledger import KeyClaim
from jobs.records.pack_id import new_pack_id
from jobs.records.pack_store import ReceivedFile
from jobs.records.store import Store

_PLAN_SECONDS = 1_800.0
_FINISH_SECONDS = 3_600.0
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What a batch is made of: sheet and archive on disk, defaults for every row, how it is to be done."""

    sheet: ReceivedFile
    archive: Path | None
    defaults: Mapping[str, str]
    language: str = "en"
    dry_run: bool = False
    only_failed: bool = False
    as_of: str | None = None
    trace: str = ""


class Batches:
    """The batches of every tenant. ``do_rows`` makes the packs of rows; engines may spread them over machines."""

    def __init__(self, database: Database, store: Store, pool: WorkerPool, slots: int) -> None:
        self.ledger = BatchLedger(database)
        self.store = store
        self.start: Callable[[str, str], None] = self.start_here
        self.do_rows: Callable[[str, str], bool] | None = None
        """Does the rows of a batch, or hands them out; whether all of them are done."""
        self.after: Callable[[str, str], object] = lambda _tenant, _batch: None
        """Called when a batch has ended."""
        self.zips = BatchZips(ledger=self.ledger, store=store)
        self.slots = max(1, slots)
        self._pool = pool
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def accept(self, tenant: str, asked: BatchRequest, now: dt.datetime, claim: KeyClaim | None = None) -> str:
        """Keep a batch durably; it will be done even if the service ends now. Its id.

        Raises:
            AlreadyAsked: another request took the key of ``claim`` meanwhile; nothing was kept.
        """
        batch_id = new_pack_id(dt.datetime.now(dt.UTC))
        keys = keys_of(tenant, batch_id)
        options = BatchOptions(
            defaults=dict(asked.defaults),
            language=asked.language,
            dry_run=asked.dry_run,
            only_failed=asked.only_failed,
            as_of=asked.as_of or now.isoformat(),
            trace=asked.trace,
        )
        kept = AcceptedBatch(
            id=batch_id, tenant=tenant, created_at=now.isoformat(), sheet_name=asked.sheet.name, options=options
        )
        try:
            self.store.put(keys["sheet"], asked.sheet.path, replace=True)
            if asked.archive is not None:
                self.store.put(keys["archive"], asked.archive, replace=True)
            self.ledger.accept(kept, claim)
        except Exception:
            self._take_back(batch_id, keys)
            raise
        return batch_id

    def _take_back(self, batch_id: str, keys: Mapping[str, str]) -> None:
        """Leave nothing of what was not accepted; where that cannot be known because the rows are away, the files stay."""
        with contextlib.suppress(Exception):
            if self.ledger.state(batch_id) not in OPEN:
                self.store.delete([keys["sheet"], keys["archive"]])

    def start_here(self, tenant: str, batch_id: str) -> None:
        """Do a batch in a thread of this process, unless one does it already."""
        with self._lock:
            self._threads = [one for one in self._threads if one.is_alive()]
            if any(one.name == batch_id for one in self._threads):
                return
            thread = threading.Thread(target=self._guarded, args=(tenant, batch_id), daemon=True, name=batch_id)
            self._threads.append(thread)
            thread.start()

    def _guarded(self, tenant: str, batch_id: str) -> None:
        with contextlib.suppress(JobFault):
            self.do(tenant, batch_id)

    def do(self, tenant: str, batch_id: str) -> str:
        """Do a batch, or what is left of it; its state then (``queued``: a full disk or a silent server; later).

        Where its rows are done by others it is left running: whoever does the last of them has it done again, for its end.

        Raises:
            JobFault: ``job-stopped``: the process is ending; the batch goes on at the next start.
        """
        try:
            if self.ledger.state(batch_id) in OPEN:
                self._plan(tenant, batch_id)
                if self._rows_done(tenant, batch_id):
                    self._finish(tenant, batch_id)
                    self.after(tenant, batch_id)
            return self.ledger.state(batch_id)
        except Exception as error:
            if getattr(error, "code", "") == "job-stopped":
                raise
            trouble = JobError.of(error)
            if trouble.status >= 500:
                log_failure("batch-failed", error, job=batch_id)
            if trouble.code == PASSING:
                return "queued"
            self.ledger.end(batch_id, "failed", BatchResult.kept({"problem": trouble.plain()}))
            return self.ledger.state(batch_id)

    def _rows_done(self, tenant: str, batch_id: str) -> bool:
        if self.do_rows is None or self.ledger.options(batch_id).dry_run:
            return True
        return self.do_rows(tenant, batch_id)

    def _task(self, run: str, seconds: float, /, **arguments: object) -> Any:  # noqa: ANN401  # what the task says
        if not self._pool.started:  # a command that only looks after what is kept
            return lookup(run)(None, lambda *_: None, **arguments)
        tenant = str(arguments["tenant"])
        task = Task(id=f"batch-{uuid.uuid4().hex}", tenant=tenant, run=run, arguments=arguments, seconds=seconds)
        return self._pool.submit(task).future.result()

    def _plan(self, tenant: str, batch_id: str) -> None:
        if not self.ledger.begin(batch_id):
            return
        names = {"url": self.store.url, "tenant": tenant, "batch_id": batch_id}
        found: BatchPlan = self._task(PLAN, _PLAN_SECONDS, **names, options=self.ledger.options(batch_id))
        keys = keys_of(tenant, batch_id)
        for lines in _pages(self._lines(keys["plan"])):
            self.ledger.plan(tenant, batch_id, lines)
        self.ledger.mark_sheet(tenant, batch_id, found.elsewhere)
        self.ledger.planned(batch_id, found.model_copy(update={"elsewhere": ()}))
        self.store.delete([keys["plan"]])

    def _lines(self, key: str) -> Iterator[PlannedRow]:
        with tempfile.TemporaryFile() as file:
            file.writelines(self.store.chunks(key, 0, self.store.size(key) or 0))
            file.seek(0)
            for line in file:
                yield PlannedRow.model_validate_json(line)

    def _finish(self, tenant: str, batch_id: str) -> None:
        if self.ledger.state(batch_id) == "cancelled":
            return
        made = self.write_sheet(tenant, batch_id)
        assert made.sheet is not None
        parts = self.zips.plan(batch_id, made.sheet, hashed=True)
        self.ledger.end(batch_id, "succeeded", made, parts)
        self.drop_inputs(tenant, batch_id)

    def write_sheet(self, tenant: str, batch_id: str, blank: SheetBlanks | None = None) -> BatchResult:
        """Write the sheet that goes back, after ``blank`` was taken out of it; where it lies, and how many letters are alike."""
        keys = keys_of(tenant, batch_id)
        language = self.ledger.options(batch_id).language
        with tempfile.NamedTemporaryFile(prefix="told-") as file:
            for row in self.ledger.rows(batch_id):
                work, made = row_work(row), row_made(row)
                line = RowLine(
                    rows=work.rows, state=row.state, language=language, verdict=row.verdict, bundle=made.bundle,
                    letter=made.letter, sha256=row.sha256, told=made.told or work.told,
                )  # fmt: skip
                file.write(line.to_json() + b"\n")
            file.flush()
            self.store.put(keys["told"], Path(file.name), replace=True)
        name = self.ledger.sheet_name(batch_id)
        names = {"url": self.store.url, "tenant": tenant, "batch_id": batch_id, "name": name, "run": uuid.uuid4().hex}
        plan = self.ledger.view(tenant, batch_id).result.plan
        told = plan.told_columns if plan else {}
        done: BatchResult = self._task(FINISH, _FINISH_SECONDS, **names, told_columns=told, blank=blank)
        return done

    def drop_inputs(self, tenant: str, batch_id: str, *, strict: bool = False) -> None:
        """Remove what a finished batch needs no more: its lists, earlier sheets, the archive when no row waits for a file of it.

        ``strict`` takes every other file out of an archive that a row still waits for.
        """
        if self.ledger.state(batch_id) in OPEN:
            return
        keys = keys_of(tenant, batch_id)
        sheet = self.ledger.view(tenant, batch_id).result.sheet
        old = [key for key in self.store.under(f"{keys['root']}/runs") if sheet is None or key != sheet.key]
        self.store.delete([keys["plan"], keys["told"], *old])
        undone = self.ledger.rows(batch_id, state=UNDONE)
        needed = {member for row in undone for member, _ in row_work(row).members}
        if not needed:
            self.store.delete([keys["archive"]])
        elif strict and self.store.size(keys["archive"]) is not None:
            with tempfile.TemporaryDirectory(prefix="kept-") as folder, opened(self.store, keys["archive"]) as members:
                if needed < set(members.names):
                    members.keep(needed, Path(folder) / "archive.zip")
                    self.store.put(keys["archive"], Path(folder) / "archive.zip", replace=True)

    def cancel(self, tenant: str, batch_id: str) -> None:
        """Do no more rows; what is done stays."""
        self.ledger.view(tenant, batch_id)
        for pack_id in self.ledger.cancel(batch_id):
            self._pool.cancel(pack_id)

    def retry(self, tenant: str, batch_id: str) -> int:
        """Do again the rows that failed or were cancelled; how many.

        Raises:
            RequestFault: ``batch-not-found``, ``batch-running`` or ``batch-nothing-to-retry``.
        """
        if self.ledger.view(tenant, batch_id).state in OPEN:
            raise RequestFault("batch-running", status=409)
        count = self.ledger.queue_undone(batch_id)
        if not count:
            raise RequestFault("batch-nothing-to-retry", status=409)
        self.start(tenant, batch_id)
        return count

    def resume(self) -> int:
        """Start what was accepted and not finished; how many."""
        found = self.ledger.unfinished()
        for row in found:
            self.start(row.tenant, row.id)
        return len(found)

    def pause(self, seconds: float) -> None:
        """Wait until it is worth another try.

        Raises:
            JobFault: ``job-stopped``: the process is ending.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._pool.closed:
                raise JobFault("job-stopped")
            time.sleep(0.2)

    def join(self, seconds: float) -> None:
        """Wait for the threads of batches that are ending."""
        for thread in self._threads:
            thread.join(timeout=seconds)


def _pages(lines: Iterator[PlannedRow]) -> Iterator[list[PlannedRow]]:
    page: list[PlannedRow] = []
    for line in lines:
        page.append(line)
        if len(page) == _PAGE:
            yield page
            page = []
    if page:
        yield page
