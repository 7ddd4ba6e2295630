"""The one translator of errors for HTTP: every error becomes an RFC 9457 problem in the reader's language.

Nothing but catalog texts, codes and pointers goes out: no trace, path, library name or value that the customer sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casefile.errors import EvidencePackerError, FieldFault, RequestFault
from casefile.wording import Catalog
from evidence_packer.report.shape import Report
from jobs.faults import Busy, JobFault

_FULL_WIDTH = ("。", "！", "？", "；", "：")
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error as a reader sees it; ``extra`` holds further members of the problem document."""

    code: str
    status: int
    title: str
    detail: str
    hint: str
    errors: tuple[Mapping[str, str], ...] = ()
    retry_after: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def document(self, *, instance: str, request_id: str) -> dict[str, Any]:
        """The members of the problem document."""
        detail = joined(self.detail, self.hint)
        return {
            "type": f"urn:evidence-packer:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": detail,
            "instance": instance,
            "code": self.code,
            "request_id": request_id,
            "errors": [dict(error) for error in self.errors],
            **self.extra,
        }


def joined(*sentences: str) -> str:
    """Sentences one after the other, as their script does it: a blank between, none after a full-width stop."""
    text = ""
    for sentence in filter(None, sentences):
        text += sentence if not text or text.endswith(_FULL_WIDTH) else f" {sentence}"
    return text


def describe(error: BaseException, catalog: Catalog) -> Problem:
    """What may be said about ``error`` in the language of ``catalog``; an unknown one is ``internal-error``."""
    known = isinstance(error, (RequestFault, JobFault, Busy)) and catalog.has(f"error.{error.code}.title")
    if not known:
        return _texts("internal-error", 500, {}, catalog)
    assert isinstance(error, EvidencePackerError)
    problem = _texts(error.code, error.status, error.params, catalog)
    return Problem(
        code=problem.code,
        status=problem.status,
        title=problem.title,
        detail=problem.detail,
        hint=problem.hint,
        errors=tuple(_fault(fault, catalog) for fault in error.faults),
        retry_after=error.retry_after if isinstance(error, Busy) else None,
        extra=getattr(error, "extra", {}),
    )


def _texts(code: str, status: int, params: Mapping[str, object], catalog: Catalog) -> Problem:
    def text(part: str) -> str:
        key = f"error.{code}.{part}"
        return catalog.text(key, params) if catalog.has(key) else ""

    return Problem(code=code, status=status, title=text("title"), detail=text("detail"), hint=text("hint"))


def _fault(fault: FieldFault, catalog: Catalog) -> Mapping[str, str]:
    detail, hint = (f"error.{fault.code}.{part}" for part in ("detail", "hint"))
    texts = [catalog.text(key, fault.params) for key in (detail, hint) if catalog.has(key)]
    return {"pointer": fault.pointer, "code": fault.code, "message": joined(*texts) or catalog.text(detail)}


class CaseBlocked(RequestFault):
    """A strict request whose evidence has blockers: the findings are the answer, no files were made."""

    def __init__(self, report: Report | None) -> None:
        super().__init__("case-blocked", status=422)
        findings = [finding.plain() for finding in report.findings] if report else []
        self.extra = {"verdict": "blocked", "findings": findings}
