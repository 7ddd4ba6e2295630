"""The long-term plan: what changes, from when, who owns it, how it is measured."""

from casefile.fields.performance import Prevention
from letters.banked import told
from letters.language_formatter import bare
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _responsible(scene: LetterContext, prevention: Prevention) -> Raw | None:
    owner = prevention.owner
    date = scene.say.day(prevention.from_) if prevention.from_ else ""
    key = "letter.in_force" + ("_from" if date else "") + ("_owner" if owner else "")
    return scene.plain(key, "commitment", date=date, owner=owner) if date or owner else None


def _measure(scene: LetterContext, prevention: Prevention, pointer: str) -> Raw | None:
    words = scene.words(prevention.measure, pointer)
    return scene.plain("letter.measure", "commitment", text=bare(words)) if words else None


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph per prevention."""
    found: Paragraphs = []
    for place, prevention in enumerate(scene.case.preventions):
        words = told(scene, prevention, "prevention", f"/preventions/{place}")
        if words:
            raw = scene.worded(words.words, "commitment", scene.of_files(prevention.files), own=words.own)
            measure = _measure(scene, prevention, f"/preventions/{place}/measure")
            found += paragraph(raw, _responsible(scene, prevention), measure, together=True)
    return found
