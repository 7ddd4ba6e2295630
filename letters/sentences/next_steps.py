"""How it goes on for the buyer: neutral steps, in the buyer's own hands."""

from casefile.fields.base import pick
from letters.raw import Paragraphs, Raw, paragraph
from letters.scene import Scene

_OVER = {"closed", "withdrawn", "decided"}


def _where(scene: Scene) -> Raw | None:
    """The platform's own words on where a matter is closed, if its file has them in this language."""
    closing = scene.request.procedure.closing
    words = pick(closing.text, scene.request.language) if closing else None
    return Raw(text=words, sentence_class="argument") if words else None


def write(scene: Scene) -> Paragraphs:
    """Where a claim is open, that closing it is the buyer's free choice and where it is done; then that we can be asked."""
    claim = scene.case.claim
    is_open = claim is not None and claim.status not in _OVER
    own = scene.own(scene.case.request, "request", "/request")
    free = scene.plain("buyer.your_choice", "argument") if is_open else None
    return paragraph(own, free, _where(scene) if is_open else None, scene.plain("buyer.ask_us", "argument"))
