"""Amounts: those of pages against those of the case, what is plausible, what calls for more care."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from casefile.facts import AmountSeen, FieldSeen, FileFacts
from casefile.fields.base import Money
from casefile.fields.files import Kind
from casefile.fields.order import Order
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier, Skip

CURRENCY_DIFFERS = FindingKind(code="currency-differs", severity="warning", about="file")
AMOUNT_DIFFERS = FindingKind(code="amount-differs", severity="warning", about="file")
_PRICED: frozenset[Kind] = frozenset({"order_page", "invoice", "erp_record", "prior_orders"})
_REFUNDS: frozenset[Kind] = frozenset({"refund_proof"})


def _differs(kind: FindingKind, file: FileFacts, seen: AmountSeen | FieldSeen, found: tuple[str, str]) -> Finding:
    """``found`` is what stands there, and what the case says."""
    params = dict(zip(("found", "expected"), found, strict=True))
    return kind.found(file=file.file, page=seen.page, box=seen.box, params=params, rules=("S003-13",))


def _words(amount: str, currency: str | None) -> str:
    return f"{amount} {currency}" if currency else amount


def _stated(file: FileFacts, seen: FieldSeen, known: Iterable[Money]) -> Iterator[Finding]:
    """A stated sum that is none of the known ones, or is one in another currency."""
    sums = list(known)
    equal = [money for money in sums if money.amount == Decimal(seen.value)]
    if any(seen.currency in {money.currency, None} for money in equal):
        return
    kind = CURRENCY_DIFFERS if equal else AMOUNT_DIFFERS
    expected = (equal or sums)[0]
    words = _words(seen.value, seen.currency), f"{expected.amount} {expected.currency}"
    yield _differs(kind, file, seen, words)


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
        yield _differs(AMOUNT_DIFFERS, file, largest, (largest.text, f"{total.amount} {total.currency}"))


def check_amounts_agree(dossier: Dossier) -> Iterator[Finding]:
    """Do order pages, invoices and refunds state the amounts and the currency of the case?

    A warning per page of our order whose stated sum or currency is not the case's.
    """
    for file in dossier.facts:
        if not any(seen.matches for seen in file.order_ids):
            continue
        if file.kind in _PRICED:
            yield from _of_order(dossier, file)
        refund = file.stated("refund")
        if file.kind in _REFUNDS and refund and (known := _refunds(dossier)):
            yield from _stated(file, refund, known)


AMOUNT_OVER_CEILING = FindingKind(code="amount-over-ceiling", severity="advice")
AMOUNT_OVER_ORDER = FindingKind(code="amount-over-order", severity="warning")


def _over(amount: Money | None, limit: Money | None) -> bool:
    return bool(amount and limit and amount.currency == limit.currency and amount.amount > limit.amount)


def _plain_money(money: Money) -> str:
    return f"{money.currency} {money.amount:,.2f}"


def _with_shipping(order: Order) -> Money | None:
    """What the order came to. Shipping is added, except where prices and shipping make the total: there it is in."""
    total, shipping = order.total, order.shipping
    if total is None or shipping is None or shipping.currency != total.currency:
        return total
    priced = [(item.price, item.quantity) for item in order.items]
    goods = sum((price.amount * (count or 1) for price, count in priced if price), Decimal(0))
    if goods + shipping.amount == total.amount:
        return total
    return Money(amount=total.amount + shipping.amount, currency=total.currency)


def check_amounts_plausible(dossier: Dossier) -> Iterator[Finding]:
    """Is the amount within what the order cost and what the platform pays?

    Advice over the platform's ceiling, a warning over the order's own total with shipping.
    """
    case = dossier.case
    amount = case.claim.amount if case.claim else None
    if amount is None:
        raise Skip("no-amount")
    ceiling = dossier.procedure.ceiling
    if ceiling and _over(amount, ceiling.amount):
        yield AMOUNT_OVER_CEILING.found(
            pointer="/claim/amount",
            params={"amount": _plain_money(amount), "ceiling": _plain_money(ceiling.amount)},
            rules=ceiling.rules,
        )
    whole = _with_shipping(case.order) if case.order else None
    if whole and _over(amount, whole):
        yield AMOUNT_OVER_ORDER.found(
            pointer="/claim/amount",
            params={"amount": _plain_money(amount), "total": _plain_money(whole)},
            rules=("S001-31",),
        )


HIGH_VALUE_UNPACKED = FindingKind(code="high-value-unpacked", severity="advice")


def check_high_value_packed(dossier: Dossier) -> Iterator[Finding]:
    """Is a valuable parcel covered by pictures of its packing, taken before it left?

    Advice for an order of high value without packing media.
    """
    total = dossier.case.order.total if dossier.case.order else None
    if total is None:
        raise Skip("no-amount")
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in dossier.case.files}
    limits = dossier.house.practice.targets.high_value
    is_valuable = any(total.currency == limit.currency and total.amount >= limit.amount for limit in limits)
    if is_valuable and dossier.procedure.subject in {"order", "charge"} and not kinds & {"packing_media"}:
        yield HIGH_VALUE_UNPACKED.found(pointer="/files", rules=("S002-23",))


CHECKS = (
    CheckOf(code="amounts-agree", judges="facts", findings=(CURRENCY_DIFFERS, AMOUNT_DIFFERS), run=check_amounts_agree),
    CheckOf(
        code="amounts-plausible",
        judges="case",
        findings=(AMOUNT_OVER_CEILING, AMOUNT_OVER_ORDER),
        run=check_amounts_plausible,
    ),
    CheckOf(code="high-value-packed", judges="case", findings=(HIGH_VALUE_UNPACKED,), run=check_high_value_packed),
)
