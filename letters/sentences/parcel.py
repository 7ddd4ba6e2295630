"""The parcel's way: handed over, tracked, delivered, to which address."""

from casefile.citation import Citation
from casefile.coverage import Covered
from casefile.fields.order import Parcel
from casefile.letter import LeftOut
from letters.scene import Paragraphs, Raw, Scene


def _told(scene: Scene, proposition: str) -> Covered | None:
    """The coverage to word a sentence by; a contradicted or missing one is left out and listed."""
    covered = scene.covered(proposition)
    if covered is None or covered.status in {"shown", "attached"}:
        return covered
    scene.left_out.append(LeftOut(sentence=proposition, code=f"proposition-{covered.status}"))
    return covered


def _worded(scene: Scene, proposition: str, key: str, **params: object) -> Raw | None:
    covered = _told(scene, proposition)
    scene.said.add(proposition)
    if covered is None or covered.status == "missing":
        return scene.fact(key, (), "record", **params)
    if covered.status == "contradicted":
        return None
    return scene.fact(key, covered.exhibits, "shown" if covered.status == "shown" else "attached", **params)


def _dispatch(scene: Scene, parcel: Parcel) -> Raw | None:
    if parcel.dispatched_at is None:
        return None
    order = scene.case.order
    params = {"carrier": scene.carrier(parcel.carrier), "date": scene.moment(parcel.dispatched_at)}
    if order and order.ship_by_at and parcel.dispatched_at <= order.ship_by_at:
        return _worded(
            scene, "dispatched_on_time", "letter.dispatched_in_time", ship_by=scene.moment(order.ship_by_at), **params
        )
    return _worded(scene, "dispatched_on_time", "letter.dispatched", **params)


def _tracking(scene: Scene, parcel: Parcel) -> Raw | None:
    if not parcel.tracking_number:
        return None
    scene.said.add("tracking_is_ours")
    key = "letter.tracking" + ("_service" if parcel.service else "")
    return _worded(
        scene,
        "handed_to_carrier",
        key,
        number=parcel.tracking_number,
        carrier=scene.carrier(parcel.carrier),
        service=parcel.service or "",
    )


def _scan(scene: Scene, parcel: Parcel) -> Raw | None:
    if parcel.first_scan_at is None:
        return None
    point = next((p for p in scene.request.timeline if p.what == "first_scan" and p.exhibit and p.page), None)
    citations: tuple[Citation, ...] = ()
    if point and point.exhibit and point.page:
        exhibit = next(e for e in scene.request.plan.exhibits if e.number == point.exhibit)
        citations = (exhibit.cite(exhibit.source_pages[point.page - exhibit.first_page]),)
    return scene.fact(
        "letter.first_scan", citations, "shown", date=scene.moment(parcel.first_scan_at),
        carrier=scene.carrier(parcel.carrier),
    )  # fmt: skip


def _delivery(scene: Scene, parcel: Parcel) -> Raw | None:
    if parcel.delivered_at is None:
        return None
    key = "letter.delivered" + ("_place" if parcel.delivered_to else "")
    return _worded(
        scene, "delivered", key, date=scene.moment(parcel.delivered_at), place=parcel.delivered_to or "",
        carrier=scene.carrier(parcel.carrier), number=parcel.tracking_number or "",
    )  # fmt: skip


def _address(scene: Scene) -> Raw | None:
    covered = scene.covered("delivered_to_address")
    ship_to = scene.case.buyer.ship_to if scene.case.buyer else None
    if covered is None or ship_to is None or not ship_to.postal_code:
        return None
    scene.said.add("delivered_to_address")
    if covered.status != "shown":
        if covered.status == "contradicted":
            scene.left_out.append(LeftOut(sentence="delivered_to_address", code="proposition-contradicted"))
        return None
    town = " ".join(part for part in (ship_to.city, ship_to.region, ship_to.postal_code) if part)
    return scene.fact("letter.address", covered.exhibits, "shown", town=town)


def write(scene: Scene) -> Paragraphs:
    """One paragraph on the way out, one on the delivery."""
    paragraphs = []
    for parcel in scene.case.parcels:
        if parcel.direction != "outbound":
            continue
        way = [_dispatch(scene, parcel), _tracking(scene, parcel), _scan(scene, parcel)]
        arrival = [_delivery(scene, parcel), _address(scene)]
        paragraphs += [[s for s in way if s], [s for s in arrival if s]]
    return paragraphs
