"""The service's end of the zygote: starting it by exec, and talking to it about one file.

Each errand carries its own three descriptors (job, result, answer), so that any number of threads may share one zygote.
"""

import contextlib
import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from reading.containers import is_usual
from reading.guarded.channel import ChannelFault, Frame, FrameReader, Wait, write_frame
from reading.guarded.errands import ErrandEnd, ErrandOrder
from reading.guarded.patience import is_stopped, longest
from reading.limits import ReadingLimits

_ROOT = Path(__file__).resolve().parent.parent.parent
_START = (
    "import sys; sys.path[:0] = sys.argv[3:]; "
    "from reading.guarded.zygote import main; main(int(sys.argv[1]), sys.argv[2])"
)
# Read by the C library at exec only: huge pages halve the cost of large pictures, one arena keeps the address space small.
_ENVIRONMENT = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1", "LC_ALL": "C.UTF-8"}
_START_SECONDS = 120.0
_GRACE_SECONDS = 5.0
_PIPE_BYTES = 1024 * 1024
_MAX_ANSWER = 4096


class ZygoteLost(Exception):
    """The zygote died, or did not answer long after the deadline it owns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a child left behind.

    ``exit`` is its status (negative: the signal that ended it), ``cpu`` in seconds, ``memory`` its peak in bytes;
    ``sound`` is false when its frames broke off or broke a rule.
    """

    frames: tuple[Frame, ...]
    sound: bool
    exit: int
    killed: bool
    cpu: float
    memory: int


class ZygoteProcess:
    """One running zygote. ``module`` is the decoder it warms; ``folders`` are searched for it behind the project's own."""

    def __init__(self, module: str, folders: tuple[Path, ...]) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            places = [str(folder) for folder in (_ROOT, *folders)]
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own module
                [sys.executable, "-I", "-c", _START, str(theirs.fileno()), module, *places],
                pass_fds=(theirs.fileno(),),
                env=_ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.owner = os.getpid()
        if not self._ready():
            self.close()
            raise ZygoteLost

    @property
    def alive(self) -> bool:
        """Whether it runs, and belongs to this process (a fork inherits the socket, never the zygote)."""
        return self.owner == os.getpid() and self._process.poll() is None

    def _ready(self) -> bool:
        self._socket.settimeout(_START_SECONDS)
        try:
            return self._socket.recv(16) == b"ready"
        except OSError:
            return False

    def close(self) -> None:
        """End the zygote and its children, and wait for it."""
        self._socket.close()
        if self.owner != os.getpid():
            return
        try:
            self._process.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End a zygote that no longer answers; its children carry a death signal."""
        self._process.kill()
        self._process.wait()

    def _watch(self) -> Callable[[], None]:
        """Ends a zygote that was stopped: it watches nobody, and would keep everybody waiting. One look may err, two do not."""
        stopped_before = False

        def look() -> None:
            nonlocal stopped_before
            stopped = is_stopped(self._process.pid)
            if stopped and stopped_before:
                self.kill()
                raise ZygoteLost
            stopped_before = stopped

        return look

    def run(self, job: bytes | None, data: bytes, limits: ReadingLimits) -> Outcome:
        """One child's whole life: ``job`` over ``data``, or the probe where there is no job.

        Raises:
            ZygoteLost: it died under this errand; the file may be innocent.
        """
        rare = job is not None and not is_usual(data)
        order = ErrandOrder(probe=job is None, rare=rare, seconds=limits.decode_seconds, memory=limits.child_memory)
        # The zygote watches the child; this only ends the wait for a zygote that does not.
        wait = Wait(time.monotonic() + longest(limits.decode_seconds) + _GRACE_SECONDS, self._watch())
        with _Errand(job or b"", data) as errand:
            try:
                socket.send_fds(self._socket, [json.dumps(order).encode()], errand.theirs)
            except OSError as error:
                raise ZygoteLost from error
            errand.close_theirs()
            frames, sound = _frames(errand.result, limits.result_bytes, wait)
            errand.close_result()
            answer = _answer(errand.answer, wait)
        return Outcome(frames=frames, sound=sound, **answer)


class _Errand:
    """The descriptors of one errand: the job in memory, the pipe of results, the pipe of the zygote's answer."""

    def __init__(self, job: bytes, data: bytes) -> None:
        source = os.memfd_create("job")
        write_frame(source, {}, job)
        write_frame(source, {}, data)
        self.result, result = os.pipe()
        self.answer, answer = os.pipe()
        self.theirs = [source, result, answer]
        self._ours = [self.result, self.answer]
        # A bigger pipe means fewer switches; an unprivileged user may be over the system's sum.
        with contextlib.suppress(OSError):
            fcntl.fcntl(self.result, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    def close_theirs(self) -> None:
        while self.theirs:
            os.close(self.theirs.pop())

    def close_result(self) -> None:
        """A child that is still writing then fails at once instead of waiting for its deadline."""
        os.close(self._ours.pop(0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close_theirs()
        while self._ours:
            os.close(self._ours.pop())


def _frames(descriptor: int, budget: int, wait: Wait) -> tuple[tuple[Frame, ...], bool]:
    frames: list[Frame] = []
    try:
        for frame in FrameReader(descriptor, budget, wait).frames():
            frames.append(frame)  # noqa: PERF402  # what came before a fault is kept
    except ChannelFault:
        return tuple(frames), False
    return tuple(frames), True


def _answer(descriptor: int, wait: Wait) -> ErrandEnd:
    os.set_blocking(descriptor, False)
    text = b""
    while len(text) < _MAX_ANSWER and wait.readable(descriptor):
        if not (part := os.read(descriptor, _MAX_ANSWER)):
            break
        text += part
    try:
        answer = json.loads(text)
        return ErrandEnd(exit=answer["exit"], killed=answer["killed"], cpu=answer["cpu"], memory=answer["memory"])
    except (ValueError, KeyError, TypeError) as error:
        raise ZygoteLost from error
