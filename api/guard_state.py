"""How locked down a guarded child is on this machine: tried here before anything is taken, and reported by a worker."""

from concurrent.futures import Future
from dataclasses import dataclass

from jobs.engine.tasks import DESCRIBE, MachineAccount
from jobs.engine.worker_process import Task
from jobs.engine.workers import WorkerPool
from reading.guarded.guard import ESCAPES, GuardLevel, level_here


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardReport:
    """The guard's level here, the least that is asked for, and the ways out that are open (none from level 3 on)."""

    level: int
    least: int
    open: tuple[str, ...]


class GuardState:
    """What is known of the guard; ``least`` is the level below which nothing uploaded may be opened."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.level: GuardLevel | None = None
        """Known once it was checked here."""
        self._asked: Future[MachineAccount | None] | None = None

    def check(self) -> None:
        """Try what a guarded child is refused on this machine, once.

        Raises:
            GuardTooWeak: less than ``least``; nothing uploaded may be opened here.
            GuardUnavailable: no child could be started.
        """
        if self.level is None:
            self.level = level_here(self.least)

    def ask(self, pool: WorkerPool) -> None:
        """Have a worker describe its machine; the answer comes when the first one is ready."""
        self._asked = pool.submit(Task(id="describe", tenant="", run=DESCRIBE, urgent=True)).future

    def described(self) -> MachineAccount | None:
        """What a worker said about itself; ``None`` until it did."""
        if self._asked is None or not self._asked.done() or self._asked.exception() is not None:
            return None
        return self._asked.result()

    def report(self) -> GuardReport:
        """How far what is uploaded can be locked in here, as a worker said it, else as it was tried here."""
        said = self.described()
        level = said.guard_level if said else self.level.number if self.level else 0
        held = said.refused if said else self.level.refused if self.level else ()
        open_ways = tuple(name for name in ESCAPES if name not in held)
        return GuardReport(level=level, least=self.least, open=open_ways)

    def works(self) -> bool:
        """Whether uploads may be opened here; not when a worker could not say so."""
        broken = self._asked is not None and self._asked.done() and self._asked.exception() is not None
        return not broken and self.report().level >= self.least
