"""Bodies are read beside the loop: small ones in one of a few threads, costly ones in a process that may be killed.

The loop serves everybody, so what one client sends must never be parsed on it; and a thread that computes inside a library holds
the interpreter as long as it likes, so what may take long goes where nobody waits for it.
"""

import asyncio
import re
import threading
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from api.request.readers import OPEN, READ
from api.request.threads import computed
from casefile.errors import RequestFault
from jobs.engine.worker_process import Task
from jobs.engine.workers import PoolLimits, WorkerPool
from jobs.faults import Busy, JobFault

SMALL_BYTES = 16_384
SMALL_SIGNS = 1_000
"""A body with more bytes, or more commas, brackets and braces than these, is read in a process of its own."""

_PROCESSES = 2
_WALL_SECONDS = 20.0
_PATIENCE = 60.0
_STRUCTURE = re.compile(rb"[\[{,]")
_LIMITS = PoolLimits(slots=_PROCESSES, waiting=400, waiting_per_tenant=100, tasks_per_process=2_000)

Found = TypeVar("Found")


class BodyDesk:
    """Reads bodies for one service; its processes start with the first body that needs one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: WorkerPool | None = None
        self._closed = False

    async def read(self, tenant: str, reader: Callable[..., Found], data: bytes, *more: object) -> Found:
        """``reader(data, *more)``; the reader is a function of ``api.request.readers``.

        Raises:
            RequestFault: as the reader; ``body-too-costly`` (422): it takes longer than any body that is meant.
            Busy: too many wait for this already.
        """
        if not is_costly(data):
            return await computed(reader, data, *more)
        return await self._apart(tenant, reader, (data, *more))

    async def _apart(self, tenant: str, reader: Callable[..., Found], arguments: tuple[object, ...]) -> Found:
        pool = self._opened()
        pool.room(tenant)
        about: dict[str, Any] = {"reader": reader, "arguments": arguments}
        task = Task(id=f"body-{uuid.uuid4().hex}", tenant=tenant, run=READ, arguments=about, seconds=_WALL_SECONDS)
        ticket = pool.submit(task)
        try:
            async with asyncio.timeout(_PATIENCE):
                found: Found = await asyncio.wrap_future(ticket.future)
        except TimeoutError:
            raise Busy("queue-full", status=503, retry_after=15) from None
        except JobFault as fault:
            if fault.code in {"job-crashed", "job-timeout"}:
                raise RequestFault("body-too-costly", status=422) from None
            raise
        finally:
            pool.cancel(task.id)
        return found

    def _opened(self) -> WorkerPool:
        with self._lock:
            if self._pool is None:
                self._pool = WorkerPool(OPEN, _LIMITS)
                self._pool.start()
                if self._closed:
                    self._pool.close()
            return self._pool

    def close(self) -> None:
        """End its processes."""
        with self._lock:
            self._closed = True
            pool = self._pool
        if pool is not None:
            pool.close()


def is_costly(data: bytes) -> bool:
    """Whether reading ``data`` may take longer than a moment."""
    return len(data) > SMALL_BYTES or sum(1 for _ in _STRUCTURE.finditer(data)) > SMALL_SIGNS
