"""The one translator of errors for HTTP: every error becomes an RFC 9457 problem in the reader's language.

Nothing but catalog texts, codes and pointers goes out: no trace, path, library name or value that the customer sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ConfigDict, Field

from casefile.errors import EvidencePackerError, FieldFault, RequestFault
from casefile.json_model import JsonModel
from casefile.text_value import TextValues
from casefile.wording import Catalog
from evidence_packer.report.shape import Report
from jobs.faults import Busy, JobFault

_FULL_WIDTH = ("。", "！", "？", "；", "：")
MEDIA_TYPE = "application/problem+json"


class FaultAnswer(JsonModel):
    """One wrong field."""

    pointer: str = Field(description="JSON pointer into what was sent", examples=["/order/id"])
    code: str = Field(description="Stable code of what is wrong", examples=["field-unknown"])
    message: str = Field(description="What is wrong and what to do, in the language of the request")


class ProblemAnswer(JsonModel):
    """Why a request was refused (RFC 9457); a problem may have further members."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Stable name of the problem", examples=["urn:evidence-packer:problem:case-invalid"])
    title: str = Field(description="What happened, in one line")
    status: int = Field(description="The HTTP status")
    detail: str = Field(description="What happened, why, and what to do")
    instance: str = Field(description="The address that was asked")
    code: str = Field(description="Stable code, explained in docs/messages.md", examples=["case-invalid"])
    request_id: str = Field(description="The id of this request, for questions to whoever runs the service")
    errors: tuple[FaultAnswer, ...] = Field(default=(), description="Every wrong field")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error as a reader sees it; ``extra`` holds further members of the problem document."""

    code: str
    status: int
    title: str
    detail: str
    hint: str
    errors: tuple[FaultAnswer, ...] = ()
    retry_after: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, *, instance: str, request_id: str) -> ProblemAnswer:
        """The problem document."""
        return ProblemAnswer(
            type=f"urn:evidence-packer:problem:{self.code}",
            title=self.title,
            status=self.status,
            detail=joined(self.detail, self.hint),
            instance=instance,
            code=self.code,
            request_id=request_id,
            errors=self.errors,
            **self.extra,
        )


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


def _texts(code: str, status: int, params: TextValues, catalog: Catalog) -> Problem:
    def text(part: str) -> str:
        key = f"error.{code}.{part}"
        return catalog.text(key, params) if catalog.has(key) else ""

    return Problem(code=code, status=status, title=text("title"), detail=text("detail"), hint=text("hint"))


def _fault(fault: FieldFault, catalog: Catalog) -> FaultAnswer:
    detail, hint = (f"error.{fault.code}.{part}" for part in ("detail", "hint"))
    texts = [catalog.text(key, fault.params) for key in (detail, hint) if catalog.has(key)]
    return FaultAnswer(pointer=fault.pointer, code=fault.code, message=joined(*texts) or catalog.text(detail))


class CaseBlocked(RequestFault):
    """A strict request whose evidence has blockers: the findings are the answer, no files were made."""

    def __init__(self, report: Report | None) -> None:
        super().__init__("case-blocked", status=422)
        findings = [finding.plain() for finding in report.findings] if report else []
        self.extra = {"verdict": "blocked", "findings": findings}
