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
from jobs.notify.hooks import Hooks
from jobs.records.ledger import PackLedger
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
    ledger: PackLedger
    hooks: Hooks
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
        found |= self._lines()
        if self.shared():
            living = self.liveness.living()
            found["processes"] = len(living)
            found["slots"] = sum(one.slots for one in living if one.role != "api")
            found["batch_rows_waiting"] = self.batches.ledger.rows_waiting()
        return found

    def _lines(self) -> dict[str, float]:
        """Packs that wait, by how many tenants and for how long, and webhooks that are not sent yet."""
        line, (messages, due) = self.ledger.line(), self.hooks.backlog()
        return {
            "packs_waiting": line.packs,
            "packs_waiting_tenants": line.tenants,
            "packs_waiting_longest_tenant": line.longest,
            "packs_oldest_waiting_seconds": _age(line.oldest_at),
            "webhooks_waiting": messages,
            "webhooks_oldest_due_seconds": _age(due),
        }


def _age(since: str | None) -> float:
    """Seconds since a time; 0 for none, and for one that is still to come."""
    if since is None:
        return 0.0
    return max(0.0, (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(since)).total_seconds())
