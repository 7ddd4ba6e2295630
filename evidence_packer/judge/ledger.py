"""What was paid, refunded and disputed, and what is left of it: from the case, and from what pages say of refunds. Pure.

A refund that a page calls failed, pending or reversed did not happen; one that the case names twice, as refund and as remedy,
counts once.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from casefile.case import Case
from casefile.coverage import PropositionCoverage, row_of
from casefile.fields.base import Money
from casefile.ledger import CaseLedger, MoneyBack
from casefile.procedure import Procedure

_REFUNDS = frozenset({"full_refund", "partial_refund"})
_ZERO = Decimal(0)


def ledger(case: Case, coverage: Iterable[PropositionCoverage], procedure: Procedure | None = None) -> CaseLedger:
    """The money of a case; ``net`` is what of the disputed sum was not refunded yet, at least nothing.

    A chargeback holds the sum while it is open; a decision takes what it debits; a reimbursement asks for what went back.
    """
    rows = tuple(coverage)
    paid = case.order.total if case.order else None
    disputed = (case.claim.amount if case.claim else None) or paid
    refund = row_of(rows, "refund_made") or row_of(rows, "settlement_made")
    undone = refund is not None and refund.status == "contradicted"
    known = tuple(_refunds(case, shown=refund is not None and refund.status == "shown"))
    made = () if undone else known
    held = procedure is not None and procedure.chargeback
    return CaseLedger(
        paid=paid,
        refunded=made,
        disputed=disputed,
        withheld=_withheld(case, procedure, disputed, made),
        held=held,
        whole=_whole(case),
        asks_back=procedure is not None and procedure.seeks == "reimbursement",
        offered=case.remedy is not None and case.remedy.type in _REFUNDS and case.remedy.status != "done",
        decided=case.claim is not None and bool(case.claim.decided_at or case.claim.debited_at or case.claim.granted),
        net=_net(paid, disputed, made),
        parcels=tuple(_parcels(case)),
        ceiling=procedure.ceiling.amount if procedure and procedure.ceiling else None,
        failed=tuple(one.amount for one in known) if undone else (),
    )


def _whole(case: Case) -> bool:
    """Whether a card's bank took the sum that the claim names: it knows of no refund made before; a wallet knows its own."""
    claim = case.claim
    return claim is not None and claim.amount is not None and claim.network is not None


def _withheld(
    case: Case, procedure: Procedure | None, disputed: Money | None, made: Iterable[MoneyBack]
) -> Money | None:
    """What has left the seller already: by the bank, by a decision, or by a refund of the platform or one that is asked back."""
    claim, back = case.claim, tuple(made)
    debited = claim is not None and claim.debited_at is not None
    taken = any(one.by == "platform" for one in back) and not (claim and claim.funded_by == "platform")
    asks_back = procedure is not None and procedure.seeks == "reimbursement" and any(back)
    if procedure is None or not (procedure.chargeback or debited or taken or asks_back):
        return None
    return disputed


def _parcels(case: Case) -> Iterator[tuple[str, Money]]:
    """The worth of each numbered parcel of which the case says it, or what lies in it."""
    items = case.order.items if case.order else ()
    prices = {item.sku: item.price for item in items if item.sku and item.price}
    for parcel in case.parcels:
        found = [(prices.get(item.sku or ""), item.quantity or 1) for item in parcel.items]
        sums = [(price, count) for price, count in found if price]
        currencies = {price.currency for price, _ in sums}
        if parcel.tracking_number and parcel.value:
            yield parcel.tracking_number, parcel.value
        elif parcel.tracking_number and sums and len(sums) == len(found) and len(currencies) == 1:
            total = sum((price.amount * count for price, count in sums), _ZERO)
            yield parcel.tracking_number, Money(amount=total, currency=currencies.pop())


def _refunds(case: Case, *, shown: bool) -> Iterator[MoneyBack]:
    """Every refund of the case, and the remedy where it is another one."""
    found = [
        MoneyBack(amount=one.amount, at=one.at, id=one.id, reference=one.reference, by=one.by, shown=shown)
        for one in case.refunds
        if one.amount is not None
    ]
    yield from found
    remedy = case.remedy
    if remedy is None or remedy.type not in _REFUNDS or remedy.status != "done":
        return
    amount = remedy.amount or (case.order.total if case.order and remedy.type == "full_refund" else None)
    if amount and not any(one.amount == amount for one in found):
        yield MoneyBack(amount=amount, at=remedy.at, id=remedy.transaction_id, shown=shown)


def _net(paid: Money | None, disputed: Money | None, made: Iterable[MoneyBack]) -> Money | None:
    if disputed is None:
        return None
    refunds = list(made)
    if any(one.amount.currency != disputed.currency for one in refunds):
        return None
    back = sum((one.amount.amount for one in refunds), _ZERO)
    kept = paid.amount - back if paid and paid.currency == disputed.currency else disputed.amount - back
    return Money(amount=max(min(disputed.amount, kept), _ZERO), currency=disputed.currency)
