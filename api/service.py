"""The wiring: one service with its data, store, workers and packs; started and closed with the application."""

import datetime as dt
import fcntl
import shutil
import time
from collections import Counter
from concurrent.futures import Future
from typing import IO, Any

from starlette.requests import Request

from api.form.session import Sessions
from api.gate import Gate
from api.language import choose
from api.settings import Settings, SettingsFault, prepare_fonts
from api.uploads import spool
from casefile.discovery import load_house
from casefile.wording import Catalog
from jobs.batch_rows import RowWork
from jobs.batches import Batches
from jobs.database import Database
from jobs.drafts import DraftLimits, Drafts
from jobs.insights import Insights
from jobs.keys import Keys
from jobs.ledger import Ledger
from jobs.looks import Looks
from jobs.packs import Packs
from jobs.store import Store
from jobs.tasks import DESCRIBE
from jobs.trade import Trade
from jobs.worker_process import Task
from jobs.workers import PoolLimits, WorkerPool


class Service:
    """Everything the routes need. Data folders are read when it is made; processes start with ``start``."""

    def __init__(self, settings: Settings, trade: Trade) -> None:
        settings.refuse_open_door()
        self.settings = settings
        self.trade = trade
        self.house = load_house()
        self.sessions = Sessions(settings.data)
        self.gate = Gate(settings.keys, self.sessions)
        self.counts: Counter[tuple[str, int]] = Counter()
        self.store = Store(settings.objects_url)
        limits = PoolLimits(slots=settings.slots, waiting=settings.queue, waiting_per_tenant=settings.queue_per_tenant)
        self.pool = WorkerPool(trade.open_workshop, limits)
        self.database = Database(settings.database_url)
        self.keys = Keys(self.database)
        self.packs = Packs(Ledger(self.database), self.store, self.pool, trade, seconds=settings.job_seconds)
        self.insights = Insights(self.database)
        self.drafts = Drafts(self.database, self.store, DraftLimits(files=settings.files))
        self.batches = Batches(self.database, self.store, self.pool, settings.slots)
        self.batches.do_rows = RowWork(batches=self.batches, packs=self.packs, house=self.house).do
        self.looks = Looks(self.store)
        self.guard: Future[Any] | None = None
        self._lock: IO[bytes] | None = None

    def take_data(self) -> None:
        """Take the data folder for this service alone, until the process ends.

        Raises:
            SettingsFault: ``data-in-use``: another service works in it.
        """
        if self._lock is not None:
            return
        data = self.settings.data.resolve()
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "service.lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise SettingsFault("data-in-use") from None
        self._lock = lock

    def start(self) -> None:
        """Take the data folder, start the workers, and go on with what was not finished.

        Raises:
            SettingsFault: see ``take_data``.
        """
        self.take_data()
        shutil.rmtree(spool(self.settings), ignore_errors=True)
        self.store.clear_unfinished()
        self.database.migrate()
        prepare_fonts(self.settings.data)
        self.pool.start()
        self.guard = self.pool.submit(Task(id="describe", tenant="", run=DESCRIBE, urgent=True)).future
        self.packs.resume()
        self.batches.resume()

    def close(self) -> None:
        """End the workers; unfinished packs are done at the next start."""
        self.pool.close()
        self.batches.join(5)
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
