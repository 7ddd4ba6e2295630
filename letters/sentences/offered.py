"""What the seller does for the buyer: with amount and time, and never on a condition."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph on the remedy, or none."""
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
    told = scene.plain(key, "commitment", what=what, date=date)
    number = None
    if remedy.tracking_number:
        carrier = scene.carrier(remedy.carrier)
        number = scene.plain("buyer.remedy_number", "fact", number=remedy.tracking_number, carrier=carrier)
    answer = scene.plain("buyer.please_choose", "request") if remedy.status == "offered" else None
    return paragraph(told, number, answer)
