"""Tries, inside a locked-down child, what a hijacked decoder would try, and reports what was refused.

Return codes of the lockdown prove nothing: an outer sandbox may accept a call and ignore it. The level in force is what
really fails.
"""

import contextlib
import errno
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

_REFUSALS = {errno.EPERM, errno.EACCES, errno.EROFS, errno.EAGAIN}
_TWO_GIBIBYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The zygote as the child saw it before the lockdown: its process and user ids."""

    process: int
    user: int


def findings(outside: Outside) -> dict[str, bool]:
    """What was tried → whether it was refused."""
    tries: dict[str, Callable[[], None]] = {
        "memory": _allocate,
        "socket": _socket,
        "execute": _execute,
        "fork": _fork,
        "kill": lambda: os.kill(outside.process, 0),
        "open": _open,
        "create": _create,
    }
    refused = {name: _refused(attempt) for name, attempt in tries.items()}
    return {**refused, "identity": os.getuid() != outside.user}


def _refused(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except MemoryError:
        return True
    except OSError as error:
        return error.errno in _REFUSALS
    return False


def _allocate() -> None:
    bytearray(_TWO_GIBIBYTES)


def _socket() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def _execute() -> None:
    # A name that does not exist: allowed, it fails as "not found"; forbidden, as "not permitted".
    os.execv("/nonexistent-program", ["nonexistent-program"])  # noqa: S606  # the point is that it must fail


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _open() -> None:
    os.close(os.open("/", os.O_RDONLY))


def _create() -> None:
    # Without a name, so that nothing is left where it is allowed.
    for folder in ("/tmp", "/dev/shm"):  # noqa: S108  # tried, never used
        with contextlib.suppress(FileNotFoundError):
            os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600))
