"""A seccomp allow-list as raw BPF: everything a decoder needs, and nothing that opens, connects, starts or signals.

Denied calls answer EPERM, so that a library fails in its own words instead of dying. ``clone`` is allowed for threads only
(HEIC decoding), ``tgkill`` only towards the own process (``abort``), ``prlimit64`` only for oneself. Numbers are those of
x86-64; another machine has other numbers and gets no filter (linux/seccomp.h, linux/filter.h, linux/audit.h).
"""

import ctypes
import errno
import os
import platform
import struct

from reading.guarded.kernel import PR_SET_SECCOMP, process_control

_LOAD, _JUMP_EQUAL, _JUMP_SET, _JUMP_GREATER_EQUAL, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _FIRST_ARGUMENT_HIGH = 0, 4, 16, 20
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_X86_64 = 0xC000003E
_X32_BIT = 0x40000000
_CLONE_THREAD = 0x00010000
_MODE_FILTER = 2

_CLONE, _CLONE3, _TGKILL, _PRLIMIT64 = 56, 435, 234, 302

_ALLOWED = {
    "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12,
    "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "pread64": 17, "readv": 19, "writev": 20,
    "sched_yield": 24, "mremap": 25, "madvise": 28, "dup": 32, "nanosleep": 35, "getpid": 39, "exit": 60, "uname": 63,
    "fcntl": 72, "ftruncate": 77, "getcwd": 79, "gettimeofday": 96, "getrusage": 98, "sysinfo": 99, "times": 100,
    "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108,
    "sigaltstack": 131, "gettid": 186, "futex": 202, "sched_getaffinity": 204, "restart_syscall": 219,
    "clock_gettime": 228, "clock_nanosleep": 230, "exit_group": 231, "newfstatat": 262, "set_robust_list": 273,
    "getrandom": 318, "membarrier": 324, "rseq": 334,
}  # fmt: skip


def supported() -> bool:
    """Whether this machine type has a filter."""
    return platform.machine() == "x86_64"


def _step(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value)


def _refuse(number: int) -> bytes:
    return _step(_RETURN, _ERROR | number)


def _when(call: int, steps: bytes) -> bytes:
    """``steps`` (which must return) for this call number, else go on behind them."""
    return _step(_JUMP_EQUAL, call, 0, len(steps) // 8) + steps


def program(own_process: int) -> bytes:
    """The filter for a process with this id, as an array of ``sock_filter``."""
    allow, deny, kill = _step(_RETURN, _ALLOW), _refuse(errno.EPERM), _step(_RETURN, _KILL)
    low, high = _step(_LOAD, _FIRST_ARGUMENT), _step(_LOAD, _FIRST_ARGUMENT_HIGH)
    own = low + _step(_JUMP_EQUAL, own_process, 0, 1) + allow + deny
    myself = high + _step(_JUMP_EQUAL, 0, 0, 3) + low + _step(_JUMP_EQUAL, 0, 0, 1) + allow + deny
    thread = low + _step(_JUMP_SET, _CLONE_THREAD, 0, 1) + allow + deny
    steps = _step(_LOAD, _ARCHITECTURE) + _step(_JUMP_EQUAL, _X86_64, 1, 0) + kill
    steps += _step(_LOAD, _NUMBER) + _step(_JUMP_GREATER_EQUAL, _X32_BIT, 0, 1) + kill
    # glibc falls back from clone3, whose flags lie behind a pointer, to clone.
    steps += _when(_CLONE3, _refuse(errno.ENOSYS))
    steps += _when(_CLONE, thread) + _when(_TGKILL, own) + _when(_PRLIMIT64, myself)
    for call in _ALLOWED.values():
        steps += _when(call, allow)
    return steps + deny


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def install() -> None:
    """Put this process, for good, under the filter; ``no_new_privs`` must be set before.

    Raises:
        OSError: the kernel has no seccomp filters or an outer filter forbids them.
    """
    steps = program(os.getpid())
    buffer = ctypes.create_string_buffer(steps, len(steps))
    filter_program = _Program(len(steps) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    process_control(PR_SET_SECCOMP, _MODE_FILTER, ctypes.cast(ctypes.pointer(filter_program), ctypes.c_void_p))
