"""The order in question: number, date, goods, amount."""

from casefile.anchors import Anchor
from casefile.citation import Citation
from casefile.fields.base import any_text
from casefile.fields.order import Item, Order
from casefile.letter import Proof
from letters import grounded, told
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _named(scene: LetterContext, item: Item, place: int) -> str | None:
    name = any_text(item.name, scene.request.language, "en")
    identifier = item.sku or item.asin
    readable = scene.readable(name, f"/order/items/{place}/name") if identifier else name
    return readable or (scene.text("letter.item", id=identifier) if identifier else None)


_About = list[tuple[str, Anchor]]
"""Goods and total, each with what a page has to print for it."""


def _about(scene: LetterContext, order: Order) -> _About:
    """Goods and total, as they stand in brackets; no total where part of it was given back."""
    found = [
        (scene.text("letter.goods", quantity=item.quantity, name=name) if item.quantity else name, Anchor.words(name))
        for place, item in enumerate(order.items)
        if (name := _named(scene, item, place))
    ]
    if order.total and not scene.given_back:
        found.append((scene.text("letter.total", amount=scene.say.money(order.total)), Anchor.amount(order.total)))
    return found


def _evidence(scene: LetterContext, order: Order) -> tuple[tuple[Citation, ...], Proof]:
    """The page that prints the day of the order; else what the platform's proposition says; else the record."""
    dated = scene.point("order_placed", order.placed_at) if order.placed_at else ()
    covered = scene.covered("order_placed")
    if covered and covered.status == "shown":
        return tuple(dict.fromkeys((*dated, *covered.exhibits))), "shown"
    if covered and covered.status == "contradicted":
        return (), "record"
    return (dated, "shown") if dated else (scene.of_kinds("order_page", "invoice"), "attached")


def _placed(scene: LetterContext, order: Order) -> list[Raw]:
    """The order, with as much of goods and total as its page prints; the rest is our record."""
    cites, proof = _evidence(scene, order)
    every = _about(scene, order)
    for kept in (every, every[-1:], []) if proof == "shown" else ():
        placed = _named_order(scene, order, (cites, "shown"), kept)
        if placed.proof == "shown":
            rest = scene.text("letter.semicolon").join(text for text, anchor in every if (text, anchor) not in kept)
            told_all = not rest or grounded.leading(scene) is not None
            return [placed] if told_all else [placed, scene.fact("letter.order_about", (), "record", about=rest)]
    return [_named_order(scene, order, (cites, "attached"), every)]


def _named_order(
    scene: LetterContext, order: Order, standing: tuple[tuple[Citation, ...], Proof], about: _About
) -> Raw:
    inside = scene.text("letter.semicolon").join(text for text, _ in about)
    bracket = scene.text("letter.details", details=inside) if inside else ""
    return scene.fact(
        "letter.order_placed" if order.placed_at else "letter.order_named",
        *standing,
        id=told.number(str(order.id)),
        date=told.day(scene.say, order.placed_at) if order.placed_at else "",
        details=told.Told((told.Phrase(bracket, tuple(anchor for _, anchor in about)),)),
    )


@block
def order(scene: LetterContext) -> Paragraphs:
    """The order in question: number, date, goods, amount.

    One paragraph: which order, of when, for what; what no page shows is stated as our record.
    """
    order = scene.case.order
    if order is None or not order.id:
        return []
    scene.said.add("order_placed")
    return paragraph(*_placed(scene, order))
