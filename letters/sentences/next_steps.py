"""How it goes on for the buyer: neutral steps, in the buyer's own hands."""

from letters.raw import Paragraphs, paragraph
from letters.scene import Scene

_OVER = {"closed", "withdrawn", "decided"}


def write(scene: Scene) -> Paragraphs:
    """Where a claim is open, that closing it is the buyer's free choice; then that we can be asked."""
    claim = scene.case.claim
    is_open = claim is not None and claim.status not in _OVER
    own = scene.own(scene.case.request, "request", "/request")
    free = scene.plain("buyer.your_choice", "argument") if is_open else None
    return paragraph(own, free, scene.plain("buyer.ask_us", "argument"))
