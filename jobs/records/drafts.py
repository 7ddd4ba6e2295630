"""Drafts: a case that is still being typed, with the files added so far, kept until it becomes a pack or expires.

The typed text carries a version, so that two windows cannot overwrite each other unseen; files come and go on their own, because
six uploads at once must not collide with a sentence being saved. The bytes of a file lie in the store before its row says so.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from casefile.errors import RequestFault
from casefile.limits import MAX_FILES
from jobs.records.database import Database
from jobs.records.pack_id import is_pack_id, new_pack_id
from jobs.records.pack_store import ReceivedFile
from jobs.records.removals import Removals
from jobs.records.store import AlreadyStored, Store
from jobs.records.tables import draft_files, drafts

_EXPIRED_AT_ONCE = 500
KEPT_DAYS = 14
"""A draft nobody touched for so long is removed (published limit)."""


class NameTaken(Exception):
    """A file of this name came to the draft meanwhile; nothing of the other was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLimits:
    """How many files, and bytes of files, one draft may hold; how many drafts a tenant may have."""

    files: int = MAX_FILES
    bytes: int = 300_000_000
    drafts: int = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """One file of a draft. ``about`` says under which kind it was put, if under any."""

    name: str
    bytes: int
    sha256: str
    key: str
    about: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DraftContent:
    """What a draft holds, as JSON: fields of a case as far as they are known, or what the form needs to show it again."""

    json: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it is now; ``version`` rises with every saved ``case`` and with nothing else. Times in ISO 8601, UTC."""

    id: str
    tenant: str
    version: int
    case: Mapping[str, Any]
    files: tuple[DraftFile, ...]
    created_at: str
    changed_at: str
    expires_at: str

    def file(self, name: str) -> DraftFile | None:
        """The file of this name."""
        return next((file for file in self.files if file.name == name), None)


class DraftChanged(RequestFault):
    """Somebody saved another text of this draft meanwhile; ``version`` is the one that stands."""

    def __init__(self, draft_id: str, version: int) -> None:
        super().__init__("draft-changed", status=412)
        self.draft_id = draft_id
        self.version = version


class Drafts:
    """The drafts of every tenant."""

    def __init__(self, database: Database, store: Store, limits: DraftLimits = DraftLimits()) -> None:
        self._database = database
        self._store = store
        self._limits = limits
        self.removals = Removals(database, store)
        self.on_gone: list[Callable[[str], None]] = []
        """Called with the id of a draft that was removed here."""

    def create(self, tenant: str, content: DraftContent, now: dt.datetime) -> Draft:
        """A new draft.

        Raises:
            RequestFault: ``drafts-too-many``.
        """
        draft_id = new_pack_id(dt.datetime.now(dt.UTC))
        with self._database.write() as connection:
            count = connection.scalar(select(func.count()).where(drafts.c.tenant == tenant)) or 0
            if count >= self._limits.drafts:
                raise RequestFault("drafts-too-many", status=409, limit=self._limits.drafts)
            row = {"id": draft_id, "tenant": tenant, "version": 1, "case": content.json, "created_at": now.isoformat()}
            connection.execute(drafts.insert().values(**row, **_touched(now)))
            return _draft(connection, tenant, draft_id)

    def get(self, tenant: str, draft_id: str) -> Draft:
        """One draft.

        Raises:
            RequestFault: ``draft-not-found``.
        """
        with self._database.read() as connection:
            return _draft(connection, tenant, draft_id)

    def page(self, tenant: str, *, after: str | None, limit: int) -> tuple[list[Draft], bool]:
        """Drafts from the newest on, older than the id ``after``; and whether there are more."""
        wanted = select(drafts).where(drafts.c.tenant == tenant).order_by(drafts.c.id.desc()).limit(limit + 1)
        if after is not None:
            wanted = wanted.where(drafts.c.id < after)
        with self._database.read() as connection:
            rows = list(connection.execute(wanted))
            ids = [row.id for row in rows[:limit]]
            found = select(draft_files).where(draft_files.c.draft_id.in_(ids)).order_by(draft_files.c.place)
            files: dict[str, list[DraftFile]] = {draft_id: [] for draft_id in ids}
            for row in connection.execute(found):
                files[row.draft_id].append(_file(row))
        return [_whole(row, files[row.id]) for row in rows[:limit]], len(rows) > limit

    def save(
        self, tenant: str, draft_id: str, version: int | None, content: DraftContent, now: dt.datetime
    ) -> Draft:  # what is saved, where, over what, when
        """Replace the typed case if ``version`` (``None``: any) is the one that stands.

        Raises:
            DraftChanged: it is not.
            RequestFault: ``draft-not-found``.
        """
        with self._database.write() as connection:
            there = _draft(connection, tenant, draft_id)
            if version is not None and version != there.version:
                raise DraftChanged(draft_id, there.version)
            changed = {"case": content.json, "version": there.version + 1, **_touched(now)}
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(**changed))
            return _draft(connection, tenant, draft_id)

    def put_file(
        self,
        tenant: str,
        draft_id: str,
        file: ReceivedFile,
        now: dt.datetime,
        kind: str | None = None,
        *,
        over: bool = True,
    ) -> DraftFile:  # the file's own facts travel together
        """Add a file, or replace the one of the same name (``over``); the bytes are durable on return.

        Raises:
            NameTaken: there is one of the same name, and it is not to be replaced.
            RequestFault: ``draft-not-found``, ``too-many-files`` or ``draft-too-large``.
        """
        others = [other for other in self.get(tenant, draft_id).files if other.name != file.name]
        if len(others) >= self._limits.files:
            raise RequestFault("too-many-files", status=413, limit=self._limits.files)
        if sum(other.bytes for other in others) + file.bytes > self._limits.bytes:
            raise RequestFault("draft-too-large", status=413, limit=self._limits.bytes // 1_000_000)
        key = f"drafts/{tenant}/{draft_id}/{file.sha256}"
        with contextlib.suppress(AlreadyStored):
            self._store.put(key, file.path)
        with self._database.write() as connection:
            _draft(connection, tenant, draft_id)
            _place_file(self._database, connection, draft_id, (file, key, kind), over=over)
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(**_touched(now)))
        return DraftFile(name=file.name, bytes=file.bytes, sha256=file.sha256, key=key, about=_about(kind))

    def remove_file(self, tenant: str, draft_id: str, name: str) -> None:
        """Remove a file and, when no other has the same bytes, its bytes.

        Raises:
            RequestFault: ``draft-not-found`` or ``file-not-found``.
        """
        with self._database.write() as connection:
            there = _draft(connection, tenant, draft_id)
            file = there.file(name)
            if file is None:
                raise RequestFault("file-not-found", status=404)
            where = (draft_files.c.draft_id == draft_id) & (draft_files.c.name == name)
            connection.execute(delete(draft_files).where(where))
        if all(other.key != file.key for other in there.files if other.name != name):
            beside = self._store.under(f"drafts/{tenant}/{draft_id}")
            self._store.delete([key for key in beside if key == file.key or key.startswith(f"{file.key}.")])
            self._tell(draft_id)

    def fetch(self, draft: Draft, folder: Path) -> tuple[ReceivedFile, ...]:
        """The files of a draft as files in ``folder``, as if they had just been uploaded."""
        return tuple(self.fetch_file(file, folder / f"{place:04}") for place, file in enumerate(draft.files))

    def fetch_file(self, file: DraftFile, path: Path) -> ReceivedFile:
        """One file of a draft at ``path``, as if it had just been uploaded."""
        with path.open("xb") as sink:
            sink.writelines(self._store.chunks(file.key, 0, file.bytes))
        return ReceivedFile(name=file.name, path=path, bytes=file.bytes, sha256=file.sha256)

    def delete(self, tenant: str, draft_id: str) -> None:
        """Remove a draft with its files.

        Raises:
            RequestFault: ``draft-not-found``.
        """
        with self._database.write() as connection:
            _draft(connection, tenant, draft_id)
            connection.execute(delete(drafts).where(drafts.c.id == draft_id))
            folders = {f"drafts/{tenant}/{draft_id}": ()}
            self.removals.note(connection, folders, dt.datetime.now(dt.UTC))
        self.removals.do(folders, again=folders)  # a file may be read at this moment, and what is seen be kept
        self._tell(draft_id)

    def forget(self, tenant: str, draft_id: str) -> None:
        """As ``delete``, of a draft that may be gone already."""
        with contextlib.suppress(RequestFault):
            self.delete(tenant, draft_id)

    def expire(self, now: dt.datetime) -> int:
        """Remove the drafts whose time has come, each once whoever else does the same; how many."""
        old = select(drafts.c.id).where(drafts.c.expires_at < now.isoformat()).limit(_EXPIRED_AT_ONCE)
        mine = drafts.c.id.in_(old.with_for_update(skip_locked=True).scalar_subquery())
        with self._database.write() as connection:
            gone = list(connection.execute(delete(drafts).where(mine).returning(drafts.c.tenant, drafts.c.id)))
            folders = {f"drafts/{row.tenant}/{row.id}": () for row in gone}
            self.removals.note(connection, folders, now)
        self.removals.do(folders)
        for row in gone:
            self._tell(row.id)
        return len(gone)

    def gone(self, ids: Iterable[str]) -> set[str]:
        """Which of these drafts there are no more."""
        wanted = set(ids)
        if not wanted:
            return wanted
        with self._database.read() as connection:
            return wanted - set(connection.scalars(select(drafts.c.id).where(drafts.c.id.in_(wanted))))

    def _tell(self, draft_id: str) -> None:
        for listener in self.on_gone:
            listener(draft_id)


def _touched(now: dt.datetime) -> dict[str, str]:
    return {"changed_at": now.isoformat(), "expires_at": (now + dt.timedelta(days=KEPT_DAYS)).isoformat()}


def _about(kind: str | None) -> dict[str, str] | None:
    return {"kind": kind} if kind else None


def _place_file(
    database: Database, connection: Connection, draft_id: str, new: tuple[ReceivedFile, str, str | None], *, over: bool
) -> None:
    file, key, kind = new
    mine = draft_files.c.draft_id == draft_id
    last = connection.scalar(select(func.max(draft_files.c.place)).where(mine))
    told = {"bytes": file.bytes, "sha256": file.sha256, "object": key, "about": _about(kind)}
    place = 0 if last is None else last + 1
    row = database.insert(draft_files).values(draft_id=draft_id, name=file.name, place=place, **told)
    same = ["draft_id", "name"]
    if over:
        connection.execute(row.on_conflict_do_update(index_elements=same, set_=told))
    elif not connection.execute(row.on_conflict_do_nothing(index_elements=same)).rowcount:
        raise NameTaken(file.name)


def _draft(connection: Connection, tenant: str, draft_id: str) -> Draft:
    where = (drafts.c.tenant == tenant) & (drafts.c.id == draft_id)
    row = connection.execute(select(drafts).where(where)).one_or_none() if is_pack_id(draft_id) else None
    if row is None:
        raise RequestFault("draft-not-found", status=404)
    wanted = select(draft_files).where(draft_files.c.draft_id == draft_id).order_by(draft_files.c.place)
    return _whole(row, [_file(found) for found in connection.execute(wanted)])


def _whole(row: Row[Any], files: list[DraftFile]) -> Draft:
    return Draft(files=tuple(files), **row._mapping)  # noqa: SLF001  # the library's public name for it


def _file(row: Row[Any]) -> DraftFile:
    return DraftFile(name=row.name, bytes=row.bytes, sha256=row.sha256, key=row.object, about=row.about)
