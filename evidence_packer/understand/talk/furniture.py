"""What belongs to the window around a conversation and to nobody's message: input fields, buttons, read marks. Pure."""

import functools
import re

from casefile import text_folding
from casefile.house import House
from casefile.reading import Line
from casefile.text_folding import DENSE
from evidence_packer.understand.spelling import spelt

_LONGEST = 40
_HOURS = frozenset({"hs", "hrs", "h", "uhr", "ore", "heures", "horas"})
"""What languages write behind a time of day."""
_STOPS = frozenset(".!?。！？")
_TICKS = re.compile(r"\W{1,4}|[vV]{1,2}/{0,2}|/{1,2}")


@functools.lru_cache(maxsize=4)
def _words(house: House) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of furniture, with which a line begins, and of read marks, which are a whole line."""
    talks = [language.talk for language in house.reading_words.values()]
    around = [word for talk in talks for word in talk.get("furniture", ())]
    marks = [word for talk in talks for word in talk.get("read_marks", ())]
    return re.compile("|".join(map(spelt, around)) or "(?!)"), re.compile("|".join(map(spelt, marks)) or "(?!)")


class Furniture:
    """The words of every language."""

    def __init__(self, house: House) -> None:
        self._around, self._marks = _words(house)

    def is_mark(self, text: str) -> bool:
        """Whether words behind a time only say that the message was read, or call the hour ("hs · Leído")."""
        words = [word for word in re.split(r"[\s·|,]+", text_folding.word(text)) if word]
        return all(word in _HOURS or self._marks.fullmatch(word) for word in words)

    def without_mark(self, text: str) -> str:
        """A text without the mark of reading behind its end ("… goes to the top. 已读"): behind a word it may be one of it."""
        before, space, last = text.rstrip().rpartition(" ")
        known = bool(space) and self._marks.fullmatch(text_folding.word(last)) is not None
        return before.rstrip() if known and (ord(last[0]) > DENSE or before.rstrip()[-1:] in _STOPS) else text

    def is_part(self, line: Line) -> bool:
        """Whether a line belongs to the window."""
        text = text_folding.word(line.text.strip())
        if _TICKS.fullmatch(line.text) or self._marks.fullmatch(text):
            return True
        match = self._around.match(text)
        return match is not None and len(text) <= _LONGEST and len(text) <= 2 * match.end() + 6
