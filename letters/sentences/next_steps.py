"""How it goes on for the buyer: neutral steps, in the buyer's own hands."""

from casefile.fields.base import in_language
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_OVER = {"closed", "withdrawn", "decided"}


def _where(scene: LetterContext) -> Raw | None:
    """Where a matter is closed: in the platform's own words where its file has them, else by the name of the button."""
    closing = scene.request.procedure.closing
    if closing is None:
        return None
    if words := in_language(closing.text, scene.request.language):
        return Raw(text=words, sentence_class="argument")
    return scene.plain("buyer.close_with", "argument", button=closing.button) if closing.button else None


def write(scene: LetterContext) -> Paragraphs:
    """Where a claim is open, that closing it is the buyer's free choice and where it is done; then that we can be asked."""
    claim = scene.case.claim
    is_open = claim is not None and claim.status not in _OVER
    own = scene.own(scene.case.request, "request", "/request")
    free = scene.plain("buyer.your_choice", "argument") if is_open else None
    return paragraph(own, free, _where(scene) if is_open else None, scene.plain("buyer.ask_us", "argument"))
