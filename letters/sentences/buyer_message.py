"""A message to the buyer: greeting, parcel, offer, next steps. No exhibit numbers, nothing that judges."""

from casefile.fields.base import in_language
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


@block
def greeted(scene: LetterContext) -> Paragraphs:
    """The opening of a message to the buyer: thanks, and what it is about.

    One paragraph; what the buyer reported is repeated without judging it.
    """
    order = scene.case.order
    wrote = any(contact.from_ == "buyer" for contact in scene.case.contacts)
    number = order.id if order and order.id else None
    key = "buyer.thanks" if wrote else "buyer.about"
    text = scene.text(key + ("_order" if number else ""), id=number or "")
    opening = Raw(text=text, sentence_class="argument")  # as the language goes on after a greeting: capital or not
    reported = None
    if scene.case.reason and scene.has(f"buyer.reported.{scene.case.reason}"):
        reported = scene.plain(f"buyer.reported.{scene.case.reason}", "argument")
    return paragraph(opening, reported, scene.plain("buyer.sorry", "argument"))


_LOOKS = {"item_not_received", "lost_in_transit"}


@block
def on_its_way(scene: LetterContext) -> Paragraphs:
    """What the buyer may know of the parcel: carrier, number, delivery, and where it may lie.

    One paragraph on the latest parcel sent out.
    """
    parcels = [parcel for parcel in scene.case.parcels if parcel.direction != "return"]
    if not parcels:
        return []
    parcel, say = parcels[-1], scene.say
    carrier = scene.carrier(parcel.carrier)
    sent = number = arrived = look = None
    if parcel.dispatched_at and not scene.against("handed_to_carrier", parcel.tracking_number):
        sent = scene.plain("buyer.sent", "fact", carrier=carrier, date=say.moment(parcel.dispatched_at))
    if parcel.tracking_number:
        number = scene.plain("buyer.number", "fact", number=parcel.tracking_number)
    if parcel.delivered_at and not scene.against("delivered", parcel.tracking_number):
        arrived = scene.plain("buyer.delivered", "fact", carrier=carrier, date=say.moment(parcel.delivered_at))
        look = scene.plain("buyer.look", "request") if scene.case.reason in _LOOKS else None
    return paragraph(sent, number, arrived, look)


@block
def offered(scene: LetterContext) -> Paragraphs:
    """What the seller does for the buyer: with amount and time, and never on a condition.

    One paragraph on the remedy, or none.
    """
    remedy = scene.case.remedy
    if remedy is None:
        return []
    what = scene.text(f"letter.remedy.{remedy.type}")
    if remedy.amount:
        what = scene.text("letter.remedy_amount", what=what, amount=scene.say.money(remedy.amount))
    date = scene.say.moment(remedy.at) if remedy.at else ""
    later = remedy.at is not None and remedy.at > scene.request.as_of
    key = f"buyer.remedy_{remedy.status}"
    if remedy.status == "done" and (later or not date):
        key = "buyer.remedy_accepted"
    key += "_by" if later else "_on" if date and key.endswith("done") else ""
    done = scene.plain(key, "commitment", what=what, date=date)
    number = None
    if remedy.tracking_number:
        carrier = scene.carrier(remedy.carrier)
        number = scene.plain("buyer.remedy_number", "fact", number=remedy.tracking_number, carrier=carrier)
    answer = scene.plain("buyer.please_choose", "request") if remedy.status == "offered" else None
    return paragraph(done, number, answer)


_OVER = {"closed", "withdrawn", "decided"}


def _where(scene: LetterContext) -> Raw | None:
    """Where a matter is closed: in the platform's own words where its file has them, else by the name of the button."""
    closing = scene.request.procedure.closing
    if closing is None:
        return None
    if words := in_language(closing.text, scene.request.language):
        return Raw(text=words, sentence_class="argument")
    return scene.plain("buyer.close_with", "argument", button=closing.button) if closing.button else None


@block
def next_steps(scene: LetterContext) -> Paragraphs:
    """How it goes on for the buyer: neutral steps, in the buyer's own hands.

    Where a claim is open, that closing it is the buyer's free choice and where it is done; then that we can be asked.
    """
    claim = scene.case.claim
    is_open = claim is not None and claim.status not in _OVER
    own = scene.own(scene.case.request, "request", "/request")
    free = scene.plain("buyer.your_choice", "argument") if is_open else None
    return paragraph(own, free, _where(scene) if is_open else None, scene.plain("buyer.ask_us", "argument"))
