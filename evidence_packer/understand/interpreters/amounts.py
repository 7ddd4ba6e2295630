"""Money amounts on a page, and whether they are the case's own."""

from collections.abc import Iterator

from casefile.case import Case
from casefile.facts import AmountSeen
from casefile.fields.base import Money
from casefile.reading import ReadPage
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.money import Signs, moneys, signs


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


def _on_page(page: ReadPage, scene: InterpretContext, known: Signs) -> Iterator[AmountSeen]:
    own = own_amounts(scene.case)
    likely = (*(amount.currency for amount in own), *((scene.site.currency,) if scene.site else ()))
    for line in page.lines:
        for money in moneys(line.text, known):
            currency = money.currency(likely)
            yield AmountSeen(
                text=line.text[money.start : money.end],
                amount=str(money.value),
                currency=currency,
                matches=any(money.value == one.amount and currency in {one.currency, None} for one in own),
                box=line.part(money.start, money.end),
                page=page.number,
            )


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``amounts``: those with a sign, word or code of money. A sign of several currencies means the case's, else the site's."""
    known = signs(scene.house)
    return {"amounts": tuple(seen for page in scene.reading.pages for seen in _on_page(page, scene, known))}


def _reads(case: Case) -> object:
    return own_amounts(case), case.site


INTERPRETER = Interpreter(name="amounts", interpret=_interpret, gives=("amounts",), reads=_reads)
