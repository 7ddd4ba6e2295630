"""The waiting line in front of the workers: bounded, urgent tasks first, no tenant fills it alone."""

import heapq
import itertools
import threading
import time
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
    """Tickets that wait, in the order they will be taken."""

    def __init__(self, *, length: int, per_tenant: int) -> None:
        self._length = length
        self._per_tenant = per_tenant
        self._heap: list[tuple[bool, int, QueuedTask]] = []
        self._count = itertools.count()
        self._changed = threading.Condition()
        self._closed = False

    def __len__(self) -> int:
        return len(self._heap)

    def room(self, tenant: str) -> None:
        """Say no now, before anything is stored, when a task of ``tenant`` would find no place.

        Raises:
            Busy: ``queue-full`` (503: everybody's) or ``queue-full-for-you`` (429).
        """
        with self._changed:
            if self._closed or len(self._heap) >= self._length:
                raise Busy("queue-full", status=503, retry_after=_TRY_AGAIN)
            if sum(ticket.task.tenant == tenant for _, _, ticket in self._heap) >= self._per_tenant:
                raise Busy("queue-full-for-you", status=429, retry_after=_TRY_AGAIN)

    def left(self, tenant: str) -> int:
        """How many more tasks of ``tenant`` would find a place."""
        with self._changed:
            mine = sum(ticket.task.tenant == tenant for _, _, ticket in self._heap)
            return max(0, min(self._per_tenant - mine, self._length - len(self._heap)))

    def put(self, ticket: QueuedTask) -> None:
        """Let ``ticket`` wait its turn."""
        with self._changed:
            count = next(self._count)
            turn = -count if ticket.task.newest else count
            heapq.heappush(self._heap, (not ticket.task.urgent, turn, ticket))
            self._changed.notify()

    def take(self) -> QueuedTask | None:
        """The next ticket, waiting for one; ``None`` once the line is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or bool(self._heap))
            return None if self._closed else heapq.heappop(self._heap)[2]

    def remove(self, ticket: QueuedTask) -> bool:
        """Take ``ticket`` out of the line; false when it is no longer in it."""
        with self._changed:
            kept = [entry for entry in self._heap if entry[2] is not ticket]
            found = len(kept) < len(self._heap)
            heapq.heapify(kept)
            self._heap = kept
            return found

    def close(self) -> None:
        """Hand out nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
