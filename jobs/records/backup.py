"""A copy of everything that is kept, made while the service runs, and back again into an empty data folder.

Rows are copied before objects: an object is always there before its row says so, so the copy never names what it lacks. The
engine's own tables are left out; what was unfinished is started again from our rows.
"""

import contextlib
import json
import shutil
import sqlite3
from pathlib import Path

from casefile.errors import RequestFault
from jobs.faults import StorageFault
from jobs.records.opening import usable_file, usable_folder
from jobs.records.store import Store

_DATABASE = "app.db"
_OBJECTS = "objects"
_NOTE = "backup.json"
_MARK = ".evidence-packer-backup"
"""Says that a folder is a backup of ours before it is whole; what it holds may be brought up to date."""


def back_up(database: Path, store: Store, target: Path) -> int:
    """Copy rows and objects to ``target``; what an earlier backup copied there is not copied again. How many objects.

    Raises:
        RequestFault: ``backup-needs-folder``: the rows are in a database server, which has its own tools;
            ``target-is-input``, ``target-in-input``: it would be written into what it copies; ``target-taken``: the folder
            holds something of these names that no backup wrote.
        StorageFault: ``backup-not-writable``.
    """
    if not database.is_file():
        raise RequestFault("backup-needs-folder", status=400)
    _refuse(database, store, target)
    try:
        usable_folder(target)
    except StorageFault:
        raise StorageFault("backup-not-writable", folder=str(target)) from None
    (target / _MARK).touch()
    growing = target / f".{_DATABASE}.new"
    growing.unlink(missing_ok=True)
    growing.touch(mode=0o600)
    with contextlib.closing(sqlite3.connect(database)) as source, contextlib.closing(sqlite3.connect(growing)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    growing.replace(target / _DATABASE)
    keys = store.under("")
    copied = 0
    for key in keys:
        path = target / _OBJECTS / key
        if path.exists() and path.stat().st_size == store.size(key):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        with fresh.open("wb") as sink:
            sink.writelines(store.chunks(key, 0, store.size(key) or 0))
        fresh.replace(path)
        copied += 1
    _drop_erased(target / _OBJECTS, set(keys))
    (target / _NOTE).write_text(json.dumps({"objects": len(keys)}), encoding="utf-8")
    return copied


def _refuse(database: Path, store: Store, target: Path) -> None:
    """A backup goes neither into what it copies nor over what is not a backup."""
    kept = [database.parent.resolve(), *([path.resolve()] if (path := store.path("")) is not None else [])]
    for folder in kept:
        if target.resolve() == folder:
            raise RequestFault("target-is-input", status=400, file=str(target))
        if target.resolve().is_relative_to(folder):
            raise RequestFault("target-in-input", status=400, file=str(target), folder=str(folder))
        if folder.is_relative_to((target / _OBJECTS).resolve()):
            raise RequestFault("target-is-input", status=400, file=str(target / _OBJECTS))
    taken = [path for name in (_DATABASE, _OBJECTS, _NOTE) if (path := target / name).exists()]
    if taken and not (target / _MARK).exists() and not (target / _NOTE).is_file():
        raise RequestFault("target-taken", status=400, file=str(taken[0]))


def _drop_erased(folder: Path, keys: set[str]) -> None:
    """What was erased must not live on in the copy."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(folder).as_posix() not in keys:
            path.unlink()


def restore(source: Path, data: Path) -> int:
    """Lay a backup into ``data``, which must hold no service yet; how many objects.

    Raises:
        RequestFault: ``backup-not-found``, ``data-not-empty`` or ``target-in-input``.
        StorageFault: ``database-damaged``: the copy of the rows is; nothing was laid back.
    """
    try:
        count = int(json.loads((source / _NOTE).read_text(encoding="utf-8"))["objects"])
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        raise RequestFault("backup-not-found", status=400, folder=str(source)) from None
    if (data / _DATABASE).exists() or (data / _OBJECTS).exists():
        raise RequestFault("data-not-empty", status=400, folder=str(data))
    if data.resolve().is_relative_to(source.resolve()):
        raise RequestFault("target-in-input", status=400, file=str(data), folder=str(source))
    usable_folder(data)
    data.chmod(0o700)
    rows, growing = data / f".{_DATABASE}.new", data / f".{_OBJECTS}.new"
    shutil.rmtree(growing, ignore_errors=True)
    try:
        rows.touch(mode=0o600)
        shutil.copyfile(source / _DATABASE, rows)
        usable_file(rows)
        if (source / _OBJECTS).is_dir():
            shutil.copytree(source / _OBJECTS, growing)
            growing.replace(data / _OBJECTS)
        rows.replace(data / _DATABASE)
    except FileNotFoundError:
        raise RequestFault("backup-not-found", status=400, folder=str(source)) from None
    except StorageFault as fault:
        raise StorageFault(fault.code, **{**fault.params, "file": str(source / _DATABASE)}) from None
    finally:
        for left in data.glob(f".{_DATABASE}.new*"):
            left.unlink(missing_ok=True)
    return count
