"""The folder of an attack: held by a lock while it runs; what a killed attack left behind goes with the next one."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PREFIX = "evidence-packer-drill-"
_LOCK = "held"


@contextmanager
def throw_away_folder() -> Iterator[Path]:
    """A new folder of our own, removed at the end whatever still writes into it; first those that nobody holds go."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        _removed_when_left(left)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with (folder / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder


def _removed_when_left(folder: Path) -> None:
    """A folder without a lock is just being made, or somebody else's."""
    try:
        with (folder / _LOCK).open("rb") as lock:
            _free(lock)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return


def _free(lock: IO[bytes]) -> None:
    """Raises ``BlockingIOError`` where somebody holds it."""
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
