"""How much CPU may go into what the writing of a file means: no text, however it was made, holds up a case or the service.

The work is many small steps of pure functions, none of which could ask a clock. So a watcher of our own lets the thread that
works run into ``Overspent`` once its CPU is spent; time that passes while others work does not count.
"""

import ctypes
import threading
import time
from collections.abc import Callable
from typing import TypeVar

FILE_SECONDS = 40.0
"""CPU for one file; a page of sixty lines takes about a tenth of a second."""
CASE_SECONDS = 100.0
"""CPU for all files of a case together."""
_LEAST_SECONDS = 1.0
"""What a file gets all the same when the others have spent everything."""
_WAITS = 1_000

T = TypeVar("T")


class Overspent(BaseException):
    """The CPU of a piece of work is spent; no error of anybody's, so nothing that handles errors takes it for one."""


class Purse:
    """The CPU that the files of one case may spend together, in seconds, and ``file_seconds`` that one of them may."""

    def __init__(self, seconds: float = CASE_SECONDS, file_seconds: float = FILE_SECONDS) -> None:
        self._left, self.file_seconds = seconds, file_seconds

    def spend(self, most: float, work: Callable[[], T]) -> tuple[T, float]:
        """What ``work`` gives and what it took, within ``most`` seconds and half of what is left; raises as ``within``."""
        allowed = max(_LEAST_SECONDS, min(most, self._left / 2))
        spent = allowed
        try:
            found, spent = within(allowed, work)
        finally:
            self._left -= spent
        return found, spent


def within(seconds: float, work: Callable[[], T]) -> tuple[T, float]:
    """What ``work`` gives, and the seconds of CPU it took.

    Raises:
        Overspent: it takes more than ``seconds``.
    """
    watch = _Watch(seconds)
    delivered = False
    try:
        found = work()
    except Overspent:
        delivered = True
        raise
    finally:
        watch.stop(wait=not delivered)
    return found, watch.spent()


class _Watch:
    """Watches the CPU of the thread that made it, and interrupts it once."""

    def __init__(self, seconds: float) -> None:
        self._thread, self._seconds = threading.get_ident(), seconds
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._begun = time.clock_gettime(self._clock)
        self._lock, self._over, self._fired = threading.Lock(), threading.Event(), False
        threading.Thread(target=self._watch, daemon=True).start()

    def spent(self) -> float:
        """The seconds of CPU since it began."""
        return time.clock_gettime(self._clock) - self._begun

    def stop(self, *, wait: bool) -> None:
        """Watch no longer; with ``wait``, let an interruption that is on its way arrive here and nowhere later."""
        with self._lock:
            self._over.set()
            fired = self._fired
        for _ in range(_WAITS if fired and wait else 0):
            time.sleep(0.001)

    def _watch(self) -> None:
        while (left := self._seconds - self.spent()) > 0:
            if self._over.wait(left):
                return
        with self._lock:
            if not self._over.is_set():
                self._fired = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(Overspent))
