"""Packs from acceptance to their end: accept, run, look up, list, cancel.

The doors know only this class. A pack is accepted once its files are on disk and its row is committed; from then on it will be
done whatever happens to the process. Who starts the work is the engine's business (``start``); how it is done and recorded is
decided here, the same for every engine.
"""

import contextlib
import datetime as dt
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sqlalchemy import Row

from casefile.care import failures, log_failure
from jobs.engine.job_functions import JobFunctions
from jobs.engine.job_queue import QueuedTask
from jobs.engine.pack_view import Erased, PackView, view_of
from jobs.engine.tasks import BUILD
from jobs.engine.waiters import Waiters
from jobs.engine.worker_process import Task
from jobs.engine.workers import WorkerPool
from jobs.faults import PASSING, JobError
from jobs.records.ledger import OPEN, KeyClaim, PackLedger
from jobs.records.notes import OutcomeRecord, PackRemains, SubmissionRecord
from jobs.records.pack_filter import EVERY_PACK, PackFilter
from jobs.records.pack_id import is_pack_id
from jobs.records.pack_store import Accepted, Built, PackShelf, ReceivedFile, Result, State
from jobs.records.storage_errors import is_transient
from jobs.records.store import Store

_STOPPED = "job-stopped"
_CANCELLED = "job-cancelled"
_CRASHED = "job-crashed"
_AWAY_PAUSE = 1.0
_OUR_FAULT = 500
_JUST_ACCEPTED = 60.0
"""Whoever accepted a pack starts it within so many seconds, or something went wrong."""

_CRASHES = 3
"""A pack of which a worker died so often is failed."""


class Packs:
    """The packs of every tenant: rows in one ledger, bytes in one store, made by one pool."""

    def __init__(
        self, ledger: PackLedger, store: Store, pool: WorkerPool, trade: JobFunctions, *, seconds: float = 300.0
    ) -> None:
        self.ledger = ledger
        self.store = store
        self.start: Callable[[str, str, bool], None] = self.begin
        """Starts the work on an accepted pack (tenant, id, urgent); a durable engine puts its own here."""
        self.on_attempt: Callable[[QueuedTask], None] | None = None
        """Called when an attempt has ended, before its end is recorded."""
        self._pool = pool
        self._trade = trade
        self._seconds = seconds
        self.waiters = Waiters()
        self._crashes: Counter[str] = Counter()
        self._lock = threading.Lock()

    def shelf(self, tenant: str, pack_id: str) -> PackShelf:
        """The shelf of a pack, whether or not there is one."""
        return PackShelf(self.store, tenant, pack_id)

    def accept(
        self,
        asked: Accepted,
        files: tuple[ReceivedFile, ...],
        claim: KeyClaim | None = None,
        batch_id: str | None = None,
    ) -> None:
        """Keep a request durably; it will be done even if the service ends now.

        Raises:
            AlreadyAsked: another request took the key of ``claim`` meanwhile; nothing was kept.
        """
        shelf = self.shelf(asked.tenant, asked.id)
        try:
            shelf.accept(asked, files)
            self.ledger.accept(asked, claim, batch_id)
        except Exception:
            self._take_back(shelf)
            raise

    def _take_back(self, shelf: PackShelf) -> None:
        """Leave nothing of what was not accepted; where that cannot be known because the rows are away, the files stay."""
        with contextlib.suppress(Exception):
            if self.ledger.row(shelf.tenant, shelf.id) is None:
                shelf.forget()

    def run(self, tenant: str, pack_id: str, *, urgent: bool = False) -> Future[Any]:
        """Have an accepted pack made; the future ends with the state it ended in, or with the reason it could not be made."""
        ended = self.waiters.wait(pack_id)
        try:
            self.start(tenant, pack_id, urgent)
        except Exception as error:
            if not is_transient(error):
                raise
            self._resolve(pack_id, JobError.of(error).error())  # it is accepted, so it is started when that has passed
        return ended

    def do(self, tenant: str, pack_id: str, urgent: bool = False) -> str:  # called by the engine
        """Make a pack and wait for it; the state it ended in (``queued``: later). For engines that give every job a thread.

        Raises:
            JobFault: ``job-stopped``: the process is ending and the pack is not done.
        """
        ended = self.waiters.wait(pack_id)
        self.begin(tenant, pack_id, urgent)
        try:
            return str(ended.result())
        except Exception as error:
            if getattr(error, "code", "") == _STOPPED:
                raise
            return {_CANCELLED: "cancelled", PASSING: "queued"}.get(getattr(error, "code", ""), "failed")

    def begin(self, tenant: str, pack_id: str, urgent: bool) -> None:  # one shape for every engine
        """Start one attempt in this process's pool."""
        if not self._begun(tenant, pack_id):
            return
        run = uuid.uuid4().hex
        arguments = {
            "make": self._trade.make_pack,
            "url": self.store.url,
            "tenant": tenant,
            "pack_id": pack_id,
            "run": run,
        }
        turn = self.ledger.turn(pack_id)
        task = Task(
            id=pack_id, tenant=tenant, run=BUILD, arguments=arguments, seconds=self._seconds, urgent=urgent, turn=turn
        )
        ticket = self._pool.submit(task)
        if self.on_attempt is not None:
            watch = self.on_attempt
            ticket.future.add_done_callback(lambda _: watch(ticket))
        ticket.future.add_done_callback(lambda done: self._settle(task, done))

    def _begun(self, tenant: str, pack_id: str) -> bool:
        """Whether one more attempt was counted; a fault of ours in doing so is tried a few times and not for ever."""
        try:
            begun = self.ledger.begin(pack_id)
        except Exception as fault:
            if is_transient(fault) or self._tries(pack_id) < _CRASHES:
                raise
            self._give_up(pack_id, fault)
            return False
        if not begun:
            self._refuse(tenant, pack_id)
        return begun

    def _refuse(self, tenant: str, pack_id: str) -> None:
        """It was tried too often, or it is finished: then there is nothing to do but tell."""
        crashed = JobError(code=_CRASHED)
        self.ledger.finish(pack_id, Result(state="failed", finished_at=_now(), problem=crashed.plain()))
        self.tell(tenant, pack_id)

    def _settle(self, task: Task, done: Future[Any]) -> None:
        """Bring row and shelf in order before anybody hears that the pack is finished; wait for a database that is away."""
        while True:
            try:
                self._record(task, done)
            except Exception as fault:  # noqa: BLE001  # whoever waits must hear of it
                if is_transient(fault) and not self._pool.closed:
                    time.sleep(_AWAY_PAUSE)
                    continue
                self._give_up(task.id, fault)
            return

    def _give_up(self, pack_id: str, fault: Exception) -> None:
        """Begin or end could not be recorded through a fault of ours: the pack is failed, so that it is not made for ever."""
        log_failure("end-not-recorded", fault, job=pack_id)
        with contextlib.suppress(Exception):
            self.ledger.give_up(pack_id, Result(state="failed", finished_at=_now(), problem=JobError.of(fault).plain()))
        self._resolve(pack_id, JobError.of(fault).error(), "failed")

    def _record(self, task: Task, done: Future[Any]) -> None:
        tenant, pack_id, error = task.tenant, task.id, done.exception()
        shelf, code = self.shelf(tenant, pack_id), getattr(error, "code", "")
        if error is None:
            self._keep(shelf, done.result())
        elif code in {_STOPPED, PASSING}:
            (self.ledger.forgive if code == _STOPPED else self.ledger.requeue)(pack_id)
            self._resolve(pack_id, error)
            return
        elif code == _CRASHED and self._tries(pack_id) < _CRASHES:
            self.begin(tenant, pack_id, task.urgent)
            return
        else:
            failures["job-failed"] += getattr(error, "status", 500) >= _OUR_FAULT  # logged in the worker that met it
            self._fail(shelf, JobError.of(error))
        self.tell(tenant, pack_id)

    def _tries(self, pack_id: str) -> int:
        """How often a worker died of this pack, this time included."""
        with self._lock:
            self._crashes[pack_id] += 1
            return self._crashes[pack_id]

    def _keep(self, shelf: PackShelf, built: Built) -> None:
        if self.ledger.finish(shelf.id, built.result, built):
            if built.result.state == "succeeded":
                shelf.drop_uploads()
            if self.ledger.attempts(shelf.id) > 1:
                shelf.drop_other_runs(built.run)
        else:
            shelf.drop_run(built.run)

    def _fail(self, shelf: PackShelf, trouble: JobError) -> None:
        state: State = "cancelled" if trouble.code == _CANCELLED else "failed"
        self.ledger.finish(shelf.id, Result(state=state, finished_at=_now(), problem=trouble.plain()))
        if state == "cancelled":
            shelf.drop_uploads()

    def tell(self, tenant: str, pack_id: str) -> bool:
        """Tell those who wait in this process how a finished pack ended; false while it is not finished."""
        row = self.ledger.row(tenant, pack_id)
        if row is not None and row.state in OPEN:
            return False
        problem = row.problem if row is not None else None
        blocked = problem is not None and problem["code"] == "case-blocked"
        error = JobError.from_plain(problem).error() if problem and not blocked else None
        self._resolve(pack_id, error, row.state if row is not None else "failed")
        return True

    def _resolve(self, pack_id: str, error: BaseException | None, state: str = "") -> None:
        with self._lock:
            self._crashes.pop(pack_id, None)
        self.waiters.resolve(pack_id, error, state)

    def resume(self) -> int:
        """Start what was accepted and not finished; how many. Several processes may call it: the engine starts each once."""
        rows = self.ledger.unfinished()
        for row in rows:
            self.start(row.tenant, row.id, False)  # nobody waits any more
        return len(rows)

    def resume_waiting(self) -> int:
        """Start again, where no engine does it, what met a full disk or a silent server; how many."""
        late = (dt.datetime.now(dt.UTC) - dt.timedelta(seconds=_JUST_ACCEPTED)).isoformat(timespec="seconds")
        rows = [
            row
            for row in self.ledger.unfinished()
            if self._pool.ticket(row.id) is None and (row.attempts or row.created_at < late)
        ]
        for row in rows:
            self.begin(row.tenant, row.id, False)
        return len(rows)

    def view(self, tenant: str, pack_id: str, *, brief: bool = False) -> PackView | Erased | None:
        """One pack as it is now, ``brief`` without report and files; ``None`` when this tenant has none of this id."""
        row = self.ledger.row(tenant, pack_id) if is_pack_id(pack_id) else None
        if row is None:
            return None
        if row.erased_at is not None:
            return Erased(id=pack_id, at=row.erased_at, remains=PackRemains.kept(row.erased))
        kept = self.shelf(tenant, pack_id).result(row.run) if row.run and not brief else None
        return view_of(row, kept, self._ticket(row))

    def _ticket(self, row: Row[Any]) -> QueuedTask | None:
        return self._pool.ticket(row.id) if row.state in OPEN else None

    def page(
        self, tenant: str, sought: PackFilter = EVERY_PACK, *, after: str | None = None, limit: int
    ) -> tuple[list[PackView], bool]:
        """Packs from the newest on, without reports and files, those older than the id ``after``; and whether there are more."""
        rows = self.ledger.page(tenant, sought, after=after, limit=limit + 1)
        return [view_of(row, None, self._ticket(row)) for row in rows[:limit]], len(rows) > limit

    def cancel(self, view: PackView) -> None:
        """End a pack that waits or runs; one that finished meanwhile stays as it is."""
        if not self.end(view.id):
            self.shelf(view.asked.tenant, view.id).drop_uploads()
            self.tell(view.asked.tenant, view.id)

    def end(self, pack_id: str) -> bool:
        """Record that a pack is cancelled, and stop its worker if it has one here; whether it had."""
        problem = JobError(code=_CANCELLED, status=409).plain()
        self.ledger.finish(pack_id, Result(state="cancelled", finished_at=_now(), problem=problem))
        return self._pool.cancel(pack_id)

    def note_submission(self, view: PackView, note: SubmissionRecord) -> None:
        """Record that the pack was sent to the platform."""
        self.ledger.submitted(view.id, note)

    def note_outcome(self, view: PackView, note: OutcomeRecord) -> None:
        """Record how the dispute ended; ``outcome`` of the note is what is counted."""
        self.ledger.note(view.id, outcome=note.plain(), outcome_name=note.outcome)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
