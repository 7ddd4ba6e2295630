"""Where packs and uploads lie: objects by key, in a folder by default, in a bucket by changing the address.

A put returns only when the bytes are on disk (file and folder synced, then named), so an answer never promises what a power
cut could take away. Objects are made once and never changed; the few that may change say so.
"""

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, GenericError, NotFoundError
from obstore.store import LocalStore, from_url

from jobs.faults import StorageFault
from jobs.records.storage_errors import DATA_DAMAGED, DATA_REFUSED, OBJECT_MISSING

_CHUNK = 1 << 20
_INCOMING = ".incoming"
_REMEMBERED = 2_000
"""So many folders are remembered as synced; one that was forgotten is synced once more."""

_RETRIES: Any = {
    "max_retries": 4,
    "retry_timeout": timedelta(seconds=15),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2), "base": 3},
}
"""A bucket that stumbles is asked again for some seconds; one that lies down is told of while somebody still listens."""


class AlreadyStored(Exception):
    """The key is taken; what is there stays."""


class Store:
    """Objects under one address such as ``file:///srv/objects`` or ``s3://bucket/prefix``. Keys use ``/``."""

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        self._folder: Path | None = None
        self._synced: set[Path] = set()
        if parts.scheme == "file":
            self._folder = Path(unquote(parts.netloc + parts.path)).resolve()
            (self._folder / _INCOMING).mkdir(parents=True, exist_ok=True, mode=0o700)
            self._objects: Any = LocalStore(self._folder)
        else:
            self._objects = from_url(url, retry_config=_RETRIES)

    def clear_unfinished(self) -> None:
        """Remove what an earlier process left half written; only while no other writes."""
        if self._folder is not None:
            for path in (self._folder / _INCOMING).iterdir():
                path.unlink(missing_ok=True)

    def put(self, key: str, data: bytes | Path, *, replace: bool = False) -> None:
        """Keep ``data`` (bytes, or the file at a path) under ``key``; on return it is durable.

        Raises:
            AlreadyStored: the key is taken and ``replace`` was not asked for.
            StorageFault: ``data-refused``: there is no such bucket.
        """
        if self._folder is not None:
            self._put_file(self._folder / key, data, replace=replace)
            return
        try:
            obstore.put(self._objects, key, data, mode="overwrite" if replace else "create")
        except AlreadyExistsError:
            raise AlreadyStored(key) from None
        except (FileNotFoundError, NotFoundError):  # there is no such bucket
            raise StorageFault(DATA_REFUSED) from None

    def _put_file(self, target: Path, data: bytes | Path, *, replace: bool) -> None:
        assert self._folder is not None
        incoming = self._folder / _INCOMING / uuid.uuid4().hex
        try:
            with incoming.open("xb") as file:
                if isinstance(data, Path):
                    with data.open("rb") as source:
                        shutil.copyfileobj(source, file, _CHUNK)
                else:
                    file.write(data)
                file.flush()
                os.fsync(file.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            if replace:
                incoming.replace(target)
            else:
                try:
                    target.hardlink_to(incoming)
                except FileExistsError:
                    raise AlreadyStored(target.name) from None
            self._sync_folders(target.parent)
        finally:
            incoming.unlink(missing_ok=True)

    def _sync_folders(self, folder: Path) -> None:
        """Sync ``folder``, and the folders above it once, so that their names survive too."""
        assert self._folder is not None
        while True:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if folder == self._folder or folder in self._synced:
                return
            if len(self._synced) >= _REMEMBERED:
                self._synced.clear()
            self._synced.add(folder)
            folder = folder.parent

    def path(self, key: str) -> Path | None:
        """Where the object lies on this machine, or ``None`` when it lies in a bucket."""
        return self._folder / key if self._folder is not None else None

    def get(self, key: str) -> bytes | None:
        """The object, or ``None`` when there is none."""
        try:
            return bytes(obstore.get(self._objects, key).bytes())
        except (FileNotFoundError, NotFoundError):
            return None

    def chunks(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """``length`` bytes from ``start`` of an object, a megabyte at a time.

        Raises:
            StorageFault: ``object-missing``, or ``data-damaged`` when the object ends before.
        """
        for at in range(start, start + length, _CHUNK):
            end = min(at + _CHUNK, start + length)
            try:
                chunk = bytes(obstore.get_range(self._objects, key, start=at, end=end))
            except (FileNotFoundError, NotFoundError):
                raise StorageFault(OBJECT_MISSING, object=key) from None
            except GenericError:
                if (self.size(key) or 0) >= end:
                    raise
                raise StorageFault(DATA_DAMAGED, file=key) from None
            if len(chunk) < end - at:
                raise StorageFault(DATA_DAMAGED, file=key)
            yield chunk

    def read(self, key: str, start: int, length: int) -> bytes:
        """``length`` bytes from ``start`` of an object."""
        return b"".join(self.chunks(key, start, length))

    def size(self, key: str) -> int | None:
        """Bytes of the object, or ``None`` when there is none."""
        try:
            return int(obstore.head(self._objects, key)["size"])
        except (FileNotFoundError, NotFoundError):
            return None

    def folders(self, prefix: str) -> list[str]:
        """The names one level below ``prefix``, of objects and of folders, sorted."""
        found = obstore.list_with_delimiter(self._objects, prefix=prefix)
        keys = [*found["common_prefixes"], *(item["path"] for item in found["objects"])]
        return sorted(key.rstrip("/").rsplit("/", maxsplit=1)[-1] for key in keys)

    def under(self, prefix: str) -> list[str]:
        """Every key below ``prefix``, sorted."""
        return sorted(item["path"] for batch in obstore.list(self._objects, prefix=prefix) for item in batch)

    def clear(self, prefix: str, keep: Sequence[str] = ()) -> int:
        """Erase every object below ``prefix`` (a folder) but those below a folder of ``keep`` in it; how many."""
        if self._folder is None:
            kept = tuple(f"{prefix}/{name}/" for name in keep)
            keys = [key for key in self.under(prefix) if not (kept and key.startswith(kept))]
            self.delete(keys)
            return len(keys)
        count = 0
        for folder, _, names in os.walk(self._folder / prefix, topdown=False):
            here = Path(folder)
            if not any(here.is_relative_to(self._folder / prefix / name) for name in keep):
                for name in names:
                    (here / name).unlink(missing_ok=True)
                    count += 1
            self._synced.discard(here)
            with contextlib.suppress(OSError):  # it holds what is kept, or somebody writes there
                here.rmdir()
        return count

    def delete(self, keys: Sequence[str]) -> None:
        """Erase objects; one that is not there is no error."""
        for key in keys:
            try:
                obstore.delete(self._objects, key)
            except (FileNotFoundError, NotFoundError):
                continue
