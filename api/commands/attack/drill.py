"""A drill: one thing that an attacker tries, and what became of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from api.commands.attack.broken import Broken
from api.commands.attack.target import AttackTarget
from casefile.text_value import TextValues

Stage = Literal["first", "main", "heavy", "alone", "last"]
"""``first`` needs no service and runs while it starts; ``heavy`` may slow it down; ``alone`` takes what the others need;
``last`` judges what the others brought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """``name`` is kebab-case and unique; ``drill.<name>`` says what it tries. ``attempt`` raises ``Broken``."""

    name: str
    attempt: Callable[[AttackTarget], None]
    stage: Stage = "main"
    prepare: Callable[[AttackTarget], None] | None = None
    """What takes the service a while, asked for before the first drill of the main stage is tried."""

    def run(self, target: AttackTarget) -> "DrillOutcome":
        """Try it; a drill that fails itself has proved nothing and counts as broken."""
        start, broken = time.monotonic(), None
        try:
            self.attempt(target)
        except Broken as found:
            broken = found
        except Exception as error:  # noqa: BLE001  # see above
            broken = Broken("failed", error=f"{type(error).__name__}: {error}")
        seconds = time.monotonic() - start
        if broken is None:
            return DrillOutcome(name=self.name, held=True, seconds=seconds)
        return DrillOutcome(name=self.name, held=False, why=broken.why, values=broken.values, seconds=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillOutcome:
    """What became of a drill; ``why`` and ``values`` say how it broke."""

    name: str
    held: bool
    why: str = ""
    values: TextValues = field(default_factory=dict)
    seconds: float = 0.0
