"""Money amounts on a page, and whether they are the case's own."""

import re
from decimal import Decimal, InvalidOperation

from casefile.case import Case
from casefile.facts import AmountSeen
from casefile.fields.base import Money
from evidence_packer.interpret import Scene

_SYMBOLS = {"US$": "USD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "RM": "MYR", "€": "EUR", "£": "GBP", "฿": "THB",
            "₫": "VND", "₱": "PHP", "₩": "KRW", "Rp": "IDR"}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<before>US\$|HK\$|S\$|NT\$|R\$|RM|Rp|[€£¥￥₩฿₫₱$]|\b[A-Z]{3}(?= ?\d))? ?"
    r"(?P<number>\d{1,3}(?:[,.]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?)(?![\d.,]*\d) ?"
    r"(?P<after>€|£|\b[A-Z]{3}\b)?"
)


def own_amounts(case: Case) -> tuple[Money, ...]:
    """Every amount the case states."""
    amounts = [
        case.order.total if case.order else None,
        case.order.shipping if case.order else None,
        *((item.price for item in case.order.items) if case.order else ()),
        *(order.amount for order in case.orders),
        case.claim.amount if case.claim else None,
        case.remedy.amount if case.remedy else None,
        case.return_.amount if case.return_ else None,
        *(refund.amount for refund in case.refunds),
        *(charge.amount for charge in case.related_charges),
    ]
    return tuple(amount for amount in amounts if amount)


def _value(text: str) -> Decimal | None:
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def interpret(scene: Scene) -> dict[str, object]:
    """``amounts``: those with a currency sign or code, and the case's own figures."""
    own = {amount.amount for amount in own_amounts(scene.case)}
    found = []
    for page in scene.reading.pages:
        for line in page.lines:
            for match in _AMOUNT.finditer(line.text):
                value = _value(match["number"])
                sign = match["before"] or match["after"]
                if value is None or not sign:
                    continue
                currency = _SYMBOLS.get(sign, sign if re.fullmatch(r"[A-Z]{3}", sign) else None)
                found.append(
                    AmountSeen(
                        text=match[0].strip(), amount=str(value), currency=currency, matches=value in own,
                        box=line.part(*match.span()), page=page.number,
                    )
                )  # fmt: skip
    return {"amounts": tuple(found)}
