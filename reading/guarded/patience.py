"""When a process has had enough: by the CPU it used and the time it idled, never by the time that passed.

On a busy machine everything takes longer, and a file must not be refused for that. So what a process ran, and what it waited
for a processor, is told apart from the time in which it wanted nothing (proc(5): ``schedstat``, in nanoseconds).
"""

import os
import time
from dataclasses import dataclass, field

_TICKS = os.sysconf("SC_CLK_TCK")
_NANOSECONDS = 1e9
_SOONEST = 0.005
_STOPPED = {"T", "t"}
_IDLE, _LONGEST = 2.0, 60.0
"""How many times its CPU a process may idle, and how many times it may be there at all."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that a process, with all its threads, ran, and waited for a processor."""

    ran: float
    waited: float


def spent(process: int) -> Spent:
    """What a process spent so far; nothing for one that is gone.

    A kernel that keeps no ``schedstat`` tells only what ran, so that waiting there counts as idling.
    """
    ran = waited = 0.0
    try:
        for thread in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208  # pathlib stays out of the thin process
            words = _read(f"/proc/{process}/task/{thread}/schedstat").split()
            if len(words) >= 2:
                ran += int(words[0]) / _NANOSECONDS
                waited += int(words[1]) / _NANOSECONDS
        fields = _read(f"/proc/{process}/stat").rpartition(")")[2].split()
        ran = max(ran, (int(fields[11]) + int(fields[12])) / _TICKS)  # with the threads that have ended
    except (OSError, ValueError, IndexError):
        pass
    return Spent(ran, waited)


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:  # noqa: PTH123  # as above
            return file.read()
    except FileNotFoundError:
        return ""


def is_stopped(process: int) -> bool:
    """Whether a process was stopped, by a signal or a tracer: it is there and does nothing."""
    try:
        return _read(f"/proc/{process}/stat").rpartition(")")[2].split()[0] in _STOPPED
    except (OSError, IndexError):
        return False


def longest(seconds: float) -> float:
    """How long a process that may use so many seconds of CPU may be there at all, whatever the machine does."""
    return seconds * _LONGEST


@dataclass(slots=True)
class Patience:
    """How much longer ``process`` may go on, which may use ``seconds`` of CPU and idle twice as long."""

    process: int
    seconds: float
    _began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds until it is worth looking again; 0 or less: it has had enough."""
        used = spent(self.process)
        there = time.monotonic() - self._began
        idle = there - used.ran - used.waited
        least = min(self.seconds - used.ran, self.seconds * _IDLE - idle, longest(self.seconds) - there)
        return max(least, _SOONEST) if least > 0 else least
