"""The complaint about a right: which, whose, about what."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph

_NAMED = 10
"""Listings named in full."""


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph on the complaint, a list of the places it names."""
    right = scene.case.ip
    if right is None:
        return []
    kind = scene.text(f"letter.right.{right.right}") if right.right else scene.text("letter.right.any")
    parts = [
        scene.text("letter.registration", number=right.registration_number) if right.registration_number else None,
        right.owner.name if right.owner else None,
    ]
    details = scene.text("letter.semicolon").join(part for part in parts if part)
    bracket = scene.text("letter.details", details=details) if details else ""
    key = "letter.complaint" + ("_id" if right.complaint_id else "")
    cites = scene.of_kinds("notice")
    told = scene.known(key, cites, shown=False, id=right.complaint_id or "", right=kind, details=bracket)
    places = [*right.asins, *right.urls][:_NAMED]
    named = scene.text("letter.comma").join(places)
    return paragraph(told, scene.plain("letter.complained_of", "fact", places=named) if places else None)
