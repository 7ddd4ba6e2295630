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
