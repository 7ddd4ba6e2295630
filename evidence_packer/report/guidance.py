"""What a person has to confirm, what to do in which order, and what is worth knowing: rows of data that fit the case."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from casefile.case import Case
from casefile.coverage import PropositionCoverage
from casefile.deadline import after
from casefile.fields.base import any_text
from casefile.platform import Platform
from casefile.practice import Practice
from casefile.procedure import Procedure, Step
from casefile.rules import LocalName
from casefile.wording import Catalog
from evidence_packer.report.shape import ReportAdvice, ReportTick


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What guidance depends on."""

    case: Case
    platform: Platform
    procedure: Procedure
    coverage: tuple[PropositionCoverage, ...]
    practice: Practice
    as_of: dt.datetime


def said(text: LocalName, catalog: Catalog) -> str:
    """A text of a data file in the reader's language, else in English."""
    return any_text(dict(text), catalog.language, "en") or ""


def _row(code: str, text: str, case: Case) -> ReportTick:
    done = case.confirmations.get(code)
    return ReportTick(
        code=code,
        text=text,
        done=bool(done and done.value),
        by=done.by if done else None,
        at=done.at.isoformat() if done and done.at else None,
    )


def _steps(situation: Situation) -> list[Step]:
    return [step for step in situation.procedure.steps if step.when.holds(situation.case, situation.coverage)]


def checklist(situation: Situation, catalog: Catalog) -> tuple[ReportTick, ...]:
    """What only a person can confirm, before and after submitting, with what was already confirmed; each rule once."""
    case, platform, procedure = situation.case, situation.platform, situation.procedure
    items = [
        item
        for item in situation.practice.checklist.items
        if item.scope.holds(case, platform, procedure, situation.coverage)
    ]
    asked = {step.confirm: said(step.text, catalog) for step in _steps(situation) if step.confirm}
    before = {item.rule: said(item.text, catalog) for item in items if item.moment == "before"}
    later = {item.rule: said(item.text, catalog) for item in items if item.moment == "after"}
    rows = {**{rule: text for rule, text in before.items() if rule not in asked}, **asked, **later, **asked}
    return tuple(_row(rule, text, case) for rule, text in rows.items())


def steps(situation: Situation, catalog: Catalog) -> tuple[str, ...]:
    """How to submit, in order; who closes the matter; what cannot be done here; until when the record is kept."""
    procedure = situation.procedure
    found = [said(step.text, catalog) for step in _steps(situation)]
    closing = procedure.closing
    if closing and procedure.audience != "buyer":
        key = "report.closes_with" if closing.button else "report.closes"
        found.append(catalog.text(key, who=catalog.text(f"report.who.{closing.who}"), button=closing.button or ""))
    found += [
        said(step.text, catalog) for step in procedure.never if step.when.holds(situation.case, situation.coverage)
    ]
    return (*found, catalog.text("report.keep_until", day=_kept_until(situation).isoformat()))


def _kept_until(situation: Situation) -> dt.date:
    site = situation.platform.site(situation.case.site)
    until = after(situation.as_of, situation.practice.targets.records.after, site)
    return until.astimezone(ZoneInfo(site.zone)).date()


def advice(situation: Situation, catalog: Catalog) -> tuple[ReportAdvice, ...]:
    """Sentences of advice that help in this case, with the rules behind them."""
    return tuple(
        ReportAdvice(text=said(item.text, catalog), rules=item.rules)
        for item in situation.practice.advice.items
        if item.show == "report"
        and item.scope.holds(situation.case, situation.platform, situation.procedure, situation.coverage)
    )
