"""Stock that the platform held: what was sent in, received, and is claimed."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph on shipment and difference, one on the adjustment and the value."""
    stock = scene.case.inventory
    if stock is None:
        return []
    goods = scene.text("letter.comma").join(x for x in (stock.sku, stock.fnsku, stock.asin) if x)
    details = scene.text("letter.details", details=goods) if goods else ""
    cites = scene.of_kinds("back_office_log", "erp_record", "invoice")
    sent = None
    if stock.shipped is not None and stock.received is not None:
        key = "letter.stock" + ("_shipment" if stock.shipment_id else "")
        sent = scene.fact(
            key, cites, "attached", id=stock.shipment_id or "", shipped=stock.shipped, received=stock.received,
            details=details,
        )  # fmt: skip
    adjusted = None
    if stock.adjustment_id:
        code = scene.text("letter.details", details=stock.adjustment_code) if stock.adjustment_code else ""
        adjusted = scene.fact("letter.stock_adjusted", (), "record", id=stock.adjustment_id, details=code)
    claimed = None
    if stock.claimed:
        cost = scene.text("letter.stock_cost", amount=scene.say.money(stock.unit_cost)) if stock.unit_cost else ""
        claimed = scene.plain("letter.stock_claimed", "argument", count=stock.claimed, details=cost)
    return [*paragraph(sent), *paragraph(adjusted, claimed)]
