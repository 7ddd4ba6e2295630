"""Do order pages, invoices and refunds state the amounts and the currency of the case?"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from casefile.facts import AmountSeen, FieldSeen, FileFacts
from casefile.fields.base import Money
from casefile.fields.files import Kind
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "amounts-agree"
INPUT = "facts"
_PRICED: frozenset[Kind] = frozenset({"order_page", "invoice", "erp_record", "prior_orders"})
_REFUNDS: frozenset[Kind] = frozenset({"refund_proof"})


def _differs(code: str, file: FileFacts, seen: AmountSeen | FieldSeen, found: str, expected: str) -> Finding:
    return Finding(
        code=code, severity="warning", file=file.file, page=seen.page, box=seen.box,
        params={"found": found, "expected": expected}, rules=("S003-13",),
    )  # fmt: skip


def _words(amount: str, currency: str | None) -> str:
    return f"{amount} {currency}" if currency else amount


def _stated(file: FileFacts, seen: FieldSeen, known: Iterable[Money]) -> Iterator[Finding]:
    """A stated sum that is none of the known ones, or is one in another currency."""
    sums = list(known)
    equal = [money for money in sums if money.amount == Decimal(seen.value)]
    if any(seen.currency in {money.currency, None} for money in equal):
        return
    code = "currency-differs" if equal else "amount-differs"
    expected = (equal or sums)[0]
    yield _differs(code, file, seen, _words(seen.value, seen.currency), f"{expected.amount} {expected.currency}")


def _totals(dossier: Dossier) -> list[Money]:
    """What a page of the order may state as its total: with and without shipping."""
    order = dossier.case.order
    if order is None or order.total is None:
        return []
    total, shipping = order.total, order.shipping
    if shipping is None or shipping.currency != total.currency:
        return [total]
    sums = (total.amount, total.amount + shipping.amount, total.amount - shipping.amount)
    return [Money(amount=amount, currency=total.currency) for amount in sums]


def _refunds(dossier: Dossier) -> list[Money]:
    case = dossier.case
    remedy = case.remedy.amount if case.remedy else None
    return [amount for amount in (*(one.amount for one in case.refunds), remedy) if amount]


def _of_order(dossier: Dossier, file: FileFacts) -> Iterator[Finding]:
    known, seen = _totals(dossier), file.stated("total")
    if file.kind == "erp_record" and seen and seen.currency not in {money.currency for money in known}:
        return  # a record may count in the currency of the warehouse
    if known and seen:
        yield from _stated(file, seen, known)
    elif known and file.kind in {"order_page", "invoice"}:
        yield from _unlabelled(file, known[0])


def _unlabelled(file: FileFacts, total: Money) -> Iterator[Finding]:
    """A page in the order's currency that shows amounts, but none of the case's."""
    shown = [seen for seen in file.amounts if seen.currency in {total.currency, None}]
    if shown and not any(seen.matches for seen in file.amounts):
        largest = max(shown, key=lambda seen: Decimal(seen.amount))
        yield _differs("amount-differs", file, largest, largest.text, f"{total.amount} {total.currency}")


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per page of our order whose stated sum or currency is not the case's."""
    for file in dossier.facts:
        if not any(seen.matches for seen in file.order_ids):
            continue
        if file.kind in _PRICED:
            yield from _of_order(dossier, file)
        refund = file.stated("refund")
        if file.kind in _REFUNDS and refund and (known := _refunds(dossier)):
            yield from _stated(file, refund, known)
