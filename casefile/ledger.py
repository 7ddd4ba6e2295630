"""What of the sum in dispute was given back already: who asks for a sum asks for what is left. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from casefile.case import Case
from casefile.fields.base import Money


def refunded(case: Case) -> Money | None:
    """What the case says was refunded in all, ``None`` where nothing was; a remedy that repeats a listed refund counts once.

    Sums in several currencies are not added: then the refunds in that of the claim count.
    """
    sums = [refund.amount for refund in case.refunds if refund.amount]
    remedy = case.remedy
    if not sums and remedy and remedy.status == "done" and remedy.type in {"full_refund", "partial_refund"}:
        whole = at_stake(case) if remedy.type == "full_refund" else None
        sums = [amount for amount in (remedy.amount or whole,) if amount]
    return _sum(sums, at_stake(case))


def at_stake(case: Case) -> Money | None:
    """What the matter is about: the claim's amount, else the order's total."""
    if case.claim and case.claim.amount:
        return case.claim.amount
    return case.order.total if case.order else None


def left(case: Case) -> Money | None:
    """What is still to be decided about: the sum at stake less what was refunded, never below zero; ``None`` without a sum."""
    whole, back = at_stake(case), refunded(case)
    if whole is None or back is None or back.currency != whole.currency:
        return whole
    return Money(amount=max(Decimal(0), whole.amount - back.amount), currency=whole.currency)


def _sum(sums: Iterable[Money], like: Money | None) -> Money | None:
    every = list(sums)
    currency = like.currency if like else every[0].currency if every else ""
    amounts = [money.amount for money in every if money.currency == currency]
    return Money(amount=sum(amounts, Decimal(0)), currency=currency) if amounts else None
