"""What we ask for."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def _key(scene: LetterContext) -> str:
    kind = scene.kind.id
    if scene.accepts and scene.has(f"letter.request_accept.{kind}"):
        return f"letter.request_accept.{kind}"
    return f"letter.request.{kind}.{scene.matter}" if scene.has(f"letter.request.{kind}.{scene.matter}") else (
        f"letter.request.{kind}"
    )  # fmt: skip


def write(scene: LetterContext) -> Paragraphs:
    """The seller's own request in the letter's language, else the one that fits kind and matter."""
    own = scene.own(scene.case.request, "request", "/request")
    if own:
        return paragraph(own)
    key = _key(scene)
    claim = scene.case.claim
    if claim and claim.amount and scene.has(key + "_amount"):
        return paragraph(scene.plain(key + "_amount", "request", amount=scene.say.money(claim.amount)))
    return paragraph(scene.plain(key, "request"))
