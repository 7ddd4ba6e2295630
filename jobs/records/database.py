"""The database behind our tables: SQLite in the data folder, or PostgreSQL by changing the address; the same code on both.

SQLite runs with a write-ahead log and full syncing, so that what was answered survives a power cut; a write takes the lock at its
beginning, so that two writers wait for each other instead of failing half-way.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, event, inspect, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.schema import Table

from jobs.faults import StorageFault
from jobs.records.opened_file import DatabaseFile
from jobs.records.opening import named, usable_file
from jobs.records.storage_errors import STORAGE_AWAY, is_transient, meaning
from jobs.records.tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"
_SCHEMA = "evidence_packer"
_BUSY_MS, _SETTLE_MS = 700, 500
"""Who asks is told within a second that the file is locked; who finishes work tries again."""

_START_SECONDS = 4.0
_LOOK_SECONDS = 0.5
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_MS}", "foreign_keys=ON", "temp_store=MEMORY",
            "secure_delete=ON")  # fmt: skip


class Database:
    """Connections to one database. ``sqlite:///path`` or ``postgresql://…``; tables lie in a schema of their own there."""

    def __init__(self, url: str) -> None:
        self.url = url
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = Path(str(parsed.database)) if self.is_sqlite else None
        """The file of SQLite."""
        self._file: DatabaseFile | None = None
        self._turn = threading.RLock()
        self._locked: tuple[int, DBAPIError | None] = (0, None)
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

    def migrate(self, objects: Path | None = None) -> None:
        """Bring the tables to this release; safe to call from several processes at once.

        ``objects`` is the folder of what the rows tell of, where it is a folder.

        Raises:
            StorageFault: ``database-damaged``, ``database-newer``, ``database-missing``, ``data-locked``, ``data-not-writable``,
                ``database-silent``; the file stays as it is.
            Busy: ``disk-full``.
        """
        if self.path is not None:
            usable_file(self.path, objects)
            self.path.touch(
                mode=0o600
            )  # rows hold the secrets of webhooks; SQLite gives its other files the same rights
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                self._migrate()
            except DBAPIError as error:
                if self.path is not None and meaning(error) == STORAGE_AWAY and time.monotonic() < end:
                    continue
                raise self._told(error) from error
            if self.path is not None and self._file is None:
                self._file = DatabaseFile(self.path)
            return

    def _check_file(self) -> None:
        """A file that was moved away, replaced or overwritten takes writes all the same and loses them: none before it is back.

        Raises:
            StorageFault: ``database-damaged``: it was overwritten.
            OperationalError: another file, or none, is in its place.
        """
        if self._file is None:
            return
        if self._file.is_overwritten():
            raise StorageFault("database-damaged", file=self._name)
        if not self._file.is_in_place():
            gone = sqlite3.OperationalError("the file is not the one that was opened")
            gone.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise OperationalError("BEGIN IMMEDIATE", {}, gone)

    def _migrate(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.read() as connection:
            if self._is_current(connection, config):
                return
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(7166321)"))
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _is_current(self, connection: Connection, config: Config) -> bool:
        """Whether the tables are those of this release.

        Raises:
            StorageFault: ``database-newer``, or ``database-damaged`` when they say so and are not.
        """
        script = ScriptDirectory.from_config(config)
        found = MigrationContext.configure(connection).get_current_heads()
        try:
            for revision in found:
                script.get_revision(revision)
        except CommandError:
            raise StorageFault("database-newer", file=self._name) from None
        tables = set(inspect(connection).get_table_names())
        if not found and tables & set(metadata.tables):
            raise StorageFault("database-damaged", file=self._name)
        if set(found) != set(script.get_heads()):
            return False
        columns = inspect(connection).get_multi_columns()
        there = {name: {one["name"] for one in found} for (_, name), found in columns.items()}
        if any(
            {column.name for column in table.columns} - there.get(name, set())
            for name, table in metadata.tables.items()
        ):
            raise StorageFault("database-damaged", file=self._name)
        return True

    @property
    def _name(self) -> str:
        """How the database is called in front of whoever runs the service: its file, or the server without the password."""
        return str(self.path or make_url(self.url).render_as_string(hide_password=True))

    def _told(self, error: DBAPIError) -> Exception:
        if self.path is not None:
            return named(error, self.path)
        return StorageFault("database-silent", database=self._name) if meaning(error) else error

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; committed at the end, durable on return.

        In one process writers of SQLite take turns; those that waited behind one that met a locked file end as it did.
        """
        if not self.is_sqlite:
            with self.engine.begin() as connection:
                yield connection
            return
        self._check_file()
        before = self._locked[0]
        with self._turn:
            count, fault = self._locked
            if count != before and fault is not None:
                raise OperationalError("BEGIN IMMEDIATE", {}, fault.orig or fault)
            try:
                with self.engine.begin() as connection:
                    yield connection
            except DBAPIError as error:
                if is_transient(error):
                    self._locked = (count + 1, error)
                raise

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads and never waits for a writer."""
        self._check_file()
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
        return self.trouble() is None

    def trouble(self) -> Exception | None:
        """Why no write could be made now, naming the file; of SQLite it is asked itself, not what connections remember of it."""
        try:
            if self.path is None:
                with self.write() as connection:
                    connection.execute(text("SELECT 1"))
                return None
            if self._file is not None and not self._file.is_in_place():
                return StorageFault("database-missing", file=self.path.name, folder=str(self.path.parent))
            self._check_file()
            self._look(self.path)
        except DBAPIError as error:
            return self._told(error)
        except (sqlite3.Error, OSError) as error:
            return named(error, self.path) if self.path is not None else error
        except StorageFault as fault:
            return fault
        return None

    def _look(self, path: Path) -> None:
        if not path.stat().st_size:
            raise StorageFault("database-damaged", file=self._name)
        with contextlib.closing(sqlite3.connect(path, timeout=_LOOK_SECONDS, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()
        if self._file is not None:  # last: closing a file drops the locks that this process holds on it
            self._file.close()
            self._file = None


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401  # the driver's own
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
