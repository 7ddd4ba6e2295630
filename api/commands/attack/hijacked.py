"""What a hijacked decoder would try, as a decoder for guarded children; nothing else ever runs it.

Each way out answers how the system took it: 0 where it succeeded, else the number of the error. Numbers of system calls are
those of x86-64.
"""

import ctypes
import json
import os
import platform
import signal
import socket
from collections.abc import Callable, Mapping

from reading.guarded.channel import write_frame

_system_call = ctypes.CDLL(None, use_errno=True).syscall
_BUFFER = ctypes.create_string_buffer(4096)


def _call(number: int, *arguments: int) -> Callable[[], int]:
    def attempt() -> int:
        ctypes.set_errno(0)
        answer = _system_call(ctypes.c_long(number), *(ctypes.c_long(one) for one in arguments))
        return ctypes.get_errno() if answer == -1 else 0

    return attempt


def _do(action: Callable[[], object]) -> Callable[[], int]:
    def attempt() -> int:
        try:
            action()
        except OSError as error:
            return error.errno or -1
        return 0

    return attempt


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _to(process: int) -> Mapping[str, Callable[[], int]]:
    """Ways to reach the process with this id."""
    return {
        "kill": _do(lambda: os.kill(process, signal.SIGCONT)),
        "kill-group": _do(lambda: os.killpg(process, signal.SIGCONT)),
        "memory-of": _do(lambda: os.open(f"/proc/{process}/mem", os.O_RDWR)),
        **_on_this_machine({
            "ptrace": _call(101, 16, process, 0, 0),
            "process_vm_readv": _call(310, process, 0, 0, 0, 0, 0),
            "process_vm_writev": _call(311, process, 0, 0, 0, 0, 0),
            "pidfd_open": _call(434, process, 0),
            "prlimit": _call(302, process, 7, 0, ctypes.addressof(_BUFFER)),
            "affinity": _call(203, process, 8, ctypes.addressof(_BUFFER)),
            "priority": _call(141, 0, process, 19),
        }),
    }  # fmt: skip


def _on_this_machine(calls: Mapping[str, Callable[[], int]]) -> Mapping[str, Callable[[], int]]:
    return calls if platform.machine() == "x86_64" else {}


_KEPT = ctypes.create_string_buffer(b"/etc/passwd")
"""Stays while the process lives; the calls below point into it."""


def ways(parent: int) -> Mapping[str, Mapping[str, Callable[[], int]]]:
    """The ways out by family; ``parent`` is a process of the service's own user."""
    place = ctypes.addressof(_KEPT)
    return {
        "network": {
            "inet": _do(lambda: socket.socket(socket.AF_INET)),
            "inet6": _do(lambda: socket.socket(socket.AF_INET6)),
            "unix": _do(lambda: socket.socket(socket.AF_UNIX)),
            "netlink": _do(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)),
            "pair": _do(socket.socketpair),
        },
        "files": {
            "open": _do(lambda: os.open("/etc/passwd", os.O_RDONLY)),
            "list": _do(lambda: os.listdir("/")),  # noqa: PTH208  # the plain call
            "create": _do(lambda: os.open("/tmp", os.O_TMPFILE | os.O_RDWR)),  # noqa: S108  # tried, never used
            "own-memory": _do(lambda: os.open("/proc/self/mem", os.O_RDWR)),
            "remove": _do(lambda: os.unlink("/nonexistent-drill")),  # noqa: PTH108  # as above
            "link": _do(lambda: os.symlink("/etc/passwd", "/nonexistent-drill/x")),  # noqa: PTH211
            "leave": _do(lambda: os.chdir("/")),
            **_on_this_machine({"openat2": _call(437, -100, place, ctypes.addressof(_BUFFER), 24)}),
        },
        "looks": {
            "stat": _do(lambda: os.stat("/etc/passwd")),  # noqa: PTH116
            "access": _do(lambda: _must(os.access("/etc/passwd", os.F_OK))),
            "read-link": _do(lambda: os.readlink("/proc/self/exe")),  # noqa: PTH115
            **_on_this_machine({"statx": _call(332, -100, place, 0, 0xFFF, ctypes.addressof(_BUFFER))}),
        },
        "processes": {
            "execute": _do(lambda: os.execv("/nonexistent-drill", ["x"])),  # noqa: S606  # must fail
            "fork": _do(_fork),
            **_on_this_machine({
                "execveat": _call(322, -100, place, 0, 0, 0),
                "clone3": _call(435, ctypes.addressof(_BUFFER), 8),
            }),
        },
        "others": _to(parent),
        "kernel": _on_this_machine({
            "bpf": _call(321, 0, 0, 0),
            "io_uring": _call(425, 1, ctypes.addressof(_BUFFER)),
            "userfaultfd": _call(323, 0),
            "unshare": _call(272, 0x10000000),
            "mount": _call(165, 0, 0, 0, 0, 0),
            "keyctl": _call(250, 0, 0, 0, 0, 0),
            "perf_event": _call(298, 0, 0, -1, -1, 0),
            "memfd": _call(319, place, 0),
            "chroot": _call(161, place),
            "module": _call(175, 0, 0, 0),
            "reboot": _call(169, 0, 0, 0, 0),
            "set_user": _call(105, 0),
            "personality": _call(135, 0),
        }),
    }  # fmt: skip


def _must(found: bool) -> None:
    if not found:
        raise PermissionError(1, "not found")


def warm_up() -> None:
    """Nothing to get ready."""


def warm_up_rest() -> None:
    """As above."""


def decode(job: bytes, data: bytes, result: int) -> None:
    """Try what ``job`` names, and tell how each way was taken."""
    _ = data
    told = json.loads(job)
    what = told["what"]
    if what == "spin":
        while True:
            pass
    if what == "memory":
        bytearray(8 * 1024**3)
    if what == "crash":
        ctypes.string_at(0)
    tried = {name: attempt() for name, attempt in ways(int(told["parent"])).get(what, {}).items()}
    write_frame(result, {"tried": tried})
