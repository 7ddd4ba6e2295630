"""Whether there is room for one more job, before anything of it is read or kept; and how much more a tenant may ask for."""

from jobs.engine.workers import WorkerPool
from jobs.faults import Busy
from jobs.records.ledger import PackLedger

_TRY_AGAIN = 15


class Room:
    """The places in the line: in this process, and in the one that processes share. ``most`` and ``per_tenant`` may wait."""

    def __init__(self, pool: WorkerPool, ledger: PackLedger, most: int, per_tenant: int) -> None:
        self._pool = pool
        self._ledger = ledger
        self._most = most
        self._per_tenant = per_tenant
        self._seen: dict[str, int] = {}
        """Places that a tenant had in the shared line when it was last looked at."""

    def check(self, tenant: str, *, shared: bool) -> None:
        """Say no now, when a job of ``tenant`` would find no place.

        Raises:
            Busy: 429 when the tenant has too much waiting, 503 when everybody has.
        """
        self._pool.room(tenant)
        if not shared:
            return
        everybody, mine = self._ledger.waiting(tenant)
        self._seen[tenant] = max(0, min(self._per_tenant - mine, self._most - everybody))
        if everybody >= self._most:
            raise Busy("queue-full", status=503, retry_after=_TRY_AGAIN)
        if mine >= self._per_tenant:
            raise Busy("queue-full-for-you", status=429, retry_after=_TRY_AGAIN)

    def allowance(self, tenant: str) -> tuple[int, int]:
        """How many jobs of ``tenant`` may wait, and how many more would find a place; as known here, no database is asked."""
        return self._per_tenant, min(self._pool.left(tenant), self._seen.get(tenant, self._per_tenant))
