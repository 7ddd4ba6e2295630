"""The Linux calls that Python does not offer: prctl and raw system calls through the C library already loaded.

Plain ctypes, so that the lockdown needs no package and no privilege.
"""

import ctypes
import os

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38


def process_control(option: int, value: int = 0, pointer: "ctypes.c_void_p | None" = None) -> None:
    """``prctl(2)``.

    Raises:
        OSError: the kernel refused.
    """
    result = _LIBC.prctl(
        ctypes.c_int(option),
        ctypes.c_ulong(value),
        pointer or ctypes.c_void_p(None),
        ctypes.c_ulong(0),
        ctypes.c_ulong(0),
    )
    if result:
        raise _error()


def give_back_memory() -> None:
    """``malloc_trim(3)``: what was freed goes back to the system. Does nothing where the C library has no such call."""
    if hasattr(_LIBC, "malloc_trim"):
        _LIBC.malloc_trim(0)


def system_call(number: int, *arguments: object) -> int:
    """``syscall(2)`` with arguments as ctypes values or ints; answers what the kernel answers.

    Raises:
        OSError: the kernel refused.
    """
    plain = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    result = int(_LIBC.syscall(ctypes.c_long(number), *plain))
    if result < 0:
        raise _error()
    return result


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
