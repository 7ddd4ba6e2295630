"""The order in question: number, date, goods, amount."""

from casefile.citation import Citation
from casefile.fields.base import any_text
from casefile.fields.order import Item, Order
from casefile.letter import Proof
from letters import printed
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _named(scene: LetterContext, item: Item, place: int) -> str | None:
    name = any_text(item.name, scene.request.language, "en")
    identifier = item.sku or item.asin
    readable = scene.readable(name, f"/order/items/{place}/name") if identifier else name
    return readable or (scene.text("letter.item", id=identifier) if identifier else None)


def _about(scene: LetterContext, order: Order) -> str:
    """Goods and total, as they stand in brackets."""
    goods = [
        scene.text("letter.goods", quantity=item.quantity, name=name) if item.quantity else name
        for place, item in enumerate(order.items)
        if (name := _named(scene, item, place))
    ]
    total = [scene.text("letter.total", amount=scene.say.money(order.total))] if order.total else []
    return scene.text("letter.semicolon").join(goods + total)


def _evidence(scene: LetterContext, order: Order) -> tuple[tuple[Citation, ...], Proof]:
    """The page that prints the day of the order; else what the platform's proposition says; else the record."""
    dated = scene.point("order_placed", order.placed_at) if order.placed_at else ()
    covered = scene.covered("order_placed")
    if covered and covered.status == "shown":
        return covered.exhibits, "shown" if dated or not order.placed_at else "attached"
    cites = dated or scene.of_kinds("order_page", "invoice")
    read = {
        seen.value
        for facts in scene.request.facts
        if (exhibit := scene.request.plan.of_file(facts.file)) and any(exhibit.number == c.number for c in dated)
        for seen in facts.order_ids
        if seen.matches
    }
    return cites, "shown" if dated and order.id in read else "attached"


def _amount_read(scene: LetterContext, cites: tuple[Citation, ...], order: Order) -> bool:
    """Whether the order's total was read in one of the exhibits."""
    files = {exhibit.file for exhibit in scene.request.plan.exhibits for c in cites if c.number == exhibit.number}
    return order.total is not None and any(
        seen.matches and seen.amount == str(order.total.amount)
        for facts in scene.request.facts
        if facts.file in files
        for seen in facts.amounts
    )


def _placed(scene: LetterContext, order: Order) -> list[Raw]:
    cites, proof = _evidence(scene, order)
    about = _about(scene, order)
    apart = bool(cites and proof == "shown" and about and not _amount_read(scene, cites, order))
    details = scene.text("letter.details", details=about) if about and not apart else ""
    date = printed.moment(scene, cites, order.placed_at) if order.placed_at else ""
    key = "letter.order_placed" if order.placed_at else "letter.order_named"
    placed = scene.fact(key, cites, proof, id=order.id, date=date, details=details)
    return [placed, scene.fact("letter.order_about", (), "record", about=about)] if apart else [placed]


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph: which order, of when, for what; what no page shows is told as our record."""
    order = scene.case.order
    if order is None or not order.id:
        return []
    scene.said.add("order_placed")
    return paragraph(*_placed(scene, order))
