"""The system call numbers of each machine type that has a filter: x86-64 and 64-bit ARM.

A filter sees numbers only, and each machine type has its own (Linux: arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h). A machine type that is not here gets no filter, and the guard says so.
"""

import platform
from collections.abc import Mapping
from dataclasses import dataclass

X32_BIT = 0x40000000
"""Set in the numbers of the x32 calls, which reach the kernel of an x86-64 beside its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One machine type: its word in an audit record (linux/audit.h), and the number of each call that is named here."""

    audit: int
    calls: Mapping[str, int]


_X86_64 = Machine(
    audit=0xC000003E,
    calls={
        # Allowed.
        "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12,
        "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "pread64": 17, "readv": 19, "writev": 20,
        "sched_yield": 24, "mremap": 25, "madvise": 28, "dup": 32, "nanosleep": 35, "getpid": 39, "exit": 60,
        "uname": 63, "fcntl": 72, "ftruncate": 77, "getcwd": 79, "gettimeofday": 96, "getrusage": 98, "sysinfo": 99,
        "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108, "sigaltstack": 131, "gettid": 186,
        "futex": 202, "sched_getaffinity": 204, "restart_syscall": 219, "clock_gettime": 228, "clock_nanosleep": 230,
        "exit_group": 231, "set_robust_list": 273, "getrandom": 318, "membarrier": 324, "rseq": 334,
        # Allowed in part.
        "clone": 56, "clone3": 435, "tgkill": 234, "prlimit64": 302,
        # Tried by the probe.
        "ptrace": 101, "mount": 165, "keyctl": 250, "newfstatat": 262, "unshare": 272, "perf_event_open": 298,
        "bpf": 321, "userfaultfd": 323, "statx": 332, "io_uring_setup": 425,
    },
)  # fmt: skip

_AARCH64 = Machine(
    audit=0xC00000B7,
    calls={
        # Allowed.
        "getcwd": 17, "dup": 23, "fcntl": 25, "ftruncate": 46, "close": 57, "lseek": 62, "read": 63, "write": 64,
        "readv": 65, "writev": 66, "pread64": 67, "fstat": 80, "exit": 93, "exit_group": 94, "futex": 98,
        "set_robust_list": 99, "nanosleep": 101, "clock_gettime": 113, "clock_nanosleep": 115,
        "sched_getaffinity": 123, "sched_yield": 124, "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134,
        "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "uname": 160, "getrusage": 165, "gettimeofday": 169,
        "getpid": 172, "getuid": 174, "geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179,
        "brk": 214, "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233, "getrandom": 278,
        "membarrier": 283, "rseq": 293,
        # Allowed in part.
        "tgkill": 131, "clone": 220, "prlimit64": 261, "clone3": 435,
        # Tried by the probe.
        "mount": 40, "newfstatat": 79, "unshare": 97, "ptrace": 117, "keyctl": 219, "perf_event_open": 241,
        "bpf": 280, "userfaultfd": 282, "statx": 291, "io_uring_setup": 425,
    },
)  # fmt: skip

MACHINES: Mapping[str, Machine] = {"x86_64": _X86_64, "aarch64": _AARCH64}
"""Machine types by the name that ``platform.machine`` gives them."""


def this_machine() -> Machine | None:
    """The type of this machine; ``None`` where there is no filter for it."""
    return MACHINES.get(platform.machine())
