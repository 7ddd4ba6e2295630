"""What goes along with the letter: exhibits that no sentence has named, new ones, and what was sent besides."""

from casefile.citation import PlannedExhibit
from letters.blocks import block, last_block
from letters.language_formatter import opened
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


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


@last_block
def enclosed(scene: LetterContext) -> Paragraphs:
    """The exhibits that no other sentence has named: what each is, and what the seller says it serves for.

    One paragraph; every exhibit of the bundle is then named somewhere in the letter.
    """
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


@block
def added(scene: LetterContext) -> Paragraphs:
    """What is new since the previous submission: the exhibits that it did not hold.

    One sentence that names the new exhibits; where the previous pack is known and nothing is new, that is reported.
    """
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


@block
def sent_also(scene: LetterContext) -> Paragraphs:
    """That the same documents went through the platform's messages as well: printed only when they did.

    One sentence with the time, where the case says when they were sent; a form without attachments needs it.
    """
    sent = scene.case.submission.messages_sent_at if scene.case.submission else None
    if sent is None or not scene.request.plan.exhibits:
        return []
    return paragraph(scene.plain("letter.sent_in_messages", "argument", date=scene.say.moment(sent)))
