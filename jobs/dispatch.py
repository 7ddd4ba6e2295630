"""Work spread by the durable engine: packs and batches are started, started again when they were lost, and watched from afar."""

import time
from dataclasses import dataclass

from jobs.batch.batch_rows import RowsWorker
from jobs.batch.batches import Batches
from jobs.engine.engine import Engine, Work
from jobs.engine.liveness import Liveness
from jobs.engine.packs import Packs
from jobs.engine.workers import WorkerPool
from jobs.faults import JobFault
from jobs.records.batch_ledger import OPEN

_MOST_ROWS = 500
_SHARES = 16
"""A batch is cut into about so many runs of rows, so that several machines have something to do."""

_TRIES = 20
_LAST_STARTS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """The work book of one process and the engine that connects it with the others."""

    engine: Engine
    packs: Packs
    batches: Batches
    rows: RowsWorker
    pool: WorkerPool
    liveness: Liveness

    def connect(self) -> None:
        """Let the engine start what this process accepts."""
        self.packs.start = self.engine.pack
        self.batches.start = self.start_batch
        self.batches.do_rows = self.spread_rows

    def work(self, slots: int) -> None:
        """Take work from now on."""
        self.engine.launch(Work(pack=self.packs.do, batch=self.batches.do, rows=self.do_rows), slots)

    def do_rows(self, tenant: str, batch_id: str, first: int, last: int) -> None:
        """Do a run of rows here."""
        if self.batches.ledger.state(batch_id) in OPEN:
            self.rows.do(tenant, batch_id, first, last)

    def start_batch(self, tenant: str, batch_id: str) -> None:
        """Start a batch, or start it anew."""
        again = self.batches.ledger.count_start(batch_id)
        self.engine.batch(tenant, batch_id, again)

    def spread_rows(self, tenant: str, batch_id: str) -> None:
        """Cut the open rows of a batch into runs, hand them out, and wait until every row is closed.

        Raises:
            JobFault: ``job-stopped``: this process ends; another one waits on.
        """
        attempt, waiting = self.batches.ledger.starts(batch_id), self.batches.ledger.open_rows
        for round_ in range(_TRIES):
            numbers = waiting(batch_id)
            if not numbers:
                return
            size = max(1, min(_MOST_ROWS, -(-len(numbers) // _SHARES)))
            spans = [(part[0], part[-1]) for part in (numbers[at : at + size] for at in range(0, len(numbers), size))]
            names = [self.engine.rows(tenant, batch_id, span, attempt * 100 + round_) for span in spans]
            while self.batches.ledger.has_open_rows(batch_id) and self.engine.active(names):
                if self.pool.closed:
                    raise JobFault("job-stopped")
                time.sleep(0.5)

    def take_over(self) -> int:
        """Take the work of processes that are gone; how many jobs."""
        gone = self.liveness.gone(self.engine.executors())
        return self.engine.recover(gone) if gone else 0

    def reconcile(self) -> int:
        """Start what was accepted and is known to no engine: the process ended between the two, or the engine gave up."""
        started = 0
        rows = self.packs.ledger.unfinished()
        for at in range(0, len(rows), 200):
            part = rows[at : at + 200]
            names = {row.id: _names(row.id, row.attempts) for row in part}
            active = self.engine.active(name for every in names.values() for name in every)
            for row in part:
                if not active.intersection(names[row.id]):
                    self.engine.pack(row.tenant, row.id, False, row.attempts)
                    started += 1
        for row in self.batches.ledger.unfinished():
            if not self.engine.active(f"{row.id}.{again}" for again in range(1, row.attempts + 1)):
                self.start_batch(row.tenant, row.id)
                started += 1
        return started

    def apply_cancellations(self) -> None:
        """End what was cancelled elsewhere, or finished by a twin."""
        running = self.pool.pack_ids
        if running:
            states = self.packs.ledger.states(running)
            for pack_id in running:
                if states.get(pack_id, "cancelled") not in OPEN:
                    self.pool.cancel(pack_id)

    def report(self) -> None:
        """Write down how far the running packs are, for those who ask another process."""
        for pack_id in self.pool.pack_ids:
            ticket = self.pool.ticket(pack_id)
            if ticket is not None and ticket.stage:
                self.packs.ledger.progress(pack_id, ticket.stage, ticket.share)

    def notify_waiters(self) -> None:
        """Tell those who wait here of packs that were finished elsewhere."""
        waited = self.packs.waiters.waited_for
        if waited:
            for pack_id, (tenant, state) in self.packs.ledger.ends(waited).items():
                if state not in OPEN:
                    self.packs.tell(tenant, pack_id)


def _names(pack_id: str, attempts: int) -> list[str]:
    """The jobs that may be at work on a pack: each start is named by the attempts before it, and one of the last is the one."""
    return [pack_id, *(f"{pack_id}.{again}" for again in range(max(1, attempts - _LAST_STARTS), attempts + 1))]
