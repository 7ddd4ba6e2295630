"""The data folder in the hands of this process: alone where it does everything, together with others where roles are split."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from api.settings import Settings
from jobs.faults import StorageFault


class DataFolder:
    """A lock on ``service.lock`` in the folder, held until the process lets go or ends."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: IO[bytes] | None = None

    @contextlib.contextmanager
    def taking(self, *, alone: bool) -> Iterator[None]:
        """Take the folder, and let it go again where what is done next fails.

        Raises:
            StorageFault: ``data-in-use``: another service works in it.
        """
        lock = (self.path / "service.lock").open("ab")
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            self._lock = lock
            yield
        except BlockingIOError:
            lock.close()
            raise StorageFault("data-in-use") from None
        except Exception:
            self.let_go()
            raise

    @property
    def taken(self) -> bool:
        """Whether this process holds it."""
        return self._lock is not None

    def let_go(self) -> None:
        """Let others have it."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def judge_engine(settings: Settings) -> None:
    """Judge the engine's own file, where there is one, before the engine opens it.

    Raises:
        StorageFault, Busy: see ``usable_engine``.
    """
    if settings.engine == "durable":
        from jobs.engine.engine import usable_engine  # noqa: PLC0415  # costs a service without it nothing

        usable_engine(settings.engine_url)
