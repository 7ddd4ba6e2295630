"""Root causes: a sentence of the bank or the seller's own, each with its exhibits; disputing never confesses."""

from casefile.fields.performance import RootCause
from letters.banked import told
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


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph per cause, with its period."""
    found: Paragraphs = []
    for place, cause in enumerate(scene.case.root_causes):
        words = told(scene, cause, "cause", f"/root_causes/{place}")
        if words:
            raw = scene.worded(words.words, "fact", scene.of_files(cause.files), own=words.own)
            found += paragraph(raw, _period(scene, cause))
    if found:
        scene.said.add("cause_shown")
    return found
