"""Is there still time?"""

from collections.abc import Iterator

from casefile.deadline import DueDate, effective_deadline
from casefile.finding import Finding, Severity
from evidence_packer.judge.check import Dossier

CODE = "deadline-open"
INPUT = "case"
_CLOSE_HOURS = 12


def _finding(dossier: Dossier, due: DueDate, code: str, severity: str) -> Finding:
    at = due.block_at or due.warn_at
    return Finding(
        code=code,
        severity=severity,  # type: ignore[arg-type]  # one of the literals
        pointer=due.counts_from,
        params={
            "name": due.name, "at": at.isoformat(timespec="minutes") if at else "",
            "hours": abs(round(due.hours_left(dossier.as_of) or 0)),
        },
        rules=due.rules or ("S000-06",),
    ).capped(due.confidence)  # fmt: skip


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker when the effective_deadline deadline is past, a warning when its warn level is or under twelve hours are left."""
    ours = [due for due in dossier.due if due.who == "us"]
    if any(due.ended for due in ours) and all(due.ended or due.id == "user" for due in ours):
        return
    due = effective_deadline(dossier.due)
    if due is None:
        dated = any(rule.who == "us" for rule in dossier.procedure.deadlines)
        severity: Severity = "warning" if dated else "advice"
        yield Finding(code="deadline-unknown", severity=severity, pointer="/deadline/at", rules=("S000-62",))
        return
    if due.id != "user" and not due.verified:
        yield _finding(dossier, due, "deadline-unverified", "advice")
    left = due.hours_left(dossier.as_of)
    if due.block_at and dossier.as_of > due.block_at:
        yield _finding(dossier, due, "deadline-passed", "blocker")
    elif due.id != "user" and due.warn_at and dossier.as_of > due.warn_at:
        yield _finding(dossier, due, "deadline-warned", "warning")
    elif left is not None and 0 <= left < _CLOSE_HOURS:
        yield _finding(dossier, due, "deadline-near", "warning")
