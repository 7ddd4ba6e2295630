"""The wiring: one service with its data, store, workers and packs; started and closed with the application."""

import datetime as dt
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from starlette.requests import Request

from api.connected import connected
from api.data_folder import DataFolder, judge_engine
from api.duties import Duties
from api.gauges import Gauges
from api.guard_state import GuardState
from api.metrics import Metrics
from api.ocr_choice import chosen_ocr
from api.request.bodies import BodyDesk
from api.request.gate import Gate
from api.request.language import choose
from api.request.session import Sessions
from api.request.uploads import spool
from api.room import Room
from api.settings import Settings, SettingsFault, is_loopback, prepare_fonts
from api.tracing import opened_traces
from casefile.discovery import load_house
from casefile.wording import Catalog
from evidence_packer.judge.known_checks import checks, refuse_untold
from jobs.batch.batch_rows import RowsWorker
from jobs.batch.batches import Batches
from jobs.engine.job_functions import JobFunctions
from jobs.engine.job_queue import QueuedTask
from jobs.engine.liveness import Liveness
from jobs.engine.packs import Packs
from jobs.engine.periodic import PeriodicWork
from jobs.engine.recall import Memory
from jobs.engine.workers import PoolLimits, WorkerPool
from jobs.erasing import Erasing
from jobs.notify.hooks import Hooks
from jobs.notify.notifications import News
from jobs.notify.reminders import Reminders
from jobs.people_erasing import PeopleErasing
from jobs.records.api_keys import ApiKeys
from jobs.records.database import Database
from jobs.records.drafts import DraftLimits, Drafts
from jobs.records.ended_sessions import EndedSessions
from jobs.records.event_log import EventLog
from jobs.records.insights import Insights
from jobs.records.keys import Keys
from jobs.records.ledger import PackLedger
from jobs.records.opening import usable_folder
from jobs.records.reading_cache import ReadingCache
from jobs.records.store import Store
from jobs.retention import Retention

if TYPE_CHECKING:
    from jobs.dispatch import Dispatch

log = structlog.get_logger("service")


class Service:
    """Everything the routes need. Data folders are read when it is made; processes start with ``start``."""

    def __init__(self, settings: Settings, trade: JobFunctions) -> None:
        usable_folder(settings.data.resolve())
        self.settings, self.trade = settings, trade
        self.house = load_house()
        refuse_untold(checks(), self.house.catalogs.of("en"))
        self.metrics, self.bodies = Metrics(), BodyDesk()
        self.traces = opened_traces(settings)
        self.streams = 0
        """How many clients follow something now."""
        self.ending: Callable[[], bool] = lambda: False
        """Whether the server is about to end: then streams end too."""
        self.guard = GuardState(settings.guard_level)
        self.dispatch: Dispatch | None = None
        self._periodic: list[PeriodicWork] = []
        self._folder = DataFolder(settings.data)
        self._open_records(settings)
        self._open_work(settings)
        self._open_erasing(settings)
        self._open_notifications()
        self.exchange = connected(settings, self.drafts, self.database, self.house)
        gauges = Gauges(
            pool=self.pool, data=settings.data.resolve(), retention=self.retention, erasing=self.erasing,
            liveness=self.liveness, batches=self.batches,
            ledger=self.packs.ledger, hooks=self.hooks, shared=lambda: self.dispatch is not None,
        )  # fmt: skip
        self.metrics.watch(gauges.read, self.packs.ledger.counts)
        self.refuse_open_door(settings.host)

    def _open_records(self, settings: Settings) -> None:
        """What is kept, and who may come in."""
        self.store = Store(settings.objects_url)
        self.database = Database(settings.database_url)
        self.keys = Keys(self.database)
        self.api_keys, self.ended = ApiKeys(self.database), EndedSessions(self.database)
        self.sessions = Sessions(settings.data)
        self.gate = Gate(settings.keys, self.api_keys, self.sessions, self.ended)
        self.insights, self.events = Insights(self.database), EventLog(self.database)
        self.drafts = Drafts(self.database, self.store, DraftLimits(files=settings.files))
        self.looks = ReadingCache(self.store)
        self.drafts.on_gone.append(self.looks.forget_draft)

    def _open_work(self, settings: Settings) -> None:
        """Workers, packs and batches."""
        limits = PoolLimits(
            slots=settings.slots, waiting=settings.queue, waiting_per_tenant=settings.queue_per_tenant,
            opening={"guard_level": settings.guard_level, "ocr": chosen_ocr(settings)},
        )  # fmt: skip
        self.pool = WorkerPool(self.trade.open_workshop, limits)
        self.packs = Packs(PackLedger(self.database), self.store, self.pool, self.trade, seconds=settings.job_seconds)
        self.packs.on_attempt = self._attempted
        self.memory = Memory(self.packs)
        self.places = Room(self.pool, self.packs.ledger, settings.queue, settings.queue_per_tenant)
        self.batches = Batches(self.database, self.store, self.pool, settings.slots)
        self.rows = RowsWorker(batches=self.batches, packs=self.packs, house=self.house)
        self.batches.do_rows = self.rows.do
        self.executor = uuid.uuid4().hex
        self.liveness = Liveness(self.database, settings.data.resolve(), self.executor, settings.silent_seconds)

    def _open_erasing(self, settings: Settings) -> None:
        """What ends the life of packs, batches and people's data."""
        self.erasing = Erasing(self.database, self.packs, self.batches)
        self.people = PeopleErasing(erasing=self.erasing, drafts=self.drafts)
        self.erasing.on_erased.append(self.memory.forget)
        self.batches.after = self.erasing.refresh
        self.retention = Retention(
            database=self.database, erasing=self.erasing, drafts=self.drafts, keys=self.keys, pack_days=settings.pack_days,
            days_of=settings.days, ending=lambda: self.pool.closed,
        )  # fmt: skip

    def _open_notifications(self) -> None:
        """Webhooks and reminders, and what sets them off."""
        self.hooks = Hooks(self.database)
        self.reminders = Reminders(database=self.database, hooks=self.hooks)
        news = News(hooks=self.hooks, reminders=self.reminders)
        news.follow(self.packs.ledger)
        self.batches.ledger.on_end.append(news.batch_ended)

    def refuse_open_door(self, address: str) -> None:
        """Refuse to listen beyond this machine without a key in force, in the settings or in the database.

        Raises:
            SettingsFault: ``key-needed``.
            StorageFault: see ``open_database``.
        """
        if self.settings.role == "worker" or self.settings.keys or is_loopback(address):
            return
        self.open_database()
        known = self.api_keys.in_force()
        self.database.close()  # it is taken for good with the data folder
        if not known:
            raise SettingsFault("key-needed")

    def _attempted(self, ticket: QueuedTask) -> None:
        self.metrics.attempt(ticket)
        if self.traces is not None:
            self.traces.attempt(ticket, self.packs.shelf(ticket.task.tenant, ticket.task.id).accepted())

    def take_data(self) -> None:
        """Take the data folder, alone where one process does everything, together with others where roles are split.

        Raises:
            StorageFault: ``data-in-use``: another service works in it; see ``open_database``, as for the engine's file.
            SettingsFault: ``secret-damaged``: what signs sessions is not whole.
        """
        if self._folder.taken:
            return
        if self.settings.role != "worker":
            self.sessions.prepare()
        with self._folder.taking(alone=self.alone):
            self.open_database()
            judge_engine(self.settings)

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
        """Take the data folder, start the workers, and go on with what was not finished; once.

        Raises:
            StorageFault: see ``take_data`` and ``open_database``.
            GuardUnavailable: see ``GuardState.check``.
        """
        if self._periodic:
            return
        self.guard.check()
        self.take_data()
        if self.alone:
            shutil.rmtree(spool(self.settings), ignore_errors=True)
            self.store.clear_unfinished()
        self.gate.settle()
        prepare_fonts(self.settings.data)
        self.pool.start()
        self.guard.ask(self.pool)
        if self.settings.engine == "durable":
            self._spread()
        else:
            self.packs.resume()
            self.batches.resume()
        self._periodic = [PeriodicWork(group) for group in self._duties().groups()]
        for one in self._periodic:
            one.start()

    def _duties(self) -> Duties:
        return Duties(
            settings=self.settings, house=self.house, retention=self.retention, hooks=self.hooks, reminders=self.reminders,
            liveness=self.liveness, dispatch=self.dispatch, resume=self._resume_waiting, forget=self._forget,
        )  # fmt: skip

    def _forget(self) -> None:
        """Let go of what this process remembers of drafts that another one removed."""
        for draft_id in self.drafts.gone(self.looks.drafts):
            self.looks.forget_draft(draft_id)

    def _spread(self) -> None:
        from jobs.dispatch import Dispatch  # noqa: PLC0415  # costs a service without it nothing
        from jobs.engine.engine import Engine  # noqa: PLC0415  # as above

        settings = self.settings
        self.liveness.begin(settings.role, settings.slots)
        self.dispatch = Dispatch(
            engine=Engine(settings.engine_url, self.executor), packs=self.packs, batches=self.batches, rows=self.rows,
            pool=self.pool, liveness=self.liveness,
        )  # fmt: skip
        self.dispatch.connect()
        if strays := self.dispatch.without_rows():
            log.error("database-older-than-jobs", jobs=strays)  # told, not refused: whoever put a copy back knows why
        if settings.role != "api":
            self.dispatch.work(settings.slots)

    def _resume_waiting(self) -> int:
        return self.packs.resume_waiting() + self.batches.resume()

    def close(self) -> None:
        """End the workers; unfinished packs are done at the next start, or by other workers."""
        for one in self._periodic:
            one.close()
        self.bodies.close()
        self.pool.close()
        self.batches.join(5)
        if self.dispatch is not None:
            self.dispatch.engine.close()
            self.liveness.end()
        if self.traces is not None:
            self.traces.close()
        self._let_go()

    def _let_go(self) -> None:
        """Let others have database and data folder."""
        self.database.close()
        self._folder.let_go()

    def room(self, tenant: str) -> None:
        """Say no now; see ``Room.check``."""
        self.places.check(tenant, shared=self.dispatch is not None)

    def engine_works(self) -> bool:
        """Whether somebody takes work: this process, or a worker elsewhere that showed itself lately."""
        if self.dispatch is None:
            return True
        return self.settings.role != "api" or any(one.role != "api" for one in self.liveness.living())


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
