"""Time: what is left of the deadline, the house's own target, an answer that the platform owes."""

import datetime as dt
from collections.abc import Iterator

from casefile.deadline import DueDate, after, effective_deadline
from casefile.finding import Finding, Severity
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier

DEADLINE_UNKNOWN = FindingKind(code="deadline-unknown", severity="warning")
DEADLINE_UNVERIFIED = FindingKind(code="deadline-unverified", severity="advice")
DEADLINE_PASSED = FindingKind(code="deadline-passed", severity="blocker")
DEADLINE_WARNED = FindingKind(code="deadline-warned", severity="warning")
DEADLINE_NEAR = FindingKind(code="deadline-near", severity="warning")
_CLOSE_HOURS = 12


def _of_due(dossier: Dossier, due: DueDate, kind: FindingKind) -> Finding:
    at = due.block_at or due.warn_at
    return kind.found(
        pointer=due.counts_from,
        params={
            "name": due.name,
            "at": at.isoformat(timespec="minutes") if at else "",
            "hours": abs(round(due.hours_left(dossier.as_of) or 0)),
        },
        rules=due.rules or ("S000-06",),
    ).capped(due.confidence)


def _is_over(due: DueDate, now: dt.datetime) -> bool:
    """Whether a limit that shuts the way was missed."""
    return bool(not due.ended and due.block_at and due.ends and now > due.ends)


def check_deadline_open(dossier: Dossier) -> Iterator[Finding]:
    """Is there still time?

    A blocker when the deadline that decides is past, a warning when its warn level is or under twelve hours are left.
    """
    ours = [due for due in dossier.due if due.who == "us"]
    if any(due.ended for due in ours) and all(due.ended or due.id == "user" for due in ours):
        return
    due = effective_deadline(dossier.due)
    if due is None:
        dated = any(rule.who == "us" for rule in dossier.procedure.deadlines)
        severity: Severity = "warning" if dated else "advice"
        yield DEADLINE_UNKNOWN.found(severity=severity, pointer="/deadline/at", rules=("S000-62",))
        return
    if due.id != "user" and not due.verified:
        yield _of_due(dossier, due, DEADLINE_UNVERIFIED)
    left = due.hours_left(dossier.as_of)
    passed = due if due.id == "user" else next((other for other in ours if _is_over(other, dossier.as_of)), due)
    if _is_over(passed, dossier.as_of):
        yield _of_due(dossier, passed, DEADLINE_PASSED)
    elif due.id != "user" and due.warn_at and dossier.as_of > due.warn_at:
        yield _of_due(dossier, due, DEADLINE_WARNED)
    elif left is not None and 0 <= left < _CLOSE_HOURS:
        yield _of_due(dossier, due, DEADLINE_NEAR)


ANSWER_SLOW = FindingKind(code="answer-slow", severity="warning")
REPLY_OVERDUE = FindingKind(code="reply-overdue", severity="advice")
SEASON_BUSY = FindingKind(code="season-busy", severity="advice")
_THURSDAY = 3


def _slow(dossier: Dossier) -> Iterator[Finding]:
    case, target = dossier.case, dossier.house.practice.targets.answer
    claim = case.claim
    known = [t for t in (claim.requested_at, claim.opened_at, claim.notified_at) if t] if claim else []
    if not known or case.deadline or (case.submission and case.submission.at) or (claim and claim.decided_at):
        return
    due = after(min(known), target.after, dossier.site)
    if dossier.as_of > due:
        hours = round((dossier.as_of - min(known)).total_seconds() / 3600)
        yield ANSWER_SLOW.found(params={"hours": hours, "target": target.after}, rules=target.rules)


def _owed(dossier: Dossier) -> Iterator[Finding]:
    for due in dossier.due:
        at = due.block_at or due.warn_at
        if due.who == "platform" and at and dossier.as_of > at:
            yield REPLY_OVERDUE.found(
                params={"name": due.name, "at": at.isoformat(timespec="minutes")},
                rules=due.rules or ("S004-08", "S004-35"),
            )


def _sales_day(year: int) -> dt.date:
    """The day after the fourth Thursday of November."""
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=(_THURSDAY - first.weekday()) % 7 + 22)


def _season(dossier: Dossier) -> Iterator[Finding]:
    day, sales = dossier.as_of.date(), _sales_day(dossier.as_of.year)
    if sales - dt.timedelta(days=dossier.house.practice.targets.busy_days) <= day <= sales:
        yield SEASON_BUSY.found(params={"day": sales.isoformat()}, rules=("S003-42",))


def check_answered_soon(dossier: Dossier) -> Iterator[Finding]:
    """Is the house quick enough, does the platform owe an answer, is the season slow?

    A warning past the house's own target, advice where the platform's answer is overdue or reviews are slow.
    """
    yield from _slow(dossier)
    yield from _owed(dossier)
    if dossier.procedure.subject == "account":
        yield from _season(dossier)


CHECKS = (
    CheckOf(
        code="deadline-open",
        judges="case",
        findings=(DEADLINE_UNKNOWN, DEADLINE_UNVERIFIED, DEADLINE_PASSED, DEADLINE_WARNED, DEADLINE_NEAR),
        run=check_deadline_open,
    ),
    CheckOf(
        code="answered-soon", judges="case", findings=(ANSWER_SLOW, REPLY_OVERDUE, SEASON_BUSY), run=check_answered_soon
    ),
)
