"""The whole attack: services started, drills tried one after another in about a minute, everything ended and removed."""

import contextlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import structlog

import api.commands.drills
from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill, DrillOutcome, Stage
from api.commands.attack.target import AttackTarget
from api.settings import prepare_fonts
from casefile.discovery import load_house
from casefile.plug_ins import plug_ins

SECONDS = 600.0
"""A quiet machine is through in about a minute; a busy one is given ten."""
_READY_SECONDS = 300.0
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
    with tempfile.TemporaryDirectory(prefix="evidence-packer-drill-") as name, _silence():
        folder = Path(name)
        prepare_fonts(folder)
        target = AttackTarget(folder, load_house())
        try:
            target.start()
            yield from _tried(target, seconds)
        finally:
            target.close()


def _tried(target: AttackTarget, seconds: float) -> Iterator[DrillOutcome]:
    ready = None
    for drill in drills():
        if ready is None and drill.stage != "first":
            until = time.monotonic() + _READY_SECONDS
            _ = target.inside  # made while the services start
            ready = target.open.ready(until) and target.keyed.ready(until)
            target.end = time.monotonic() + seconds
            _prepare(target, ready=ready)
        if time.monotonic() > target.end:
            yield DrillOutcome(name=drill.name, held=False, why="late", values={"seconds": round(seconds)})
        elif ready is False:
            yield DrillOutcome(name=drill.name, held=False, why="no-service")
        else:
            yield drill.run(target)


def _prepare(target: AttackTarget, *, ready: bool) -> None:
    for drill in drills():
        if ready and drill.prepare is not None:
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
