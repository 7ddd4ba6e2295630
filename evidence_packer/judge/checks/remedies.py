"""Remedies: carried out and proved, not paid twice, and a withdrawal on the buyer's own word."""

import re
from collections.abc import Iterator

from casefile.carrier import normalise
from casefile.coverage import row_of
from casefile.facts import FileFacts
from casefile.fields.files import Kind
from casefile.fields.order import Remedy
from casefile.finding import Finding, Severity
from casefile.finding_kind import FindingKind
from casefile.own_words import own_texts
from casefile.statement import Statement
from evidence_packer.judge.check import CheckOf, Dossier, Skip
from evidence_packer.judge.money_back import last_of, refunds_of
from evidence_packer.judge.subjects import sent_out

REMEDY_WITHOUT_PROOF = FindingKind(code="remedy-without-proof", severity="warning")
REMEDY_NUMBER_NEW = FindingKind(code="remedy-number-new", severity="warning")
REMEDY_TWICE = FindingKind(code="remedy-twice", severity="warning")
REMEDY_UNFIT = FindingKind(code="remedy-unfit", severity="warning")
OFFER_VAGUE = FindingKind(code="offer-vague", severity="advice")
REFUND_WITHOUT_MENDING = FindingKind(code="refund-without-mending", severity="advice")
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
        yield REMEDY_WITHOUT_PROOF.found(
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
        yield REMEDY_NUMBER_NEW.found(pointer="/remedy/tracking_number", rules=("S001-15",))
    if dossier.case.refunds:
        yield REMEDY_TWICE.found(pointer="/refunds", rules=("S000-67",))


def _partly_delivered(dossier: Dossier) -> bool:
    """Whether some of several parcels came: then part of the money is what fits."""
    parcels = sent_out(dossier.case)
    return len({parcel.delivered_at is None for parcel in parcels}) > 1


def _unfit(dossier: Dossier, remedy: Remedy) -> Iterator[Finding]:
    fit = dossier.house.practice.remedies.fitting(dossier.case.reason)
    if fit and remedy.type not in fit.remedies and not (remedy.type == "partial_refund" and _partly_delivered(dossier)):
        params = {"remedy": f"@remedy.{remedy.type}", "fitting": [f"@remedy.{kind}" for kind in fit.remedies]}
        yield REMEDY_UNFIT.found(pointer="/remedy/type", params=params, rules=fit.rules)
    if dossier.case.reason == "not_as_described" and remedy.type in _REFUNDS:
        told = dossier.procedure.audience == "buyer" or dossier.case.withdrawal is not None
        weight: Severity = "warning" if told else "advice"
        mended = dossier.case.actions_taken or dossier.case.preventions
        if not mended:
            yield REFUND_WITHOUT_MENDING.found(severity=weight, pointer="/actions_taken", rules=("S000-50",))


_SUMS = frozenset({"partial_refund", "coupon"})
"""Offers that are nothing without a sum."""


def _vague(remedy: Remedy) -> Iterator[Finding]:
    """An offer says how much and until when, or nobody can take it up or hold it against anybody."""
    lacking = [
        pointer
        for pointer, absent in (
            ("/remedy/amount", remedy.type in _SUMS and remedy.amount is None),
            ("/remedy/at", remedy.at is None),
        )
        if absent
    ]
    if remedy.status != "done" and lacking:
        yield OFFER_VAGUE.found(pointer=lacking[0], params={"remedy": f"@remedy.{remedy.type}"})


def check_remedy_sound(dossier: Dossier) -> Iterator[Finding]:
    """Is the remedy carried out, proved, fitting, and stated as what it is?

    Findings where a remedy is stated as done without proof, has no number of its own, does not fit the reason, or is offered
    without its sum or its time.
    """
    remedy = dossier.case.remedy
    if remedy is None:
        raise Skip("no-remedy")
    yield from _unproved(dossier, remedy)
    yield from _reshipped(dossier, remedy)
    yield from _unfit(dossier, remedy)
    yield from _vague(remedy)


REFUND_SHOWN = FindingKind(code="refund-shown", severity="warning", about="file")
_PAGES: frozenset[Kind] = frozenset({"refund_proof", "order_page", "case_page"})
_ABOUT_MONEY = frozenset(
    {"credit_not_processed", "duplicate_charge", "cancelled_subscription", "cancellation", "return_problem"}
)


def check_refund_shown(dossier: Dossier) -> Iterator[Finding]:
    """Does a page of our order say that the money went back, while the case contests and knows of no refund?

    A refund's own page blocks; on other pages the word can belong to a button or a tab, so that it only warns.

    A finding per page on which the order that is contested is already settled.
    """
    case = dossier.case
    if case.refunds or case.remedy or case.reason in _ABOUT_MONEY or "accept" in {case.stance, case.answer}:
        raise Skip("refund-known")
    for file, seen in _last_told(dossier, _PAGES, frozenset({"refund_made"})):
        yield REFUND_SHOWN.found(
            severity="blocker" if file.kind == "refund_proof" else "warning",
            file=file.file,
            page=seen.page,
            box=seen.box,
            params={"found": seen.span.text},
            rules=("S003-13",),
        )


REFUND_NOT_MADE = FindingKind(code="refund-not-made", severity="blocker", about="file", sign="agrees")
_REFUND_RULES = ("S001-05", "S003-13")
_UNDONE = frozenset({"refund_failed", "refund_pending", "refund_reversed"})


def check_refund_made(dossier: Dossier) -> Iterator[Finding]:
    """Did a refund that the case calls made go through?

    A blocker per page that calls it failed, pending or reversed, with its words.
    """
    case = dossier.case
    if not (case.refunds or (case.remedy and case.remedy.status == "done" and case.remedy.type in _REFUNDS)):
        raise Skip("no-remedy")
    for file, told in _last_told(dossier, _PAGES | {"messages"}, _UNDONE):
        params = {"state": f"@refund.{told.says}", "found": told.span.text}
        yield REFUND_NOT_MADE.found(file=file.file, page=told.page, box=told.box, params=params, rules=_REFUND_RULES)


def _last_told(
    dossier: Dossier, kinds: frozenset[Kind], states: frozenset[str]
) -> Iterator[tuple[FileFacts, Statement]]:
    """The pages of our order whose last word of the refund is one of these states."""
    for file in dossier.of_kinds(kinds):
        told = last_of(refunds_of(file))
        if told and told.says in states and any(one.matches for one in file.order_ids):
            yield file, told


REFUND_FAILED = FindingKind(code="refund-failed", severity="warning", about="file")
_FAILED = frozenset({"refund_failed", "refund_reversed"})


def check_refund_failed(dossier: Dossier) -> Iterator[Finding]:
    """Does a page of our order say that a refund failed, of which the case knows nothing?

    A warning per page with its words: what was promised to the buyer was not paid.
    """
    if dossier.case.refunds or (dossier.case.remedy and dossier.case.remedy.status == "done"):
        raise Skip("refund-known")
    for file, told in _last_told(dossier, _PAGES, _FAILED):
        found = {"found": told.span.text}
        yield REFUND_FAILED.found(file=file.file, page=told.page, box=told.box, params=found, rules=_REFUND_RULES)


REFUND_DURING_CHARGEBACK = FindingKind(code="refund-during-chargeback", severity="blocker")
_OVER = frozenset({"closed", "withdrawn", "decided"})


def check_refund_during_chargeback(dossier: Dossier) -> Iterator[Finding]:
    """Would a refund now pay the buyer twice?

    A blocker while a chargeback is open and a refund is offered, agreed or made after it was opened.
    """
    case, claim = dossier.case, dossier.case.claim
    if not (dossier.procedure.chargeback or (claim and claim.network)):
        raise Skip("no-chargeback")
    if claim and claim.status in _OVER:
        raise Skip("chargeback-over")
    opened = claim.opened_at or claim.notified_at if claim else None
    remedy = case.remedy
    late = remedy and not (remedy.status == "done" and opened and remedy.at and remedy.at < opened)
    if remedy and remedy.type in _REFUNDS and late:
        yield REFUND_DURING_CHARGEBACK.found(pointer="/remedy", rules=("S001-50", "S000-67"))
    for place, refund in enumerate(case.refunds):
        if opened and refund.at and refund.at >= opened:
            yield REFUND_DURING_CHARGEBACK.found(pointer=f"/refunds/{place}", rules=("S001-50", "S000-67"))


CLOSED_WITHOUT_WORD = FindingKind(code="closed-without-word", severity="blocker")
AGREEMENT_UNPROVED = FindingKind(code="agreement-unproved", severity="warning")
REVIEW_NO_WITHDRAWAL = FindingKind(code="review-no-withdrawal", severity="warning")
_REVIEW = re.compile(r"\b(reviews?|feedback|rating)\b|差评|好评|评价", re.IGNORECASE)


def check_withdrawal_ready(dossier: Dossier) -> Iterator[Finding]:
    """Does the withdrawal rest on the buyer's own word, and is it more than a changed review?

    A blocker for an application without the buyer's confirmation on file, or where the pages hold no such word; a warning where a
    review is taken for it.
    """
    case = dossier.case
    if case.withdrawal is None:
        raise Skip("no-withdrawal")
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in case.files}
    row = row_of(dossier.coverage, "buyer_agreed")
    denied = row is not None and row.status in {"contradicted", "missing"}
    filed = bool(case.withdrawal.files) or "buyer_confirmation" in kinds or case.withdrawal.buyer_confirmed_at
    confirmed = filed and not denied
    if case.withdrawal.applied_at and not confirmed:
        yield CLOSED_WITHOUT_WORD.found(
            pointer="/withdrawal/applied_at", rules=("S000-46", "S000-07", "S000-14")
        ).capped(dossier.platform.confidence(dossier.procedure.source))
    if case.withdrawal.agreed_at and not (
        case.withdrawal.files or "buyer_confirmation" in kinds or "messages" in kinds
    ):
        yield AGREEMENT_UNPROVED.found(pointer="/withdrawal/agreed_at", rules=("S000-07", "S000-14"))
    named = next((pointer for pointer, _, text in own_texts(case) if _REVIEW.search(text)), None)
    if named and not case.withdrawal.buyer_confirmed_at:
        yield REVIEW_NO_WITHDRAWAL.found(pointer=named, rules=("S000-09", "S000-55"))


CHECKS = (
    CheckOf(
        code="remedy-sound",
        judges="case",
        findings=(
            REMEDY_WITHOUT_PROOF,
            REMEDY_NUMBER_NEW,
            REMEDY_TWICE,
            REMEDY_UNFIT,
            OFFER_VAGUE,
            REFUND_WITHOUT_MENDING,
        ),
        run=check_remedy_sound,
    ),
    CheckOf(code="refund-made", judges="facts", findings=(REFUND_NOT_MADE,), run=check_refund_made),
    CheckOf(code="refund-failed", judges="facts", findings=(REFUND_FAILED,), run=check_refund_failed),
    CheckOf(code="refund-shown", judges="facts", findings=(REFUND_SHOWN,), run=check_refund_shown),
    CheckOf(
        code="refund-during-chargeback",
        judges="case",
        findings=(REFUND_DURING_CHARGEBACK,),
        run=check_refund_during_chargeback,
    ),
    CheckOf(
        code="withdrawal-ready",
        judges="case",
        findings=(CLOSED_WITHOUT_WORD, AGREEMENT_UNPROVED, REVIEW_NO_WITHDRAWAL),
        run=check_withdrawal_ready,
    ),
)
