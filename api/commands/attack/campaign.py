"""The whole attack: services started once, drills tried in less than a minute, everything ended and removed."""

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

import structlog

import api.commands.drills
from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill, DrillOutcome, Stage
from api.commands.attack.lanes import side_by_side
from api.commands.attack.target import AttackTarget
from api.commands.attack.throw_away import throw_away_folder
from api.settings import prepare_fonts
from casefile.discovery import load_house
from casefile.plug_ins import plug_ins

SECONDS = 600.0
"""A quiet machine is through within a minute; a busy one is given ten."""
_READY_SECONDS = 300.0
_QUIET_READY_SECONDS = 12.0
"""So long the services take to get ready on a quiet machine; where they take longer, drills have longer."""
_DRILL_SECONDS = 60.0
_STAGES = get_args(Stage)


def drills() -> tuple[Drill, ...]:
    """Every drill, by stage, then by file; what waits for something prepared comes behind.

    Raises:
        DataFault: a file is malformed, or two drills have one name; it names the file.
    """
    found = plug_ins(api.commands.drills, Drill).values()
    return tuple(sorted(found, key=lambda drill: (_STAGES.index(drill.stage), drill.prepare is not None)))


def attack(seconds: float = SECONDS) -> Iterator[DrillOutcome]:
    """Try every drill on a service of this installation; nothing of the user's data is touched.

    What is not tried ``seconds`` after the services are ready has not held.
    """
    with throw_away_folder() as folder, _silence():
        prepare_fonts(folder)
        target = AttackTarget(folder, load_house())
        try:
            target.start()
            yield from _tried(target, seconds)
        finally:
            target.close()


def _tried(target: AttackTarget, seconds: float) -> Iterator[DrillOutcome]:
    by_stage = {stage: [drill for drill in drills() if drill.stage == stage] for stage in _STAGES}
    start = time.monotonic()
    yield from side_by_side([by_stage["first"]], target, _READY_SECONDS)
    until = start + _READY_SECONDS
    _ = target.inside  # made while the services start
    if not (target.open.ready(until) and target.keyed.ready(until)):
        yield from (
            DrillOutcome(name=drill.name, held=False, why="no-service") for drill in drills() if drill.stage != "first"
        )
        return
    ready = time.monotonic()
    target.end = ready + seconds
    limit = _DRILL_SECONDS * max(1.0, (ready - start) / _QUIET_READY_SECONDS)
    _prepare(target)
    asked = [*by_stage["main"], *by_stage["heavy"]]
    waiting = [drill for drill in asked if drill.prepare is not None]
    at_once = [drill for drill in asked if drill.prepare is None]
    yield from side_by_side([at_once, waiting], target, limit)
    yield from side_by_side([[*by_stage["alone"], *by_stage["last"]]], target, limit)


def _prepare(target: AttackTarget) -> None:
    for drill in drills():
        if drill.prepare is not None:
            with contextlib.suppress(Broken):  # then the drill will find nothing there, and say so
                drill.prepare(target)


@contextmanager
def _silence() -> Iterator[None]:
    """No log lines of the application that answers inside this process."""
    before = structlog.get_config()
    structlog.configure(processors=[_drop])
    try:
        yield
    finally:
        structlog.configure(**before)


def _drop(*_: object) -> str:
    raise structlog.DropEvent
