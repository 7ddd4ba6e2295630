"""The waiting line in front of the workers: bounded; tenants in turn, each with what is due first.

The engine hands a process only a few jobs of each tenant, the most pressing ones (``jobs/engine/engine.py``). This line decides
what the engine does not see: which of them gets the next free process, beside the looks and checks that somebody waits for.
"""

import heapq
import itertools
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Literal

from jobs.engine.worker_process import Task
from jobs.faults import Busy

_TRY_AGAIN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a task: its name and when it began, in nanoseconds since 1970."""

    name: str
    at: int


class QueuedTask:
    """One task in the pool: its future, and how far it is."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.future: Future[Any] = Future()
        self.state: Literal["queued", "running"] = "queued"
        self.stage = ""
        self.share = 0.0
        self.stages: list[Stage] = []
        """What it went through since it left the line."""
        self.ended_by: str | None = None
        """The code that ends it early (cancelled, stopped), set before its process is killed."""

    def begin(self) -> None:
        """It left the line."""
        self.state = "running"
        self.stages = [Stage(name="begin", at=time.time_ns())]

    def advance(self, stage: str, share: float) -> None:
        """It came so far."""
        if stage != self.stage:
            self.stages.append(Stage(name=stage, at=time.time_ns()))
        self.stage, self.share = stage, share


class JobQueue:
    """Tickets that wait, in the order they will be taken.

    Urgent ones go before the others. Among tenants the one goes first that has the fewest tasks running, and of those the one that
    was served longest ago; within a tenant the task whose turn is first.
    """

    def __init__(self, *, length: int, per_tenant: int) -> None:
        self._length = length
        self._per_tenant = per_tenant
        self._lines: dict[bool, defaultdict[str, list[tuple[str, int, QueuedTask]]]] = {
            urgent: defaultdict(list) for urgent in (True, False)
        }
        self._running: Counter[str] = Counter()
        self._served: dict[str, int] = {}
        self._count = itertools.count()
        self._changed = threading.Condition()
        self._closed = False

    def __len__(self) -> int:
        with self._changed:
            return sum(len(waiting) for line in self._lines.values() for waiting in line.values())

    def _of(self, tenant: str) -> int:
        return sum(len(line.get(tenant, ())) for line in self._lines.values())

    def room(self, tenant: str) -> None:
        """Say no now, before anything is stored, when a task of ``tenant`` would find no place.

        Raises:
            Busy: ``queue-full`` (503: everybody's) or ``queue-full-for-you`` (429).
        """
        with self._changed:
            if self._closed or len(self) >= self._length:
                raise Busy("queue-full", status=503, retry_after=_TRY_AGAIN)
            if self._of(tenant) >= self._per_tenant:
                raise Busy("queue-full-for-you", status=429, retry_after=_TRY_AGAIN)

    def left(self, tenant: str) -> int:
        """How many more tasks of ``tenant`` would find a place."""
        with self._changed:
            return max(0, min(self._per_tenant - self._of(tenant), self._length - len(self)))

    def put(self, ticket: QueuedTask) -> None:
        """Let ``ticket`` wait its turn."""
        task = ticket.task
        with self._changed:
            count = next(self._count)
            entry = (task.turn, -count if task.newest else count, ticket)
            heapq.heappush(self._lines[task.urgent][task.tenant], entry)
            self._changed.notify()

    def take(self) -> QueuedTask | None:
        """The next ticket, waiting for one; ``None`` once the line is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or len(self) > 0)
            if self._closed:
                return None
            line = self._lines[True] or self._lines[False]
            tenant = min(line, key=lambda one: (self._running[one], self._served.get(one, -1)))
            ticket = heapq.heappop(line[tenant])[2]
            if not line[tenant]:
                del line[tenant]
            self._running[tenant] += 1
            self._served[tenant] = next(self._count)
        ticket.future.add_done_callback(lambda _: self._ended(tenant))
        return ticket

    def _ended(self, tenant: str) -> None:
        with self._changed:
            self._running[tenant] -= 1

    def remove(self, ticket: QueuedTask) -> bool:
        """Take ``ticket`` out of the line; false when it is no longer in it."""
        line, tenant = self._lines[ticket.task.urgent], ticket.task.tenant
        with self._changed:
            waiting = line.pop(tenant, [])
            kept = [entry for entry in waiting if entry[2] is not ticket]
            if kept:
                heapq.heapify(kept)
                line[tenant] = kept
            return len(kept) < len(waiting)

    def close(self) -> None:
        """Hand out nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
