"""Is the remedy carried out, proved, fitting, and told as what it is?"""

from collections.abc import Iterator

from casefile.carrier import normalise
from casefile.fields.order import Remedy
from casefile.finding import Finding, Severity
from evidence_packer.judge.check import Dossier, Skip

CODE = "remedy-sound"
INPUT = "case"
_REFUNDS = frozenset({"full_refund", "partial_refund"})
_PROOFS = {
    "full_refund": ("refund_proof",), "partial_refund": ("refund_proof",), "coupon": ("messages", "refund_proof"),
    "replacement": ("reshipment_proof", "tracking"), "return_label": ("return_document", "messages"),
}  # fmt: skip


def _kinds(dossier: Dossier) -> set[str]:
    return {file.kind for file in dossier.facts} | {entry.kind for entry in dossier.case.files if entry.kind}


def _unproved(dossier: Dossier, remedy: Remedy) -> Iterator[Finding]:
    proofs = _PROOFS[remedy.type]
    if remedy.status == "done" and not remedy.files and not _kinds(dossier) & set(proofs):
        yield Finding(
            code="remedy-without-proof",
            severity="blocker" if dossier.procedure.audience == "buyer" else "warning",
            pointer="/remedy",
            params={"remedy": f"@remedy.{remedy.type}", "kinds": [f"@kind.{kind}" for kind in proofs]},
            rules=("S001-05", "S001-46", "S000-08"),
        )


def _reshipped(dossier: Dossier, remedy: Remedy) -> Iterator[Finding]:
    if remedy.type != "replacement":
        return
    first = {
        normalise(p.tracking_number) for p in dossier.case.parcels if p.tracking_number and p.direction == "outbound"
    }
    new = normalise(remedy.tracking_number or "")
    if (remedy.status == "done" and not new) or new in first:
        yield Finding(
            code="remedy-number-new", severity="warning", pointer="/remedy/tracking_number", rules=("S001-15",)
        )
    if dossier.case.refunds:
        yield Finding(code="remedy-twice", severity="warning", pointer="/refunds", rules=("S000-67",))


def _unfit(dossier: Dossier, remedy: Remedy) -> Iterator[Finding]:
    fit = dossier.house.practice.remedies.fitting(dossier.case.reason)
    if fit and remedy.type not in fit.remedies:
        params = {"remedy": f"@remedy.{remedy.type}", "fitting": [f"@remedy.{kind}" for kind in fit.remedies]}
        yield Finding(code="remedy-unfit", severity="warning", pointer="/remedy/type", params=params, rules=fit.rules)
    if dossier.case.reason == "not_as_described" and remedy.type in _REFUNDS:
        told = dossier.procedure.audience == "buyer" or dossier.case.withdrawal is not None
        weight: Severity = "warning" if told else "advice"
        mended = dossier.case.actions_taken or dossier.case.preventions
        if not mended:
            yield Finding(code="refund-without-mending", severity=weight, pointer="/actions_taken", rules=("S000-50",))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Findings where a remedy is told as done without proof, has no number of its own, or does not fit the reason."""
    remedy = dossier.case.remedy
    if remedy is None:
        raise Skip("no-remedy")
    yield from _unproved(dossier, remedy)
    yield from _reshipped(dossier, remedy)
    yield from _unfit(dossier, remedy)
