"""Grounds: what must not be done where one holds, two that cannot both be so, money paid twice, a network's own rule."""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.ground import StandingGround
from evidence_packer.judge.check import CheckOf, Dossier, Skip

GROUND_AVOID = FindingKind(code="ground-avoid", severity="warning")
GROUNDS_AT_ODDS = FindingKind(code="grounds-at-odds", severity="warning")
PAID_TWICE = FindingKind(code="paid-twice", severity="blocker")
ASKS_TOO_MUCH = FindingKind(code="asks-too-much", severity="warning")
PRIOR_PAYMENTS_SHORT = FindingKind(code="prior-payments-short", severity="warning")
_REFUNDS = frozenset({"full_refund", "partial_refund"})


def _holding(dossier: Dossier) -> tuple[StandingGround, ...]:
    return tuple(one for one in dossier.evidence.grounds if one.holds)


def check_ground_kept(dossier: Dossier) -> Iterator[Finding]:
    """Is anything about to be done that takes away what the answer rests on?

    A finding per thing to avoid of the leading ground, and of others that forbid a payment.
    """
    holding = _holding(dossier)
    if not holding:
        raise Skip("no-ground")
    told: set[str] = set()
    for place, one in enumerate(holding):
        for avoid in one.ground.avoid:
            money = avoid.id.startswith("refund-")
            if avoid.id not in told and (place == 0 or money) and avoid.when.holds(dossier.case, dossier.coverage):
                told.add(avoid.id)
                yield GROUND_AVOID.found(
                    severity=avoid.severity, params={"ground": dict(one.ground.name), "what": dict(avoid.text)}
                )


def check_grounds_agree(dossier: Dossier) -> Iterator[Finding]:
    """Can all that the answer rests on be so at once?

    A warning per pair of grounds that cannot both hold: a question to a person.
    """
    holding = {one.id: one for one in _holding(dossier)}
    if len(holding) < 2:
        raise Skip("no-ground")
    for one in holding.values():
        for other in one.ground.odds:
            if other in holding:
                names = {"one": dict(one.ground.name), "other": dict(holding[other].ground.name)}
                yield GROUNDS_AT_ODDS.found(params=names)


def check_paid_once(dossier: Dossier) -> Iterator[Finding]:
    """Would the same sum be paid twice, or more be asked for than is open?

    A blocker for a refund that is still to come where the sum went back or was debited already, and for a reimbursement of what a
    carrier has paid; a warning where more is asked back than went, or more went back than was paid.
    """
    ledger, case = dossier.evidence.ledger, dossier.case
    debited = case.claim is not None and case.claim.debited_at is not None
    remedy = case.remedy
    coming = remedy is not None and remedy.type in _REFUNDS and remedy.status != "done"
    if coming and (ledger.settled or debited):
        yield PAID_TWICE.found(
            pointer="/remedy", params={"how": "@paid_twice.debited" if debited else "@paid_twice.back"}
        )
    if ledger.settled and not ledger.held and "accept" in {case.stance, case.answer}:
        yield PAID_TWICE.found(pointer="/stance", params={"how": "@paid_twice.back"})
    paid = ledger.paid
    if paid and ledger.disputed and paid.currency == ledger.disputed.currency and ledger.back > paid.amount:
        yield PAID_TWICE.found(severity="warning", pointer="/refunds", params={"how": "@paid_twice.over"})
    asks_back = dossier.procedure.seeks == "reimbursement"
    for place, refund in enumerate(case.refunds):
        if asks_back and refund.by == "carrier":
            yield PAID_TWICE.found(pointer=f"/refunds/{place}", params={"how": "@paid_twice.carrier"})
    asked = case.claim.amount if case.claim else None
    same = asked and ledger.refunded and all(one.amount.currency == asked.currency for one in ledger.refunded)
    if asks_back and asked and same and asked.amount > ledger.back:
        params = {"asked": f"{asked.currency} {asked.amount}", "open": f"{asked.currency} {ledger.back}"}
        yield ASKS_TOO_MUCH.found(pointer="/claim/amount", params=params)


def check_prior_payments(dossier: Dossier) -> Iterator[Finding]:
    """Do earlier payments fulfil the card network's own rule for fraud?

    A warning where they do not, with what the rule asks for; advice where the case names none.
    """
    claim, rule = dossier.case.claim, dossier.house.grounds.get("prior_payments")
    if rule is None or not dossier.procedure.chargeback or not rule.when.holds(dossier.case):
        raise Skip("no-prior-payments")
    if claim is None or dossier.case.reason not in rule.reasons:
        raise Skip("no-prior-payments")
    standing = next((one for one in dossier.evidence.grounds if one.id == rule.id), None)
    if standing is None:
        need = next(need for need in rule.needs if need.question == "prior_payments_match")
        yield PRIOR_PAYMENTS_SHORT.found(severity="advice", pointer="/prior_orders", params={"get": dict(need.get)})
    for need in standing.lacking if standing else ():
        yield PRIOR_PAYMENTS_SHORT.found(pointer="/prior_orders", params={"get": dict(need.get)})


CHECKS = (
    CheckOf(code="ground-kept", judges="case", findings=(GROUND_AVOID,), run=check_ground_kept),
    CheckOf(code="grounds-agree", judges="case", findings=(GROUNDS_AT_ODDS,), run=check_grounds_agree),
    CheckOf(code="paid-once", judges="case", findings=(PAID_TWICE, ASKS_TOO_MUCH), run=check_paid_once),
    CheckOf(code="prior-payments", judges="case", findings=(PRIOR_PAYMENTS_SHORT,), run=check_prior_payments),
)
