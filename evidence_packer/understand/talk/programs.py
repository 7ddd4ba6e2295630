"""The programs in which people write, known by the phrases that only their own pages hold. Pure."""

import functools
import re

from casefile import text_folding
from casefile.house import House
from casefile.reading import ReadPage
from evidence_packer.understand.address_bar import kind_of_path
from evidence_packer.understand.spelling import spelt


@functools.lru_cache(maxsize=4)
def _phrases(house: House) -> tuple[tuple[str, str, str], ...]:
    """(program, bare phrase, the phrase) of every language, the platforms' message centres last."""
    said = [pair for language in house.reading_words.values() for pair in language.chats.items()]
    said.sort(key=lambda pair: pair[0] == "on_platform")
    return tuple((program, text_folding.word(word), word) for program, words in said for word in words)


@functools.lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(spelt(phrase))


def spoken_by(text: str, house: House) -> str | None:
    """The program whose own phrases stand in folded text."""
    known = _phrases(house)
    return next((program for program, bare, word in known if bare in text and _pattern(word).search(text)), None)


def message_centre(page: ReadPage, house: House) -> bool:
    """Whether a page holds the words of a chat program or of a platform's message centre, or its address names one."""
    text = "\n".join(text_folding.word(line.text) for line in page.lines)
    return kind_of_path(page) == "messages" or spoken_by(text, house) is not None
