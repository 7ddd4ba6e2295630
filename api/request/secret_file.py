"""A secret of this data folder in a file of its own: there whole or not at all, and the same for every process that starts.

A secret that is empty or cut off would let anybody sign what only the service may sign; so it is never used.
"""

import contextlib
import fcntl
import os
import secrets
from pathlib import Path

from api.settings import SettingsFault

SECRET_BYTES = 32
_PRIVATE = 0o600
_TRIES = 10


def secret_of(path: Path) -> bytes:
    """The 32 bytes in ``path``; made when there is no such file. Processes that start at once get the same ones.

    Raises:
        SettingsFault: ``secret-damaged``: the file holds anything but 32 bytes that are not all the same.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear_left(path)
    for _ in range(_TRIES):
        if path.is_symlink() or path.exists():
            break
        with contextlib.suppress(FileNotFoundError):  # taken for a leftover in the moment before it was locked
            _make(path)
    try:
        found = path.read_bytes()
    except OSError:
        raise SettingsFault("secret-damaged", file=str(path), bytes=SECRET_BYTES) from None
    if len(found) != SECRET_BYTES or len(set(found)) == 1:
        raise SettingsFault("secret-damaged", file=str(path), bytes=SECRET_BYTES)
    if path.stat().st_mode & 0o077:
        with contextlib.suppress(PermissionError):
            path.chmod(_PRIVATE)
    return found


def _clear_left(path: Path) -> None:
    """Remove what processes that died while they made the secret left beside it."""
    for left in path.parent.glob(f".{path.name}.*"):
        with contextlib.suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def _make(path: Path) -> None:
    """Write a new secret beside ``path`` and give it that name, unless another process was faster."""
    growing = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # until it is closed: whoever clears up knows that its maker lives
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(growing)
    finally:
        growing.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
