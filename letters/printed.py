"""What the pages of exhibits print, so that a sentence says no more than the page it cites: a minute, a quotation. Pure."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from casefile.anchors import Anchor
from casefile.citation import Citation, PlannedExhibit
from casefile.facts import FileFacts, MessageSeen, Spot
from letters.letter_context import LetterContext


def _exhibits(scene: LetterContext) -> Iterator[tuple[PlannedExhibit, FileFacts]]:
    """The exhibits a letter of this kind may cite, with what was read in them."""
    for facts in scene.request.facts if scene.kind.cites else ():
        exhibit = scene.request.plan.of_file(facts.file)
        if exhibit:
            yield exhibit, facts


def minute(scene: LetterContext, at: dt.datetime, *kinds: str) -> tuple[Citation, ...]:
    """The exhibit pages of these kinds that print this very minute, in the zone of ``at`` or in their own."""
    found: dict[Citation, None] = {}
    for exhibit, facts in _exhibits(scene):
        for seen in facts.timestamps if facts.kind in kinds else ():
            cited = exhibit.cite(seen.page, Spot.of(seen).height)
            page = scene.request.page(cited)
            if page and (page.clock(at) or page.find(Anchor.minute(at))):
                found[cited] = None
    return tuple(found)


def quotation(scene: LetterContext, text: Any) -> tuple[Citation, ...]:  # noqa: ANN401  # a LocalText
    """The exhibit page on which these words of the case were read, if one has them."""
    wanted = {text} if isinstance(text, str) else set((text or {}).values())
    for exhibit, facts in _exhibits(scene):
        for seen in facts.details:
            if seen.text in wanted:
                return (exhibit.cite(seen.page, Spot.of(seen).height),)
    return ()


def buyers_words(scene: LetterContext) -> Iterator[tuple[MessageSeen, Citation]]:
    """What the buyer wrote, as pages of exhibits show it."""
    for exhibit, facts in _exhibits(scene):
        for message in facts.messages:
            if message.who == "buyer":
                yield message, exhibit.cite(message.page, message.box[1])


def pointer_of(text: Any, words: str | None, pointer: str) -> str:  # noqa: ANN401  # a LocalText
    """The JSON pointer of these words of the case, the tag of their language behind it where the case has several."""
    if not isinstance(text, dict):
        return pointer
    return next((f"{pointer}/{language}" for language, said in text.items() if said == words), pointer)
