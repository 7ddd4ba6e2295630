"""The order in question: number, date, goods, amount."""

from casefile.citation import Citation
from casefile.fields.base import any_text
from casefile.fields.order import Item, Order
from casefile.letter import Proof
from letters.raw import Paragraphs, paragraph
from letters.scene import Scene
from letters.speech import foreign


def _named(scene: Scene, item: Item) -> str | None:
    name = any_text(item.name, scene.request.language, "en")
    if name and not foreign(name, scene.request.language):
        return name
    identifier = item.sku or item.asin
    return scene.text("letter.item", id=identifier) if identifier else None


def _goods(scene: Scene, order: Order) -> str:
    names = [
        scene.text("letter.goods", quantity=item.quantity, name=name) if item.quantity else name
        for item in order.items
        if (name := _named(scene, item))
    ]
    return scene.text("letter.semicolon").join(names)


def _evidence(scene: Scene, order: Order) -> tuple[tuple[Citation, ...], Proof]:
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


def _amount_read(scene: Scene, cites: tuple[Citation, ...], order: Order) -> bool:
    """Whether the order's total was read in one of the exhibits."""
    files = {exhibit.file for exhibit in scene.request.plan.exhibits for c in cites if c.number == exhibit.number}
    return order.total is not None and any(
        seen.matches and seen.amount == str(order.total.amount)
        for facts in scene.request.facts
        if facts.file in files
        for seen in facts.amounts
    )


def write(scene: Scene) -> Paragraphs:
    """One paragraph: which order, of when, for what; what no page shows is told as our record."""
    order = scene.case.order
    if order is None or not order.id:
        return []
    cites, proof = _evidence(scene, order)
    total = scene.text("letter.order_total", amount=scene.say.money(order.total)) if order.total else ""
    goods = _goods(scene, order)
    read = _amount_read(scene, cites, order) if cites and proof == "shown" else False
    apart = [goods, "" if read else total] if cites and proof == "shown" else []
    details = [total if read else ""] if apart else [goods, total]
    key = "letter.order" + ("_dated" if order.placed_at else "")
    scene.said.add("order_placed")
    placed = scene.fact(
        key,
        cites,
        proof,
        id=order.id,
        date=scene.say.moment(order.placed_at) if order.placed_at else "",
        details=_joined(scene, details, "letter.order_details"),
    )
    rest = _joined(scene, apart)
    return paragraph(placed, scene.plain("letter.order_for", "fact", details=rest) if rest else None)


def _joined(scene: Scene, parts: list[str], introduced_by: str | None = None) -> str:
    joined = scene.text("letter.semicolon").join(part for part in parts if part)
    return scene.text(introduced_by, details=joined) if joined and introduced_by else joined


