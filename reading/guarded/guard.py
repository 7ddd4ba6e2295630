"""The guard: runs one decode in one locked-down child, and turns whatever happens there into frames or a named failure.

Always on, and closed when in doubt: what the lockdown really refuses is measured by a probe child after each start, and below
level 3 nothing is decoded unless the operator allowed it. A child that hangs, crashes or eats memory costs one file; a zygote
that dies is started again.
"""

import contextlib
import platform
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from casefile.errors import EvidencePackerError
from reading.guarded.channel import Frame
from reading.guarded.child import OUT_OF_MEMORY
from reading.guarded.process import Outcome, ZygoteLost, ZygoteProcess
from reading.limits import ReadingLimits

LEAST_LEVEL = 3
"""Below this nothing is decoded, unless whoever runs the service says otherwise."""
_PROBE_SECONDS = 10.0
_LEVELS = (
    {"memory"},
    {
        "socket", "socketpair", "execute", "execute-memory", "fork", "kill", "ptrace", "io-uring", "mount", "unshare",
        "keyctl", "bpf", "userfaultfd", "perf-event", "x32",
    },
    {"open", "create", "stat", "stat-by-number", "statx", "access", "readlink"},
    {"identity"},
)  # fmt: skip
"""What must be refused for level 1, 2, 3, 4; each level needs those below it."""
ESCAPES = tuple(sorted(set().union(*_LEVELS[:3])))
"""Every way out that a probe tries; at level 3 all of them are held."""


class GuardUnavailable(EvidencePackerError):
    """No guarded child can be started on this machine; nothing is decoded without one."""

    status = 503

    def __init__(self, reason: str) -> None:
        super().__init__("guard-unavailable", reason=reason)


class GuardTooWeak(GuardUnavailable):
    """Guarded children start, but may do more than they should: nothing is decoded unless a setting allows it."""

    exit_code = 2

    def __init__(self, level: "GuardLevel", least: int) -> None:
        EvidencePackerError.__init__(
            self, "guard-too-weak", level=level.number, least=least, open=", ".join(level.open), machine=level.machine
        )
        self.level = level


class GuardedFailure(Exception):
    """A child did not answer as it should; ``code`` names how: ``decode-timeout``, ``decode-memory``, ``decode-crashed``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardLevel:
    """How locked down a child is: 1 limits, 2 no network or new process, 3 no file system, 4 another identity as well.

    ``refused`` and ``allowed`` are the probes by outcome; ``machine`` is the machine type (filters exist for x86-64 and 64-bit
    ARM; others stay at level 1).
    """

    number: int
    refused: tuple[str, ...]
    allowed: tuple[str, ...]
    machine: str

    @property
    def open(self) -> tuple[str, ...]:
        """The ways out that were not held: why the level is below 3."""
        return tuple(name for name in ESCAPES if name not in self.refused)


def level_of(findings: Mapping[str, bool]) -> GuardLevel:
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


def level_here(least: int = LEAST_LEVEL) -> GuardLevel:
    """How locked down a guarded child is on this machine, measured in a moment without loading a decoder.

    Raises:
        GuardTooWeak: it is below ``least``.
        GuardUnavailable: no child could be started.
    """
    with Guard(ReadingLimits(), module="reading.guarded.idle_decoder", least=least) as guard:
        return guard.check()


class Guard:
    """Decodes in guarded children. Threads may share one; ``close`` ends everything it started.

    It decodes nothing where a child would be less locked down than ``least``.
    """

    def __init__(
        self,
        limits: ReadingLimits,
        *,
        module: str = "reading.decode",
        folders: tuple[Path, ...] = (),
        least: int = LEAST_LEVEL,
    ) -> None:
        self._limits = limits
        self._least = least
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

    def run(self, job: bytes, data: bytes, spent: list[float] | None = None) -> tuple[Frame, ...]:
        """The frames that the decoder wrote for this job (JSON, as it reads it); its seconds of CPU are added to ``spent``.

        Raises:
            GuardedFailure: the child was killed, ran out of memory, crashed or broke the channel's rules.
            GuardUnavailable: no child could be started, or one would be too little locked down.
        """
        outcome = self.outcome(job, data)
        if spent is not None:
            spent.append(outcome.cpu)
        if outcome.killed or outcome.exit == -signal.SIGXCPU:
            raise GuardedFailure("decode-timeout")
        if outcome.exit == OUT_OF_MEMORY:
            raise GuardedFailure("decode-memory")
        if outcome.exit or not outcome.sound:
            raise GuardedFailure("decode-crashed")
        return outcome.frames

    def outcome(self, job: bytes, data: bytes) -> Outcome:
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
        """What a child is refused, as tried by a probe child each time a zygote was started; also where that is too little.

        Raises:
            GuardUnavailable: no child could be started.
        """
        return self._living()[1]

    def check(self) -> GuardLevel:
        """The level, if it is enough.

        Raises:
            GuardTooWeak: it is below what was asked for.
            GuardUnavailable: no child could be started.
        """
        level = self.level()
        if level.number < self._least:
            raise GuardTooWeak(level, self._least)
        return level

    def accept(self, least: int) -> None:
        """From now on decode where a child is locked down to this level or more (1 to 4)."""
        self._least = least

    def escapes(self) -> dict[str, bool]:
        """Try every way out now, in a child of its own: its name → whether it was held. Also where the level is too low.

        Raises:
            GuardUnavailable: no child could be started.
        """
        held = self._probed(self._living()[0]).refused
        return {name: name in held for name in ESCAPES}

    def again(self) -> Self:
        """Another guard of the same kind, for a process that was forked."""
        return type(self)(self._limits, module=self._module, folders=self._folders, least=self._least)

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
        zygote, level = self._living()
        if level.number < self._least:
            raise GuardTooWeak(level, self._least)
        return zygote

    def _living(self) -> tuple[ZygoteProcess, GuardLevel]:
        with self._lock:
            if self._zygote is None or self._level is None or not self._zygote.alive:
                if self._zygote is not None:
                    self._zygote.close()
                self._zygote = None
                self._zygote, self._level = self._started()
            return self._zygote, self._level

    def _started(self) -> tuple[ZygoteProcess, GuardLevel]:
        try:
            zygote = ZygoteProcess(self._module, self._folders)
        except (ZygoteLost, OSError) as error:
            raise GuardUnavailable("the decoding process did not start") from error
        try:
            level = self._probed(zygote)
        except GuardUnavailable:
            zygote.close()
            raise
        if level.number < 1:
            zygote.close()
            raise GuardUnavailable("a decoding process would have no limits")
        return zygote, level

    def _probed(self, zygote: ZygoteProcess) -> GuardLevel:
        try:
            outcome = zygote.run(None, b"", replace(self._limits, decode_seconds=_PROBE_SECONDS))
        except ZygoteLost as error:
            raise GuardUnavailable("the decoding process did not answer") from error
        findings = outcome.frames[0].header.get("probe") if outcome.frames else None
        return level_of(findings if isinstance(findings, dict) else {})

    def _drop(self, zygote: ZygoteProcess) -> None:
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None
            zygote.close()
