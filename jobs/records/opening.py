"""Can the data folder be used: may we write there, and is each database file whole, free and there at all?

Asked before anything is opened for good, so that a damaged file is named and stays as it is; nothing is ever made anew over it.
"""

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from jobs.faults import StorageFault, understood
from jobs.records.storage_errors import DATA_DAMAGED, STORAGE_AWAY, meaning

_WAIT_SECONDS = 3.0
_GRACE_SECONDS = 1.0
"""Another process that makes the file at this moment has written its first page by then."""

_WHOLE_BYTES = 64 << 20
"""A file up to this size is read through (some tenths of a second); of a larger one only its beginning is judged."""

_KEPT = ("packs", "batches", "drafts")


def usable_folder(folder: Path) -> None:
    """Make ``folder`` where it is missing.

    Raises:
        StorageFault: ``data-not-writable``.
        Busy: ``disk-full``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        if (told := understood(error)) and told.code not in {"data-refused", STORAGE_AWAY}:
            raise told from None
        raise StorageFault("data-not-writable", folder=str(folder)) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise StorageFault("data-not-writable", folder=str(folder))


def usable_file(path: Path, objects: Path | None = None) -> None:
    """Judge the SQLite file at ``path``; one that is not there may be made, unless ``objects`` holds what it should know of.

    A file that another process has locked is waited for some seconds: whoever opens it later would wait without end.

    Raises:
        StorageFault: ``database-damaged``, ``database-missing``, ``data-locked``, ``data-not-writable``.
        Busy: ``disk-full``.
    """
    usable_folder(path.parent)
    if not path.exists():
        if objects is not None and _holds_objects(objects):
            raise StorageFault("database-missing", file=path.name, folder=str(path.parent))
        return
    if not path.is_file() or _is_empty(path):
        raise StorageFault("database-damaged", file=str(path))
    if not os.access(path, os.R_OK | os.W_OK):
        raise StorageFault("data-not-writable", folder=str(path))
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as connection:
            whole = path.stat().st_size <= _WHOLE_BYTES
            answer = connection.execute("PRAGMA quick_check(1)" if whole else "PRAGMA schema_version").fetchone()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise named(error, path) from None
    if whole and answer[0] != "ok":
        raise StorageFault("database-damaged", file=str(path))


def named(error: BaseException, path: Path) -> Exception:
    """An error of SQLite as the fault that names the file; an error that is none of these stays what it is."""
    what = meaning(error)
    if what == DATA_DAMAGED:
        return StorageFault("database-damaged", file=str(path))
    if what == STORAGE_AWAY:
        return StorageFault("data-locked", file=str(path))
    if told := understood(error):
        return told if told.code != "data-refused" else StorageFault("data-not-writable", folder=str(path))
    return error if isinstance(error, Exception) else RuntimeError(type(error).__name__)


def _is_empty(path: Path) -> bool:
    if path.stat().st_size:
        return False
    time.sleep(_GRACE_SECONDS)
    return not path.stat().st_size


def _holds_objects(objects: Path) -> bool:
    return any((objects / kind).is_dir() and any((objects / kind).iterdir()) for kind in _KEPT)
