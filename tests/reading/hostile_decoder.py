"""A decoder that does, on demand, what a hijacked one would. Runs in guarded children only."""

# ruff: noqa: PTH108, PTH115, PTH116, PTH208
import ctypes
import fcntl
import json
import os
import socket
import time

from reading.guarded import probe
from reading.guarded.channel import write_frame


def warm_up():
    pass


def warm_up_rest():
    pass


def _spin():
    while True:
        pass


def _crash():
    ctypes.string_at(0)


def _try(action):
    try:
        action()
    except OSError as error:
        return error.errno
    return 0


ATTEMPTS = {
    "fork": os.fork,
    "socket": socket.socket,
    "open": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "create": lambda: os.open("/tmp/created-by-a-decoder", os.O_CREAT | os.O_WRONLY),
    "execute": lambda: os.execv("/bin/true", ["true"]),
    "kill": lambda: os.kill(1, 0),
    "proc": lambda: os.open("/proc/self/environ", os.O_RDONLY),
    "stat": lambda: os.stat("/etc/passwd"),
    "lstat": lambda: os.lstat("/proc/1/exe"),
    "exists": lambda: os.stat("/root"),
    "list": lambda: os.listdir("/"),
    "link": lambda: os.readlink("/proc/self/exe"),
    "chdir": lambda: os.chdir("/tmp"),
    "unlink": lambda: os.unlink("/tmp/nothing-is-called-so"),
    "socketpair": socket.socketpair,
    "memfd": lambda: os.memfd_create("x"),
    "pipe": os.pipe,
    "signal": lambda: os.killpg(os.getpgid(0), 0),
}


def decode(job, data, result):  # noqa: PLR0912  # one branch per misdeed
    job = json.loads(job)
    what = job["what"]
    if what == "attempt":
        tried = probe.attempts(probe.Outside(process=job["zygote"], user=0))[job["name"]]
        write_frame(result, {"refused": probe.refused(tried)})
    elif what in ATTEMPTS:
        write_frame(result, {"errno": _try(ATTEMPTS[what])})
    elif what == "work":
        while time.process_time() < 0.7:
            pass
        write_frame(result, {"worked": True})
    elif what == "spin":
        _spin()
    elif what == "sleep":
        time.sleep(60)
    elif what == "memory":
        bytearray(4 * 1024**3)
    elif what == "crash":
        _crash()
    elif what == "descriptors":
        open_ones = [
            number for number in range(64) if _try(lambda number=number: fcntl.fcntl(number, fcntl.F_GETFD)) == 0
        ]
        write_frame(result, {"open": open_ones, "environment": len(os.environ)})
    elif what == "flood":
        while True:
            write_frame(result, {}, bytes(1024 * 1024))
    elif what == "lie":
        os.write(result, b"RDf1" + b"\xff" * 12)
    elif what == "half":
        os.write(result, b"RDf1" + bytes((4, 0, 0, 0)))
    else:
        write_frame(result, {"echo": what}, data)
