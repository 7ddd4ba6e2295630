"""What a person has to confirm, what to do in which order, and what is worth knowing: rows of data that fit the case."""

import datetime as dt
from zoneinfo import ZoneInfo

from casefile.case import Case
from casefile.casework import CaseView
from casefile.deadline import after
from casefile.fields.base import any_text
from casefile.procedure import Step
from casefile.rules import LocalName
from casefile.wording import Catalog
from evidence_packer.report.shape import ReportAdvice, ReportTick


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


def _steps(view: CaseView) -> list[Step]:
    return [step for step in view.procedure.steps if step.when.holds(view.case, view.coverage)]


def _carrier_claims(view: CaseView) -> list[Step]:
    """How the carriers of the case are asked to pay for what they lost or broke; nothing where the buyer is written to."""
    if view.procedure.audience == "buyer":
        return []
    named = dict.fromkeys(parcel.carrier for parcel in view.case.parcels if parcel.carrier)
    known = (view.house.carriers[name] for name in named if name in view.house.carriers)
    return [step for carrier in known for step in carrier.claims if step.when.holds(view.case, view.coverage)]


def checklist(view: CaseView, catalog: Catalog) -> tuple[ReportTick, ...]:
    """What only a person can confirm, before and after submitting, with what was already confirmed; each rule once."""
    case, platform, procedure = view.case, view.platform, view.procedure
    items = [
        item
        for item in view.house.practice.checklist.items
        if item.scope.holds(case, platform, procedure, view.coverage)
    ]
    asked = {step.confirm: said(step.text, catalog) for step in _steps(view) if step.confirm}
    before = {item.rule: said(item.text, catalog) for item in items if item.moment == "before"}
    later = {item.rule: said(item.text, catalog) for item in items if item.moment == "after"}
    rows = {**{rule: text for rule, text in before.items() if rule not in asked}, **asked, **later, **asked}
    return tuple(_row(rule, text, case) for rule, text in rows.items())


def steps(view: CaseView, catalog: Catalog) -> tuple[str, ...]:
    """How to submit, in order; who closes the matter; what cannot be done here; until when the record is kept."""
    procedure = view.procedure
    found = [said(step.text, catalog) for step in (*_steps(view), *_carrier_claims(view))]
    closing = procedure.closing
    if closing and procedure.audience != "buyer":
        key = "report.closes_with" if closing.button else "report.closes"
        found.append(catalog.text(key, who=catalog.text(f"report.who.{closing.who}"), button=closing.button or ""))
    found += [said(step.text, catalog) for step in procedure.never if step.when.holds(view.case, view.coverage)]
    return (*found, catalog.text("report.keep_until", day=_kept_until(view).isoformat()))


def _kept_until(view: CaseView) -> dt.date:
    site = view.platform.site(view.case.site)
    until = after(view.as_of, view.house.practice.targets.records.after, site)
    return until.astimezone(ZoneInfo(site.zone)).date()


def advice(view: CaseView, catalog: Catalog) -> tuple[ReportAdvice, ...]:
    """Sentences of advice that help in this case, with the rules behind them."""
    return tuple(
        ReportAdvice(text=said(item.text, catalog), rules=item.rules)
        for item in view.house.practice.advice.items
        if item.show == "report" and item.scope.holds(view.case, view.platform, view.procedure, view.coverage)
    )
