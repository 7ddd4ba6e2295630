"""Batches: a sheet and its files become many packs, numbered zips and the same sheet back.

A batch is a manifest first (every row written down with its case), then rows done one by one, each recorded as it ends, then the
workbook and the zips. Whatever happens in between, doing it again goes on where it stopped: rows that are done stay done.
"""

import contextlib
import datetime as dt
import json
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from casefile.errors import RequestFault
from jobs.batch_names import FINISH, PLAN, keys_of
from jobs.database import Database
from jobs.faults import AlreadyAsked, JobFault, Trouble
from jobs.ledger import Claim
from jobs.pack_id import is_pack_id, new_pack_id
from jobs.shelf import ReceivedFile
from jobs.store import Store
from jobs.tables import batch_rows, batches, idempotency
from jobs.worker_process import Task, log_failure
from jobs.workers import WorkerPool

OPEN = ("queued", "running")
UNDONE = ("failed", "cancelled")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """Everything known about one batch now; ``counts`` by state of row and ``verdicts`` of what was made."""

    id: str
    tenant: str
    state: str
    created_at: str
    finished_at: str | None
    sheet_name: str
    options: Mapping[str, Any]
    rows: int
    counts: Mapping[str, int]
    verdicts: Mapping[str, int]
    parts: tuple[Mapping[str, Any], ...]
    result: Mapping[str, Any]


class Batches:
    """The batches of every tenant. ``do_rows`` makes the packs of rows; engines may spread them over machines."""

    def __init__(self, database: Database, store: Store, pool: WorkerPool, slots: int) -> None:
        self.database = database
        self.store = store
        self.start: Callable[[str, str], None] = self.start_here
        self.on_end: list[Callable[[Connection, Row[Any]], None]] = []
        """Called in the transaction that ends a batch."""
        self.do_rows: Callable[[str, str], None] | None = None
        self.slots = max(1, slots)
        self._pool = pool
        self._threads: list[threading.Thread] = []

    def accept(self, tenant: str, asked: BatchRequest, now: dt.datetime, claim: Claim | None = None) -> str:
        """Keep a batch durably; it will be done even if the service ends now. Its id.

        Raises:
            AlreadyAsked: another request took the key of ``claim`` meanwhile; nothing was kept.
        """
        batch_id = new_pack_id(dt.datetime.now(dt.UTC))
        keys = keys_of(tenant, batch_id)
        self.store.put(keys["sheet"], asked.sheet.path)
        if asked.archive is not None:
            self.store.put(keys["archive"], asked.archive)
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
            with self.database.write() as connection:
                if claim is not None:
                    held = {"tenant": tenant, "route": claim.route, "key_sha256": claim.key_sha256}
                    values = {**held, "fingerprint": claim.fingerprint, "target_id": batch_id, "at": now.isoformat()}
                    taken = self.database.insert(idempotency).values(**values).on_conflict_do_nothing()
                    if not connection.execute(taken).rowcount:
                        raise AlreadyAsked  # noqa: TRY301  # it ends the transaction too
                connection.execute(insert(batches).values(**row, sheet_name=asked.sheet.name))
        except AlreadyAsked:
            self.store.delete(list(keys.values())[:2])
            raise
        return batch_id

    def start_here(self, tenant: str, batch_id: str) -> None:
        """Do a batch in a thread of this process."""
        thread = threading.Thread(target=self._guarded, args=(tenant, batch_id), daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def _guarded(self, tenant: str, batch_id: str) -> None:
        with contextlib.suppress(JobFault):
            self.do(tenant, batch_id)

    def do(self, tenant: str, batch_id: str) -> str:
        """Do a batch, or what is left of it; the state it ended in.

        Raises:
            JobFault: ``job-stopped``: the process is ending; the batch goes on at the next start.
        """
        try:
            if self.state(batch_id) not in OPEN:
                return self.state(batch_id)
            self._plan(tenant, batch_id)
            if not self._options(batch_id)["dry_run"] and self.do_rows is not None:
                self.do_rows(tenant, batch_id)
            self._finish(tenant, batch_id)
        except Exception as error:
            if getattr(error, "code", "") == "job-stopped":
                raise
            trouble = Trouble.of(error)
            if trouble.status >= 500:
                log_failure("batch-failed", error, job=batch_id)
            self._end(batch_id, "failed", {"problem": trouble.plain()})
        return self.state(batch_id)

    def state(self, batch_id: str) -> str:
        """The state of a batch; ``cancelled`` where there is none any more."""
        with self.database.read() as connection:
            return str(connection.scalar(select(batches.c.state).where(batches.c.id == batch_id)) or "cancelled")

    def _options(self, batch_id: str) -> dict[str, Any]:
        with self.database.read() as connection:
            return dict(connection.scalar(select(batches.c.options).where(batches.c.id == batch_id)) or {})

    def _task(self, run: str, seconds: float, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401  # what the task says
        task = Task(id=f"batch-{uuid.uuid4().hex}", tenant="", run=run, arguments=arguments, seconds=seconds)
        return self._pool.submit(task).future.result()

    def _plan(self, tenant: str, batch_id: str) -> None:
        with self.database.write() as connection:
            where = (batches.c.id == batch_id) & batches.c.state.in_(OPEN)
            connection.execute(update(batches).where(where).values(state="running"))
            if connection.scalar(select(batches.c.rows).where(batches.c.id == batch_id)):
                return
        names = {"url": self.store.url, "tenant": tenant, "batch_id": batch_id}
        found = self._task(PLAN, _PLAN_SECONDS, {**names, "options": self._options(batch_id)})
        for lines in _pages(self._lines(keys_of(tenant, batch_id)["plan"])):
            with self.database.write() as connection:
                rows = [_planned(batch_id, line) for line in lines]
                connection.execute(self.database.insert(batch_rows).on_conflict_do_nothing(), rows)
        with self.database.write() as connection:
            planned = update(batches).where(batches.c.id == batch_id).values(rows=found["rows"], result={"plan": found})
            connection.execute(planned)
            if connection.scalar(select(batches.c.state).where(batches.c.id == batch_id)) not in OPEN:
                mine = (batch_rows.c.batch_id == batch_id) & batch_rows.c.state.in_(OPEN)
                connection.execute(update(batch_rows).where(mine).values(state="cancelled"))

    def _lines(self, key: str) -> Iterator[dict[str, Any]]:
        with tempfile.TemporaryFile() as file:
            file.writelines(self.store.chunks(key, 0, self.store.size(key) or 0))
            file.seek(0)
            for line in file:
                yield json.loads(line)

    def _finish(self, tenant: str, batch_id: str) -> None:
        if self.state(batch_id) == "cancelled":
            return
        keys = keys_of(tenant, batch_id)
        language = self._options(batch_id)["language"]
        with tempfile.NamedTemporaryFile(prefix="told-") as file:
            for row in self.rows(batch_id):
                line = {**(row.work or {}), **(row.told or {}), "state": row.state, "subject": row.subject}
                line |= {"verdict": row.verdict, "folder": row.folder, "sha256": row.sha256, "language": language}
                line.pop("case", None)
                line.pop("members", None)
                file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            self.store.put(keys["told"], Path(file.name), replace=True)
        with self.database.read() as connection:
            name = connection.scalar(select(batches.c.sheet_name).where(batches.c.id == batch_id))
        names = {"url": self.store.url, "tenant": tenant, "batch_id": batch_id, "name": name, "run": uuid.uuid4().hex}
        made = self._task(FINISH, _FINISH_SECONDS, names)
        self._end(batch_id, "succeeded", {"sheet": made["sheet"], "alike": made["alike"]}, made["parts"])

    def _end(self, batch_id: str, state: str, result: Mapping[str, Any], parts: list[Any] | None = None) -> None:
        with self.database.write() as connection:
            there = connection.scalar(select(batches.c.result).where(batches.c.id == batch_id)) or {}
            where = (batches.c.id == batch_id) & batches.c.state.in_(OPEN)
            values = {"state": state, "finished_at": _now(), "result": {**there, **result}, "parts": parts}
            if connection.execute(update(batches).where(where).values(**values)).rowcount:
                row = connection.execute(select(batches).where(batches.c.id == batch_id)).one()
                for listener in self.on_end:
                    listener(connection, row)

    def rows(self, batch_id: str, *, after: int = 0, state: tuple[str, ...] = ()) -> Iterator[Row[Any]]:
        """The rows of a batch in order, a few hundred at a time."""
        while True:
            where = (batch_rows.c.batch_id == batch_id) & (batch_rows.c.number > after)
            if state:
                where &= batch_rows.c.state.in_(state)
            with self.database.read() as connection:
                page = list(
                    connection.execute(select(batch_rows).where(where).order_by(batch_rows.c.number).limit(_PAGE))
                )
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def view(self, tenant: str, batch_id: str) -> BatchView:
        """One batch as it is now.

        Raises:
            RequestFault: ``batch-not-found``.
        """
        where = (batches.c.tenant == tenant) & (batches.c.id == batch_id)
        with self.database.read() as connection:
            row = connection.execute(select(batches).where(where)).one_or_none() if is_pack_id(batch_id) else None
            if row is None:
                raise RequestFault("batch-not-found", status=404)
            mine = batch_rows.c.batch_id == batch_id
            counted = select(batch_rows.c.state, func.count()).where(mine).group_by(batch_rows.c.state)
            judged = select(batch_rows.c.verdict, func.count()).where(mine & batch_rows.c.verdict.is_not(None))
            counts = {row[0]: row[1] for row in connection.execute(counted)}
            verdicts = {row[0]: row[1] for row in connection.execute(judged.group_by(batch_rows.c.verdict))}
        told = {
            name: getattr(row, name) for name in ("id", "tenant", "state", "created_at", "finished_at", "sheet_name")
        }
        return BatchView(
            **told, options=row.options, rows=row.rows, counts=counts, verdicts=verdicts,
            parts=tuple(row.parts or ()), result=row.result or {},
        )  # fmt: skip

    def page(self, tenant: str, *, after: str | None, limit: int) -> tuple[list[BatchView], bool]:
        """Batches from the newest on, older than the id ``after``; and whether there are more."""
        wanted = select(batches.c.id).where(batches.c.tenant == tenant).order_by(batches.c.id.desc()).limit(limit + 1)
        if after is not None:
            wanted = wanted.where(batches.c.id < after)
        with self.database.read() as connection:
            ids = list(connection.scalars(wanted))
        return [self.view(tenant, batch_id) for batch_id in ids[:limit]], len(ids) > limit

    def cancel(self, tenant: str, batch_id: str) -> None:
        """Do no more rows; what is done stays."""
        self.view(tenant, batch_id)
        with self.database.write() as connection:
            where = (batches.c.id == batch_id) & batches.c.state.in_(OPEN)
            if not connection.execute(
                update(batches).where(where).values(state="cancelled", finished_at=_now())
            ).rowcount:
                return
            mine = (batch_rows.c.batch_id == batch_id) & batch_rows.c.state.in_(OPEN)
            running = list(
                connection.scalars(select(batch_rows.c.pack_id).where(mine & batch_rows.c.pack_id.is_not(None)))
            )
            connection.execute(update(batch_rows).where(mine).values(state="cancelled"))
        for pack_id in running:
            self._pool.cancel(pack_id)

    def retry(self, tenant: str, batch_id: str) -> int:
        """Do again the rows that failed or were cancelled; how many.

        Raises:
            RequestFault: ``batch-not-found``, ``batch-running`` or ``batch-nothing-to-retry``.
        """
        if self.view(tenant, batch_id).state in OPEN:
            raise RequestFault("batch-running", status=409)
        with self.database.write() as connection:
            where = (batch_rows.c.batch_id == batch_id) & batch_rows.c.state.in_(UNDONE)
            values = {"state": "queued", "pack_id": None, "told": None, "attempts": batch_rows.c.attempts + 1}
            count = int(connection.execute(update(batch_rows).where(where).values(**values)).rowcount)
            if count:
                again = {"state": "queued", "finished_at": None, "parts": None}
                connection.execute(update(batches).where(batches.c.id == batch_id).values(**again))
        if not count:
            raise RequestFault("batch-nothing-to-retry", status=409)
        self.start(tenant, batch_id)
        return count

    def resume(self) -> int:
        """Start what was accepted and not finished; how many."""
        with self.database.read() as connection:
            open_ones = select(batches.c.tenant, batches.c.id).where(batches.c.state.in_(OPEN)).order_by(batches.c.id)
            found = list(connection.execute(open_ones))
        for row in found:
            self.start(row.tenant, row.id)
        return len(found)

    def join(self, seconds: float) -> None:
        """Wait for the threads of batches that are ending."""
        for thread in self._threads:
            thread.join(timeout=seconds)


def _planned(batch_id: str, line: Mapping[str, Any]) -> dict[str, Any]:
    state = "queued" if line["valid"] else "invalid"
    told = {"told": line["told"]}
    work = {"rows": line["rows"], "case": line["case"], "members": line["members"], "told": line["told"]}
    return {
        "batch_id": batch_id, "number": line["number"], "state": state, "subject": line["subject"], "work": work,
        "told": told, "attempts": 0,
    }  # fmt: skip


def _pages(lines: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    page: list[dict[str, Any]] = []
    for line in lines:
        page.append(line)
        if len(page) == _PAGE:
            yield page
            page = []
    if page:
        yield page


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
