"""Which processes live: each holds a lock for life and shows itself every few seconds; who does neither is gone.

A lock says at once that a process died, a heartbeat says that it no longer answers. On one machine locks are files, on several
they are PostgreSQL advisory locks on a connection of their own.
"""

import contextlib
import datetime as dt
import fcntl
import hashlib
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.exc import DBAPIError

from jobs.records.database import Database
from jobs.records.tables import workers


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingProcess:
    """A process that showed itself lately: what it does, and how many jobs it does at once."""

    role: str
    slots: int


class Liveness:
    """The lock and the heartbeat of this process, and a look at those of others."""

    def __init__(self, database: Database, folder: Path, executor: str, silent: float = 60.0) -> None:
        """``silent`` seconds without a sign make a process count as gone, although its lock may be held."""
        self._silent = dt.timedelta(seconds=silent)
        self._database = database
        self._folder = folder / "workers"
        self._executor = executor
        self._file: IO[bytes] | None = None
        self._connection: Connection | None = None

    def begin(self, role: str, slots: int) -> None:
        """Take the lock and appear."""
        self._hold()
        values = {
            "role": role,
            "slots": slots,
            "host": socket.gethostname()[:80],
            "pid": os.getpid(),
            "seen_at": _now(),
        }
        row = self._database.insert(workers).values(id=self._executor, **values)
        with self._database.write() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=values))

    def _hold(self) -> None:
        if self._database.is_sqlite:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = (self._folder / self._executor).open("wb")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            self._connection = self._database.engine.connect()
            self._connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _key(self._executor)})
            self._connection.commit()

    def beat(self) -> None:
        """Show that this process still works; a lock lost with the database's connection is taken again."""
        if self._connection is not None:
            try:
                self._connection.execute(text("SELECT 1"))
                self._connection.commit()
            except DBAPIError:
                with contextlib.suppress(DBAPIError):
                    self._connection.close()
                self._hold()
        with self._database.write() as connection:
            connection.execute(workers.update().where(workers.c.id == self._executor).values(seen_at=_now()))

    def gone(self, executors: set[str]) -> list[str]:
        """Those of ``executors`` that live no more."""
        others = executors - {self._executor}
        if not others:
            return []
        with self._database.read() as connection:
            wanted = select(workers.c.id, workers.c.seen_at).where(workers.c.id.in_(others))
            seen: dict[str, str] = {row.id: row.seen_at for row in connection.execute(wanted)}
        late = (dt.datetime.now(dt.UTC) - self._silent).isoformat(timespec="seconds")
        return sorted(one for one in others if seen.get(one, "") < late or self._free(one))

    def _free(self, executor: str) -> bool:
        """Whether nobody holds the lock of ``executor``."""
        if self._database.is_sqlite:
            try:
                with (self._folder / executor).open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except FileNotFoundError:
                return True
            except BlockingIOError:
                return False
            return True
        with self._database.engine.connect() as connection:
            free = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _key(executor)}))
            if free:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _key(executor)})
        return free

    def living(self) -> tuple[LivingProcess, ...]:
        """The processes that showed themselves lately."""
        late = (dt.datetime.now(dt.UTC) - self._silent).isoformat(timespec="seconds")
        with self._database.read() as connection:
            found = connection.execute(select(workers).where(workers.c.seen_at >= late).order_by(workers.c.id))
            return tuple(LivingProcess(role=row.role, slots=row.slots) for row in found)

    def forget_stale(self) -> None:
        """Forget processes that have been silent for a day."""
        late = (dt.datetime.now(dt.UTC) - dt.timedelta(days=1)).isoformat(timespec="seconds")
        with self._database.write() as connection:
            old = list(connection.scalars(select(workers.c.id).where(workers.c.seen_at < late)))
            connection.execute(delete(workers).where(workers.c.id.in_(old)))
        if self._database.is_sqlite:
            for one in old:
                (self._folder / one).unlink(missing_ok=True)

    def end(self) -> None:
        """Disappear in order."""
        with contextlib.suppress(DBAPIError), self._database.write() as connection:
            connection.execute(delete(workers).where(workers.c.id == self._executor))
        if self._file is not None:
            self._file.close()
            (self._folder / self._executor).unlink(missing_ok=True)
        if self._connection is not None:
            with contextlib.suppress(DBAPIError):
                self._connection.close()


def _key(executor: str) -> int:
    return int.from_bytes(hashlib.sha256(executor.encode()).digest()[:8], "big", signed=True)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
