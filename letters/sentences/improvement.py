"""The plan of an appeal: root causes, actions taken, preventions."""

from casefile.fields.base import any_text
from casefile.fields.performance import Prevention, RootCause
from letters import grounded
from letters.banked import statement_text
from letters.blocks import block
from letters.language_formatter import bare
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_NAMED = 5
"""Orders named in full; of more, only the first ones and their number."""


def _period(scene: LetterContext, cause: RootCause) -> Raw | None:
    if not (cause.from_ and cause.to):
        return None
    key = "letter.cause_period" + ("_orders" if cause.orders else "")
    if len(cause.orders) > _NAMED:
        key = "letter.cause_period_many"
    orders = scene.text("letter.comma").join(cause.orders[:_NAMED])
    first, last = scene.say.day(cause.from_), scene.say.day(cause.to)
    return scene.plain(key, "fact", first=first, last=last, count=len(cause.orders), orders=orders)


@block
def causes(scene: LetterContext) -> Paragraphs:
    """Root causes: a sentence of the bank or the seller's own, each with its exhibits; disputing never confesses.

    One paragraph per cause, with its period.
    """
    found: Paragraphs = []
    if grounded.damaged(scene, "cause"):
        for place, cause in enumerate(scene.case.root_causes):
            scene.left(f"/root_causes/{place}", "damages-ground", any_text(cause.text))
        return []
    for place, cause in enumerate(scene.case.root_causes):
        words = statement_text(scene, cause, "cause", f"/root_causes/{place}")
        if words:
            raw = scene.worded(words.words, "fact", scene.of_files(cause.files), own=words.own)
            found += paragraph(raw, _period(scene, cause))
    if found:
        scene.said.add("cause_shown")
    return found


@block
def actions(scene: LetterContext) -> Paragraphs:
    """Corrective actions already taken, each with its date and exhibits.

    Every action, as a list where there are several.
    """
    sentences: list[Raw] = []
    for place, action in enumerate(scene.case.actions_taken):
        words = statement_text(scene, action, "action", f"/actions_taken/{place}")
        if words:
            cites = scene.of_files(action.files)
            sentences.append(scene.worded(words.words, "fact", cites, at=action.at, own=words.own))
    if sentences:
        scene.said.add("action_shown")
    return paragraph(*sentences, listed=True)


def _responsible(scene: LetterContext, prevention: Prevention) -> Raw | None:
    owner = prevention.owner
    date = scene.say.day(prevention.from_) if prevention.from_ else ""
    key = "letter.in_force" + ("_from" if date else "") + ("_owner" if owner else "")
    return scene.plain(key, "commitment", date=date, owner=owner) if date or owner else None


def _measure(scene: LetterContext, prevention: Prevention, pointer: str) -> Raw | None:
    words = scene.words(prevention.measure, pointer)
    return scene.plain("letter.measure", "commitment", text=bare(words)) if words else None


@block
def preventions(scene: LetterContext) -> Paragraphs:
    """The long-term plan: what changes, from when, who owns it, how it is measured.

    One paragraph per prevention.
    """
    found: Paragraphs = []
    for place, prevention in enumerate(scene.case.preventions):
        words = statement_text(scene, prevention, "prevention", f"/preventions/{place}")
        if words:
            raw = scene.worded(words.words, "commitment", scene.of_files(prevention.files), own=words.own)
            measure = _measure(scene, prevention, f"/preventions/{place}/measure")
            found += paragraph(raw, _responsible(scene, prevention), measure, together=True)
    return found
