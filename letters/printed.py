"""What the pages of exhibits print, so that a sentence says no more than the page it cites: a minute, a quotation, a day. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from casefile.citation import Citation, PlannedExhibit
from casefile.facts import FileFacts, TimestampSeen
from letters.letter_context import LetterContext


def _exhibits(scene: LetterContext) -> Iterator[tuple[PlannedExhibit, FileFacts]]:
    """The exhibits a letter of this kind may cite, with what was read in them."""
    for facts in scene.request.facts if scene.kind.cites else ():
        exhibit = scene.request.plan.of_file(facts.file)
        if exhibit:
            yield exhibit, facts


def _is_minute(seen: TimestampSeen, at: dt.datetime) -> bool:
    """Whether a printed time is the minute of ``at``; one without an offset is taken in the offset of ``at``."""
    if not seen.has_time or not seen.at or seen.ambiguous:
        return False
    moment = dt.datetime.fromisoformat(seen.at)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=at.tzinfo)
    return abs(moment - at) < dt.timedelta(minutes=1) and moment.minute == at.astimezone(moment.tzinfo).minute


def minute(scene: LetterContext, at: dt.datetime, *kinds: str) -> tuple[Citation, ...]:
    """The first exhibit page of these kinds that prints this very minute, if one does."""
    for exhibit, facts in _exhibits(scene):
        for seen in facts.timestamps if facts.kind in kinds else ():
            if _is_minute(seen, at):
                return (exhibit.cite(seen.page),)
    return ()


def quotation(scene: LetterContext, text: Any) -> tuple[Citation, ...]:  # noqa: ANN401  # a LocalText
    """The exhibit page on which these words of the case were read, if one has them."""
    wanted = {text} if isinstance(text, str) else set((text or {}).values())
    for exhibit, facts in _exhibits(scene):
        for seen in facts.details:
            if seen.text in wanted:
                return (exhibit.cite(seen.page),)
    return ()


def moment(scene: LetterContext, citations: Iterable[Citation], at: dt.datetime) -> str:
    """``at`` in words as the cited exhibits print it: with its hour, or the day alone where no page of theirs has the hour.

    Without an exhibit, and in a letter made without readings, the hour is the case's own.
    """
    numbers = {citation.number for citation in citations}
    cited = [facts for exhibit, facts in _exhibits(scene) if exhibit.number in numbers]
    if cited and not any(_is_minute(seen, at) for facts in cited for seen in facts.timestamps):
        return scene.say.day(at.date())
    return scene.say.moment(at)
