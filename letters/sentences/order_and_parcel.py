"""The order and its parcel: what was bought, how it went its way, and what its carrier is asked for."""

from casefile.citation import Citation
from casefile.fields.base import any_text
from casefile.fields.order import Item, Order, Parcel
from casefile.letter import Proof
from letters import printed
from letters.blocks import block
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


_DISPATCH = ("dispatched_on_time", "dispatched")
_Standing = tuple[tuple[Citation, ...], Proof]


def _dispatch(scene: LetterContext, parcel: Parcel) -> Raw | None:
    if parcel.dispatched_at is None:
        return None
    scene.said.update(_DISPATCH)
    standing = scene.standing(next((p for p in _DISPATCH if scene.covered(p)), _DISPATCH[0]))
    if standing is None:
        return None
    dated = scene.point("dispatched", parcel.dispatched_at)
    if not standing[0] and dated:
        standing = dated, "shown"
    ship_by = scene.case.order.ship_by_at if scene.case.order else None
    in_time = ship_by is not None and parcel.dispatched_at < ship_by  # the sentence says "before"
    return scene.fact(
        "letter.dispatched_in_time" if in_time else "letter.dispatched",
        *standing,
        carrier=scene.carrier(parcel.carrier),
        date=printed.moment(scene, standing[0], parcel.dispatched_at),
        ship_by=scene.say.moment(ship_by) if ship_by else "",
    )


def _number_standing(scene: LetterContext) -> _Standing | None:
    """The better of the two propositions that a tracking number carries; a contradiction of either silences it."""
    found = [scene.standing(p) for p in ("handed_to_carrier", "tracking_is_ours") if scene.covered(p)]
    if None in found:
        return None
    ranked = sorted((s for s in found if s), key=lambda standing: ("shown", "attached", "record").index(standing[1]))
    return ranked[0] if ranked else scene.standing("handed_to_carrier")


def _tracking(scene: LetterContext, parcel: Parcel) -> list[Raw]:
    if not parcel.tracking_number:
        return []
    scene.said.update({"handed_to_carrier", "tracking_is_ours"})
    standing = _number_standing(scene)
    if standing is None:
        return []
    carrier, number = scene.carrier(parcel.carrier), parcel.tracking_number
    if not parcel.first_scan_at:
        return [scene.fact("letter.tracking", *standing, number=number, carrier=carrier)]
    scan = scene.point("first_scan", parcel.first_scan_at)
    date = printed.moment(scene, scan, parcel.first_scan_at)
    if standing[1] == "shown" and scan and set(scan) <= set(standing[0]):
        cites = scan
        return [scene.fact("letter.scanned_number", cites, "shown", number=number, carrier=carrier, date=date)]
    return [
        scene.fact("letter.tracking", *standing, number=number, carrier=carrier),
        scene.fact("letter.first_scan", scan, "shown", date=date, carrier=carrier),
    ]


def _delivery(scene: LetterContext, parcel: Parcel, *, numbered: bool) -> list[Raw]:
    """The delivery; ``numbered``: the letter has just stated the number of its only parcel."""
    if parcel.delivered_at is None:
        return []
    scene.said.add("delivered")
    standing = scene.standing("delivered")
    if standing is None:
        return []
    covered = scene.covered("delivered")
    cites, proof = standing
    if proof == "shown" and scene.request.facts and not scene.point("delivered", parcel.delivered_at):
        proof = "attached"  # delivered, but on which day only the record says
    delivered = scene.fact(
        "letter.delivered" + ("_number" if parcel.tracking_number and not numbered else ""),
        cites,
        proof,
        essential=covered is not None and covered.required,
        date=printed.moment(scene, cites, parcel.delivered_at),
        number=parcel.tracking_number or "",
        carrier=scene.carrier(parcel.carrier),
    )
    return [delivered, *_note(scene, parcel)]


def _note(scene: LetterContext, parcel: Parcel) -> list[Raw]:
    """Where it was left and who signed: the seller's record. The spot stays out where an exhibit shows the address."""
    number = scene.case.parcels.index(parcel)
    address = scene.covered("delivered_to_address")
    spot = None if address and address.status == "shown" else parcel.delivered_to
    notes = (
        ("place", scene.words(spot, f"/parcels/{number}/delivered_to")),
        ("signed", scene.words(parcel.signed_by, f"/parcels/{number}/signed_by")),
    )
    return [scene.fact(f"letter.delivery_{name}", (), "record", words=words) for name, words in notes if words]


def _address(scene: LetterContext) -> Raw | None:
    buyer = scene.case.buyer
    town = scene.say.town(buyer.ship_to) if buyer and buyer.ship_to else None
    if not town or not scene.covered("delivered_to_address") or not buyer or not buyer.ship_to:
        return None
    scene.said.add("delivered_to_address")
    standing = scene.standing("delivered_to_address")
    if standing is None or not standing[0]:
        return None
    key = "letter.address" + ("_postcode" if buyer.ship_to.postal_code else "")
    return scene.fact(key, *standing, town=town)


def _replacements(scene: LetterContext) -> list[Raw]:
    found = []
    for parcel in scene.case.parcels:
        if parcel.direction == "replacement" and parcel.dispatched_at and parcel.tracking_number:
            cites = scene.of_kinds("reshipment_proof")
            carrier, date = scene.carrier(parcel.carrier), scene.say.moment(parcel.dispatched_at)
            key = "letter.replacement_sent"
            found.append(scene.fact(key, cites, "attached", carrier=carrier, date=date, number=parcel.tracking_number))
    if found:
        scene.said.add("reshipped")
    return found


@block
def parcel(scene: LetterContext) -> Paragraphs:
    """The parcel's way: handed over, tracked, delivered, to which address.

    For each parcel sent out one paragraph on its way and one on its delivery; then the replacements.
    """
    found: Paragraphs = []
    parcels = [parcel for parcel in scene.case.parcels if parcel.direction == "outbound"]
    for number, parcel in enumerate(parcels):
        tracking = _tracking(scene, parcel)
        found += paragraph(_dispatch(scene, parcel), *tracking)
        delivery = _delivery(scene, parcel, numbered=bool(tracking) and len(parcels) == 1)
        found += paragraph(*delivery, _address(scene) if number == 0 else None)
    return [*found, *paragraph(*_replacements(scene))]


_PROOF_WANTED = {"item_not_received", "unauthorised", "return_problem"}
"""Reasons for which the proof of delivery is asked for; otherwise an investigation, unless the parcel counts as delivered."""


def _steps(scene: LetterContext, parcel: Parcel) -> list[Raw | None]:
    say = scene.say
    details = scene.text("letter.details", details=parcel.service) if parcel.service else ""
    return [
        scene.plain("letter.parcel_number", "fact", number=parcel.tracking_number or "", details=details),
        scene.plain("letter.parcel_handed", "fact", date=say.moment(parcel.dispatched_at))
        if parcel.dispatched_at
        else None,
        scene.plain("letter.parcel_scanned", "fact", date=say.moment(parcel.first_scan_at))
        if parcel.first_scan_at
        else None,
        scene.plain("letter.parcel_delivered", "fact", date=say.moment(parcel.delivered_at))
        if parcel.delivered_at
        else None,
    ]


@block
def shipment(scene: LetterContext) -> Paragraphs:
    """The parcel as its carrier knows it, and what the carrier is asked for.

    Per parcel one list; then what is asked, and until when an answer helps.
    """
    parcels = [parcel for parcel in scene.case.parcels if parcel.tracking_number]
    found = [block for parcel in parcels for block in paragraph(*_steps(scene, parcel), listed=True)]
    delivered = any(parcel.delivered_at for parcel in parcels)
    proof = delivered or scene.case.reason in _PROOF_WANTED
    ask = scene.plain("letter.ask_proof" if proof else "letter.ask_search", "request")
    until = None
    if scene.case.deadline:
        until = scene.plain("letter.ask_until", "request", date=scene.say.moment(scene.case.deadline.at))
    return [*found, *paragraph(ask, until)]
