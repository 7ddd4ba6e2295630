"""Whether a page says that the money went back, and how much: its statements of refunds folded in time. Pure."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from casefile.case import Case
from casefile.facts import FileFacts
from casefile.fields.base import Money
from casefile.rules import Proof
from casefile.statement import Statement
from evidence_packer.judge.testimony import ATTACHED, Testimony, said
from evidence_packer.judge.witness import Witness

_VALUE = re.compile(r"\s*(?P<amount>\d+(?:\.\d+)?)\s*(?P<currency>[A-Z]{3})?\s*")


def refunds_of(file: FileFacts) -> tuple[Statement, ...]:
    """What the file says of refunds in voices that assert."""
    return tuple(one for one in file.refunds if one.asserts)


def money(value: str | None) -> tuple[Decimal, str | None] | None:
    """``"37.48 USD"`` as an amount and its currency; ``None`` where it is no amount."""
    match = _VALUE.fullmatch(value or "")
    try:
        return (Decimal(match["amount"]), match["currency"]) if match else None
    except InvalidOperation:
        return None


def last_of(told: Iterable[Statement]) -> Statement | None:
    """The last of several statements about one refund; of undated ones the worst: failed is not overcome by a word."""
    known = list(told)
    dated = sorted((one for one in known if one.at), key=lambda one: str(one.at))
    undated = [one for one in known if not one.at and one.says not in {"refund_made", "refund_promised"}]
    made = [one for one in known if one.says == "refund_made"]
    promised = [one for one in known if one.says == "refund_promised"]
    weighty = [one for one in dated if one.says != "refund_promised"]
    return next(iter((*undated, *reversed(weighty), *made, *promised)), None)


def _known(case: Case) -> list[Money]:
    """The sums that the case says were paid back."""
    done = case.remedy.amount if case.remedy and case.remedy.type in {"full_refund", "partial_refund"} else None
    sums = [refund.amount for refund in case.refunds]
    return [amount for amount in (*sums, done) if amount]


def right_sum(case: Case, file: FileFacts, told: Statement) -> bool:
    """Whether the refund is one that the case knows; without any known sum every one is."""
    known = _known(case)
    stated = money(told.value)
    if not known:
        return True
    if stated is None:
        return any(seen.matches for seen in file.amounts)
    return any(stated[0] == one.amount and stated[1] in {None, one.currency} for one in known)


def refund_says(rule: Proof, witness: Witness) -> Testimony | None:
    """What a page says of the refund: made with the right sum, not made, or nothing that was understood."""
    told = last_of(one for one in refunds_of(witness.facts) if _ours(witness, one))
    if told is None:
        return ATTACHED
    if told.says in rule.unless:
        return said("contradicted", told)
    if told.says not in rule.says:
        return None
    return said("shown" if right_sum(witness.case, witness.facts, told) else "attached", told)


def _ours(witness: Witness, told: Statement) -> bool:
    """Whether a statement is of our order, where it names one."""
    if told.about is None or told.about.what != "order":
        return True
    ids = {order.id for order in (witness.case.order, *witness.case.orders) if order and order.id}
    return not ids or told.about.id in ids
