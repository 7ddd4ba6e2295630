"""A seccomp allow-list as raw BPF: everything a decoder needs, and nothing that opens, looks up, connects, starts or signals.

Denied calls answer EPERM, so that a library fails in its own words instead of dying. ``clone`` is allowed for threads only
(HEIC decoding), ``tgkill`` only towards the own process (``abort``), ``prlimit64`` only for oneself. No call that takes a path
is allowed: a filter cannot read what a pointer points to, so ``newfstatat``, with which some C libraries ask for an open
descriptor, would tell of every path as well. Numbers are in ``machines`` (linux/seccomp.h, linux/filter.h).
"""

import ctypes
import errno
import os
import struct

from reading.guarded.kernel import PR_SET_SECCOMP, process_control
from reading.guarded.machines import X32_BIT, Machine, this_machine

_LOAD, _JUMP_EQUAL, _JUMP_SET, _JUMP_GREATER_EQUAL, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _FIRST_ARGUMENT_HIGH = 0, 4, 16, 20
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_CLONE_THREAD = 0x00010000
_MODE_FILTER = 2

ALLOWED = (
    "read", "write", "close", "fstat", "lseek", "mmap", "mprotect", "munmap", "brk", "rt_sigaction", "rt_sigprocmask",
    "rt_sigreturn", "pread64", "readv", "writev", "sched_yield", "mremap", "madvise", "dup", "nanosleep", "getpid",
    "exit", "uname", "fcntl", "ftruncate", "getcwd", "gettimeofday", "getrusage", "sysinfo", "times", "getuid",
    "getgid", "geteuid", "getegid", "sigaltstack", "gettid", "futex", "sched_getaffinity", "restart_syscall",
    "clock_gettime", "clock_nanosleep", "exit_group", "set_robust_list", "getrandom", "membarrier", "rseq",
)  # fmt: skip
"""Calls that are allowed with any argument; none takes a path, an address or another process."""


def supported() -> bool:
    """Whether this machine type has a filter."""
    return this_machine() is not None


def _step(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value)


def _refuse(number: int) -> bytes:
    return _step(_RETURN, _ERROR | number)


def _when(call: int, steps: bytes) -> bytes:
    """``steps`` (which must return) for this call number, else go on behind them."""
    return _step(_JUMP_EQUAL, call, 0, len(steps) // 8) + steps


def program(machine: Machine, own_process: int) -> bytes:
    """The filter for a process with this id on this machine type, as an array of ``sock_filter``."""
    calls = machine.calls
    allow, deny, kill = _step(_RETURN, _ALLOW), _refuse(errno.EPERM), _step(_RETURN, _KILL)
    low, high = _step(_LOAD, _FIRST_ARGUMENT), _step(_LOAD, _FIRST_ARGUMENT_HIGH)
    own = low + _step(_JUMP_EQUAL, own_process, 0, 1) + allow + deny
    myself = high + _step(_JUMP_EQUAL, 0, 0, 3) + low + _step(_JUMP_EQUAL, 0, 0, 1) + allow + deny
    thread = low + _step(_JUMP_SET, _CLONE_THREAD, 0, 1) + allow + deny
    # A call in the manner of another machine type has other numbers: nobody honest makes one.
    steps = _step(_LOAD, _ARCHITECTURE) + _step(_JUMP_EQUAL, machine.audit, 1, 0) + kill
    steps += _step(_LOAD, _NUMBER) + _step(_JUMP_GREATER_EQUAL, X32_BIT, 0, 1) + deny
    # glibc falls back from clone3, whose flags lie behind a pointer, to clone.
    steps += _when(calls["clone3"], _refuse(errno.ENOSYS))
    steps += _when(calls["clone"], thread) + _when(calls["tgkill"], own) + _when(calls["prlimit64"], myself)
    for name in ALLOWED:
        steps += _when(calls[name], allow)
    return steps + deny


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def install() -> None:
    """Put this process, for good, under the filter; ``no_new_privs`` must be set before.

    Raises:
        OSError: the kernel has no seccomp filters or an outer filter forbids them.
    """
    machine = this_machine()
    if machine is None:
        raise OSError(errno.ENOSYS, "no filter for this machine type")
    steps = program(machine, os.getpid())
    buffer = ctypes.create_string_buffer(steps, len(steps))
    filter_program = _Program(len(steps) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    process_control(PR_SET_SECCOMP, _MODE_FILTER, ctypes.cast(ctypes.pointer(filter_program), ctypes.c_void_p))
