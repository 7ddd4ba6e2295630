"""What we ask for."""

from casefile.fields.base import any_text, pick
from casefile.letter import LeftOut
from letters.scene import Paragraphs, Raw, Scene


def write(scene: Scene) -> Paragraphs:
    """The seller's own request in the letter's language, else the one that fits procedure and reason."""
    own = pick(scene.case.request, scene.request.language)
    if own:
        raw = scene.own(scene.case.request, "request", "/request")
        return [[raw]] if raw else []
    if any_text(scene.case.request):
        scene.left_out.append(LeftOut(sentence="/request", code="no-text-in-language"))
    key = (
        "letter.request_accept" if scene.case.stance == "accept" else f"letter.request.{scene.request.procedure.letter}"
    )
    claim = scene.case.claim
    amount = claim.amount if claim else None
    if amount and key.startswith("letter.request.") and scene.request.catalog.has(key + "_amount"):
        return [[Raw(text=scene.text(key + "_amount", amount=scene.money(amount)), sentence_class="request")]]
    return [[Raw(text=scene.text(key), sentence_class="request")]]
