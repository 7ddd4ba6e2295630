"""The parcel's way: handed over, scanned, delivered, to which address; and what was sent again."""

from casefile import text_folding
from casefile.anchors import Anchor
from casefile.citation import Citation
from casefile.fields.order import Parcel
from casefile.letter import Proof
from casefile.promptness import before
from letters import grounded, told
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_DISPATCH = ("dispatched_on_time", "dispatched")
_Standing = tuple[tuple[Citation, ...], Proof]


def _standing(scene: LetterContext, parcel: Parcel, proposition: str) -> _Standing | None:
    """What a sentence on this parcel may rest on: pages about another one are none of it."""
    standing = scene.standing(proposition, parcel.tracking_number)
    if standing is None:
        return None
    cites = scene.about_parcel(standing[0], parcel.tracking_number)
    return cites, standing[1] if cites else "record"


def _dispatch(scene: LetterContext, parcel: Parcel, *, scanned: bool) -> list[Raw]:
    """The hand-over by our own time; none where the carrier's first scan in time was stated, which is what counts."""
    if parcel.dispatched_at is None or (scanned and not _late(scene, parcel)):
        scene.said.update(_DISPATCH if scanned else ())
        return []
    scene.said.update(_DISPATCH)
    number = parcel.tracking_number
    standing = _standing(scene, parcel, next((p for p in _DISPATCH if scene.covered(p, number)), _DISPATCH[0]))
    if standing is None:
        return []
    dated = scene.about_parcel(scene.point("dispatched", parcel.dispatched_at), number)
    if not standing[0] and dated:
        standing = dated, "shown"
    ship_by = scene.case.order.ship_by_at if scene.case.order else None
    carrier, date = scene.told_carrier(parcel.carrier), told.moment(scene.say, parcel.dispatched_at)
    timed = f"in_time/{number}" in scene.said  # the ship-by time stands behind the first scan
    if ship_by is None or timed or not before(parcel.dispatched_at, ship_by):  # the sentence says "before"
        return [scene.fact("letter.dispatched", *standing, carrier=carrier, date=date)]
    due = told.Told(told.moment(scene.say, ship_by).forms[:1])
    in_time = scene.fact("letter.dispatched_in_time", *standing, carrier=carrier, date=date, ship_by=due)
    if in_time.proof == "shown" or standing[1] != "shown":
        return [in_time]
    sent = scene.fact("letter.dispatched", *standing, carrier=carrier, date=date)
    if sent.proof != "shown":
        return [in_time]
    return [sent, scene.fact("letter.ship_by", (), "record", ship_by=due)]


def _late(scene: LetterContext, parcel: Parcel) -> bool:
    """Whether the first scan came after the ship-by time, so that our own hand-over matters."""
    due = scene.case.order.ship_by_at if scene.case.order else None
    return bool(due and parcel.first_scan_at and not before(parcel.first_scan_at, due))


_DUE_PAGES = ("order_page", "back_office_log", "dispatch", "tracking", "case_page")


def _in_time(scene: LetterContext, parcel: Parcel) -> list[Raw]:
    """The reviewer's own test: the ship-by time behind the first scan, with the page that prints it."""
    due = scene.case.order.ship_by_at if scene.case.order else None
    if due is None or parcel.first_scan_at is None or "ship_by_at" in scene.told or _late(scene, parcel):
        return []
    scene.said.add(f"in_time/{parcel.tracking_number}")
    pages = tuple(cited for cited in scene.of_kinds(*_DUE_PAGES) if scene.prints(cited, Anchor.day(due)))
    stated = scene.fact("letter.scanned_in_time", pages, "shown", ship_by=told.due(scene.say, due))
    return [
        stated
        if stated.proof == "shown"
        else scene.fact("letter.scanned_in_time", (), "record", ship_by=scene.say.moment(due))
    ]


def _number_standing(scene: LetterContext, parcel: Parcel) -> _Standing | None:
    """The better of the two propositions that a tracking number carries; a contradiction of either silences it."""
    number = parcel.tracking_number
    asked = [p for p in ("handed_to_carrier", "tracking_is_ours") if scene.covered(p, number)]
    if any(scene.against(p, number) for p in asked):
        return None
    found = [_standing(scene, parcel, p) for p in asked]
    if asked and not any(found):
        return None
    ranked = sorted((s for s in found if s), key=lambda standing: ("shown", "attached", "record").index(standing[1]))
    return ranked[0] if ranked else _standing(scene, parcel, "handed_to_carrier")


def _tracking(scene: LetterContext, parcel: Parcel) -> list[Raw]:
    if not parcel.tracking_number:
        return []
    scene.said.update({"handed_to_carrier", "tracking_is_ours"})
    standing = _number_standing(scene, parcel)
    if standing is None:
        return []
    carrier, number = scene.told_carrier(parcel.carrier), told.number(parcel.tracking_number)
    if not parcel.first_scan_at or ("first_scan_at" in scene.told and scene.one_parcel):
        named = "number" in scene.told and scene.one_parcel
        return [] if named else [scene.fact("letter.tracking", *standing, number=number, carrier=carrier)]
    scan = scene.about_parcel(scene.point("first_scan", parcel.first_scan_at), parcel.tracking_number)
    date = told.moment(scene.say, parcel.first_scan_at)
    if standing[1] == "shown" and scan:
        cites = tuple(dict.fromkeys((*scan, *standing[0])))
        scanned = scene.fact("letter.scanned_number", cites, "shown", number=number, carrier=carrier, date=date)
        if scanned.proof == "shown":
            return [scanned, *_in_time(scene, parcel)]
    scanned = scene.fact("letter.first_scan", scan, "shown", date=date, carrier=carrier)
    return [
        scene.fact("letter.tracking", *standing, number=number, carrier=carrier),
        *_together(scene, parcel, [scanned, *_in_time(scene, parcel)]),
    ]


def _together(scene: LetterContext, parcel: Parcel, told_apart: list[Raw]) -> list[Raw]:
    """First scan and ship-by time as one sentence, where both are our record."""
    due, scan = scene.case.order.ship_by_at if scene.case.order else None, parcel.first_scan_at
    if len(told_apart) < 2 or due is None or scan is None or any(raw.proof != "record" for raw in told_apart):
        return told_apart
    carrier, date, ship_by = scene.carrier(parcel.carrier), scene.say.moment(scan), scene.say.moment(due)
    return [scene.fact("letter.first_scan_in_time", (), "record", carrier=carrier, date=date, ship_by=ship_by)]


def _delivery(scene: LetterContext, parcel: Parcel, *, numbered: bool) -> list[Raw]:
    """The delivery; ``numbered``: the letter has just stated the number of its only parcel."""
    if parcel.delivered_at is None:
        return []
    scene.said.add("delivered")
    standing = _standing(scene, parcel, "delivered")
    if standing is None:
        return []
    covered = scene.covered("delivered", parcel.tracking_number)
    same_day = scene.dated_so(covered, standing[0], parcel.delivered_at)
    standing = (same_day, standing[1]) if same_day or not standing[0] else ((), "record")
    if covered is None and not standing[0] and (pages := _prints_delivery(scene, parcel)):
        standing = pages, "attached"
    date, carrier = told.moment(scene.say, parcel.delivered_at), scene.told_carrier(parcel.carrier)
    essential = covered is not None and covered.required
    found: list[Raw] = []
    if scene.one_parcel and "received_at" in scene.told:
        return []
    if scene.one_parcel and "delivered_at" in scene.told:
        return [*_where(scene, standing[0], parcel), *_note(scene, parcel)]
    if parcel.tracking_number and not numbered:
        number, key = told.number(parcel.tracking_number), "letter.delivered_number"
        found.append(scene.fact(key, *standing, essential=essential, number=number, date=date, carrier=carrier))
    if not found or (scene.one_parcel and found[0].proof != "shown"):
        found.append(scene.fact("letter.delivered", *standing, essential=essential, date=date, carrier=carrier))
    delivered = next((raw for raw in found if raw.proof == "shown"), found[0])
    return [delivered, *_where(scene, standing[0], parcel), *_note(scene, parcel)]


def _prints_delivery(scene: LetterContext, parcel: Parcel) -> tuple[Citation, ...]:
    """The carrier's pages that tell this parcel's delivery and its day, where the receiver asks for no such proof."""
    pages = scene.about_parcel(scene.of_kinds("proof_of_delivery", "tracking"), parcel.tracking_number)
    day = parcel.delivered_at
    return tuple(one for one in pages if day and _tells_delivery(scene, one) and scene.prints(one, Anchor.day(day)))


def _tells_delivery(scene: LetterContext, cited: Citation) -> bool:
    page = scene.request.page(cited)
    return page is not None and any(fate.state == "delivered" for fate in page.facts.fates)


_ELSEWHERE = {"locker", "neighbour", "pickup_point", "agent", "facility", "sender", "reception"}
"""Recipients that are told as the page tells them: the parcel did not go into the buyer's own hands or door."""


def _where(scene: LetterContext, cites: tuple[Citation, ...], parcel: Parcel) -> list[Raw]:
    """To whom or where it was delivered, in the words of the page, where that is not simply the buyer's."""
    for cited in cites:
        page = scene.request.page(cited)
        for fate in page.facts.fates if page else ():
            told_so = next((one for one in (fate.decided_by, fate.against) if one and one.to == fate.to), None)
            if (
                fate.state != "delivered"
                or fate.to not in _ELSEWHERE
                or told_so is None
                or " " not in told_so.span.text
            ):
                continue
            if fate.of is None or text_folding.number(fate.of) == text_folding.number(parcel.tracking_number or ""):
                words = told.words(told_so.span.text)
                where = scene.text(f"letter.where.{fate.to}")
                said = scene.fact("letter.delivered_where", (cited,), "shown", where=where, words=words)
                return [said] if said.proof == "shown" else []
    return []


def _note(scene: LetterContext, parcel: Parcel) -> list[Raw]:
    """Where it was left and who signed: the seller's record. The spot stays out where an exhibit shows the address.

    Who signed, where another ground than the signature leads: a dock's or a neighbour's name only raises questions.
    """
    number = scene.case.parcels.index(parcel)
    address = scene.covered("delivered_to_address", parcel.tracking_number)
    spot = None if address and address.status in {"shown", "contradicted"} else parcel.delivered_to
    signed = None if "signed_by" in scene.told or grounded.leading(scene) else parcel.signed_by
    notes = (
        ("place", scene.words(spot, f"/parcels/{number}/delivered_to")),
        ("signed", scene.words(signed, f"/parcels/{number}/signed_by")),
    )
    return [scene.fact(f"letter.delivery_{name}", (), "record", words=words) for name, words in notes if words]


def _address(scene: LetterContext, parcel: Parcel) -> Raw | None:
    buyer = scene.case.buyer
    town = told.town(scene.say, buyer.ship_to) if buyer and buyer.ship_to else None
    if not town or not scene.covered("delivered_to_address") or not buyer or not buyer.ship_to:
        return None
    scene.said.add("delivered_to_address")
    if "town" in scene.told and scene.one_parcel:
        return None  # the answer has named it
    delivered = scene.covered("delivered", parcel.tracking_number)
    if delivered and delivered.status == "contradicted":
        return None
    standing = _standing(scene, parcel, "delivered_to_address")
    if standing is None or not standing[0]:
        return None
    if standing[1] != "shown" and any(_tells_delivery(scene, cited) for cited in standing[0]):
        return None  # a page that tells the delivery and not this address may tell of another one
    key = "letter.address" + ("_postcode" if buyer.ship_to.postal_code else "")
    return scene.fact(key, *standing, town=town)


def _replacements(scene: LetterContext) -> list[Raw]:
    found = []
    for parcel in scene.case.parcels:
        if parcel.direction == "replacement" and parcel.dispatched_at and parcel.tracking_number:
            if scene.against("reshipped"):
                continue
            if "replacement_at" in scene.told:
                found.append(_replacement_number(scene, parcel))
                continue
            cites = scene.about_parcel(scene.of_kinds("reshipment_proof"), parcel.tracking_number)
            carrier, date = scene.carrier(parcel.carrier), scene.say.moment(parcel.dispatched_at)
            key = "letter.replacement_sent"
            found.append(scene.fact(key, cites, "attached", carrier=carrier, date=date, number=parcel.tracking_number))
    if found:
        scene.said.add("reshipped")
    return found


def _replacement_number(scene: LetterContext, parcel: Parcel) -> Raw:
    """The number alone, where the delivery of the replacement was stated before."""
    cites = scene.about_parcel(scene.of_kinds("reshipment_proof", "tracking"), parcel.tracking_number)
    number, carrier = told.number(parcel.tracking_number or ""), scene.told_carrier(parcel.carrier)
    return scene.fact("letter.tracking", cites, "shown", number=number, carrier=carrier)


_OF_THE_WAY = {
    "item_not_received",
    "lost_in_transit",
    "late_shipment",
    "valid_tracking",
    "order_defect_rate",
    "unauthorised",
}
"""Reasons for which the parcel's way matters even where only our records tell it."""


def _bearing(scene: LetterContext, way: list[Raw]) -> list[Raw]:
    """What bears on the matter: where something else than the way decides, what no exhibit tells of it is left out."""
    if not grounded.leading(scene) or scene.case.reason in _OF_THE_WAY:
        return way
    return [raw for raw in way if raw.proof != "record"]


@block
def parcel(scene: LetterContext) -> Paragraphs:
    """The parcel's way: handed over, tracked, delivered, to which address.

    For each parcel sent out one paragraph on its way and one on its delivery; then the replacements.
    """
    found: Paragraphs = []
    parcels = [parcel for parcel in scene.case.parcels if parcel.direction == "outbound"]
    for parcel in () if grounded.damaged(scene, "first_parcel") else parcels:
        tracking = _tracking(scene, parcel)
        scanned = any(raw.proof == "shown" for raw in tracking) and parcel.first_scan_at is not None
        dispatch = _dispatch(scene, parcel, scanned=scanned)
        delivery = _delivery(scene, parcel, numbered=bool(tracking) and len(parcels) == 1)
        stated = bool(delivery) and delivery[0].proof == "shown" and not dispatch
        if len(parcels) > 1 and stated and not parcel.first_scan_at:
            tracking = []  # the delivery names carrier and number
        way = [*dispatch, *tracking] if len(parcels) == 1 else [*tracking, *dispatch]
        found += paragraph(*_bearing(scene, way))
        found += paragraph(
            *_bearing(scene, delivery), _address(scene, parcel) if delivery or len(parcels) == 1 else None
        )
    return [*found, *paragraph(*_replacements(scene))]
