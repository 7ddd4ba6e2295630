"""What was done for the buyer: the remedy, the return, the agreement to withdraw."""

from casefile.citation import Citation
from casefile.fields.order import Remedy, Return
from letters.blocks import block
from letters.grounded import damaged
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_JUDGED = {"account", "listing"}
"""Subjects whose reviewer asks nothing about what one buyer was given."""


def _promised(scene: LetterContext, remedy: Remedy) -> str:
    """An offer with its time: made on a day that is past, or to be carried out by one that is not."""
    if remedy.status == "accepted" or remedy.at is None:
        return f"letter.remedy_{remedy.status}"
    return "letter.remedy_offered_by" if remedy.at > scene.request.as_of else "letter.remedy_offered_dated"


def _told_as_refund(scene: LetterContext, remedy: Remedy) -> bool:
    """Whether the letter tells the refunds one by one, so that a remedy that is one of them would be told twice."""
    listed = any(refund.at and refund.amount for refund in scene.case.refunds)
    blocks = {block for section in scene.kind.sections for block in section.blocks}
    return listed and remedy.type in {"full_refund", "partial_refund"} and "refunded" in blocks


def _silent(scene: LetterContext, remedy: Remedy) -> bool:
    """Whether nothing is said of it: it was told already, or the offer would weaken what decides (named in ``left_out``)."""
    if remedy.status == "done":
        return bool(scene.told & {"refunded_at", "replacement_at"}) or _told_as_refund(scene, remedy)
    if remedy.at and f"wrote/{remedy.at.isoformat()}" in scene.said:
        return True  # the message that made the offer was told, with its terms
    if damaged(scene, "remedy"):
        scene.left("/remedy", "damages-ground")
    return damaged(scene, "remedy")


@block
def remedy(scene: LetterContext) -> Paragraphs:
    """What was offered or done for the buyer; only dated proof makes it done.

    One paragraph, or none. A remedy called done without date and document stays out and is listed as left out.
    """
    remedy = scene.case.remedy
    if remedy is None or _silent(scene, remedy):
        return []
    if remedy.type == "coupon" and scene.request.procedure.subject in _JUDGED:
        scene.left("/remedy", "coupon-of-no-account")
        return []
    what = scene.text(f"letter.remedy.{remedy.type}")
    if remedy.amount:
        what = scene.text("letter.remedy_amount", what=what, amount=scene.say.money(remedy.amount))
    cites = scene.of_files(remedy.files)
    if remedy.status != "done":
        date = scene.say.moment(remedy.at) if remedy.at else ""
        return paragraph(scene.plain(_promised(scene, remedy), "commitment", what=what, date=date))
    made = remedy.received_at or remedy.at
    if not (made and (cites or scene.request.draft)):
        scene.left("/remedy", "remedy-unproved")
        return []
    if scene.against("reshipped" if remedy.type == "replacement" else "refund_made"):
        return []
    scene.said.update({"refund_made", "reshipped"})
    key = "letter.remedy_received" if remedy.received_at else "letter.remedy_done"
    done = scene.fact(key, cites, "attached", what=what, date=scene.say.moment(made))
    return paragraph(done)


def _received(scene: LetterContext, back: Return, cites: tuple[Citation, ...]) -> list[Raw]:
    found = []
    if back.received_at:
        date = scene.say.moment(back.received_at)
        found.append(scene.fact("letter.return_received", cites, "attached", date=date))
    words = None if "condition" in scene.told else scene.words(back.condition, "/return/condition")
    if words:
        found.append(scene.worded(words, "fact", cites, own=True))
    if back.weight_sent_g and back.weight_received_g and "weight_received" not in scene.told:
        sent, received = back.weight_sent_g, back.weight_received_g
        found.append(scene.fact("letter.return_weight", cites, "attached", sent=sent, received=received))
    if back.serials_received and "serial_received" not in scene.told:
        serials = scene.text("letter.comma").join(back.serials_received)
        found.append(scene.fact("letter.return_serials", cites, "attached", serials=serials))
    return found


@block
def returned(scene: LetterContext) -> Paragraphs:
    """The return: what was requested when, what came back and in which condition.

    One paragraph, or none.
    """
    back = scene.case.return_
    if back is None or scene.against("return_received"):
        return []
    requested = None
    if back.requested_at and back.requested and not (scene.case.claim and scene.case.claim.opened_at):
        date = scene.say.moment(back.requested_at)
        requested = scene.fact(f"letter.return_requested.{back.requested}", (), "record", date=date)
    cites = scene.of_files(back.files) or scene.of_kinds("return_document", "return_media")
    received = _received(scene, back, cites)
    if received:
        scene.said.add("return_received")
    return paragraph(requested, *received)


@block
def settled(scene: LetterContext) -> Paragraphs:
    """The buyer's agreement: to withdraw, and that the matter is settled. Never more than what was recorded.

    One paragraph: agreed, applied for, confirmed, each with its time.
    """
    withdrawal = scene.case.withdrawal
    if withdrawal is None or scene.against("buyer_agreed"):
        return []
    cites = scene.of_files(withdrawal.files) or scene.of_kinds("buyer_confirmation")
    steps = (
        ("agreed", withdrawal.agreed_at),
        ("applied", withdrawal.applied_at),
        ("confirmed", withdrawal.buyer_confirmed_at),
    )
    return paragraph(
        *(scene.fact(f"letter.{step}", cites, "attached", date=scene.say.moment(at)) for step, at in steps if at)
    )
