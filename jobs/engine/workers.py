"""A pool of worker processes: a bounded line, one process per slot, a wall limit per task.

A process that hangs or crashes is killed and costs one task a clear failure; its neighbours and the API do not notice. A later
durable engine takes the place of the line, not of the processes.
"""

import multiprocessing
import os
import threading
import time
from collections.abc import Mapping
from concurrent.futures import InvalidStateError
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from jobs.engine.job_queue import JobQueue, QueuedTask
from jobs.engine.worker_process import Task, serve
from jobs.faults import JobError, JobFault
from jobs.records.pack_id import is_pack_id

_OPENING_SECONDS = 120.0
_PAUSE_AFTER_FAILED_START = 1.0
_CLOSING_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLimits:
    """How many at once, how many waiting in all and per tenant, after how many tasks a process is replaced, how it opens."""

    slots: int = 2
    waiting: int = 1000
    waiting_per_tenant: int = 100
    tasks_per_process: int = 200
    opening: Mapping[str, int | str] = field(default_factory=dict)
    """What the workshop of each process is opened with, such as the least level of its guard."""


class _Process:
    """One worker process and our end of its pipe."""

    def __init__(self, open_workshop: str, opening: Mapping[str, int | str]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, os.getpid(), open_workshop, opening), daemon=True)
        self._process.start()
        theirs.close()
        self.tasks = 0
        self.killed = False

    def opened(self) -> bool:
        """Wait until its workshop is open; false when it cannot be."""
        try:
            return self.connection.poll(_OPENING_SECONDS) and self.connection.recv()[0] == "ready"
        except (EOFError, OSError):
            return False

    def kill(self) -> None:
        """End it at once."""
        self.killed = True
        self._process.kill()

    def clear(self) -> None:
        """End it and let go of everything it held."""
        self._process.kill()
        self._process.join()
        self.connection.close()


class _Slot:
    """One thread that feeds one process. The thread lives as long as the pool: its end would end the process."""

    def __init__(self, open_workshop: str, line: JobQueue, limits: PoolLimits) -> None:
        self._open_workshop = open_workshop
        self._line = line
        self._limits = limits
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self.ticket: QueuedTask | None = None
        self.ready = False
        self.closing = False
        self.thread = threading.Thread(target=self._live, daemon=True)

    def end(self, ticket: QueuedTask) -> None:
        """Kill the process if it is doing ``ticket``."""
        with self._lock:
            if self.ticket is ticket and self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Kill the process, whatever it does."""
        with self._lock:
            self.closing = True
            if self._process is not None:
                self._process.kill()

    def _live(self) -> None:
        while not self.closing:
            if not self._open():
                continue
            ticket = self._line.take()
            if ticket is None:
                break
            self._work(ticket)
        self._clear()

    def _open(self) -> bool:
        if self._process is not None:
            return True
        process = _Process(self._open_workshop, self._limits.opening)
        with self._lock:
            self._process = process
        self.ready = process.opened()
        if not self.ready:
            self._clear()
            if not self.closing:
                time.sleep(_PAUSE_AFTER_FAILED_START)
        return self.ready

    def _clear(self) -> None:
        with self._lock:
            process, self._process, self.ready = self._process, None, False
        if process is not None:
            process.clear()

    def _work(self, ticket: QueuedTask) -> None:
        assert self._process is not None
        with self._lock:
            self.ticket = ticket
            ticket.begin()
        process = self._process
        trouble: JobError | None = None
        answer: object = None
        try:
            answer = JobError(code=ticket.ended_by) if ticket.ended_by else _converse(process.connection, ticket)
        except (EOFError, OSError):
            trouble = JobError(code=ticket.ended_by or "job-crashed")
        except JobFault as fault:
            trouble = JobError.of(fault)
        with self._lock:
            self.ticket = None
            process.tasks += 1
            spent = process.killed or process.tasks >= self._limits.tasks_per_process
        if trouble is not None or spent:
            self._clear()
        trouble = answer if isinstance(answer, JobError) else trouble
        settle(ticket, trouble.error() if trouble else None, answer)


def _converse(connection: Connection, ticket: QueuedTask) -> object:
    """Send the task and listen until its answer (a value, or a ``JobError``).

    Raises:
        JobFault: ``job-timeout``.
        EOFError: the process died.
    """
    end = time.monotonic() + ticket.task.seconds
    connection.send(ticket.task)
    while connection.poll(max(0.0, end - time.monotonic())):
        what, value = connection.recv()
        if what != "progress":
            return value
        ticket.advance(*value)
    raise JobFault("job-timeout", seconds=int(ticket.task.seconds))


def settle(ticket: QueuedTask, error: Exception | None, answer: object = None) -> None:
    """End the ticket's future, unless it has ended."""
    try:
        if error is not None:
            ticket.future.set_exception(error)
        else:
            ticket.future.set_result(answer)
    except InvalidStateError:
        return


class WorkerPool:
    """Does tasks in processes of their own. Start it, submit to it, close it."""

    def __init__(self, open_workshop: str, limits: PoolLimits = PoolLimits()) -> None:
        self._line = JobQueue(length=limits.waiting, per_tenant=limits.waiting_per_tenant)
        self._slots = [_Slot(open_workshop, self._line, limits) for _ in range(limits.slots)]
        self._tickets: dict[str, QueuedTask] = {}
        self._closed = False
        self.started = False
        """Whether there are processes that take work, or there were."""

    def start(self) -> None:
        """Start every slot; returns at once, processes open their workshops meanwhile."""
        self.started = True
        for slot in self._slots:
            slot.thread.start()

    @property
    def ready(self) -> int:
        """How many processes have opened their workshop."""
        return sum(slot.ready for slot in self._slots)

    @property
    def waiting(self) -> int:
        """How many tasks wait."""
        return len(self._line)

    @property
    def running(self) -> int:
        """How many tasks are being done."""
        return sum(slot.ticket is not None for slot in self._slots)

    def room(self, tenant: str) -> None:
        """Raise ``Busy`` when a task of ``tenant`` would find no place; ask before storing anything."""
        self._line.room(tenant)

    def left(self, tenant: str) -> int:
        """How many more tasks of ``tenant`` would find a place."""
        return self._line.left(tenant)

    def submit(self, task: Task) -> QueuedTask:
        """Put ``task`` in line. Whether there is room was asked before; what was accepted is never refused."""
        ticket = QueuedTask(task)
        self._tickets[task.id] = ticket
        ticket.future.add_done_callback(lambda _: self._tickets.pop(task.id, None))
        self._line.put(ticket)
        if self._closed:
            self.cancel(task.id, "job-stopped")
        return ticket

    @property
    def closed(self) -> bool:
        """Whether it was told to end."""
        return self._closed

    @property
    def pack_ids(self) -> list[str]:
        """The packs that wait or run here."""
        return [task_id for task_id in list(self._tickets) if is_pack_id(task_id)]

    def ticket(self, task_id: str) -> QueuedTask | None:
        """The task with this id while it waits or runs."""
        return self._tickets.get(task_id)

    def cancel(self, task_id: str, code: str = "job-cancelled") -> bool:
        """End a task, waiting or running; false when it is not here (any more)."""
        ticket = self._tickets.get(task_id)
        if ticket is None:
            return False
        ticket.ended_by = code
        if self._line.remove(ticket):
            settle(ticket, JobFault(code))
        for slot in self._slots:
            slot.end(ticket)
        return True

    def close(self) -> None:
        """End every task with ``job-stopped`` and every process; what was accepted is done again at the next start."""
        self._closed = True
        self._line.close()
        for task_id in list(self._tickets):
            self.cancel(task_id, "job-stopped")
        for slot in self._slots:
            slot.close()
        for slot in self._slots:
            slot.thread.join(timeout=_CLOSING_SECONDS)
