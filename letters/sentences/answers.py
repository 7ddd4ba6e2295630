"""Answers to what the notice asks for: every item, our answer, its exhibits."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, RawParagraph


def write(scene: LetterContext) -> Paragraphs:
    """One row of a table per answered item; an item that a section of the letter answers needs no row."""
    rows: Paragraphs = []
    for place, item in enumerate(scene.case.notice.required_items if scene.case.notice else ()):
        answer = scene.own(item.answer, "argument", f"/notice/required_items/{place}/answer", item.files)
        asked = scene.words(item.text, f"/notice/required_items/{place}/text")
        if answer and asked:
            rows.append(
                RawParagraph(
                    sentences=(scene.plain("letter.asked", "fact", text=asked), answer),
                    cells=(0, 1),
                    table=(scene.text("letter.column.asked"), scene.text("letter.column.answer")),
                    together=True,
                )
            )
    return rows
