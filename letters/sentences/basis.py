"""Why the complaint does not hold: on which basis the goods are sold."""

from casefile.fields.files import Kind
from letters.language_formatter import bare
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph

_KINDS: dict[str, tuple[Kind, ...]] = {
    "licensed": ("authorisation", "contract"),
    "authorised": ("authorisation",),
    "first_sale": ("invoice",),
    "non_infringing": ("product_photo", "test_report"),
    "misidentified": ("listing", "product_photo"),
}
"""Basis → kinds of evidence that carry it."""


def write(scene: LetterContext) -> Paragraphs:
    """One argument with its exhibits, or none where the case names no basis."""
    right = scene.case.ip
    if right is None or right.basis is None:
        return []
    cites = scene.of_kinds(*_KINDS[right.basis])
    text = scene.text(f"letter.basis.{right.basis}", platform=scene.name(scene.request.platform.name))
    return paragraph(scene.worded(bare(text), "argument", cites))
