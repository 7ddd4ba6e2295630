"""Drills side by side: those that only wait for a pack do not keep the others, and none keeps anybody for ever."""

import queue
import threading
import time
from collections.abc import Iterator, Sequence

from api.commands.attack.drill import Drill, DrillOutcome
from api.commands.attack.target import AttackTarget

Lane = Sequence[Drill]


def side_by_side(lanes: Sequence[Lane], target: AttackTarget, seconds: float) -> Iterator[DrillOutcome]:
    """Walk each lane in its order, all at the same time; each outcome as it comes. No drill has more than ``seconds``."""
    told: queue.Queue[DrillOutcome] = queue.Queue()
    for lane in lanes:
        threading.Thread(target=_walk, args=(lane, target, seconds, told), daemon=True).start()
    for _ in range(sum(len(lane) for lane in lanes)):
        yield told.get()


def _walk(lane: Lane, target: AttackTarget, seconds: float, told: "queue.Queue[DrillOutcome]") -> None:
    for drill in lane:
        told.put(_in_time(drill, target, min(seconds, target.end - time.monotonic())))


def _in_time(drill: Drill, target: AttackTarget, seconds: float) -> DrillOutcome:
    """What became of ``drill``; one that has not ended is left alone, and ends with the services."""
    found: list[DrillOutcome] = []
    work = threading.Thread(target=lambda: found.append(drill.run(target)), daemon=True)
    if seconds > 0:
        work.start()
        work.join(seconds)
    if found:
        return found[0]
    return DrillOutcome(
        name=drill.name, held=False, why="late", values={"seconds": max(0, round(seconds))}, seconds=max(0, seconds)
    )
