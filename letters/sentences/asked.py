"""The message of the platform that the letter answers."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """The latest dated message of the platform, quoted."""
    dated = [(c.at, place, c) for place, c in enumerate(scene.case.contacts) if c.at and c.from_ == "platform"]
    if not dated:
        return []
    at, place, contact = max(dated, key=lambda one: one[0])
    words = scene.words(contact.text, f"/contacts/{place}/text")
    if not words:
        return []
    quote, date = scene.say.quoted(words), scene.say.moment(at)
    return paragraph(scene.known("letter.you_wrote", scene.of_files(contact.files), shown=False, date=date, text=quote))
