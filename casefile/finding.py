"""What a check says about the evidence.

A finding carries a code and the values of its text; the words come from the catalogs (``finding.<code>.title``,
``.detail``, ``.hint``), so that one finding reads in every language. Shape from Django's checks: level, message, hint,
object, stable id.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from casefile.fields.files import Box
from casefile.text_value import TextValues

Severity = Literal["blocker", "warning", "advice"]
Status = Literal["pass", "finding", "skipped"]
Verdict = Literal["ready", "review", "blocked"]
SEVERITIES: tuple[Severity, ...] = ("blocker", "warning", "advice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One weakness, made by its kind: where (file, page of the file from 1, box of the upright page, or JSON pointer) and why.

    ``rules`` are the ids of the practice rules behind it. ``params`` fill the placeholders of the catalog's texts.
    """

    code: str
    severity: Severity
    params: TextValues = field(default_factory=dict)
    file: str | None = None
    page: int | None = None
    box: Box | None = None
    pointer: str | None = None
    rules: tuple[str, ...] = ()

    def capped(self, confidence: str) -> "Finding":
        """The same finding, at most a warning where the source is only practice (``S``) or common knowledge (``K``)."""
        if self.severity == "blocker" and confidence in {"S", "K"}:
            return replace(self, severity="warning")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What one check did. ``why`` is the key of the reason when it was skipped (``skip.<why>``)."""

    code: str
    status: Status
    findings: tuple[Finding, ...] = ()
    why: str | None = None
    params: TextValues = field(default_factory=dict)
