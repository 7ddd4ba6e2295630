"""Everything a child gives up before it looks at one untrusted byte, in the order that works.

The death signal comes after the change of identity, which clears it; ``no_new_privs`` before Landlock and the filter,
which need it. What an older kernel or an outer sandbox does not offer is left out here and shows in the probe, never by a
return code.
"""

import contextlib
import math
import os
import resource
import signal
from dataclasses import dataclass

from reading.guarded import landlock, seccomp
from reading.guarded.kernel import PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, process_control

NOBODY = 65534


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a child may use: ``address_space`` and ``seconds`` of CPU; ``parent`` is the process it must not outlive."""

    address_space: int
    seconds: float
    parent: int


def lock_down(allowance: Allowance) -> None:
    """Give up, for good, what a decoder has no use for.

    Raises:
        OSError: a limit that every Linux offers could not be set; the caller must not go on.
    """
    os.setsid()
    if os.geteuid() == 0:
        _become_nobody()
    _limit(allowance)
    process_control(PR_SET_DUMPABLE, 0)
    process_control(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != allowance.parent:
        os._exit(1)  # the parent died before the death signal was asked for
    process_control(PR_SET_NO_NEW_PRIVS, 1)
    if landlock.version():
        with contextlib.suppress(OSError):
            landlock.restrict()
    if seccomp.supported():
        with contextlib.suppress(OSError):
            seccomp.install()


def _become_nobody() -> None:
    # A container may run root without the right to change identity; the probe then says so.
    with contextlib.suppress(OSError):
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _limit(allowance: Allowance) -> None:
    seconds = math.ceil(allowance.seconds)
    for what, soft, hard in (
        (resource.RLIMIT_AS, allowance.address_space, allowance.address_space),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 64, 64),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        ceiling = resource.getrlimit(what)[1]
        allowed = hard if ceiling == resource.RLIM_INFINITY else min(hard, ceiling)
        resource.setrlimit(what, (min(soft, allowed), allowed))
