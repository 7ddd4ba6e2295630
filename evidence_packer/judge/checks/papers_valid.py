"""Are certificates in force, invoices recent, and regulated goods covered by their papers?"""

import re
from collections.abc import Iterator

from casefile.fields.base import any_text
from casefile.finding import Finding
from casefile.rules import duration_parts
from evidence_packer.judge.check import Dossier

CODE = "papers-valid"
INPUT = "case"
_ASKED = frozenset({"account", "listing"})


def _expired(dossier: Dossier) -> Iterator[Finding]:
    for place, paper in enumerate(dossier.case.compliance):
        if paper.valid_until and paper.valid_until < dossier.as_of.date():
            yield Finding(
                code="paper-expired", severity="warning", pointer=f"/compliance/{place}/valid_until",
                params={"paper": paper.type or "-", "day": paper.valid_until.isoformat()}, rules=("S004-19",),
            )  # fmt: skip


def _old_invoices(dossier: Dossier) -> Iterator[Finding]:
    age = dossier.house.practice.targets.invoice_age
    for place, supplier in enumerate(dossier.case.suppliers):
        day = supplier.invoice_date
        if day and (dossier.as_of.date() - day).days > duration_parts(age.after)[0]:
            yield Finding(
                code="invoice-old", severity="warning", pointer=f"/suppliers/{place}/invoice_date",
                params={"day": day.isoformat()}, rules=age.rules,
            )  # fmt: skip


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
            yield Finding(
                code="papers-missing", severity="warning", pointer="/compliance",
                params={"word": word, "papers": dict(goods.papers)}, rules=("S003-56", "S004-65"),
            )  # fmt: skip
            return


def check(dossier: Dossier) -> Iterator[Finding]:
    """Warnings for expired certificates, invoices older than accepted, and regulated goods without any paper."""
    yield from _expired(dossier)
    yield from _old_invoices(dossier)
    yield from _regulated(dossier)
