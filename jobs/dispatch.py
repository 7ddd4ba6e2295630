"""Work spread by the durable engine: packs and batches are started, started again when they were lost, and watched from afar."""

from dataclasses import dataclass, field

from jobs.batch.batch_rows import RowsWorker
from jobs.batch.batches import Batches
from jobs.engine.engine import Engine, RowRun, Work
from jobs.engine.liveness import Liveness
from jobs.engine.packs import Packs
from jobs.engine.workers import WorkerPool
from jobs.records.batch_ledger import OPEN
from jobs.records.newest import newer_than_rows

_FEWEST_ROWS, _MOST_ROWS = 4, 100
_SHARES = 32
"""A batch is cut into about so many runs of rows: several machines have something to do, and what is due waits for no long run."""

_STARTS = 200
LATEST = 50
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
    strays: list[int] = field(default_factory=lambda: [0])
    """How many jobs were newer than every row at the start: an older copy was laid over the database."""

    def connect(self) -> None:
        """Let the engine start what this process accepts."""
        self.packs.start = self.start_pack
        self.batches.start = self.start_batch
        self.batches.do_rows = self.spread_rows

    def work(self, slots: int) -> None:
        """Take work from now on."""
        self.engine.launch(Work(pack=self.packs.do, batch=self.batches.do, rows=self.do_rows), slots)

    def do_rows(self, tenant: str, batch_id: str, numbers: tuple[int, ...]) -> None:
        """Do a run of rows here; whoever closes the last row of a batch has it ended."""
        ledger = self.batches.ledger
        if ledger.state(batch_id) in OPEN:
            self.rows.do(tenant, batch_id, numbers)
            if ledger.state(batch_id) in OPEN and not ledger.has_open_rows(batch_id):
                self.engine.batch(tenant, batch_id, f"{ledger.starts(batch_id)}.end")

    def start_pack(self, tenant: str, pack_id: str, urgent: bool) -> None:  # one shape for every starter
        """Start an accepted pack."""
        self.engine.pack(tenant, pack_id, urgent, self.packs.ledger.turn(pack_id))

    def start_batch(self, tenant: str, batch_id: str) -> None:
        """Start a batch, or start it anew."""
        self.engine.batch(tenant, batch_id, str(self.batches.ledger.count_start(batch_id)))

    def spread_rows(self, tenant: str, batch_id: str) -> bool:
        """Hand out the open rows of a batch in runs, what is due first in the first; whether there are none (any more).

        Cut again, the runs are the same: a job that is known already is not started twice. A batch that was started so often is
        ended as it is.
        """
        start, turns = self.batches.ledger.starts(batch_id), self.batches.ledger.turns(batch_id)
        if start > _STARTS or not any(row.open for row in turns):
            return True
        size = max(_FEWEST_ROWS, min(_MOST_ROWS, -(-len(turns) // _SHARES)))
        for place, part in enumerate(turns[at : at + size] for at in range(0, len(turns), size)):
            if any(row.open for row in part):
                run = RowRun(place=place, turn=part[0].turn, numbers=tuple(row.number for row in part))
                self.engine.rows(tenant, batch_id, run, str(start))
        return False

    def without_rows(self) -> int:
        """How many of the latest jobs are newer than every row there is."""
        self.strays[0] = newer_than_rows(self.engine.latest(LATEST), self.packs.ledger.database)
        return self.strays[0]

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
                    turn = self.packs.ledger.turn(row.id)
                    self.engine.pack(row.tenant, row.id, False, turn, row.attempts)
                    started += 1
        for row in self.batches.ledger.unfinished():
            if not self.engine.working_on(row.id):
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
