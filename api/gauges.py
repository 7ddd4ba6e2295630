"""What ``/metrics`` measures when it is asked: what waits and runs, room on the disk, what is due to be erased."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jobs.batch.batches import Batches
from jobs.engine.liveness import Liveness
from jobs.engine.workers import WorkerPool
from jobs.erasing import Erasing
from jobs.retention import Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """Where the figures come from; ``shared`` says whether other processes take part in the work."""

    pool: WorkerPool
    data: Path
    retention: Retention
    erasing: Erasing
    liveness: Liveness
    batches: Batches
    shared: Callable[[], bool]

    def read(self) -> dict[str, float]:
        """The figures now, by the name of their gauge."""
        found: dict[str, float] = {
            "tasks_waiting": self.pool.waiting,
            "tasks_running": self.pool.running,
            "workers_ready": self.pool.ready,
            "disk_free_bytes": shutil.disk_usage(self.data).free,
        }
        found["erasing_due"], found["erasing_oldest_seconds"] = self.retention.backlog(dt.datetime.now(dt.UTC))
        found["erasing_objects_due"] = self.erasing.removals.waiting()
        if self.shared():
            living = self.liveness.living()
            found["processes"] = len(living)
            found["slots"] = sum(one.slots for one in living if one.role != "api")
            found["batch_rows_waiting"] = self.batches.ledger.rows_waiting()
        return found
