"""The parcel's way: handed over, tracked, delivered, to which address."""

from casefile.citation import Citation
from casefile.fields.order import Parcel
from casefile.letter import Proof
from letters.raw import Paragraphs, Raw, paragraph
from letters.scene import Scene

_Standing = tuple[tuple[Citation, ...], Proof]


def _dispatch(scene: Scene, parcel: Parcel) -> Raw | None:
    if parcel.dispatched_at is None:
        return None
    scene.said.add("dispatched_on_time")
    standing = scene.standing("dispatched_on_time")
    if standing is None:
        return None
    ship_by = scene.case.order.ship_by_at if scene.case.order else None
    in_time = ship_by is not None and parcel.dispatched_at <= ship_by
    return scene.fact(
        "letter.dispatched_in_time" if in_time else "letter.dispatched",
        *standing,
        carrier=scene.carrier(parcel.carrier),
        date=scene.say.moment(parcel.dispatched_at),
        ship_by=scene.say.moment(ship_by) if ship_by else "",
    )


def _number_standing(scene: Scene) -> _Standing | None:
    """The better of the two propositions that a tracking number carries; a contradiction of either silences it."""
    found = [scene.standing(p) for p in ("handed_to_carrier", "tracking_is_ours") if scene.covered(p)]
    if None in found:
        return None
    ranked = sorted((s for s in found if s), key=lambda standing: ("shown", "attached", "record").index(standing[1]))
    return ranked[0] if ranked else scene.standing("handed_to_carrier")


def _tracking(scene: Scene, parcel: Parcel) -> list[Raw]:
    if not parcel.tracking_number:
        return []
    scene.said |= {"handed_to_carrier", "tracking_is_ours"}
    standing = _number_standing(scene)
    if standing is None:
        return []
    carrier = scene.carrier(parcel.carrier)
    found = [scene.fact("letter.tracking", *standing, number=parcel.tracking_number, carrier=carrier)]
    if parcel.first_scan_at:
        cites = scene.point("first_scan", parcel.first_scan_at)
        date = scene.say.moment(parcel.first_scan_at)
        found.append(scene.fact("letter.first_scan", cites, "shown", date=date, carrier=carrier))
    return found


def _delivery(scene: Scene, parcel: Parcel) -> list[Raw]:
    if parcel.delivered_at is None:
        return []
    scene.said.add("delivered")
    standing = scene.standing("delivered")
    if standing is None:
        return []
    covered = scene.covered("delivered")
    delivered = scene.fact(
        "letter.delivered" + ("_number" if parcel.tracking_number else ""),
        *standing,
        essential=covered is not None and covered.required,
        date=scene.say.moment(parcel.delivered_at),
        number=parcel.tracking_number or "",
        carrier=scene.carrier(parcel.carrier),
    )
    return [delivered, *_note(scene, parcel)]


def _note(scene: Scene, parcel: Parcel) -> list[Raw]:
    """Where it was left and who signed: the seller's record, for no reading proves it."""
    number = scene.case.parcels.index(parcel)
    place = scene.words(parcel.delivered_to, f"/parcels/{number}/delivered_to")
    signed = scene.words(parcel.signed_by, f"/parcels/{number}/signed_by")
    key = "letter.delivery" + ("_note" if place else "") + ("_signed" if signed else "")
    return [scene.plain(key, "fact", place=place, signed=signed)] if place or signed else []


def _address(scene: Scene) -> Raw | None:
    buyer = scene.case.buyer
    town = scene.say.town(buyer.ship_to) if buyer and buyer.ship_to else None
    covered = scene.covered("delivered_to_address")
    if not town or not covered or not buyer or not buyer.ship_to:
        return None
    scene.said.add("delivered_to_address")
    standing = scene.standing("delivered_to_address")
    if standing is None or not standing[0]:
        return None
    key = "letter.address" + ("_postcode" if buyer.ship_to.postal_code else "")
    return scene.fact(key, *standing, town=town, postal_code=buyer.ship_to.postal_code or "")


def write(scene: Scene) -> Paragraphs:
    """For each parcel sent out one paragraph on its way and one on its delivery."""
    found: Paragraphs = []
    for number, parcel in enumerate(p for p in scene.case.parcels if p.direction == "outbound"):
        found += paragraph(_dispatch(scene, parcel), *_tracking(scene, parcel))
        found += paragraph(*_delivery(scene, parcel), _address(scene) if number == 0 else None)
    return found
