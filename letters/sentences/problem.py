"""The problem of an appeal: notice and metric with their figures, and the orders behind them."""

from letters import printed
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_ORDERS = 3
"""Orders told one by one; the exhibits hold the rest."""


def _notice(scene: LetterContext) -> list[Raw | None]:
    notice = scene.case.notice
    if notice is None:
        return []
    words = scene.words(notice.text, "/notice/text")
    shown = scene.point("notice", notice.at) if notice.at else ()
    says = None
    if notice.at:
        key = "letter.notice" + ("_id" if notice.id else "") + ("_says" if words else "")
        quote, date = scene.say.quoted(words) if words else "", printed.moment(scene, shown, notice.at)
        cites = shown or scene.of_kinds("notice")
        says = scene.known(key, cites, shown=bool(shown), id=notice.id or "", date=date, quote=quote)
    code = scene.plain("letter.notice_code", "fact", code=notice.error_code) if notice.error_code else None
    return [says, code]


def _metric(scene: LetterContext) -> Raw | None:
    metric = scene.case.metric
    if metric is None or metric.value is None:
        return None
    dated = bool(metric.from_ and metric.to)
    key = "letter.metric" + ("_target" if metric.target is not None else "") + ("_dated" if dated else "")
    return scene.known(
        key,
        (),
        shown=False,
        name=scene.text(f"letter.metric.{metric.name}"),
        value=f"{metric.value.normalize():f}",
        target=f"{metric.target.normalize():f}" if metric.target is not None else "",
        first=scene.say.day(metric.from_) if metric.from_ else "",
        last=scene.say.day(metric.to) if metric.to else "",
    )


def _affected(scene: LetterContext) -> Raw | None:
    metric = scene.case.metric
    if not (metric and metric.orders_affected):
        return None
    scene.said.add("orders_dispatched")
    standing = scene.standing("orders_dispatched")
    return scene.fact("letter.orders_affected", *standing, count=metric.orders_affected) if standing else None


def _orders(scene: LetterContext) -> list[Raw]:
    found = []
    for order in scene.case.orders[:_ORDERS]:
        if order.id and order.ship_by_at and order.dispatched_at:
            late = order.dispatched_at > order.ship_by_at
            due, date = scene.say.moment(order.ship_by_at), scene.say.moment(order.dispatched_at)
            key = "letter.order_late" if late else "letter.order_in_time"
            found.append(scene.fact(key, scene.of_files(order.files), "attached", id=order.id, ship_by=due, date=date))
    return found


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph on notice and metric, one on the orders."""
    return [*paragraph(*_notice(scene), _metric(scene)), *paragraph(_affected(scene), *_orders(scene))]
