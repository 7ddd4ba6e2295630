"""The opening of a message to the buyer: thanks, and what it is about."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph; what the buyer reported is repeated without judging it."""
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
