"""The wiring: one service with its data, store, workers and packs; started and closed with the application."""

import datetime as dt
import fcntl
import shutil
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from starlette.requests import Request

from api.duties import Duties
from api.metrics import Metrics
from api.request.bodies import BodyDesk
from api.request.gate import Gate
from api.request.language import choose
from api.request.session import Sessions
from api.request.uploads import spool
from api.settings import Settings, SettingsFault, is_loopback, prepare_fonts
from casefile.discovery import load_house
from casefile.house import House
from casefile.wording import Catalog
from evidence_packer.judge.known_checks import checks, refuse_untold
from jobs.batch.batch_rows import RowWork
from jobs.batch.batches import Batches
from jobs.engine.job_functions import JobFunctions
from jobs.engine.job_queue import QueuedTask
from jobs.engine.liveness import Liveness
from jobs.engine.packs import Packs
from jobs.engine.periodic import PeriodicWork
from jobs.engine.recall import Memory
from jobs.engine.tasks import DESCRIBE
from jobs.engine.worker_process import Task
from jobs.engine.workers import PoolLimits, WorkerPool
from jobs.erasing import Erasing
from jobs.faults import Busy, StorageFault
from jobs.notify.hooks import Hooks
from jobs.notify.notifications import News
from jobs.notify.reminders import Reminders
from jobs.people_erasing import PeopleErasing
from jobs.records.api_keys import ApiKeys
from jobs.records.database import Database
from jobs.records.drafts import DraftLimits, Drafts
from jobs.records.ended_sessions import EndedSessions
from jobs.records.insights import Insights
from jobs.records.keys import Keys
from jobs.records.ledger import Ledger
from jobs.records.opening import usable_folder
from jobs.records.reading_cache import ReadingCache
from jobs.records.store import Store
from jobs.retention import Retention
from reading.guarded.guard import ESCAPES, GuardLevel, level_here

if TYPE_CHECKING:
    from jobs.dispatch import Dispatch
    from jobs.traces import Traces

_TRY_AGAIN = 15


def _house() -> House:
    """The data folders, once every finding of every check can be told."""
    house = load_house()
    refuse_untold(checks(), house.catalogs.of("en"))
    return house


class Service:
    """Everything the routes need. Data folders are read when it is made; processes start with ``start``."""

    def __init__(self, settings: Settings, trade: JobFunctions) -> None:
        usable_folder(settings.data.resolve())
        self.settings = settings
        self.trade = trade
        self.house = _house()
        self.metrics = Metrics()
        self.bodies = BodyDesk()
        self.traces = self._opened_traces()
        self.streams = 0
        """How many clients follow something now."""
        self.ending: Callable[[], bool] = lambda: False
        """Whether the server is about to end: then streams end too."""
        self.store = Store(settings.objects_url)
        limits = PoolLimits(
            slots=settings.slots, waiting=settings.queue, waiting_per_tenant=settings.queue_per_tenant,
            opening={"guard_level": settings.guard_level},
        )  # fmt: skip
        self.pool = WorkerPool(trade.open_workshop, limits)
        self.database = Database(settings.database_url)
        self.keys = Keys(self.database)
        self.api_keys, self.ended = ApiKeys(self.database), EndedSessions(self.database)
        self.sessions = Sessions(settings.data)
        self.gate = Gate(settings.keys, self.api_keys, self.sessions, self.ended)
        self.packs = Packs(Ledger(self.database), self.store, self.pool, trade, seconds=settings.job_seconds)
        if self.traces is not None:
            self.packs.on_attempt = self._traced
        self.memory = Memory(self.packs)
        self.insights = Insights(self.database)
        self.drafts = Drafts(self.database, self.store, DraftLimits(files=settings.files))
        self.batches = Batches(self.database, self.store, self.pool, settings.slots)
        self.looks = ReadingCache(self.store)
        self.erasing = Erasing(self.database, self.packs, self.batches)
        self.people = PeopleErasing(erasing=self.erasing, drafts=self.drafts)
        self.erasing.on_erased.append(self.memory.forget)
        self.drafts.on_gone.append(self.looks.forget_draft)
        self.batches.after = self.erasing.refresh
        self.retention = Retention(
            database=self.database, erasing=self.erasing, drafts=self.drafts, keys=self.keys, pack_days=settings.pack_days,
            days_of=settings.days, ending=lambda: self.pool.closed,
        )  # fmt: skip
        self.rows = RowWork(batches=self.batches, packs=self.packs, house=self.house)
        self.batches.do_rows = self.rows.do
        self.hooks = Hooks(self.database)
        self.reminders = Reminders(database=self.database, hooks=self.hooks)
        news = News(hooks=self.hooks, reminders=self.reminders)
        news.follow(self.packs.ledger)
        self.batches.ledger.on_end.append(news.batch_ended)
        self.executor = uuid.uuid4().hex
        self.liveness = Liveness(self.database, settings.data.resolve(), self.executor, settings.silent_seconds)
        self.metrics.watch(self._gauges, self.packs.ledger.counts)
        self.refuse_open_door(settings.host)
        self.spread: Dispatch | None = None
        self.guard: Future[Any] | None = None
        self.level: GuardLevel | None = None
        """How locked down a guarded child is here; known once it was checked."""
        self._keepers: list[PeriodicWork] = []
        self._lock: IO[bytes] | None = None

    def refuse_open_door(self, address: str) -> None:
        """Refuse to listen beyond this machine without a key in force, in the settings or in the database.

        Raises:
            SettingsFault: ``key-needed``.
            StorageFault: see ``open_database``.
        """
        if self.settings.role == "worker" or self.settings.keys or is_loopback(address):
            return
        self.open_database()
        if not self.api_keys.in_force():
            raise SettingsFault("key-needed")

    def _opened_traces(self) -> "Traces | None":
        if not self.settings.traces:
            return None
        from jobs.traces import Traces  # noqa: PLC0415  # costs a service without a collector nothing

        about = {"service.name": "evidence-packer", "service.version": version("evidence-packer")}
        return Traces(self.settings.traces, {**about, "service.role": self.settings.role})

    def _traced(self, ticket: QueuedTask) -> None:
        assert self.traces is not None
        self.traces.attempt(ticket, self.packs.shelf(ticket.task.tenant, ticket.task.id).accepted())

    def take_data(self) -> None:
        """Take the data folder, alone where one process does everything, together with others where roles are split.

        Raises:
            StorageFault: ``data-in-use``: another service works in it.
            SettingsFault: ``secret-damaged``: what signs sessions is not whole.
        """
        if self._lock is not None:
            return
        if self.settings.role != "worker":
            self.sessions.prepare()
        data = self.settings.data.resolve()
        lock = (data / "service.lock").open("ab")
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if self.alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise StorageFault("data-in-use") from None
        self._lock = lock

    def check_guard(self) -> None:
        """Try what a guarded child is refused on this machine, once.

        Raises:
            GuardTooWeak: less than the settings ask for; nothing uploaded may be opened here.
            GuardUnavailable: no child could be started.
        """
        if self.level is None:
            self.level = level_here(self.settings.guard_level)

    def open_database(self) -> None:
        """Bring the database to this release; what is damaged, newer, locked or missing stays as it is.

        Raises:
            StorageFault, Busy: see ``Database.migrate``.
        """
        objects = self.settings.objects_url
        self.database.migrate(Path(objects.removeprefix("file://")) if objects.startswith("file://") else None)

    @property
    def alone(self) -> bool:
        """Whether this process does everything itself."""
        return self.settings.role == "all"

    def start(self) -> None:
        """Take the data folder, start the workers, and go on with what was not finished.

        Raises:
            StorageFault: see ``take_data`` and ``open_database``.
            GuardUnavailable: see ``check_guard``.
        """
        self.check_guard()
        self.take_data()
        if self.alone:
            shutil.rmtree(spool(self.settings), ignore_errors=True)
            self.store.clear_unfinished()
        try:
            self.open_database()
        except Exception:
            self._let_go()
            raise
        self.gate.settle()
        prepare_fonts(self.settings.data)
        self.pool.start()
        self.guard = self.pool.submit(Task(id="describe", tenant="", run=DESCRIBE, urgent=True)).future
        if self.settings.engine == "durable":
            self._spread()
        else:
            self.packs.resume()
            self.batches.resume()
        self._keepers = [PeriodicWork(group) for group in self._duties().groups()]
        for keeper in self._keepers:
            keeper.start()

    def _duties(self) -> Duties:
        return Duties(
            settings=self.settings, house=self.house, retention=self.retention, hooks=self.hooks, reminders=self.reminders,
            liveness=self.liveness, spread=self.spread, resume=self._resume_waiting, forget=self._forget,
        )  # fmt: skip

    def _forget(self) -> None:
        """Let go of what this process remembers of drafts that another one removed."""
        for draft_id in self.drafts.gone(self.looks.drafts):
            self.looks.forget_draft(draft_id)

    def _spread(self) -> None:
        from jobs.dispatch import Dispatch  # noqa: PLC0415  # as above
        from jobs.engine.engine import Engine  # noqa: PLC0415  # costs the start of a service that does without it nothing

        settings = self.settings
        self.liveness.begin(settings.role, settings.slots)
        self.spread = Dispatch(
            engine=Engine(settings.engine_url, self.executor), packs=self.packs, batches=self.batches, rows=self.rows,
            pool=self.pool, liveness=self.liveness,
        )  # fmt: skip
        self.spread.connect()
        if settings.role != "api":
            self.spread.work(settings.slots)

    def _resume_waiting(self) -> int:
        return self.packs.resume_waiting() + self.batches.resume()

    def close(self) -> None:
        """End the workers; unfinished packs are done at the next start, or by other workers."""
        for keeper in self._keepers:
            keeper.close()
        self.bodies.close()
        self.pool.close()
        self.batches.join(5)
        if self.spread is not None:
            self.spread.engine.close()
            self.liveness.end()
        if self.traces is not None:
            self.traces.close()
        self._let_go()

    def _let_go(self) -> None:
        """Let others have database and data folder."""
        self.database.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def room(self, tenant: str) -> None:
        """Say no now, before anything is read or kept, when a job of ``tenant`` would find no place.

        Raises:
            Busy: 429 when the tenant has too much waiting, 503 when everybody has.
        """
        self.pool.room(tenant)
        if self.spread is not None:
            everybody, mine = self.packs.ledger.waiting(tenant)
            if everybody >= self.settings.queue:
                raise Busy("queue-full", status=503, retry_after=_TRY_AGAIN)
            if mine >= self.settings.queue_per_tenant:
                raise Busy("queue-full-for-you", status=429, retry_after=_TRY_AGAIN)

    def engine_works(self) -> bool:
        """Whether somebody takes work: this process, or a worker elsewhere that showed itself lately."""
        if self.spread is None:
            return True
        return self.settings.role != "api" or any(one["role"] != "api" for one in self.liveness.living())

    def guard_told(self) -> dict[str, Any]:
        """The guard's level here, the least that is asked for, and the ways out that are open (none from level 3 on)."""
        told = self.described()
        level = told.get("guard_level", self.level.number if self.level else 0)
        held = set(told.get("refused", self.level.refused if self.level else ()))
        return {
            "guard_level": level,
            "guard_least": self.settings.guard_level,
            "guard_open": [name for name in ESCAPES if name not in held],
        }

    def guard_works(self) -> bool:
        """Whether uploads may be opened here; not when a worker could not say so."""
        broken = self.guard is not None and self.guard.done() and self.guard.exception() is not None
        return not broken and self.guard_told()["guard_level"] >= self.settings.guard_level

    def fonts_work(self) -> bool:
        """Whether the fonts of the documents are here, Chinese ones among them."""
        return any((self.house.fonts).glob("*.*tf"))

    def _gauges(self) -> dict[str, float]:
        """What ``/metrics`` measures when it is asked."""
        found: dict[str, float] = {
            "tasks_waiting": self.pool.waiting,
            "tasks_running": self.pool.running,
            "workers_ready": self.pool.ready,
            "disk_free_bytes": shutil.disk_usage(self.settings.data.resolve()).free,
        }
        found["erasing_due"], found["erasing_oldest_seconds"] = self.retention.backlog()
        found["erasing_objects_due"] = self.erasing.removals.waiting()
        if self.spread is not None:
            living = self.liveness.living()
            found["processes"] = len(living)
            found["slots"] = sum(one["slots"] for one in living if one["role"] != "api")
            found["batch_rows_waiting"] = self.batches.ledger.rows_waiting()
        return found

    def described(self) -> dict[str, Any]:
        """What a worker said about itself (``guard_level`` and the probes refused), empty until it did."""
        if self.guard is None or not self.guard.done() or self.guard.exception() is not None:
            return {}
        found: dict[str, Any] = self.guard.result()
        return found


def service_of(request: Request) -> Service:
    """The service behind a request."""
    found: Service = request.app.state.service
    return found


def tenant_of(request: Request) -> str:
    """Whose request it is."""
    return str(request.state.tenant)


def catalog_of(request: Request) -> Catalog:
    """The texts in the language this request asks for."""
    house = service_of(request).house
    return choose(house.catalogs, request.query_params.get("lang"), request.headers.get("accept-language"))


def now() -> dt.datetime:
    """The clock of this service, in UTC to the second."""
    return dt.datetime.fromtimestamp(int(time.time()), dt.UTC)
