"""What is claimed: by whom, when, how much; quoted, never judged."""

from casefile.fields.base import any_text
from letters.scene import Paragraphs, Raw, Scene


def write(scene: Scene) -> Paragraphs:
    """One paragraph: the claim with its date and amount, and the buyer's words as a quotation."""
    claim = scene.case.claim
    if claim is None:
        return []
    found = []
    reason = scene.text(f"letter.reason.{scene.case.reason or 'other'}")
    opened = claim.opened_at or claim.requested_at
    key = "letter.claim" + ("_dated" if opened else "") + ("_amount" if claim.amount else "")
    if opened or claim.amount:
        found.append(
            Raw(
                text=scene.text(
                    key,
                    date=scene.moment(opened) if opened else "",
                    amount=scene.money(claim.amount) if claim.amount else "",
                    reason=reason,
                    id=claim.id or "",
                ),
                sentence_class="fact",
                proof="record",
            )
        )
    statement = any_text(claim.statement, scene.request.language)
    if statement:
        text = scene.text("letter.claim_says", statement=statement.rstrip("."))
        found.append(Raw(text=text, sentence_class="fact", proof="record"))
    return [found]
