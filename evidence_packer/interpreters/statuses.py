"""Status words such as "Delivered" or 已签收, where a page states them and does not merely mention them.

A sentence in a help section ("My parcel says delivered but …") is no status. A line states a status when it begins with the
word or is short, is not a question, and none of the words that undo it stand beside it.
"""

import functools
import re
from typing import cast

from casefile.facts import Status, StatusSeen
from casefile.lexicon import ReadingWords, StatusWords
from casefile.reading import Line
from evidence_packer.interpret import Scene

_SHORT = 48
_LABEL = re.compile(
    r"^(?:[\W\d_]+|(?:status|state|latest update|current status|状态|物流状态|当前状态)\s*[:：])*", re.IGNORECASE
)


@functools.lru_cache(maxsize=4096)
def _spelt(word: str) -> re.Pattern[str]:
    edge_before = r"(?<![^\W_])" if word[0].isascii() and word[0].isalpha() else ""
    edge_after = r"(?![^\W_])" if word[-1].isascii() and word[-1].isalpha() else ""
    return re.compile(edge_before + re.escape(word) + edge_after, re.IGNORECASE)


def _states(line: Line, word: str, not_words: tuple[str, ...]) -> re.Match[str] | None:
    match = _spelt(word).search(line.text)
    if match is None or re.search(r"[?？]\s*$", line.text):
        return None
    if any(_spelt(other).search(line.text) for other in not_words):
        return None
    begins = len(_LABEL.sub("", line.text[: match.start()], count=1)) == 0
    wide = any(ord(char) > 0x2E7F for char in word)
    return match if begins or wide or len(line.text) <= _SHORT else None


def _of_line(line: Line, page: int, words: StatusWords) -> StatusSeen | None:
    for word in sorted(words.words, key=len, reverse=True):
        match = _states(line, word, words.not_words)
        if match:
            status = cast("Status", words.status)
            return StatusSeen(text=match[0], status=status, box=line.part(*match.span()), page=page)
    return None


def spoken(scene: Scene) -> list[ReadingWords]:
    """Word lists of every language the service reads, the site's languages first."""
    first = scene.site.reading_languages if scene.site else ()
    rest = [language for language in scene.house.reading_words if language not in first]
    known = scene.house.reading_words
    return [known[language] for language in (*first, *rest) if language in known]


def interpret(scene: Scene) -> dict[str, object]:
    """``statuses``, each status at most once a line."""
    found: dict[tuple[object, ...], StatusSeen] = {}
    lists = [words for language in spoken(scene) for words in language.statuses]
    for page in scene.reading.pages:
        for line in page.lines:
            for words in lists:
                seen = _of_line(line, page.number, words)
                if seen:
                    found.setdefault((page.number, line.box, seen.status), seen)
    return {"statuses": tuple(found.values())}
