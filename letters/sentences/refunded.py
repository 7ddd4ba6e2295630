"""Money already returned, each refund with its day and document."""

from casefile.letter import Proof
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph: every dated refund; what no exhibit shows is told as our record."""
    covered = scene.covered("refund_made")
    known = covered is not None and covered.status in {"shown", "attached"}
    sentences: list[Raw] = []
    for refund in scene.case.refunds:
        if refund.at and refund.amount:
            cites = scene.point("refund", refund.at) or (covered.exhibits if covered and known else ())
            shown = covered is not None and covered.status == "shown"
            details = scene.text("letter.details", details=refund.id) if refund.id else ""
            amount, date = scene.say.money(refund.amount), scene.say.moment(refund.at)
            proof: Proof = "shown" if shown else "attached"
            sentences.append(scene.fact("letter.refunded", cites, proof, amount=amount, date=date, details=details))
    if sentences:
        scene.said.add("refund_made")
    return paragraph(*sentences)
