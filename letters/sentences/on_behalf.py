"""Who makes the statement for the seller, where an agent does, with the authorisation."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One sentence, or none where the seller speaks."""
    by = scene.case.submitted_by
    seller = scene.case.seller
    company = (seller.name or seller.store) if seller else None
    if by is None or by.role != "agent" or not (by.name and company):
        return []
    cites = scene.of_files(by.authorisation) or scene.of_kinds("agent_authorisation")
    return paragraph(scene.known("letter.on_behalf", cites, shown=False, agent=by.name, seller=company))
