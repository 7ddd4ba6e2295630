"""The return: what was requested when, what came back and in which condition."""

from casefile.citation import Citation
from casefile.fields.order import Return
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _received(scene: LetterContext, back: Return, cites: tuple[Citation, ...]) -> list[Raw]:
    found = []
    if back.received_at:
        date = scene.say.moment(back.received_at)
        found.append(scene.fact("letter.return_received", cites, "attached", date=date))
    words = scene.words(back.condition, "/return/condition")
    if words:
        found.append(scene.worded(words, "fact", cites, own=True))
    if back.weight_sent_g and back.weight_received_g:
        sent, received = back.weight_sent_g, back.weight_received_g
        found.append(scene.fact("letter.return_weight", cites, "attached", sent=sent, received=received))
    if back.serials_received:
        serials = scene.text("letter.comma").join(back.serials_received)
        found.append(scene.fact("letter.return_serials", cites, "attached", serials=serials))
    return found


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph, or none."""
    back = scene.case.return_
    if back is None:
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
