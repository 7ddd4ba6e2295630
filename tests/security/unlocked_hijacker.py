"""The hijacked decoder in a child whose locks were forgotten: shows that the drills see it. Guarded children only."""

from api.commands.attack.hijacked import decode, warm_up, warm_up_rest
from reading.guarded import landlock, lockdown, seccomp

__all__ = ["decode", "warm_up", "warm_up_rest"]

seccomp.supported = lambda: False
landlock.version = lambda: 0
lockdown._become_nobody = lambda: None
