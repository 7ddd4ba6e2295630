"""The filter says the same on every machine type, told by running its program as the kernel would."""

import errno
import re
import subprocess

import pytest
from bpf import ALLOW, KILL, verdict

from reading.guarded.machines import MACHINES, X32_BIT
from reading.guarded.seccomp import ALLOWED, program

OWN = 4321
THREAD, FORK = 0x003D0F00, 0x01200011
"""Flags of clone for a thread of glibc's, and for a fork."""

FORBIDDEN = {
    "x86_64": {
        "open": 2, "stat": 4, "lstat": 6, "poll": 7, "ioctl": 16, "access": 21, "socket": 41, "connect": 42,
        "sendmsg": 46, "recvmsg": 47, "socketpair": 53, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "rename": 82,
        "mkdir": 83, "unlink": 87, "readlink": 89, "chmod": 90, "ptrace": 101, "prctl": 157, "chroot": 161,
        "mount": 165, "keyctl": 250, "openat": 257, "newfstatat": 262, "faccessat": 269, "readlinkat": 267,
        "unshare": 272, "perf_event_open": 298, "process_vm_writev": 311, "memfd_create": 319, "bpf": 321,
        "execveat": 322, "userfaultfd": 323, "statx": 332, "io_uring_setup": 425, "pidfd_send_signal": 424,
        "openat2": 437, "faccessat2": 439, "setuid": 105, "setitimer": 38, "tkill": 200, "shmget": 29,
    },
    "aarch64": {
        "ioctl": 29, "mkdirat": 34, "unlinkat": 35, "mount": 40, "faccessat": 48, "chroot": 51, "openat": 56,
        "readlinkat": 78, "newfstatat": 79, "unshare": 97, "setitimer": 103, "ptrace": 117, "kill": 129, "tkill": 130,
        "setuid": 146, "prctl": 167, "shmget": 194, "socket": 198, "socketpair": 199, "connect": 203, "sendmsg": 211,
        "keyctl": 219, "execve": 221, "perf_event_open": 241, "process_vm_writev": 271, "memfd_create": 279,
        "bpf": 280, "execveat": 281, "userfaultfd": 282, "statx": 291, "io_uring_setup": 425,
        "pidfd_send_signal": 424, "openat2": 437, "faccessat2": 439,
    },
}  # fmt: skip
"""Numbers from the kernel's own tables, written down apart from those of the filter."""


@pytest.fixture(params=sorted(MACHINES))
def kind(request):
    return request.param


@pytest.fixture
def answer(kind):
    machine = MACHINES[kind]
    steps = program(machine, OWN)

    def ask(call, *arguments):
        number = call if isinstance(call, int) else machine.calls[call]
        return verdict(steps, machine.audit, number, arguments)

    return ask


def test_what_a_decoder_needs_is_allowed(answer):
    assert {name for name in ALLOWED if answer(name) != ALLOW} == set()


def test_nothing_else_is(kind, answer):
    """Of all numbers there are, only those that are named."""
    machine = MACHINES[kind]
    named = {machine.calls[name] for name in (*ALLOWED, "clone3")}
    partly = {machine.calls[name] for name in ("clone", "tgkill", "prlimit64")}
    assert {number for number in range(600) if answer(number) != errno.EPERM} - partly == named


def test_ways_out_are_shut(kind, answer):
    assert {name for name, number in FORBIDDEN[kind].items() if answer(number, 0, 0, 0, 0x1000) != errno.EPERM} == set()


@pytest.mark.parametrize(
    ("call", "arguments", "told"),
    [
        ("clone", (THREAD,), ALLOW),
        ("clone", (FORK,), errno.EPERM),
        ("clone", (0,), errno.EPERM),
        ("clone3", (1, 88), errno.ENOSYS),
        ("tgkill", (OWN, OWN, 6), ALLOW),
        ("tgkill", (OWN - 1, OWN - 1, 9), errno.EPERM),
        ("tgkill", (1, 1, 9), errno.EPERM),
        ("prlimit64", (0, 7, 0, 0), ALLOW),
        ("prlimit64", (OWN - 1, 7, 0, 0), errno.EPERM),
        ("prlimit64", (1 << 32, 7, 0, 0), errno.EPERM),
    ],
)
def test_calls_that_are_allowed_in_part(answer, call, arguments, told):
    assert answer(call, *arguments) == told


def test_other_manners_of_calling_are_no_way_out(kind, answer):
    machine = MACHINES[kind]
    steps = program(machine, OWN)
    others = {other.audit for name, other in MACHINES.items() if name != kind} | {0x40000003, 0x40000028}
    for audit in others:  # another machine type, and the 32-bit manners of both
        assert verdict(steps, audit, machine.calls["read"]) == KILL
    assert answer(X32_BIT | machine.calls["read"]) == errno.EPERM
    assert answer(0xFFFFFFFF) == errno.EPERM


def test_machine_types_differ_in_numbers_only():
    x86, arm = MACHINES["x86_64"], MACHINES["aarch64"]
    assert set(x86.calls) == set(arm.calls)
    assert (x86.audit, arm.audit) == (62 | 0xC0000000, 183 | 0xC0000000)  # ELF machine, 64 bits, little-endian
    for machine in (x86, arm):
        assert len(set(machine.calls.values())) == len(machine.calls)


@pytest.mark.parametrize(
    ("kind", "header", "options"),
    [
        ("x86_64", "asm/unistd_64.h", ()),
        ("aarch64", "asm-generic/unistd.h", ("__BITS_PER_LONG=64", "__ARCH_WANT_NEW_STAT", "__ARCH_WANT_SYS_CLONE3")),
    ],
)
def test_numbers_are_those_of_the_kernels_headers(kind, header, options):
    command = ["cc", "-E", "-dM", *(f"-D{option}" for option in options), "-x", "c", "-"]
    try:
        told = subprocess.run(
            command, input=f"#include <{header}>\n", capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no compiler or no kernel headers here, or those of another machine type")
    found = dict(re.findall(r"#define (\w+) (\w+)\s", told))
    for name, number in MACHINES[kind].calls.items():
        value = found[f"__NR_{name}"]
        assert found.get(value, value) == str(number), name
