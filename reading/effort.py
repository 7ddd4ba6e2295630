"""How much CPU the reading of one file may take, so that no file holds up the others: what is not read by then is told.

Counted by the clock of the process, since engines work in threads of their own. Whoever works in long steps asks before each one.
"""

import time
from collections.abc import Callable

from casefile.reading import Line
from reading.ocr.contract import OcrEngine, Pixels, Tier

Clock = Callable[[], float]


class Effort:
    """``seconds`` of CPU from now on; ``cut`` once something was left undone for want of them."""

    def __init__(self, seconds: float, clock: Clock = time.process_time) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self.cut = False

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self._clock() >= self._end

    def part(self, seconds: float) -> "Effort":
        """At most ``seconds`` of what is left."""
        return Effort(max(0.0, min(seconds, self._end - self._clock())), self._clock)


class Measured:
    """An engine that reads nothing more once the effort is spent, and says so there."""

    def __init__(self, engine: OcrEngine, effort: Effort) -> None:
        self._engine, self._effort = engine, effort

    def lines(self, pixels: Pixels, tier: Tier) -> tuple[Line, ...]:
        """As the engine; nothing when the effort is spent."""
        if self._effort.spent:
            self._effort.cut = True
            return ()
        return self._engine.lines(pixels, tier)
