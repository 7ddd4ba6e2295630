"""What an error of disk, database or store means, by type and code: it passes, it needs the operator, or it is our own fault.

The one place that judges this. Texts of errors are not read: "no such column" and "database is locked" have one class in SQLite and
two codes. What is named nowhere here is a fault of ours, and is never tried again for ever.
"""

import errno
import re
import sqlite3
import sys
from typing import Any

DISK_FULL, STORAGE_AWAY = "disk-full", "storage-away"
DATA_DAMAGED, DATA_REFUSED, OBJECT_MISSING = "data-damaged", "data-refused", "object-missing"

TRANSIENT = frozenset({DISK_FULL, STORAGE_AWAY})
"""Meanings that pass by themselves: the work is done again."""

_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), DISK_FULL),
    **dict.fromkeys((errno.EIO, errno.EMFILE, errno.ENFILE, errno.ESTALE), STORAGE_AWAY),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), DATA_REFUSED),
}
_SQLITE = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    **dict.fromkeys(
        (
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_PROTOCOL,
            sqlite3.SQLITE_NOMEM,
        ),
        STORAGE_AWAY,
    ),
    **dict.fromkeys((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB), DATA_DAMAGED),
    **dict.fromkeys((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH), DATA_REFUSED),
}
"""By primary result code (the low byte of an extended one)."""

_SQLSTATE = {
    "53100": DISK_FULL,  # disk_full
    "57P04": DATA_REFUSED,  # database_dropped
    **dict.fromkeys(("08", "53", "57P"), STORAGE_AWAY),  # connection, resources, shut down or starting
    **dict.fromkeys(("40001", "40P01", "55P03", "58030"), STORAGE_AWAY),  # serialization, deadlock, lock, I/O
    "25006": STORAGE_AWAY,  # read-only: a standby that is about to take over
    **dict.fromkeys(("28", "3D000", "42501"), DATA_REFUSED),  # password, no such database, no right
    **dict.fromkeys(("XX001", "XX002"), DATA_DAMAGED),  # page or index is corrupt
}
"""By SQLSTATE (PostgreSQL, appendix A): the longest beginning decides."""

_AWAY_STATUS = {408, 429, *range(500, 600)} - {501, 505}
_AWAY_HTTP = {"Connect", "Request", "Timeout", "Interrupted", "Decode"}
_CAUSE = re.compile(
    r"inner: Status \{\s*status: (?P<status>\d+)|inner: Http\(\s*HttpError \{\s*kind: (?P<http>\w+)|Os \{\s*code: (?P<os>\d+)"
)
"""The cause in what obstore writes of a ``GenericError``, which has no other sign of it."""


def meaning(error: BaseException) -> str | None:
    """``disk-full``, ``storage-away``, ``data-damaged``, ``data-refused`` or ``object-missing``; ``None``: a fault of ours."""
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno) if error.errno else None
    if isinstance(error, _kind("sqlalchemy.exc", "TimeoutError")) or getattr(error, "connection_invalidated", False):
        return STORAGE_AWAY
    driver = error.orig if isinstance(error, _kind("sqlalchemy.exc", "DBAPIError")) else error
    if isinstance(driver, sqlite3.Error):
        return _sqlite(driver)
    if isinstance(driver, _kind("psycopg", "Error")):
        return _postgres(driver)
    return _object(error)


def is_transient(error: BaseException) -> bool:
    """Whether ``error`` passes by itself: a full disk, or a database or store that does not answer now."""
    return meaning(error) in TRANSIENT


def is_unstorable(error: BaseException) -> bool:
    """Whether a database refused a value itself: NUL, half a character, a text or number longer than its place."""
    if isinstance(error, UnicodeEncodeError | OverflowError):
        return True
    driver = error.orig if isinstance(error, _kind("sqlalchemy.exc", "DBAPIError")) else error
    return isinstance(driver, _kind("psycopg", "DataError"))


def _kind(module: str, name: str) -> Any:  # noqa: ANN401  # a class, or none
    """A class of a library that may never have been loaded: then nothing is of it."""
    return getattr(sys.modules.get(module), name, ())


def _sqlite(error: sqlite3.Error) -> str | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _SQLITE.get(code & 0xFF)


def _postgres(error: Any) -> str | None:  # noqa: ANN401  # an error of the driver
    state = error.sqlstate or ""
    if not state:  # it never reached the server, or lost it: the driver's own
        return STORAGE_AWAY if isinstance(error, _kind("psycopg", "OperationalError")) else None
    return next((_SQLSTATE[state[:size]] for size in (5, 3, 2) if state[:size] in _SQLSTATE), None)


def _object(error: BaseException) -> str | None:
    known = {
        "NotFoundError": OBJECT_MISSING,
        "PermissionDeniedError": DATA_REFUSED,
        "UnauthenticatedError": DATA_REFUSED,
    }
    for name, what in known.items():
        if isinstance(error, _kind("obstore.exceptions", name)):
            return what
    if not isinstance(error, _kind("obstore.exceptions", "GenericError")):
        return None
    cause = _CAUSE.search(str(error))
    if cause is None:
        return None
    if cause["os"]:
        return _ERRNO.get(int(cause["os"]))
    if cause["status"] in {"401", "403", "404"}:
        return DATA_REFUSED
    away = cause["http"] in _AWAY_HTTP if cause["http"] else int(cause["status"]) in _AWAY_STATUS
    return STORAGE_AWAY if away else None
