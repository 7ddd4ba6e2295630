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
from jobs.store import Store

_DATABASE = "app.db"
_OBJECTS = "objects"
_NOTE = "backup.json"


def back_up(database: Path, store: Store, target: Path) -> int:
    """Copy rows and objects to ``target``; what an earlier backup copied there is not copied again. How many objects.

    Raises:
        RequestFault: ``backup-needs-folder``: the rows are in a database server, which has its own tools.
    """
    if not database.is_file():
        raise RequestFault("backup-needs-folder", status=400)
    target.mkdir(parents=True, exist_ok=True)
    growing = target / f".{_DATABASE}.new"
    growing.unlink(missing_ok=True)
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


def _drop_erased(folder: Path, keys: set[str]) -> None:
    """What was erased must not live on in the copy."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(folder).as_posix() not in keys:
            path.unlink()


def restore(source: Path, data: Path) -> int:
    """Lay a backup into ``data``, which must hold no service yet; how many objects.

    Raises:
        RequestFault: ``backup-not-found`` or ``data-not-empty``.
    """
    if not (source / _NOTE).is_file():
        raise RequestFault("backup-not-found", status=400, folder=str(source))
    if (data / _DATABASE).exists() or (data / _OBJECTS).exists():
        raise RequestFault("data-not-empty", status=400, folder=str(data))
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copytree(source / _OBJECTS, data / _OBJECTS)
    shutil.copyfile(source / _DATABASE, data / _DATABASE)
    return int(json.loads((source / _NOTE).read_text(encoding="utf-8"))["objects"])
