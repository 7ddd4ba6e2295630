"""What a tracking page says happened when and where: each status word with the time that stands beside, below or above it."""

from casefile.facts import EventSeen, StatusSeen, TimestampSeen
from casefile.fields.files import Box
from evidence_packer.interpret import Scene

REQUIRES = ("statuses", "timestamps")
_ROWS = 3.2
"""How many line heights a time may stand away from its status."""


def _away(status: Box, time: Box) -> float | None:
    """How far a time is from a status, in line heights; ``None`` when it belongs to something else."""
    height = max(status[3] - status[1], 1e-6)
    gap = abs((status[1] + status[3]) / 2 - (time[1] + time[3]) / 2) / height
    return gap if gap <= _ROWS else None


def _nearest(status: StatusSeen, times: list[TimestampSeen]) -> TimestampSeen | None:
    measured = [(away, time) for time in times if (away := _away(status.box, time.box)) is not None]
    return min(measured, key=lambda pair: pair[0])[1] if measured else None


def interpret(scene: Scene) -> dict[str, object]:
    """``events`` in reading order; a status without a certain time near it is none."""
    found = []
    for status in scene.found["statuses"]:
        times = [t for t in scene.found["timestamps"] if t.page == status.page and t.at and not t.desktop_clock]
        time = _nearest(status, times)
        if time is not None and not time.ambiguous:
            found.append(EventSeen(status=status.status, at=str(time.at), box=status.box, page=status.page))
    return {"events": tuple(found)}
