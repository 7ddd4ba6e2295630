"""Who wrote when on a page of messages: by the name or the role that stands beside the time."""

import functools
import re
from collections.abc import Iterator
from typing import Literal

from casefile import text_folding
from casefile.facts import MessageSeen, TimestampSeen
from casefile.fields.files import Box
from casefile.house import House
from casefile.reading import Line, ReadPage
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.names import likeness
from evidence_packer.understand.spelling import spelt

_KINDS = frozenset({"messages", "buyer_confirmation", "case_page"})
_LONGEST_NAME, _MOST_WORDS = 48, 5
_SENTENCE = re.compile(r"[?!。？！]|\w{3}\.\s")
_ENDS = re.compile(r"\s*[\[(（·|:：,，-].*$|\s{2,}.*$")
Who = Literal["buyer", "seller", "unknown"]


@functools.lru_cache(maxsize=4)
def _roles(house: House) -> tuple[tuple[Who, re.Pattern[str]], ...]:
    words: dict[Who, list[str]] = {"buyer": [], "seller": []}
    for language in house.reading_words.values():
        words["buyer"] += language.speakers.get("buyer", ())
        words["seller"] += language.speakers.get("seller", ())
    return tuple((who, re.compile("|".join(map(spelt, said)))) for who, said in words.items())


def _in_row(box: Box, other: Box) -> bool:
    return other[1] < (box[1] + box[3]) / 2 < other[3]


class _Page:
    """The messages of one page."""

    def __init__(self, page: ReadPage, scene: InterpretContext) -> None:
        self._page, self._scene = page, scene

    def messages(self) -> Iterator[MessageSeen]:
        """One per time of day that a page prints; dates alone part a conversation, they are no messages."""
        for time in self._scene.found["timestamps"]:
            if (
                time.page == self._page.number
                and time.has_time
                and time.at
                and not time.ambiguous
                and not time.desktop_clock
            ):
                heading = self._heading(time)
                who = self._who(heading) if heading else "unknown"
                name = _ENDS.sub("", heading).strip() or None if heading else None
                yield MessageSeen(who=who, name=name, at=time.at, box=time.box, page=time.page)

    def _heading(self, time: TimestampSeen) -> str | None:
        """The short words before a time in its line, or in the cell to its left."""
        row = [line for line in self._page.lines if _in_row(time.box, line.box)]
        own = next(
            (line for line in row if line.box[0] - 0.002 <= time.box[0] and time.box[2] <= line.box[2] + 0.002), None
        )
        before = _before(own, time) if own else ""
        left = [line.text for line in row if line is not own and line.box[2] <= time.box[0]]
        text = before or (left[-1] if left else "")
        short = 1 < len(text) <= _LONGEST_NAME and len(text.split()) <= _MOST_WORDS
        return text if short and text[0].isalpha() and not _SENTENCE.search(text) else None

    def _who(self, heading: str) -> Who:
        case = self._scene.case
        buyer = (case.buyer.name, case.buyer.username) if case.buyer else ()
        seller = (case.seller.store, case.seller.name) if case.seller else ()
        name = _ENDS.sub("", heading).strip()
        if any(known and likeness(name, known) == "same" for known in buyer):
            return "buyer"
        if any(known and likeness(name, known) == "same" for known in seller):
            return "seller"
        return next(
            (who for who, words in _roles(self._scene.house) if words.search(text_folding.word(heading))), "unknown"
        )


def _before(line: Line, time: TimestampSeen) -> str:
    place = line.text.find(time.text.split(" ", maxsplit=1)[0])
    return line.text[:place].strip() if place > 0 else ""


def _interpret(scene: InterpretContext) -> dict[str, object]:
    """``messages`` of pages of correspondence, in reading order."""
    if scene.found["kind"] not in _KINDS:
        return {}
    return {"messages": tuple(seen for page in scene.reading.pages for seen in _Page(page, scene).messages())}


INTERPRETER = Interpreter(name="messages", interpret=_interpret, gives=("messages",), needs=("kind", "timestamps"))
