"""The exhibits that no other sentence has named: what each is, and what the seller says it serves for."""

from casefile.citation import PlannedExhibit
from letters.language_formatter import opened
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

LAST = True


def _serving(scene: LetterContext, exhibit: PlannedExhibit) -> Raw | None:
    """The exhibit with the seller's own sentence on it, if there is one."""
    entry = scene.case.entry(exhibit.file)
    place = scene.case.files.index(entry) if entry else 0
    words = scene.words(entry.proves if entry else None, f"/files/{place}/proves")
    return scene.worded(words, "fact", (exhibit.cite(),), own=True) if words else None


def _named(scene: LetterContext, others: list[PlannedExhibit]) -> Raw:
    names = [
        scene.text(
            "letter.enclosed_one",
            cite=scene.citing.all([exhibit.cite()]),
            caption=scene.request.captions.get(exhibit.file) or scene.text(f"kind.{exhibit.kind}"),
        )
        for exhibit in others
    ]
    text = scene.text("letter.enclosed", names=scene.text("letter.semicolon").join(names))
    cites = tuple(exhibit.cite() for exhibit in others)
    return Raw(text=opened(text), sentence_class="fact", proof="attached", exhibits=cites)


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph; every exhibit of the bundle is then named somewhere in the letter."""
    sentences: list[Raw] = []
    others: list[PlannedExhibit] = []
    for exhibit in scene.request.plan.exhibits:
        if exhibit.number not in scene.cited:
            serving = _serving(scene, exhibit)
            if serving:
                sentences.append(serving)
            else:
                others.append(exhibit)
    if others:
        sentences.append(_named(scene, others))
    return paragraph(*sentences)
