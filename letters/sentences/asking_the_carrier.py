"""What a carrier is asked for: the parcel as it knows it, and a proof of delivery or an investigation."""

from casefile.fields.order import Parcel
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

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
        *_unfound(scene, parcel),
    ]


def _unfound(scene: LetterContext, parcel: Parcel) -> list[Raw | None]:
    """What a search needs beside: the last event, where the parcel was to go, and what it is worth."""
    if parcel.delivered_at:
        return []
    address = scene.case.buyer.ship_to if scene.case.buyer else None
    town, worth = scene.say.town(address) if address else None, _worth(scene)
    last = scene.say.moment(parcel.last_scan_at) if parcel.last_scan_at else None
    return [
        scene.plain("letter.parcel_last_scan", "fact", date=last) if last else None,
        scene.plain("letter.parcel_to", "fact", town=town) if town else None,
        scene.plain("letter.parcel_value", "fact", amount=worth) if worth else None,
    ]


def _worth(scene: LetterContext) -> str | None:
    """The value of the order, where one parcel carried all of it."""
    order = scene.case.order
    return scene.say.money(order.total) if order and order.total and scene.one_parcel else None


@block
def shipment(scene: LetterContext) -> Paragraphs:
    """The parcel as its carrier knows it, and what the carrier is asked for.

    Per parcel one list; then what is asked, and until when an answer helps.
    """
    if scene.case.reason == "damaged":
        return _damaged(scene)
    parcels = [parcel for parcel in scene.case.parcels if parcel.tracking_number]
    found = [block for parcel in parcels for block in paragraph(*_steps(scene, parcel), listed=True)]
    delivered = any(parcel.delivered_at for parcel in parcels)
    proof = delivered or scene.case.reason in _PROOF_WANTED
    ask = scene.plain("letter.ask_proof" if proof else "letter.ask_search", "request")
    worth = None if proof else _worth(scene)
    claimed = scene.plain("letter.ask_compensation", "request", amount=worth) if worth else None
    until = None
    if scene.case.deadline:
        until = scene.plain("letter.ask_until", "request", date=scene.say.moment(scene.case.deadline.at))
    return [*found, *paragraph(ask, claimed, until)]


def _damaged(scene: LetterContext) -> Paragraphs:
    """A claim for goods that arrived broken: the parcel, what the receiver reports, the worth, and what is to be inspected."""
    parcels = [parcel for parcel in scene.case.parcels if parcel.tracking_number]
    found = [block for parcel in parcels for block in paragraph(*_steps(scene, parcel), listed=True)]
    words = scene.words(scene.case.claim.statement, "/claim/statement") if scene.case.claim else None
    said = scene.plain("letter.claim_says", "fact", quote=scene.say.quoted(words)) if words else None
    worth = _worth(scene)
    key = "letter.ask_damage" + ("_worth" if worth else "")
    return [*found, *paragraph(said), *paragraph(scene.plain(key, "request", amount=worth or ""))]
