"""Is the house quick enough, does the platform owe an answer, is the season slow?"""

import datetime as dt
from collections.abc import Iterator

from casefile.deadline import after
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "answered-soon"
INPUT = "case"
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
        yield Finding(
            code="answer-slow", severity="warning", params={"hours": hours, "target": target.after}, rules=target.rules
        )


def _owed(dossier: Dossier) -> Iterator[Finding]:
    for due in dossier.due:
        at = due.block_at or due.warn_at
        if due.who == "platform" and at and dossier.as_of > at:
            yield Finding(
                code="reply-overdue",
                severity="advice",
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
        yield Finding(code="season-busy", severity="advice", params={"day": sales.isoformat()}, rules=("S003-42",))


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning past the house's own target, advice where the platform's answer is overdue or reviews are slow."""
    yield from _slow(dossier)
    yield from _owed(dossier)
    if dossier.procedure.subject == "account":
        yield from _season(dossier)
