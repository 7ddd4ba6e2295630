"""Status words such as "Delivered" or 已签收, where a page states them and does not merely mention them.

Those of parcels are what the file states of them (``states``). Refunds and tests have words of their own: a line states one when it
begins with the words or is short enough for them, is not a question, and none of the words that undo it stand beside it.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from casefile import text_folding
from casefile.case import Case
from casefile.facts import Status, StatusSeen
from casefile.house import House
from casefile.lexicon import StatusWords
from casefile.reading import Line, ReadPage
from casefile.text_folding import DENSE
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.parcel_statuses import status_of, told_of_ours
from evidence_packer.understand.spelling import spelt

_SHORT, _SENTENCE, _WIDE_SENTENCE = 60, 110, 70
"""Longest lines, in signs, that state a single word, several words, or words of a script without spaces inside them."""
_FIRST = 2
_TO = re.compile(r"\s?(?:to|by|at)\s?:?\s*")
"""What makes of a status the label of a place or a person ("Delivered To")."""
_LABEL = re.compile(r"(?:[\W\d_]++|(?:am|pm|status|state|latest update|current status|状态|物流状态|当前状态)(?=\W))*+")


@dataclass(frozen=True, slots=True)
class _Words:
    """One status in one language: (its first signs, word without spaces, word) longest first, and what undoes it."""

    status: Status
    words: tuple[tuple[str, str, str], ...]
    not_words: tuple[str, ...]


@functools.lru_cache(maxsize=64)
def _known(house: House, first: tuple[str, ...]) -> tuple[_Words, ...]:
    """The words of every language, those of ``first`` before the others."""
    order = (*first, *(language for language in house.reading_words if language not in first))
    languages = [house.reading_words[language] for language in order if language in house.reading_words]
    return tuple(_compared(words) for language in languages for words in language.statuses)


def _compared(words: StatusWords) -> _Words:
    spellings = [
        (text_folding.unspaced(text_folding.word(word)), text_folding.word(word))
        for word in sorted(words.words, key=len, reverse=True)
    ]
    known = tuple((short[:_FIRST], short, word) for short, word in spellings)
    return _Words(cast("Status", words.status), known, words.not_words)


@functools.lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(spelt(word))


def _states(line: Line, word: str, not_words: Iterable[str]) -> tuple[int, int] | None:
    """Where the line states the word."""
    text = text_folding.bare(line.text)
    match = _pattern(word).search(text.text)
    if match is None or re.search(r"\?\s*$", text.text) or _TO.fullmatch(text.text[match.end() :]):
        return None
    if any(_pattern(other).search(text.text) for other in not_words):
        return None
    begins = _LABEL.fullmatch(text.text[: match.start()]) is not None
    wide = any(ord(char) > DENSE for char in word)
    longest = _WIDE_SENTENCE if wide else _SENTENCE if " " in word else _SHORT
    return text.span(match) if begins or len(line.text) <= longest else None


def _of_page(page: ReadPage, known: Iterable[_Words]) -> Iterator[StatusSeen]:
    lines = [(line, text_folding.unspaced(text_folding.word(line.text))) for line in page.lines]
    everywhere = "\n".join(text for _, text in lines)
    begun = {everywhere[place : place + _FIRST] for place in range(len(everywhere))}
    for one in known:
        # Nearly all words are ruled out by their first signs; searching each in every line would cost more than all else.
        here = [(short, word) for first, short, word in one.words if first in begun and short in everywhere]
        for line, text in lines if here else ():
            spans = (_states(line, word, one.not_words) for short, word in here if short in text)
            span = next((found for found in spans if found), None)
            if span:
                box = line.part(*span)
                yield StatusSeen(text=line.text[slice(*span)], status=one.status, box=box, page=page.number)


def _of_parcels(scene: InterpretContext) -> Iterator[StatusSeen]:
    for one in told_of_ours(scene.found["states"], scene.found["fates"], scene.found["tracking_numbers"]):
        status = status_of(one)
        if status is not None:
            yield StatusSeen(text=one.span.text, status=status, box=one.box, page=one.page)


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``statuses``, each status at most once a place."""
    known = _known(scene.house, scene.site.reading_languages if scene.site else ())
    found: dict[tuple[object, ...], StatusSeen] = {}
    for seen in (*_of_parcels(scene), *(one for page in scene.reading.pages for one in _of_page(page, known))):
        found.setdefault((seen.page, seen.box[1], seen.box[3], seen.status, round(seen.box[0], 1)), seen)
    return {"statuses": tuple(sorted(found.values(), key=lambda seen: (seen.page, seen.box[1], seen.box[0])))}


def _reads(case: Case) -> object:
    return case.site


INTERPRETER = Interpreter(
    name="statuses",
    interpret=_interpret,
    gives=("statuses",),
    needs=("states", "fates", "tracking_numbers"),
    reads=_reads,
)
