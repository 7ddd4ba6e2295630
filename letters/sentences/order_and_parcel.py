"""The order and its parcel: what was bought, how it went its way, and what its carrier is asked for."""

from casefile import text_folding
from casefile.anchors import Anchor
from casefile.citation import Citation
from casefile.fields.base import any_text
from casefile.fields.order import Item, Order, Parcel
from casefile.letter import Proof
from casefile.promptness import before
from letters import told
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
            return [placed, scene.fact("letter.order_about", (), "record", about=rest)] if rest else [placed]
    return [_named_order(scene, order, (cites, "attached"), every)]


def _named_order(scene: LetterContext, order: Order, standing: "_Standing", about: _About) -> Raw:
    inside = scene.text("letter.semicolon").join(text for text, _ in about)
    bracket = scene.text("letter.details", details=inside) if inside else ""
    return scene.fact(
        "letter.order_placed" if order.placed_at else "letter.order_named",
        *standing,
        id=told.number(str(order.id)),
        date=told.moment(scene.say, order.placed_at) if order.placed_at else "",
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


_DISPATCH = ("dispatched_on_time", "dispatched")
_Standing = tuple[tuple[Citation, ...], Proof]


def _standing(scene: LetterContext, parcel: Parcel, proposition: str) -> _Standing | None:
    """What a sentence on this parcel may rest on: pages about another one are none of it."""
    standing = scene.standing(proposition, parcel.tracking_number)
    if standing is None:
        return None
    cites = scene.about_parcel(standing[0], parcel.tracking_number)
    return cites, standing[1] if cites else "record"


def _dispatch(scene: LetterContext, parcel: Parcel) -> list[Raw]:
    if parcel.dispatched_at is None:
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
    if ship_by is None or not before(parcel.dispatched_at, ship_by):  # the sentence says "before"
        return [scene.fact("letter.dispatched", *standing, carrier=carrier, date=date)]
    due = told.Told(told.moment(scene.say, ship_by).forms[:1])
    in_time = scene.fact("letter.dispatched_in_time", *standing, carrier=carrier, date=date, ship_by=due)
    if in_time.proof == "shown" or standing[1] != "shown":
        return [in_time]
    sent = scene.fact("letter.dispatched", *standing, carrier=carrier, date=date)
    if sent.proof != "shown":
        return [in_time]
    return [sent, scene.fact("letter.ship_by", (), "record", ship_by=due)]


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
    if not parcel.first_scan_at:
        return [scene.fact("letter.tracking", *standing, number=number, carrier=carrier)]
    scan = scene.about_parcel(scene.point("first_scan", parcel.first_scan_at), parcel.tracking_number)
    date = told.moment(scene.say, parcel.first_scan_at)
    if standing[1] == "shown" and scan:
        cites = tuple(dict.fromkeys((*scan, *standing[0])))
        scanned = scene.fact("letter.scanned_number", cites, "shown", number=number, carrier=carrier, date=date)
        if scanned.proof == "shown":
            return [scanned]
    return [
        scene.fact("letter.tracking", *standing, number=number, carrier=carrier),
        scene.fact("letter.first_scan", scan, "shown", date=date, carrier=carrier),
    ]


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
    date, carrier = told.moment(scene.say, parcel.delivered_at), scene.told_carrier(parcel.carrier)
    essential = covered is not None and covered.required
    found = []
    if parcel.tracking_number and not numbered:
        number, key = told.number(parcel.tracking_number), "letter.delivered_number"
        found.append(scene.fact(key, *standing, essential=essential, number=number, date=date, carrier=carrier))
    if not found or (scene.one_parcel and found[0].proof != "shown"):
        found.append(scene.fact("letter.delivered", *standing, essential=essential, date=date, carrier=carrier))
    delivered = next((raw for raw in found if raw.proof == "shown"), found[0])
    return [delivered, *_where(scene, standing[0], parcel), *_note(scene, parcel)]


_ELSEWHERE = {"locker", "neighbour", "pickup_point", "agent", "facility", "sender", "reception"}
"""Recipients that are told as the page tells them: the parcel did not go into the buyer's own hands or door."""


def _where(scene: LetterContext, cites: tuple[Citation, ...], parcel: Parcel) -> list[Raw]:
    """To whom or where it was delivered, in the words of the page, where that is not simply the buyer's."""
    for cited in cites:
        page = scene.request.page(cited)
        for fate in page.facts.fates if page else ():
            told_so = next((one for one in (fate.decided_by, fate.against) if one and one.to == fate.to), None)
            if fate.state != "delivered" or fate.to not in _ELSEWHERE or told_so is None:
                continue
            if fate.of is None or text_folding.number(fate.of) == text_folding.number(parcel.tracking_number or ""):
                words = told.words(told_so.span.text)
                where = scene.text(f"letter.where.{fate.to}")
                said = scene.fact("letter.delivered_where", (cited,), "shown", where=where, words=words)
                return [said] if said.proof == "shown" else []
    return []


def _note(scene: LetterContext, parcel: Parcel) -> list[Raw]:
    """Where it was left and who signed: the seller's record. The spot stays out where an exhibit shows the address."""
    number = scene.case.parcels.index(parcel)
    address = scene.covered("delivered_to_address", parcel.tracking_number)
    spot = None if address and address.status in {"shown", "contradicted"} else parcel.delivered_to
    notes = (
        ("place", scene.words(spot, f"/parcels/{number}/delivered_to")),
        ("signed", scene.words(parcel.signed_by, f"/parcels/{number}/signed_by")),
    )
    return [scene.fact(f"letter.delivery_{name}", (), "record", words=words) for name, words in notes if words]


def _address(scene: LetterContext, parcel: Parcel) -> Raw | None:
    buyer = scene.case.buyer
    town = told.town(scene.say, buyer.ship_to) if buyer and buyer.ship_to else None
    if not town or not scene.covered("delivered_to_address") or not buyer or not buyer.ship_to:
        return None
    scene.said.add("delivered_to_address")
    delivered = scene.covered("delivered", parcel.tracking_number)
    if delivered and delivered.status == "contradicted":
        return None
    standing = _standing(scene, parcel, "delivered_to_address")
    if standing is None or not standing[0]:
        return None
    key = "letter.address" + ("_postcode" if buyer.ship_to.postal_code else "")
    return scene.fact(key, *standing, town=town)


def _replacements(scene: LetterContext) -> list[Raw]:
    found = []
    for parcel in scene.case.parcels:
        if parcel.direction == "replacement" and parcel.dispatched_at and parcel.tracking_number:
            if scene.against("reshipped"):
                continue
            cites = scene.about_parcel(scene.of_kinds("reshipment_proof"), parcel.tracking_number)
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
    for parcel in parcels:
        tracking, dispatch = _tracking(scene, parcel), _dispatch(scene, parcel)
        found += paragraph(*dispatch, *tracking) if len(parcels) == 1 else paragraph(*tracking, *dispatch)
        delivery = _delivery(scene, parcel, numbered=bool(tracking) and len(parcels) == 1)
        found += paragraph(*delivery, _address(scene, parcel) if delivery or len(parcels) == 1 else None)
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
