"""Why a job was not taken or did not end well; texts under ``error.<code>``."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casefile.errors import EvidencePackerError, FieldFault, RequestFault


class JobFault(EvidencePackerError):
    """An accepted job was not finished: ``job-`` and ``crashed``, ``timeout``, ``failed``, ``stopped`` or ``cancelled``."""

    def __init__(self, code: str, **params: Any) -> None:  # noqa: ANN401  # values of its text
        super().__init__(code, **params)
        self.status = {"job-cancelled": 409, "job-stopped": 503, "job-postponed": 503}.get(code, 500)


class Busy(EvidencePackerError):
    """There is no room now; nothing was stored. ``retry_after`` is in seconds."""

    def __init__(self, code: str, *, status: int, retry_after: int) -> None:
        super().__init__(code, retry_after=retry_after)
        self.status = status
        self.retry_after = retry_after


PASSING = "job-postponed"
"""The code of a job that met a full disk or a silent server: it is done again."""


class AlreadyAsked(Exception):
    """An idempotency key was taken by another request between looking and writing."""


_FULL = {errno.ENOSPC, errno.EDQUOT}
_AWAY = {
    "sqlalchemy.exc": {"OperationalError", "InterfaceError", "TimeoutError", "DBAPIError"},
    "obstore.exceptions": None,
}
"""Modules and classes whose errors mean that a server or disk does not answer now (``None``: all of them)."""


def weather(error: BaseException) -> Busy | None:
    """``error`` as something that passes: no room on the disk, or a database or store that does not answer; else ``None``."""
    full = isinstance(error, OSError) and error.errno in _FULL
    if full or "disk is full" in str(getattr(error, "orig", "")):
        return Busy("disk-full", status=503, retry_after=30)
    for module, names in _AWAY.items():
        kind = type(error)
        if kind.__module__.startswith(module) and (names is None or kind.__name__ in names):
            return Busy("storage-away", status=503, retry_after=5)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An error as it crosses from a worker or is kept in a record: code, status, wrong fields, values of its text."""

    code: str
    status: int = 500
    faults: tuple[FieldFault, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, error: BaseException) -> "Trouble":
        """What may be told about ``error``: our own errors in full, of any other only that the job failed."""
        if isinstance(error, EvidencePackerError) and (isinstance(error, (RequestFault, JobFault))):
            return cls(code=error.code, status=error.status, faults=error.faults, params=dict(error.params))
        if passing := weather(error):
            return cls(code=PASSING, status=503, params={"why": passing.code})
        return cls(code="job-failed")

    def error(self) -> EvidencePackerError:
        """The error to raise for it here."""
        if not self.code.startswith("job-"):
            return RequestFault(self.code, status=self.status, faults=self.faults, **self.params)
        return JobFault(self.code, **dict(self.params))

    def plain(self) -> dict[str, object]:
        """As JSON values, for a record."""
        faults = [{"pointer": f.pointer, "code": f.code, "params": dict(f.params)} for f in self.faults]
        return {"code": self.code, "status": self.status, "faults": faults, "params": dict(self.params)}

    @classmethod
    def from_plain(cls, value: Mapping[str, object]) -> "Trouble":
        """What ``plain`` wrote."""
        faults = tuple(FieldFault(**fault) for fault in value["faults"])  # type: ignore[attr-defined]
        return cls(code=str(value["code"]), status=int(str(value["status"])), faults=faults, params=value["params"])  # type: ignore[arg-type]
