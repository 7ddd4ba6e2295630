"""Batches: a sheet and its files become many packs, numbered zips and the same sheet back.

A batch is a manifest first (every row written down with its case), then rows done one by one, each recorded as it ends, then the
workbook and the zips. Whatever happens in between, doing it again goes on where it stopped: rows that are done stay done.
"""

import contextlib
import datetime as dt
import json
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
from jobs.batch_ledger import OPEN, BatchLedger
from jobs.batch_names import FINISH, PLAN, keys_of
from jobs.database import Database
from jobs.faults import PASSING, JobFault, Trouble
from jobs.ledger import Claim
from jobs.pack_id import new_pack_id
from jobs.shelf import ReceivedFile
from jobs.store import Store
from jobs.worker_process import Task
from jobs.workers import WorkerPool

_PLAN_SECONDS = 600.0
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
        self.do_rows: Callable[[str, str], None] | None = None
        self.slots = max(1, slots)
        self._pool = pool
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def accept(self, tenant: str, asked: BatchRequest, now: dt.datetime, claim: Claim | None = None) -> str:
        """Keep a batch durably; it will be done even if the service ends now. Its id.

        Raises:
            AlreadyAsked: another request took the key of ``claim`` meanwhile; nothing was kept.
        """
        batch_id = new_pack_id(dt.datetime.now(dt.UTC))
        keys = keys_of(tenant, batch_id)
        options = {
            "defaults": dict(asked.defaults),
            "language": asked.language,
            "dry_run": asked.dry_run,
            "only_failed": asked.only_failed,
            "as_of": asked.as_of or now.isoformat(),
            "trace": asked.trace,
        }
        row = {"id": batch_id, "tenant": tenant, "state": "queued", "created_at": now.isoformat(), "options": options}
        try:
            self.store.put(keys["sheet"], asked.sheet.path, replace=True)
            if asked.archive is not None:
                self.store.put(keys["archive"], asked.archive, replace=True)
            self.ledger.accept({**row, "sheet_name": asked.sheet.name}, claim)
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
        """Do a batch, or what is left of it; the state it ended in (``queued``: a full disk or a silent server; later).

        Raises:
            JobFault: ``job-stopped``: the process is ending; the batch goes on at the next start.
        """
        try:
            if self.ledger.state(batch_id) in OPEN:
                self._plan(tenant, batch_id)
                if not self.ledger.options(batch_id)["dry_run"] and self.do_rows is not None:
                    self.do_rows(tenant, batch_id)
                self._finish(tenant, batch_id)
            return self.ledger.state(batch_id)
        except Exception as error:
            if getattr(error, "code", "") == "job-stopped":
                raise
            trouble = Trouble.of(error)
            if trouble.status >= 500:
                log_failure("batch-failed", error, job=batch_id)
            if trouble.code == PASSING:
                return "queued"
            self.ledger.end(batch_id, "failed", {"problem": trouble.plain()})
            return self.ledger.state(batch_id)

    def _task(self, run: str, seconds: float, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401  # what the task says
        task = Task(id=f"batch-{uuid.uuid4().hex}", tenant="", run=run, arguments=arguments, seconds=seconds)
        return self._pool.submit(task).future.result()

    def _plan(self, tenant: str, batch_id: str) -> None:
        if not self.ledger.begin(batch_id):
            return
        names = {"url": self.store.url, "tenant": tenant, "batch_id": batch_id}
        found = self._task(PLAN, _PLAN_SECONDS, {**names, "options": self.ledger.options(batch_id)})
        for lines in _pages(self._lines(keys_of(tenant, batch_id)["plan"])):
            self.ledger.plan(batch_id, lines)
        self.ledger.planned(batch_id, found)

    def _lines(self, key: str) -> Iterator[dict[str, Any]]:
        with tempfile.TemporaryFile() as file:
            file.writelines(self.store.chunks(key, 0, self.store.size(key) or 0))
            file.seek(0)
            for line in file:
                yield json.loads(line)

    def _finish(self, tenant: str, batch_id: str) -> None:
        if self.ledger.state(batch_id) == "cancelled":
            return
        keys = keys_of(tenant, batch_id)
        language = self.ledger.options(batch_id)["language"]
        with tempfile.NamedTemporaryFile(prefix="told-") as file:
            for row in self.ledger.rows(batch_id):
                line = {**(row.work or {}), **(row.told or {}), "state": row.state, "subject": row.subject}
                line |= {"verdict": row.verdict, "folder": row.folder, "sha256": row.sha256, "language": language}
                line.pop("case", None)
                line.pop("members", None)
                file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            self.store.put(keys["told"], Path(file.name), replace=True)
        name = self.ledger.sheet_name(batch_id)
        names = {"url": self.store.url, "tenant": tenant, "batch_id": batch_id, "name": name, "run": uuid.uuid4().hex}
        made = self._task(FINISH, _FINISH_SECONDS, names)
        self.ledger.end(batch_id, "succeeded", {"sheet": made["sheet"], "alike": made["alike"]}, made["parts"])

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
        """Wait for better weather.

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


def _pages(lines: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    page: list[dict[str, Any]] = []
    for line in lines:
        page.append(line)
        if len(page) == _PAGE:
            yield page
            page = []
    if page:
        yield page
