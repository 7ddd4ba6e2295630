"""The guard: runs one decode in one locked-down child, and turns whatever happens there into frames or a named failure.

Always on. A child that hangs, crashes or eats memory costs one file; a zygote that dies is started again. What the lockdown
really refuses is measured by a probe child after each start (``level``).
"""

import contextlib
import platform
import signal
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from casefile.errors import EvidencePackerError
from reading.guarded.channel import Frame
from reading.guarded.child import OUT_OF_MEMORY
from reading.guarded.process import Outcome, ZygoteLost, ZygoteProcess
from reading.limits import ReadingLimits

_PROBE_SECONDS = 10.0
_LEVELS = ({"memory"}, {"socket", "execute", "fork", "kill"}, {"open", "create"}, {"identity"})
"""What must be refused for level 1, 2, 3, 4; each level needs those below it."""


class GuardUnavailable(EvidencePackerError):
    """No guarded child can be started on this machine; nothing is decoded without one."""

    status = 503

    def __init__(self, reason: str) -> None:
        super().__init__("guard-unavailable", reason=reason)


class GuardedFailure(Exception):
    """A child did not answer as it should; ``code`` names how: ``decode-timeout``, ``decode-memory``, ``decode-crashed``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardLevel:
    """How locked down a child is: 1 limits, 2 no network or new process, 3 no file system, 4 another identity as well.

    ``refused`` and ``allowed`` are the probes by outcome; ``machine`` is the machine type (filters exist for x86-64; others
    stay at level 1).
    """

    number: int
    refused: tuple[str, ...]
    allowed: tuple[str, ...]
    machine: str


def level_of(findings: dict[str, Any]) -> GuardLevel:
    """The level that a probe's ``findings`` (what was tried → refused) amount to."""
    refused = {name for name, was_refused in findings.items() if was_refused is True}
    number = 0
    for needed in _LEVELS:
        if not needed <= refused:
            break
        number += 1
    return GuardLevel(
        number=number,
        refused=tuple(sorted(refused)),
        allowed=tuple(sorted(set(findings) - refused)),
        machine=platform.machine(),
    )


class Guard:
    """Decodes in guarded children. Threads may share one; ``close`` ends everything it started."""

    def __init__(
        self, limits: ReadingLimits, *, module: str = "reading.decode", folders: tuple[Path, ...] = ()
    ) -> None:
        self._limits = limits
        self._module = module
        self._folders = folders
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(limits.children)
        self._zygote: ZygoteProcess | None = None
        self._level: GuardLevel | None = None
        self._waking: threading.Thread | None = None

    def wake(self) -> None:
        """Start the zygote in the background; what goes wrong is told when it is first needed."""

        def start() -> None:
            with contextlib.suppress(GuardUnavailable):
                self.level()

        self._waking = threading.Thread(target=start, name="wake-guard", daemon=True)
        self._waking.start()

    def run(self, job: dict[str, Any], data: bytes) -> tuple[Frame, ...]:
        """The frames that the decoder wrote for this job.

        Raises:
            GuardedFailure: the child was killed, ran out of memory, crashed or broke the channel's rules.
            GuardUnavailable: no child could be started.
        """
        outcome = self.outcome(job, data)
        if outcome.killed or outcome.exit == -signal.SIGXCPU:
            raise GuardedFailure("decode-timeout")
        if outcome.exit == OUT_OF_MEMORY:
            raise GuardedFailure("decode-memory")
        if outcome.exit or not outcome.sound:
            raise GuardedFailure("decode-crashed")
        return outcome.frames

    def outcome(self, job: dict[str, Any], data: bytes) -> Outcome:
        """As ``run``, but tells how the child ended instead of judging it.

        Raises:
            GuardedFailure: the zygote died twice under this job.
            GuardUnavailable: no child could be started.
        """
        with self._places:
            for _ in range(2):  # the zygote may have died under another file: this one gets its own chance
                zygote = self._current()
                try:
                    return zygote.run(job, data, self._limits)
                except ZygoteLost:
                    self._drop(zygote)
        raise GuardedFailure("decode-crashed")

    def level(self) -> GuardLevel:
        """What a child is refused, as tried by a probe child each time a zygote was started."""
        self._current()
        assert self._level is not None
        return self._level

    def close(self) -> None:
        """End the zygote and its children. A later ``run`` starts a new one."""
        if self._waking is not None:
            self._waking.join()
        if self._zygote is not None:
            self._drop(self._zygote)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _current(self) -> ZygoteProcess:
        with self._lock:
            if self._zygote is None or not self._zygote.alive:
                if self._zygote is not None:
                    self._zygote.close()
                self._zygote = None
                self._zygote, self._level = self._started()
            return self._zygote

    def _started(self) -> tuple[ZygoteProcess, GuardLevel]:
        try:
            zygote = ZygoteProcess(self._module, self._folders)
        except (ZygoteLost, OSError) as error:
            raise GuardUnavailable("the decoding process did not start") from error
        try:
            outcome = zygote.run(None, b"", replace(self._limits, decode_seconds=_PROBE_SECONDS))
        except ZygoteLost as error:
            zygote.close()
            raise GuardUnavailable("the decoding process did not answer") from error
        findings = outcome.frames[0].header.get("probe") if outcome.frames else None
        level = level_of(findings if isinstance(findings, dict) else {})
        if level.number < 1:
            zygote.close()
            raise GuardUnavailable("a decoding process would have no limits")
        return zygote, level

    def _drop(self, zygote: ZygoteProcess) -> None:
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None
            zygote.close()
