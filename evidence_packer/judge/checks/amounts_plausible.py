"""Is the amount within what the order cost and what the platform pays?"""

from collections.abc import Iterator

from casefile.fields.base import Money
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "amounts-plausible"
INPUT = "case"


def _over(amount: Money | None, limit: Money | None) -> bool:
    return bool(amount and limit and amount.currency == limit.currency and amount.amount > limit.amount)


def _words(money: Money) -> str:
    return f"{money.currency} {money.amount:,.2f}"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice over the platform's ceiling, a warning over the order's own total with shipping."""
    case = dossier.case
    amount = case.claim.amount if case.claim else None
    if amount is None:
        raise Skip("no-amount")
    ceiling = dossier.procedure.ceiling
    if ceiling and _over(amount, ceiling.amount):
        yield Finding(
            code="amount-over-ceiling", severity="advice", pointer="/claim/amount",
            params={"amount": _words(amount), "ceiling": _words(ceiling.amount)}, rules=ceiling.rules,
        )  # fmt: skip
    order = case.order
    if order and order.total and _over(amount, order.total):
        shipping = order.shipping
        whole = order.total
        if shipping and shipping.currency == whole.currency:
            whole = Money(amount=whole.amount + shipping.amount, currency=whole.currency)
        if _over(amount, whole):
            yield Finding(
                code="amount-over-order", severity="warning", pointer="/claim/amount",
                params={"amount": _words(amount), "total": _words(whole)}, rules=("S001-31",),
            )  # fmt: skip
