"""The data folder in the hands of this process: alone where it does everything, together with others where roles are split."""

import fcntl
from pathlib import Path
from typing import IO

from jobs.faults import StorageFault


class DataFolder:
    """A lock on ``service.lock`` in the folder, held until the process lets go or ends."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: IO[bytes] | None = None

    def take(self, *, alone: bool) -> None:
        """Take the folder; a second call does nothing.

        Raises:
            StorageFault: ``data-in-use``: another service works in it.
        """
        if self._lock is not None:
            return
        lock = (self.path / "service.lock").open("ab")
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise StorageFault("data-in-use") from None
        self._lock = lock

    @property
    def taken(self) -> bool:
        """Whether this process holds it."""
        return self._lock is not None

    def let_go(self) -> None:
        """Let others have it."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
