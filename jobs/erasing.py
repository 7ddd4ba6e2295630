"""Erasing: packs out of the store, the rows and every sheet that told of them; whole batches; what is erased stays erased.

Rows go first, in one transaction with a note of the objects that are to follow and of the sheets that must show it. Whoever dies
in between leaves notes that another process does; doing any of it again changes nothing.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Row, delete, select, update

from casefile.care import log_failure
from jobs.batch.batches import Batches
from jobs.engine.pack_view import PackView
from jobs.engine.packs import Packs
from jobs.records.batch_ledger import OPEN
from jobs.records.batch_values import BatchResult, SheetBlanks, row_work
from jobs.records.database import Database
from jobs.records.erased_rows import ERASED, Gone, erase_batch, erase_packs
from jobs.records.notes import PackRemains, RemainingFile
from jobs.records.pack_store import PackShelf, folder_sha256
from jobs.records.removals import Removals
from jobs.records.storage_errors import is_transient
from jobs.records.tables import batches, packs

KEPT = ("screenshots",)
"""Of an erased pack, the picture of the platform's confirmation stays with the record of the submission."""
_PAGE = 500
_READERS = 16


class Erasing:
    """What erases packs and batches of every tenant."""

    def __init__(self, database: Database, packed: Packs, batched: Batches) -> None:
        self.database = database
        self.packed = packed
        self.batched = batched
        self.removals = Removals(database, packed.store)
        self.on_erased: list[Callable[[str], None]] = []
        """Called with the tenant when something of it was erased here."""

    def pack(self, view: PackView) -> None:
        """Erase a finished pack, also out of its batch; hashes and the record of the submission stay."""
        gone = self.packs([(view.asked.tenant, view.id)])
        self.refresh_all(view.asked.tenant, gone.batches)
        self.settle()

    def packs(
        self, found: Iterable[tuple[str, str]], claim: str | None = None, *, keep: tuple[str, ...] = KEPT,
        again: frozenset[str] = frozenset(),
    ) -> Gone:  # fmt: skip
        """Erase finished packs (tenant, id), however many; their batches are stale then, and are the caller's to refresh.

        Args:
            found: which.
            claim: erase only what this claim still holds.
            keep: folders on their shelves that stay.
            again: which of them were being made a moment ago; their shelves are looked after once more later.
        """
        shelves = {pack_id: PackShelf(self.packed.store, tenant, pack_id) for tenant, pack_id in found}
        records = self._records(shelves)
        now = dt.datetime.now(dt.UTC)
        with self.database.write() as connection:
            gone = erase_packs(connection, records, now, claim)
            wanted = {shelves[pack_id].key(): keep for pack_id in gone.packs}
            self.removals.note(connection, wanted, now)
        self.removals.do(wanted, [shelves[pack_id].key() for pack_id in gone.packs if pack_id in again])
        for tenant in {shelves[pack_id].tenant for pack_id in gone.packs}:
            self.tell(tenant)
        return gone

    def tell(self, tenant: str) -> None:
        """Have this process forget what it remembers of a tenant's cases."""
        for listener in self.on_erased:
            listener(tenant)

    def _records(self, shelves: Mapping[str, PackShelf]) -> dict[str, PackRemains]:
        ids = list(shelves)
        rows: dict[str, Row[Any]] = {}
        for at in range(0, len(ids), _PAGE):
            wanted = select(packs).where(packs.c.id.in_(ids[at : at + _PAGE]) & packs.c.erased_at.is_(None))
            with self.database.read() as connection:
                rows |= {row.id: row for row in connection.execute(wanted)}
        if self.packed.store.path("") is not None:
            return {row.id: _record(shelves[row.id], row) for row in rows.values()}
        with ThreadPoolExecutor(_READERS) as pool:
            return dict(zip(rows, pool.map(lambda row: _record(shelves[row.id], row), rows.values()), strict=True))

    def batch(self, tenant: str, batch_id: str) -> Gone:
        """Erase a finished batch: rows, sheet, archive and its packs. Its hashes stay as long as a pack's.

        Raises:
            RequestFault: ``batch-not-found`` or ``batch-erased``.
        """
        self.batched.ledger.view(tenant, batch_id)
        gone = self._begin_batch(tenant, batch_id)
        more = self.finish_batch(tenant, batch_id)
        self.settle()
        return Gone(packs=more.packs, batches=(batch_id,), events=gone.events + more.events, keys=gone.keys + more.keys)

    def _begin_batch(self, tenant: str, batch_id: str, claim: str | None = None) -> Gone:
        now = dt.datetime.now(dt.UTC)
        where = (batches.c.id == batch_id) & batches.c.erased_at.is_(None) & batches.c.state.not_in(OPEN)
        if claim is not None:
            where &= batches.c.claim == claim
        with self.database.write() as connection:
            row = connection.execute(select(batches).where(where).with_for_update()).one_or_none()
            if row is None:
                return Gone()
            self.removals.note(connection, {f"batches/{tenant}/{batch_id}": ()}, now)
            return erase_batch(connection, row, now)

    def finish_batch(self, tenant: str, batch_id: str) -> Gone:
        """Erase the packs and objects of a batch whose own rows are erased, or what is left of them."""
        erased: list[str] = []
        events = keys = 0
        mine = (packs.c.batch_id == batch_id) & packs.c.erased_at.is_(None)
        while True:
            with self.database.read() as connection:
                page = list(connection.execute(select(packs.c.id, packs.c.state).where(mine).limit(_PAGE)))
            running = frozenset(row.id for row in page if row.state in OPEN)
            for pack_id in running:
                self.packed.end(pack_id)
            gone = self.packs([(tenant, row.id) for row in page], again=running)
            erased += gone.packs
            events, keys = events + gone.events, keys + gone.keys
            if len(page) < _PAGE or not gone.packs:
                break
        self.removals.do({f"batches/{tenant}/{batch_id}": ()})
        where = (batches.c.id == batch_id) & (batches.c.state == "erasing")
        with self.database.write() as connection:
            connection.execute(update(batches).where(where).values(state=ERASED, claim=None, claim_until=None))
        return Gone(packs=tuple(erased), events=events, keys=keys)

    def erase_due_batch(self, tenant: str, batch_id: str, claim: str) -> Gone:
        """As ``batch``, of one that its eraser holds by ``claim``."""
        self._begin_batch(tenant, batch_id, claim)
        return self.finish_batch(tenant, batch_id)

    def refresh_all(self, tenant: str, batch_ids: Iterable[str]) -> None:
        """Take what was erased out of the sheets of these batches; one that runs does it when it ends, one that fails later."""
        for batch_id in batch_ids:
            try:
                self.refresh(tenant, batch_id)
            except Exception as error:  # noqa: BLE001  # it is noted as stale, and it is tried again
                if not is_transient(error):
                    log_failure("refresh-failed", error, job=batch_id)

    def refresh(self, tenant: str, batch_id: str) -> bool:
        """Take what was erased out of the sheet, the evidence and the lists of a batch; false when nothing was to do yet."""
        with self.database.read() as connection:
            row = connection.execute(select(batches).where(batches.c.id == batch_id)).one_or_none()
        if row is None or row.erased_at is not None or not row.stale or row.state in OPEN:
            return False
        gone = [number for one in self.batched.ledger.rows(batch_id, state=(ERASED,)) for number in row_work(one).rows]
        result = BatchResult.kept(row.result or {})
        values: dict[str, Any] = {}
        blank = SheetBlanks(rows=tuple(gone), needles=tuple(row.needles or ()))
        try:
            made = self.batched.write_sheet(tenant, batch_id, blank)
        except Exception as error:
            if is_transient(error) or getattr(error, "status", 500) >= 500:
                raise
            self.packed.store.clear(f"batches/{tenant}/{batch_id}")  # what cannot be opened cannot be mended
            values |= {"parts": None}
            result = result.but(sheet=None)
        else:
            if result.sheet is not None and made.sheet is not None:
                result = result.but(sheet=made.sheet, alike=made.alike)
                parts = self.batched.zips.plan(batch_id, made.sheet, hashed=False)
                values |= {"parts": [part.plain() for part in parts]}
        if result.plan is not None:
            result = result.but(plan=result.plan.model_copy(update={"unmatched_files": (), "open_files": ()}))
        values |= {"result": result.plain(), "stale": batches.c.stale - row.stale}
        with self.database.write() as connection:
            here = (batches.c.id == batch_id) & batches.c.erased_at.is_(None)
            connection.execute(update(batches).where(here).values(**values))
            connection.execute(update(batches).where(here & (batches.c.stale == 0)).values(needles=None))
        self.batched.drop_inputs(tenant, batch_id, strict=True)
        return True

    def catch_up(self) -> int:
        """Go on with what somebody began and did not end: batches half erased, sheets that still tell; how many."""
        stale = (batches.c.stale > 0) & batches.c.state.not_in(OPEN) & batches.c.erased_at.is_(None)
        with self.database.read() as connection:
            half = list(connection.execute(select(batches.c.tenant, batches.c.id).where(batches.c.state == "erasing")))
            late = list(connection.execute(select(batches.c.tenant, batches.c.id).where(stale).limit(20)))
        for row in half:
            self.finish_batch(row.tenant, row.id)
        for row in late:
            self.refresh_all(row.tenant, [row.id])
        return len(half) + len(late)

    def forget_records(self, wanted: Iterable[Row[Any]]) -> int:
        """Forget packs (tenant, id, erased) that were erased long ago altogether."""
        rows = list(wanted)
        if not rows:
            return 0
        now = dt.datetime.now(dt.UTC)
        keys: dict[str, tuple[str, ...]] = {PackShelf(self.packed.store, row.tenant, row.id).key(): () for row in rows}
        with self.database.write() as connection:
            connection.execute(delete(packs).where(packs.c.id.in_([row.id for row in rows])))
            self.removals.note(connection, keys, now)
        self.removals.do(keys)
        return len(rows)

    def forget_batches(self, wanted: Iterable[Row[Any]]) -> int:
        """Forget batches that were erased long ago altogether."""
        ids = [row.id for row in wanted]
        with self.database.write() as connection:
            connection.execute(delete(batches).where(batches.c.id.in_(ids)))
        return len(ids)

    def settle(self) -> None:
        """Leave nothing of what was erased in the journal of a database file."""
        self.database.settle()


def _record(shelf: PackShelf, row: Row[Any]) -> PackRemains:
    """What stays of a pack."""
    asked = shelf.accepted()
    result = shelf.result(row.run) if row.run else None
    sent, made = asked.uploads if asked else (), result.files if result else ()
    return PackRemains(
        created_at=row.created_at,
        folder_sha256=folder_sha256(row.folder) if row.folder else "",
        archive_sha256=row.archive_sha256 or "",
        uploads=tuple(RemainingFile(bytes=one.bytes, sha256=one.sha256) for one in sent),
        files=tuple(RemainingFile(role=one.role, bytes=one.bytes, sha256=one.sha256) for one in made),
    )
