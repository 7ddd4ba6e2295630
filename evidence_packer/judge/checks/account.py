"""What stands behind an account or an agent: certificates, invoices, causes, an authorisation."""

import re
from collections.abc import Iterator

from casefile.fields.base import any_text
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.rules import duration_parts
from evidence_packer.judge.check import CheckOf, Dossier, Skip

PAPER_EXPIRED = FindingKind(code="paper-expired", severity="warning")
INVOICE_OLD = FindingKind(code="invoice-old", severity="warning")
PAPERS_MISSING = FindingKind(code="papers-missing", severity="warning")
_ASKED = frozenset({"account", "listing"})


def _expired(dossier: Dossier) -> Iterator[Finding]:
    for place, paper in enumerate(dossier.case.compliance):
        if paper.valid_until and paper.valid_until < dossier.as_of.date():
            yield PAPER_EXPIRED.found(
                pointer=f"/compliance/{place}/valid_until",
                params={"paper": paper.type or "-", "day": paper.valid_until.isoformat()},
                rules=("S004-19",),
            )


def _old_invoices(dossier: Dossier) -> Iterator[Finding]:
    age = dossier.house.practice.targets.invoice_age
    for place, supplier in enumerate(dossier.case.suppliers):
        day = supplier.invoice_date
        if day and (dossier.as_of.date() - day).days > duration_parts(age.after)[0]:
            yield INVOICE_OLD.found(
                pointer=f"/suppliers/{place}/invoice_date", params={"day": day.isoformat()}, rules=age.rules
            )


def _named(word: str, names: str) -> bool:
    edges = r"(?<![a-z]){}(?:e?s)?(?![a-z])" if word.isascii() else "{}"
    return re.search(edges.format(re.escape(word)), names) is not None


def _regulated(dossier: Dossier) -> Iterator[Finding]:
    order = dossier.case.order
    names = " ".join(any_text(item.name, "en") or "" for item in order.items).lower() if order else ""
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in dossier.case.files}
    if (
        dossier.procedure.subject not in _ASKED
        or dossier.case.compliance
        or kinds & {"compliance_document", "test_report"}
    ):
        return
    for goods in dossier.house.practice.words.regulated:
        if word := next((word for word in goods.words if _named(word, names)), None):
            yield PAPERS_MISSING.found(
                pointer="/compliance", params={"word": word, "papers": dict(goods.papers)}, rules=("S003-56", "S004-65")
            )
            return


def check_papers_valid(dossier: Dossier) -> Iterator[Finding]:
    """Are certificates in force, invoices recent, and regulated goods covered by their papers?

    Warnings for expired certificates, invoices older than accepted, and regulated goods without any paper.
    """
    yield from _expired(dossier)
    yield from _old_invoices(dossier)
    yield from _regulated(dossier)


CAUSE_VAGUE = FindingKind(code="cause-vague", severity="warning")
CAUSE_UNPROVED = FindingKind(code="cause-unproved", severity="advice")


def check_cause_specific(dossier: Dossier) -> Iterator[Finding]:
    """Does each cause name who, when and how many, with its paper?

    A warning per own cause without a date or number, advice where no file stands behind it.
    """
    causes = dossier.case.root_causes
    if not causes:
        raise Skip("no-cause")
    for place, cause in enumerate(causes):
        text = any_text(cause.text, "en") or ""
        dated = cause.from_ or cause.to or cause.orders or cause.slots
        if text and not dated and not re.search(r"\d", text):
            yield CAUSE_VAGUE.found(pointer=f"/root_causes/{place}", params={"number": place + 1}, rules=("S003-30",))
        if not cause.files and dossier.case.files:
            yield CAUSE_UNPROVED.found(
                pointer=f"/root_causes/{place}/files", params={"number": place + 1}, rules=("S003-30", "S004-61")
            )


AGENT_UNAUTHORISED = FindingKind(code="agent-unauthorised", severity="warning")


def check_agent_authorised(dossier: Dossier) -> Iterator[Finding]:
    """May the agent speak for the shop?

    A warning when an agent submits without the shop's letter of authorisation among the files.
    """
    by = dossier.case.submitted_by
    if by is None or by.role != "agent":
        raise Skip("no-agent")
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in dossier.case.files}
    if not by.authorisation and "agent_authorisation" not in kinds:
        yield AGENT_UNAUTHORISED.found(pointer="/submitted_by/authorisation", rules=("S000-60", "S004-53"))


CHECKS = (
    CheckOf(
        code="papers-valid",
        judges="case",
        findings=(PAPER_EXPIRED, INVOICE_OLD, PAPERS_MISSING),
        run=check_papers_valid,
    ),
    CheckOf(code="cause-specific", judges="case", findings=(CAUSE_VAGUE, CAUSE_UNPROVED), run=check_cause_specific),
    CheckOf(code="agent-authorised", judges="case", findings=(AGENT_UNAUTHORISED,), run=check_agent_authorised),
)
