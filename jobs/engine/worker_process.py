"""The inside of one worker process: opens the workshop once, then does one task after another.

It dies with its parent, does not react to the keyboard, and tells only codes: no trace and no customer value leaves it, the
log gets the places of the code and nothing else.
"""

import ctypes
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from casefile.care import log_failure
from jobs.collecting import seldom, spare
from jobs.engine.job_functions import lookup
from jobs.faults import JobError
from jobs.logs import configure

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do: ``run`` is the dotted name of a function called with workshop, progress and ``arguments``.

    ``urgent`` tasks (somebody waits for the answer) go before the others; of those, the last ``newest`` one (somebody looks at
    it) goes first. ``turn`` is the time by which it is due (``casefile/turn.py``), ``seconds`` the wall limit.
    """

    id: str
    tenant: str
    run: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 300.0
    urgent: bool = False
    newest: bool = False
    turn: str = ""


def die_with(parent: int) -> None:
    """Have the kernel kill this process when ``parent`` ends, also when it is killed."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def serve(connection: Connection, parent: int, open_workshop: str, opening: Mapping[str, int | str]) -> None:
    """Answer tasks from ``connection`` until it closes, in a workshop opened with ``opening``."""
    die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    configure()
    seldom()
    try:
        workshop = lookup(open_workshop)(**opening)
    except Exception as error:  # noqa: BLE001  # the parent must hear of whatever went wrong
        log_failure("workshop-not-opened", error)
        connection.send(("broken", None))
        return
    spare()
    connection.send(("ready", None))
    try:
        while (task := connection.recv()) is not None:
            connection.send(_do(connection, workshop, task))
    except EOFError:
        pass
    finally:
        workshop.close()


def _do(connection: Connection, workshop: Any, task: Task) -> tuple[str, object]:  # noqa: ANN401  # named by the trade
    try:
        answer = lookup(task.run)(
            workshop, lambda stage, share: connection.send(("progress", (stage, share))), **task.arguments
        )
    except Exception as error:  # noqa: BLE001  # one task may fail in any way; the next must still be done
        trouble = JobError.of(error)
        if trouble.status >= 500:
            log_failure("job-failed", error, job=task.id)
        return "trouble", trouble
    return "done", answer
