"""Tries, inside a locked-down child, what a hijacked decoder would try, and reports what was refused.

Return codes of the lockdown prove nothing: an outer sandbox may accept a call and ignore it. The level in force is what
really fails. Every attempt is harmless where it is allowed: it names things that do not exist, or takes back what it got.
"""

import contextlib
import ctypes
import errno
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reading.guarded.kernel import system_call
from reading.guarded.machines import X32_BIT, this_machine

_REFUSALS = {errno.EPERM, errno.EACCES, errno.EROFS, errno.EAGAIN, errno.ENOSYS}
_TWO_GIBIBYTES = 2 * 1024**3
_KNOWN_FILE = b"/etc/passwd"
_AT_FDCWD, _AT_EMPTY_PATH, _STATX_ALL = -100, 0x1000, 0xFFF
_ROOM_FOR_STAT = 512
_PEEK, _GET_KEYRING_ID, _SESSION_KEYRING, _CREATE_MAP = 2, 0, -3, 0
_NEW_USER_NAMESPACE = 0x10000000

Attempt = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The zygote as the child saw it before the lockdown: its process and user ids."""

    process: int
    user: int


def findings(outside: Outside) -> dict[str, bool]:
    """What was tried → whether it was refused."""
    identity = os.getuid() != outside.user
    return {**{name: refused(attempt) for name, attempt in attempts(outside).items()}, "identity": identity}


def attempts(outside: Outside) -> Mapping[str, Attempt]:
    """Every attempt by its name, in the order in which they are made; each raises where it was refused."""
    return {
        "memory": lambda: bytearray(_TWO_GIBIBYTES),
        "socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
        "socketpair": _socket_pair,
        # A name that does not exist: allowed, it fails as "not found"; forbidden, as "not permitted".
        "execute": lambda: os.execv("/nonexistent-program", ["nonexistent-program"]),  # noqa: S606  # it must fail
        "execute-memory": _execute_memory,
        "fork": _fork,
        "kill": lambda: os.kill(outside.process, 0),
        "open": lambda: os.close(os.open("/", os.O_RDONLY)),
        "create": _create,
        "stat": lambda: os.stat(_KNOWN_FILE),  # noqa: PTH116  # pathlib stays out of the thin process
        "stat-by-number": _stat_by_number,
        "statx": _statx,
        "access": _access,
        "readlink": lambda: os.readlink("/proc/self/exe"),  # noqa: PTH115  # as above
        # Of a process that is not traced, so that nothing is stopped where it is allowed.
        "ptrace": lambda: _call("ptrace", _PEEK, outside.process, 0, 0),
        "io-uring": lambda: _call("io_uring_setup", 0, None),
        "mount": lambda: _call("mount", b"none", b"/", b"nonexistent-file-system", 0, None),
        "keyctl": lambda: _call("keyctl", _GET_KEYRING_ID, _SESSION_KEYRING, 0),
        "bpf": lambda: _call("bpf", _CREATE_MAP, None, 0),
        "userfaultfd": lambda: os.close(_call("userfaultfd", os.O_CLOEXEC)),
        "perf-event": lambda: _call("perf_event_open", None, 0, -1, -1, 0),
        "x32": _x32,
        # Last: where it is allowed, the child is somebody else afterwards.
        "unshare": lambda: _call("unshare", _NEW_USER_NAMESPACE),
    }


def refused(attempt: Attempt) -> bool:
    """Whether the kernel said no. A call that this kernel does not have is refused to everybody."""
    try:
        attempt()
    except MemoryError:
        return True
    except OSError as error:
        return error.errno in _REFUSALS
    return False


def _call(name: str, *arguments: int | bytes | None) -> int:
    machine = this_machine()
    if machine is None:
        raise OSError(errno.EINVAL, "no numbers for this machine type")
    return system_call(machine.calls[name], *(ctypes.c_void_p(None) if one is None else one for one in arguments))


def _socket_pair() -> None:
    for end in socket.socketpair():
        end.close()


def _execute_memory() -> None:
    # An empty program: allowed, it has no known format.
    program = os.memfd_create("probe")
    try:
        os.execve(program, ["probe"], {})  # noqa: S606  # it must fail
    finally:
        os.close(program)


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _create() -> None:
    # Without a name, so that nothing is left where it is allowed.
    for folder in ("/tmp", "/dev/shm"):  # noqa: S108  # tried, never used
        with contextlib.suppress(FileNotFoundError):
            os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600))


def _stat_by_number() -> None:
    # With the flag that asks for an open descriptor, and a path all the same.
    room = ctypes.create_string_buffer(_ROOM_FOR_STAT)
    _call("newfstatat", _AT_FDCWD, _KNOWN_FILE, ctypes.addressof(room), _AT_EMPTY_PATH)


def _statx() -> None:
    room = ctypes.create_string_buffer(_ROOM_FOR_STAT)
    _call("statx", _AT_FDCWD, _KNOWN_FILE, 0, _STATX_ALL, ctypes.addressof(room))


def _access() -> None:
    # It says yes or no instead of raising; this file is there.
    if not os.access(_KNOWN_FILE, os.F_OK):
        raise OSError(errno.EACCES, "refused")


def _x32() -> None:
    machine = this_machine()
    if machine is not None:
        system_call(X32_BIT | machine.calls["getpid"])
