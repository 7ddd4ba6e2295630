"""The durable engine: DBOS Transact, wrapped. It remembers which work was begun and gives it to a worker until it is done.

Jobs are named in our own tables before the engine hears of them, and their results are recorded there; the engine decides only who
does what when. So its jobs are one function each, without steps of its own: done again they find what is done already.

DBOS 3.4 recovers the work of a lost process only under that process's own name; ``recover`` does it for any name and uses a private
call of the library for it. The version is pinned, and a test covers the call.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID, run_dbos_database_migrations
from dbos._migration import sqlite_migrations  # how new a file may be is told nowhere else
from sqlalchemy import make_url

from casefile.turn import rank
from jobs.faults import JobFault, StorageFault
from jobs.records.opening import usable_file

NAME = "evidence-packer"
VERSION = "1"
"""Raised only when what a job means changes; workers of another version leave the job alone."""

PACKS, URGENT, BATCHES, ROWS = "packs-of-tenants", "urgent", "batches-of-tenants", "rows-of-tenants"
"""All but ``URGENT`` are parted by tenant: whoever has much waiting holds nobody else up. What an earlier release left in queues of
other names is done all the same, since every process listens to every queue that the engine's tables name."""

_TENANTS = 4
"""So many tenants may have their share of a process at once; which comes next is decided by ``jobs/engine/job_queue.py``."""

_LOCK_SECONDS = 3.0
_TABLES = {"workflow_status", "operation_outputs", "queues"}
"""Tables of the library that the service cannot do without."""

_MOST_RECOVERIES = 1_000
_ACTIVE = ["PENDING", "ENQUEUED", "DELAYED"]
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker can do: a pack, a batch before and after its rows, some rows of a batch by their numbers."""

    pack: Callable[[str, str, bool], str]
    batch: Callable[[str, str], str]
    rows: Callable[[str, str, tuple[int, ...]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRun:
    """Rows of a batch that are done one after the other: its place among the runs, when its first row is due, their numbers."""

    place: int
    turn: str
    numbers: tuple[int, ...]


class _Stopping(BaseException):
    """The process ends in order: the engine must neither record a result nor an error, so that another takes the job."""


_here: list[Work] = []


@contextlib.contextmanager
def _unfinished_when_stopped() -> Iterator[None]:
    try:
        yield
    except JobFault as fault:
        if fault.code == "job-stopped":
            raise _Stopping from None
        raise


@DBOS.workflow(name="pack", max_recovery_attempts=_MOST_RECOVERIES)
def _pack(tenant: str, pack_id: str, urgent: bool) -> str:  # positional in the engine's tables
    with _unfinished_when_stopped():
        return _here[-1].pack(tenant, pack_id, urgent)


@DBOS.workflow(name="batch", max_recovery_attempts=_MOST_RECOVERIES)
def _batch(tenant: str, batch_id: str) -> str:
    with _unfinished_when_stopped():
        return _here[-1].batch(tenant, batch_id)


def latest_jobs(url: str, most: int) -> list[str]:
    """The names of the jobs that an engine begun last, read beside it; nothing is changed."""
    parsed = make_url(url)
    server = parsed.get_backend_name() != "sqlite"
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False) if server else url
    client = DBOSClient(system_database_url=plain, application_name=NAME)
    try:
        found = client.list_workflows(sort_desc=True, limit=most, load_input=False, load_output=False)
        return [one.workflow_id for one in found]
    finally:
        client.destroy()


@DBOS.workflow(name="rows", max_recovery_attempts=_MOST_RECOVERIES)
def _rows(tenant: str, batch_id: str, *numbers: int) -> None:
    with _unfinished_when_stopped():
        _here[-1].rows(tenant, batch_id, numbers)


class Engine:
    """The engine of one process. ``launch`` makes it a worker; without it, it only hands out work.

    There is one worker engine in a process: the library keeps its own global state.
    """

    def __init__(self, url: str, executor: str) -> None:
        self.executor = executor
        parsed = make_url(url)
        self._url = (
            url
            if parsed.get_backend_name() == "sqlite"
            else str(parsed.set(drivername="postgresql").render_as_string(hide_password=False))
        )
        usable_engine(url)
        if parsed.get_backend_name() == "sqlite":
            _write_ahead(Path(str(parsed.database)))
        run_dbos_database_migrations(self._url)
        self._client = DBOSClient(system_database_url=self._url, application_name=NAME)
        self._worker = False

    def launch(self, work: Work, slots: int) -> None:
        """Begin to take work."""
        _here.append(work)
        config: DBOSConfig = {
            "name": NAME,
            "system_database_url": self._url,
            "application_version": VERSION,
            "executor_id": self.executor,
            "log_level": "ERROR",
            "enable_otlp": False,
            "run_migrations": False,
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 5.0,
        }
        DBOS(config=config)
        DBOS.launch()
        for name, at_once, poll in (
            (PACKS, slots + 1, 1.0),  # the next one is there before the last one's process is free
            (ROWS, 2, 0.5),  # the same for runs of rows, each of which keeps the processes busy
            (BATCHES, 2, 0.5),
        ):
            DBOS.register_queue(
                name, partition_worker_concurrency=at_once, worker_concurrency=_TENANTS * at_once,
                polling_interval_sec=poll, on_conflict="always_update",
            )  # fmt: skip
        DBOS.register_queue(
            URGENT, worker_concurrency=2 * slots, polling_interval_sec=0.25, on_conflict="always_update"
        )
        self._worker = True

    def pack(self, tenant: str, pack_id: str, urgent: bool, turn: str, again: int = 0) -> None:
        """Have a pack made, what is due first (``turn``) before the others of its tenant; asked twice it is made once.

        Somebody who waits is served here at once, if this is a worker.
        """
        name = f"{pack_id}.{again}" if again else pack_id
        if urgent and self._worker:
            with SetWorkflowID(name):
                DBOS.start_workflow(_pack, tenant, pack_id, urgent)
            return
        options = _options("pack", name, URGENT) if urgent else _options("pack", name, PACKS, tenant, turn)
        self._client.enqueue(options, tenant, pack_id, urgent)

    def batch(self, tenant: str, batch_id: str, start: str) -> None:
        """Have a batch planned, or ended; ``start`` names why, so that asked twice it is done once."""
        self._client.enqueue(_options("batch", f"{batch_id}.{start}", BATCHES, tenant), tenant, batch_id)

    def rows(self, tenant: str, batch_id: str, run: RowRun, start: str) -> None:
        """Have a run of rows of a batch done in its turn; ``start`` as for a batch."""
        options = _options("rows", f"{batch_id}.{start}.{run.place}", ROWS, tenant, run.turn)
        self._client.enqueue(options, tenant, batch_id, *run.numbers)

    def active(self, names: Iterable[str]) -> set[str]:
        """Which of these jobs wait or run."""
        wanted = list(names)
        if not wanted:
            return set()
        found = self._client.list_workflows(workflow_ids=wanted, status=_ACTIVE, load_input=False, load_output=False)
        return {one.workflow_id for one in found}

    def working_on(self, target_id: str) -> bool:
        """Whether a job whose name begins with this id waits or runs."""
        found = self._client.list_workflows(
            workflow_id_prefix=target_id, status=_ACTIVE, limit=1, load_input=False, load_output=False
        )
        return bool(found)

    def latest(self, most: int) -> list[str]:
        """The names of the jobs that were begun last, whatever became of them."""
        found = self._client.list_workflows(sort_desc=True, limit=most, load_input=False, load_output=False)
        return [one.workflow_id for one in found]

    def executors(self) -> set[str]:
        """The processes that hold begun work, living or not."""
        found = self._client.list_workflows(status="PENDING", load_input=False, load_output=False)
        return {one.executor_id for one in found if one.executor_id}

    def recover(self, executors: list[str]) -> int:
        """Take over the work of processes that are gone; how many jobs."""
        return len(DBOS._recover_pending_workflows(executors))  # noqa: SLF001  # see the module's text

    def purge(self, before: str) -> int:
        """Forget jobs that ended before this time (ISO 8601); how many."""
        found = self._client.list_workflows(
            status=_ENDED, completed_before=before, limit=5_000, load_input=False, load_output=False
        )
        if found:
            self._client.delete_workflows([one.workflow_id for one in found])
        return len(found)

    def close(self) -> None:
        """Take no more work and let go of the database; what was begun and not ended is taken over by others."""
        if self._worker:
            DBOS.destroy(workflow_completion_timeout_sec=0)
            _here.clear()
            self._worker = False
        self._client.destroy()


def _options(workflow: str, name: str, queue: str, tenant: str = "", turn: str = "") -> EnqueueOptions:
    """How a job is enqueued: in the part of its tenant where the queue is parted, by its turn where it has one."""
    options: EnqueueOptions = {
        "workflow_name": workflow, "workflow_id": name, "queue_name": queue, "app_version": VERSION
    }  # fmt: skip
    if tenant:
        options["queue_partition_key"] = tenant
    if turn:
        options["priority"] = rank(turn)
    return options


def usable_engine(url: str) -> None:
    """Judge the engine's own file, where it is one, before the library opens it: that tries again without end.

    Raises:
        StorageFault: ``database-damaged``, ``database-newer``, ``data-locked``, ``data-not-writable``.
        Busy: ``disk-full``.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return
    path = Path(str(parsed.database))
    usable_file(path)
    if path.exists():
        _known_tables(path)


def _known_tables(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, timeout=_LOCK_SECONDS)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        if "dbos_migrations" not in tables:
            if tables:
                raise StorageFault("database-damaged", file=str(path))
            return
        version = (connection.execute("SELECT version FROM dbos_migrations").fetchone() or (0,))[0]
    if version > len(sqlite_migrations):
        raise StorageFault("database-newer", file=str(path))
    if version == len(sqlite_migrations) and not tables >= _TABLES:
        raise StorageFault("database-damaged", file=str(path))


def _write_ahead(path: Path) -> None:
    """The library leaves SQLite's journal as it is; with a write-ahead log readers do not wait for writers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
