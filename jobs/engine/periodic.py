"""What goes on beside the work, once a second: heartbeats, takeovers, cancellations, progress, and now and then a tidy-up.

Each duty is tried on its own; one that fails is logged and tried again at the next turn, so that a database that is away for a
moment stops nothing for good.
"""

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from casefile.care import log_failure


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicTask:
    """Something done every ``seconds``."""

    name: str
    seconds: float
    do: Callable[[], object]


class PeriodicWork:
    """One thread that does its duties until it is closed."""

    def __init__(self, duties: list[PeriodicTask]) -> None:
        self._duties = duties
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True, name="periodic")

    def start(self) -> None:
        """Begin; every duty is done once soon."""
        self._thread.start()

    def _live(self) -> None:
        due = {duty.name: time.monotonic() + min(1.0, duty.seconds) for duty in self._duties}
        while not self._ending.wait(0.25):
            for duty in self._duties:
                if time.monotonic() < due[duty.name] or self._ending.is_set():
                    continue
                try:
                    duty.do()
                except Exception as error:  # noqa: BLE001  # whatever it is, the other duties go on
                    log_failure("duty-failed", error, duty=duty.name)
                due[duty.name] = time.monotonic() + duty.seconds

    def close(self) -> None:
        """End after the duty at hand."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)


def days_ago(days: float) -> str:
    """The time so many days ago, as tables write it."""
    return (dt.datetime.now(dt.UTC) - dt.timedelta(days=days)).isoformat(timespec="seconds")
