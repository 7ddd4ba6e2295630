"""A claim for money back: what was sent as it can be told from what came back, and what it was worth."""

from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph

_PACKED = ("packing_media", "product_photo", "dispatch", "erp_record")
"""Kinds of exhibits that show the goods before they left."""


@block
def goods_sent(scene: LetterContext) -> Paragraphs:
    """By what the goods that were sent are known: serial numbers and weight, so that those received can be set against them.

    One paragraph; what the opening of the letter has set side by side is not said again.
    """
    order, back = scene.case.order, scene.case.return_
    serials = [*(back.serials_sent if back else ())]
    serials = serials or [number for item in (order.items if order else ()) for number in item.serial_numbers]
    cites = scene.of_kinds(*_PACKED)
    known = weighed = None
    if serials and "serial_sent" not in scene.told:
        named = scene.text("letter.comma").join(serials)
        known = scene.fact("letter.sent_serials", cites, "attached", serials=named)
    if back and back.weight_sent_g and "weight_sent" not in scene.told and not back.weight_received_g:
        weighed = scene.fact("letter.sent_weight", cites, "attached", sent=back.weight_sent_g)
    return paragraph(known, weighed)


@block
def worth(scene: LetterContext) -> Paragraphs:
    """What the order was worth, where no refund tells the sum.

    One sentence, or none.
    """
    order = scene.case.order
    if order is None or order.total is None or scene.case.refunds or scene.case.inventory:
        return []
    cites = scene.of_kinds("order_page", "invoice")
    return paragraph(scene.fact("letter.order_worth", cites, "attached", amount=scene.say.money(order.total)))


@block
def stock_claimed(scene: LetterContext) -> Paragraphs:
    """How many units of stock are claimed, at which cost.

    One sentence, or none.
    """
    stock = scene.case.inventory
    if stock is None or not stock.claimed or "missing" in scene.told:
        return []
    cost = scene.text("letter.stock_cost", amount=scene.say.money(stock.unit_cost)) if stock.unit_cost else ""
    return paragraph(scene.plain("letter.stock_claimed", "argument", count=stock.claimed, details=cost))
