"""Drills of the guard: a decoder that was taken over tries to get out of the child that it runs in."""

import contextlib
import errno
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget
from reading.guarded.guard import ESCAPES, Guard, GuardedFailure
from reading.limits import ReadingLimits

_REFUSED = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EAGAIN, errno.EROFS}
_LIMITS = replace(ReadingLimits(), decode_seconds=1.0)
_GRACE = 15.0


def _hijacked() -> Guard:
    return Guard(_LIMITS, module="api.commands.attack.hijacked")


def _job(what: str, parent: int = 0) -> bytes:
    return json.dumps({"what": what, "parent": parent}).encode()


@contextlib.contextmanager
def _bystander() -> Iterator[int]:
    """A process of the same user that does nothing: a decoder that can reach others may stop or slow down what it reaches."""
    command = [sys.executable, "-I", "-S", "-c", "import sys; sys.stdin.read()"]  # ends with this process, too
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603  # our own interpreter
        try:
            yield process.pid
        finally:
            process.kill()


def _escape(what: str) -> Drill:
    def attempt(_: AttackTarget) -> None:
        with _hijacked() as guard, _bystander() as other:
            frames = guard.run(_job(what, other), b"")
        tried: dict[str, Any] = frames[0].header["tried"]
        if open_ways := sorted(name for name, answer in tried.items() if answer not in _REFUSED):
            raise Broken("let-through", what=", ".join(open_ways))

    return Drill(name=f"guard-{what}", attempt=attempt, stage="first")


def _costs_one_file(what: str, *codes: str) -> Drill:
    """The child ends as it must, in time, and the next file is read as if nothing had been."""

    def attempt(_: AttackTarget) -> None:
        with _hijacked() as guard:
            guard.level()
            start = time.monotonic()
            try:
                guard.run(_job(what), b"")
            except GuardedFailure as failure:
                if failure.code not in codes:
                    raise Broken("let-through", what=failure.code) from None
            else:
                raise Broken("let-through", what=what)
            if (took := time.monotonic() - start) > _LIMITS.decode_seconds + _GRACE:
                raise Broken("slow", ms=round(took * 1000), most=round((_LIMITS.decode_seconds + _GRACE) * 1000))
            guard.run(_job("nothing"), b"")

    return Drill(name=f"guard-{what}", attempt=attempt, stage="first")


def _level(_: AttackTarget) -> None:
    """What the guard tries itself before it decodes anything, by the numbers of this machine."""
    with Guard(ReadingLimits()) as guard:
        level = guard.level()
    if open_ways := sorted(set(ESCAPES) - set(level.refused)):
        raise Broken("let-through", what=", ".join(open_ways))


DRILLS = (
    Drill(name="guard-level", attempt=_level, stage="first"),
    *(_escape(what) for what in ("network", "files", "looks", "processes", "others", "kernel")),
    _costs_one_file("memory", "decode-memory", "decode-crashed"),
    _costs_one_file("spin", "decode-timeout"),
    _costs_one_file("crash", "decode-crashed"),
)
