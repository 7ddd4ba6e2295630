"""Do rows, objects and hashes agree? Every row's objects are there and whole, and no object is without its row."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from jobs.records.batch_values import BatchResult
from jobs.records.database import Database
from jobs.records.pack_store import PackShelf
from jobs.records.store import Store
from jobs.records.tables import batches, draft_files, drafts, packs

_OPEN = ("queued", "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One thing that does not agree: ``object-missing``, ``object-changed`` or ``object-without-row``, and where."""

    code: str
    key: str


def examine(database: Database, store: Store) -> Iterator[Damage]:
    """Everything that does not agree; reads every byte kept."""
    yield from _packs(database, store)
    yield from _drafts(database, store)
    yield from _batches(database, store)
    yield from orphans(database, store)


def _rows(database: Database, wanted: Any) -> list[Row[Any]]:  # noqa: ANN401  # a select
    with database.read() as connection:
        return list(connection.execute(wanted))


def _whole(store: Store, key: str, sha256: str, size: int) -> Iterator[Damage]:
    found = store.size(key)
    if found is None:
        yield Damage(code="object-missing", key=key)
        return
    digest = hashlib.sha256()
    for chunk in store.chunks(key, 0, found):
        digest.update(chunk)
    if found != size or digest.hexdigest() != sha256:
        yield Damage(code="object-changed", key=key)


def _packs(database: Database, store: Store) -> Iterator[Damage]:
    for row in _rows(database, select(packs).where(packs.c.erased_at.is_(None)).order_by(packs.c.id)):
        shelf = PackShelf(store, row.tenant, row.id)
        asked = shelf.accepted()
        if asked is None:
            yield Damage(code="object-missing", key=shelf.key("accepted.json"))
        elif row.state in _OPEN:
            for place, upload in enumerate(asked.uploads):
                yield from _whole(store, shelf.key("uploads", f"{place:04}"), upload.sha256, upload.bytes)
        if row.archive_sha256:
            yield from _whole(store, shelf.key("runs", f"{row.run}.zip"), row.archive_sha256, row.archive_bytes)
        if row.run and shelf.result(row.run) is None:
            yield Damage(code="object-missing", key=shelf.key("runs", f"{row.run}.json"))


def _drafts(database: Database, store: Store) -> Iterator[Damage]:
    for row in _rows(database, select(draft_files)):
        yield from _whole(store, row.object, row.sha256, row.bytes)


def _batches(database: Database, store: Store) -> Iterator[Damage]:
    for row in _rows(database, select(batches).where(batches.c.erased_at.is_(None))):
        if sheet := BatchResult.kept(row.result or {}).sheet:
            yield from _whole(store, sheet.key, sheet.sha256, sheet.bytes)
        if store.size(f"batches/{row.tenant}/{row.id}/sheet") is None:
            yield Damage(code="object-missing", key=f"batches/{row.tenant}/{row.id}/sheet")


def orphans(database: Database, store: Store) -> Iterator[Damage]:
    """Objects whose row is gone or was never written."""
    for kind, table in (("packs", packs), ("drafts", drafts), ("batches", batches)):
        known = {(row.tenant, row.id) for row in _rows(database, select(table.c.tenant, table.c.id))}
        for key in store.under(kind):
            _, tenant, one, *_ = key.split("/")
            if (tenant, one) not in known:
                yield Damage(code="object-without-row", key=key)
