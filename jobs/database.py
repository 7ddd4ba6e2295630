"""The database behind our tables: SQLite in the data folder, or PostgreSQL by changing the address; the same code on both.

SQLite runs with a write-ahead log and full syncing, so that what was answered survives a power cut; a write takes the lock at its
beginning, so that two writers wait for each other instead of failing half-way.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.schema import Table

_MIGRATIONS = Path(__file__).parent / "migrations"
_SCHEMA = "evidence_packer"
_BUSY_MS, _SETTLE_MS = 30_000, 500
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_MS}", "foreign_keys=ON", "temp_store=MEMORY",
            "secure_delete=ON")  # fmt: skip


class Database:
    """Connections to one database. ``sqlite:///path`` or ``postgresql://…``; tables lie in a schema of their own there."""

    def __init__(self, url: str) -> None:
        self.url = url
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.engine = create_engine(
                parsed, pool_size=20, max_overflow=40, connect_args={"check_same_thread": False}
            )
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            self.engine = create_engine(
                parsed.set(drivername="postgresql+psycopg"),
                pool_size=10,
                max_overflow=30,
                pool_pre_ping=True,
                connect_args={"options": f"-csearch_path={_SCHEMA}", "connect_timeout": 10},
            )

    def migrate(self) -> None:
        """Bring the tables to this release; safe to call from several processes at once."""
        if self.is_sqlite:
            file = Path(str(make_url(self.url).database))
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.touch(mode=0o600)  # rows hold the secrets of webhooks; SQLite gives its other files the same rights
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(7166321)"))
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; committed at the end, durable on return."""
        with self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads and never waits for a writer."""
        with self.engine.connect().execution_options(reading=True) as connection:
            yield connection

    def insert(self, table: Table) -> Any:  # noqa: ANN401  # the two dialects share the methods used and no type
        """An insert that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
        found: Insert = sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
        return found

    def settle(self) -> None:
        """Leave nothing of what was deleted in the journal of a database file, unless somebody reads from it just now."""
        if not self.is_sqlite:
            return
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={_SETTLE_MS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
            cursor.close()
        finally:
            connection.close()

    def works(self) -> bool:
        """Whether a write could be made now."""
        try:
            with self.write() as connection:
                connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401  # the driver's own
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
