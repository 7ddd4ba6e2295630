"""Packs from acceptance to erasure: accept, run, look up, list, cancel, erase.

The doors know only this class. What was accepted and not finished when the service ended is run again when it starts; a later
durable engine replaces the pool behind ``run`` and ``resume`` and nothing else.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from jobs.faults import JobFault, Trouble
from jobs.pack_id import is_pack_id
from jobs.shelf import Accepted, PackShelf, ReceivedFile, Result, State
from jobs.store import AlreadyStored, Store
from jobs.tasks import BUILD
from jobs.trade import Trade
from jobs.worker_process import Task
from jobs.workers import WorkerPool

_STOPPED = "job-stopped"
_CANCELLED = "job-cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """Everything known about one pack now; ``stage`` and ``share`` tell how far a running one is."""

    id: str
    state: State
    asked: Accepted
    result: Result | None
    stage: str = ""
    share: float = 0.0
    submission: dict[str, Any] | None = None
    outcome: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What is left of an erased pack: when it was erased, hashes, and the record of the submission."""

    id: str
    record: Mapping[str, Any]


class Packs:
    """The packs of every tenant in one store, made by one pool."""

    def __init__(self, store: Store, pool: WorkerPool, trade: Trade, *, seconds: float = 300.0) -> None:
        self.store = store
        self._pool = pool
        self._trade = trade
        self._seconds = seconds

    def shelf(self, tenant: str, pack_id: str) -> PackShelf:
        """The shelf of a pack, whether or not there is one."""
        return PackShelf(self.store, tenant, pack_id)

    def accept(self, asked: Accepted, files: tuple[ReceivedFile, ...]) -> None:
        """Keep a request durably; it will be done even if the service ends now."""
        self.shelf(asked.tenant, asked.id).accept(asked, files)
        for order_id in dict.fromkeys([*asked.order_ids, asked.subject]):
            self.store.put(f"{_index(asked.tenant, order_id)}/{asked.id}", b"")

    def run(self, tenant: str, pack_id: str, *, urgent: bool = False) -> Future[Any]:
        """Have an accepted pack made; the future ends with the state it ended in, or with the reason it could not be made."""
        shelf = self.shelf(tenant, pack_id)
        ended: Future[Any] = Future()
        if not shelf.begin_attempt():
            self._fail(shelf, Trouble(code="job-crashed"))
            ended.set_exception(JobFault("job-crashed"))
            return ended
        names = {"tenant": tenant, "pack_id": pack_id, "run": uuid.uuid4().hex}
        arguments = {"make": self._trade.make_pack, "url": self.store.url, **names}
        task = Task(id=pack_id, tenant=tenant, run=BUILD, arguments=arguments, seconds=self._seconds, urgent=urgent)
        ticket = self._pool.submit(task)
        ticket.future.add_done_callback(lambda done: self._settle(shelf, done, ended))
        return ended

    def _settle(self, shelf: PackShelf, done: Future[Any], ended: Future[Any]) -> None:
        """Bring the shelf in order before anybody hears that the pack is finished."""
        error = done.exception()
        try:
            if error is None:
                shelf.close(keep_uploads=False)
            elif getattr(error, "code", "") == _STOPPED:
                shelf.forgive_attempt()
            else:
                self._fail(shelf, Trouble.of(error))
        except Exception as fault:  # noqa: BLE001  # whoever waits must hear of it
            ended.set_exception(fault)
            return
        if error is None:
            ended.set_result(done.result())
        else:
            ended.set_exception(error)

    def _fail(self, shelf: PackShelf, trouble: Trouble) -> None:
        state: State = "cancelled" if trouble.code == _CANCELLED else "failed"
        shelf.finish(Result(state=state, finished_at=_now(), problem=trouble.plain()))
        shelf.close(keep_uploads=state == "failed")

    def resume(self) -> int:
        """Run again what was accepted and not finished; how many."""
        resumed = 0
        for tenant in self.store.folders("open"):
            for pack_id in self.store.folders(f"open/{tenant}"):
                shelf = self.shelf(tenant, pack_id)
                result = shelf.result()
                if result is not None:
                    shelf.close(keep_uploads=result.state == "failed")
                elif shelf.accepted() is None:
                    shelf.forget()
                else:
                    self.run(tenant, pack_id)
                    resumed += 1
        return resumed

    def view(self, tenant: str, pack_id: str) -> PackView | Erased | None:
        """One pack as it is now; ``None`` when this tenant has none of this id."""
        if not is_pack_id(pack_id):
            return None
        shelf = self.shelf(tenant, pack_id)
        asked = shelf.accepted()
        if asked is None:
            record = shelf.noted("erased")
            return Erased(id=pack_id, record=record) if record else None
        ticket = self._pool.ticket(pack_id)
        result = shelf.result()
        return PackView(
            id=pack_id,
            state=result.state if result else (ticket.state if ticket else "queued"),
            asked=asked,
            result=result,
            stage=ticket.stage if ticket else "",
            share=ticket.share if ticket else 0.0,
            submission=shelf.noted("submission"),
            outcome=shelf.noted("outcome"),
        )

    def page(self, tenant: str, *, order_id: str | None, after: str | None, limit: int) -> tuple[list[PackView], bool]:
        """Packs from the newest on, at most ``limit``, those older than the id ``after``; and whether there are more."""
        prefix = _index(tenant, order_id) if order_id else f"packs/{tenant}"
        views: list[PackView] = []
        for pack_id in reversed(self.store.folders(prefix)):
            if after is not None and pack_id >= after:
                continue
            view = self.view(tenant, pack_id)
            if isinstance(view, PackView):
                if len(views) == limit:
                    return views, True
                views.append(view)
        return views, False

    def cancel(self, view: PackView) -> None:
        """End a pack that waits or runs; one that finished meanwhile stays as it is."""
        shelf = self.shelf(view.asked.tenant, view.id)
        problem = Trouble(code=_CANCELLED, status=409).plain()
        shelf.finish(Result(state="cancelled", finished_at=_now(), problem=problem))
        if not self._pool.cancel(view.id):
            shelf.close(keep_uploads=False)

    def erase(self, view: PackView) -> None:
        """Erase a finished pack; hashes and the record of the submission stay."""
        result = view.result
        self.shelf(view.asked.tenant, view.id).erase(
            {
                "erased_at": _now(),
                "created_at": view.asked.created_at,
                "platform": view.asked.platform,
                "procedure": view.asked.procedure,
                "folder": result.folder if result else "",
                "archive_sha256": result.archive_sha256 if result else "",
                "uploads": view.asked.uploads,
                "files": [
                    {"name": file.name, "bytes": file.bytes, "sha256": file.sha256}
                    for file in (result.files if result else ())
                ],
            }
        )

    def claim(self, key: str, value: bytes, *, stale: Callable[[bytes], bool]) -> bytes:
        """Put ``value`` under ``key`` unless something that is not ``stale`` is there; what is there now."""
        for _ in range(2):
            try:
                self.store.put(key, value)
            except AlreadyStored:
                there = self.store.get(key)
                if there is not None and not stale(there):
                    return there
                self.store.delete([key])
            else:
                return value
        return self.store.get(key) or value


def _index(tenant: str, order_id: str) -> str:
    """Where the packs of an order are listed; ids are hashed because they may hold any sign."""
    return f"orders/{tenant}/{hashlib.sha256(order_id.strip().casefold().encode()).hexdigest()[:32]}"


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
