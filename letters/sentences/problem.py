"""The problem of an appeal: notice and metric with their figures."""

from casefile.letter import Proof
from letters.scene import Paragraphs, Raw, Scene


def _notice(scene: Scene) -> Raw | None:
    notice = scene.case.notice
    if notice is None or notice.at is None:
        return None
    key = "letter.notice" + ("_id" if notice.id else "")
    text = scene.text(key, id=notice.id or "", date=scene.moment(notice.at))
    if notice.text:
        text = scene.text("letter.notice_says", opening=text.rstrip("。."), text=notice.text.rstrip("。. "))
    return Raw(text=text, sentence_class="fact", proof="record")


def _metric(scene: Scene) -> Raw | None:
    metric = scene.case.metric
    if metric is None or metric.value is None:
        return None
    period = ""
    if metric.from_ and metric.to:
        period = scene.text("letter.period", first=scene.day(metric.from_), last=scene.day(metric.to))
    key = "letter.metric" + ("_target" if metric.target is not None else "")
    return Raw(
        text=scene.text(
            key,
            name=scene.text(f"letter.metric.{metric.name}"),
            value=metric.value,
            target=metric.target,
            period=period,
        ),
        sentence_class="fact",
        proof="record",
    )


def _orders(scene: Scene) -> list[Raw]:
    found = []
    metric = scene.case.metric
    if metric and metric.orders_affected:
        covered = scene.covered("orders_dispatched")
        scene.said.add("orders_dispatched")
        cites = covered.exhibits if covered and covered.status in {"shown", "attached"} else ()
        proof: Proof = "shown" if covered and covered.status == "shown" else "attached"
        found.append(scene.fact("letter.orders_affected", cites, proof, count=metric.orders_affected))
    for order in scene.case.orders[:3]:
        if order.id and order.ship_by_at and order.dispatched_at:
            late = order.dispatched_at > order.ship_by_at
            cites = scene.cite_files(order.files)
            found.append(
                scene.fact(
                    "letter.order_late" if late else "letter.order_in_time", cites, "attached", id=order.id,
                    ship_by=scene.moment(order.ship_by_at), date=scene.moment(order.dispatched_at),
                )
            )  # fmt: skip
    return found


def write(scene: Scene) -> Paragraphs:
    """One paragraph on notice and metric, one on the orders."""
    return [[s for s in (_notice(scene), _metric(scene)) if s], _orders(scene)]
