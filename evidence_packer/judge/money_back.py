"""Whether a page says that the money went back, and how much: its statements of refunds folded in time. Pure."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from casefile.facts import FileFacts
from casefile.fields.base import Money
from casefile.rules import Proof
from casefile.statement import Statement
from evidence_packer.judge.subjects import Subject
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


def right_sum(sums: Sequence[Money], file: FileFacts, told: Statement) -> bool:
    """Whether the refund is one of the sums that the case knows; without any known sum every one is."""
    stated = money(told.value)
    if not sums:
        return True
    if stated is None:
        return any(seen.matches and any(seen.amount == str(one.amount) for one in sums) for seen in file.amounts)
    return any(stated[0] == one.amount and stated[1] in {None, one.currency} for one in sums)


def refund_says(rule: Proof, subject: Subject, witness: Witness) -> Testimony | None:
    """What a page says of the refund: made with the right sum, not made, or nothing that was understood."""
    ours = [one for one in refunds_of(witness.facts) if _ours(witness, one)]
    mine = [one for one in ours if right_sum(subject.sums, witness.facts, one)]
    told = last_of(mine or ours)
    if told is None:
        return ATTACHED
    if told.says in rule.unless:
        return said("contradicted", told)
    if told.says not in rule.says or (subject.of and not mine):
        return None
    return said("shown" if mine else "attached", told)


def _ours(witness: Witness, told: Statement) -> bool:
    """Whether a statement is of our order, where it names one."""
    if told.about is None or told.about.what != "order":
        return True
    ids = {order.id for order in (witness.case.order, *witness.case.orders) if order and order.id}
    return not ids or told.about.id in ids
