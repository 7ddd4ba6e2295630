"""How a disputed claim arose, where the seller gives no cause: the delivery and the claim set side by side."""

from casefile.letter import Proof
from letters.language_formatter import opened as capital
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One sentence, where the delivery is in evidence and the claim came after it."""
    claim = scene.case.claim
    opened = (claim.opened_at or claim.requested_at) if claim else None
    covered = scene.covered("delivered")
    delivered = max((p.delivered_at for p in scene.case.parcels if p.delivered_at), default=None)
    if scene.accepts or scene.case.root_causes or not (opened and delivered and covered):
        return []
    days = (opened.date() - delivered.date()).days
    if covered.status not in {"shown", "attached"} or days < 1:
        return []
    text = scene.text(
        "letter.arose" if days > 1 else "letter.arose_next_day",
        days=days,
        opened=scene.say.day(opened),
        delivered=scene.say.day(delivered),
        cites=scene.citing.all(covered.exhibits),
    )
    proof: Proof = "shown" if covered.status == "shown" else "attached"
    return paragraph(Raw(text=capital(text), sentence_class="argument", proof=proof, exhibits=covered.exhibits))
