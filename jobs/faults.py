"""Why a job was not taken or did not end well; texts under ``error.<code>``."""

from dataclasses import dataclass, field
from typing import Any

from casefile.errors import EvidencePackerError, FieldFault, RequestFault
from casefile.text_value import TextValues
from jobs.records.kept_error import KeptError, KeptFault
from jobs.records.storage_errors import DISK_FULL, STORAGE_AWAY, TRANSIENT, meaning


class JobFault(EvidencePackerError):
    """An accepted job was not finished: ``job-`` and ``crashed``, ``timeout``, ``failed``, ``stopped`` or ``cancelled``."""

    def __init__(self, code: str, **params: Any) -> None:  # noqa: ANN401  # values of its text
        super().__init__(code, **params)
        self.status = {"job-cancelled": 409, "job-stopped": 503, "job-postponed": 503}.get(code, 500)


class Busy(EvidencePackerError):
    """There is no room now; nothing was stored. ``retry_after`` is in seconds."""

    exit_code = 3

    def __init__(self, code: str, *, status: int, retry_after: int) -> None:
        super().__init__(code, retry_after=retry_after)
        self.status = status
        self.retry_after = retry_after


class StorageFault(RequestFault):
    """What is kept cannot be used as it is: damaged, newer than this release, without right, or not there. Nothing was changed.

    Somebody has to look; it is never tried again by itself.
    """

    exit_code = 3

    def __init__(self, code: str, **params: Any) -> None:  # noqa: ANN401  # values of its text
        super().__init__(code, status=503, **params)


PASSING = "job-postponed"
"""The code of a job that met a full disk or a silent server: it is done again."""


class AlreadyAsked(Exception):
    """An idempotency key was taken by another request between looking and writing."""


_RETRY_AFTER = {DISK_FULL: 30, STORAGE_AWAY: 5}


def understood(error: BaseException) -> Busy | StorageFault | None:
    """``error`` of disk, database or store as one that has a text: ``Busy`` when it passes; ``None`` when it is a fault of ours."""
    code = meaning(error)
    if code is None:
        return None
    return Busy(code, status=503, retry_after=_RETRY_AFTER[code]) if code in TRANSIENT else StorageFault(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobError:
    """An error as it crosses from a worker or is kept in a record: code, status, wrong fields, values of its text."""

    code: str
    status: int = 500
    faults: tuple[FieldFault, ...] = ()
    params: TextValues = field(default_factory=dict)

    @classmethod
    def of(cls, error: BaseException) -> "JobError":
        """What may be told about ``error``: our own errors in full, of any other only that the job failed."""
        told = understood(error) or error
        if isinstance(told, Busy) and told is not error:
            return cls(code=PASSING, status=503, params={"why": told.code})
        if isinstance(told, (RequestFault, JobFault)):
            return cls(code=told.code, status=told.status, faults=told.faults, params=dict(told.params))
        return cls(code="job-failed")

    def error(self) -> EvidencePackerError:
        """The error to raise for it here."""
        if not self.code.startswith("job-"):
            return RequestFault(self.code, status=self.status, faults=self.faults, **self.params)
        return JobFault(self.code, **dict(self.params))

    def plain(self) -> KeptError:
        """As JSON values, for a record."""
        faults = [KeptFault(pointer=f.pointer, code=f.code, params=dict(f.params)) for f in self.faults]
        return KeptError(code=self.code, status=self.status, faults=faults, params=dict(self.params))

    @classmethod
    def from_plain(cls, value: KeptError) -> "JobError":
        """What ``plain`` wrote."""
        faults = tuple(FieldFault(**fault) for fault in value["faults"])
        return cls(code=value["code"], status=value["status"], faults=faults, params=value["params"])
