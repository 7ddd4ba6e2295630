"""What is new since the previous submission: the exhibits that it did not hold."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One sentence that names the new exhibits; where the previous pack is known and nothing is new, this is told."""
    new = scene.request.new
    if new is None:
        return []
    cites = scene.of_files(new)
    if not cites:
        scene.left(scene.text("letter.section.new_evidence"), "nothing-new")
        return []
    names = [
        scene.text("letter.enclosed_one", cite=scene.citing.all([cite]), caption=scene.kind_of(cite)) for cite in cites
    ]
    text = scene.text("letter.new_since", names=scene.text("letter.semicolon").join(names))
    return paragraph(Raw(text=text, sentence_class="fact", proof="attached", exhibits=cites))
