"""The order in question: number, date, goods, amount."""

from casefile.fields.base import any_text
from letters.citations import joined
from letters.scene import Paragraphs, Raw, Scene


def _goods(scene: Scene) -> str:
    order = scene.case.order
    names = []
    for item in order.items if order else ():
        name = any_text(item.name, scene.request.language, "en")
        if name:
            names.append(scene.text("letter.goods", quantity=item.quantity, name=name) if item.quantity else name)
    return joined(names, scene.request.catalog)


def _placed(scene: Scene) -> Raw | None:
    order = scene.case.order
    if order is None or not order.id:
        return None
    covered = scene.covered("order_placed")
    proof = covered.status if covered and covered.status in {"shown", "attached"} else None
    key = "letter.order" + ("_dated" if order.placed_at else "") + ("_goods" if _goods(scene) else "")
    scene.said.add("order_placed")
    return scene.fact(
        key,
        covered.exhibits if covered and proof else (),
        "shown" if proof == "shown" else "attached" if proof else "record",
        id=order.id,
        date=scene.moment(order.placed_at) if order.placed_at else "",
        goods=_goods(scene),
    )


def _amount(scene: Scene) -> Raw | None:
    order = scene.case.order
    if order is None or order.total is None:
        return None
    return Raw(text=scene.text("letter.total", amount=scene.money(order.total)), sentence_class="fact", proof="record")


def write(scene: Scene) -> Paragraphs:
    """One paragraph."""
    return [[sentence for sentence in (_placed(scene), _amount(scene)) if sentence]]
