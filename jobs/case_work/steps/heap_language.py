"""A heap in Japanese whose marketplace nobody named: pages that were read without kana are read once more for it. Pure.

The first engine reads Chinese unless told otherwise. A long message in Japanese is recognised by itself; an order page of few words
beside many numbers is not, and its kana become Chinese signs. One page that is surely Japanese tells of the others.
"""

import re
from collections.abc import Iterable, Mapping

from casefile.house import House
from casefile.reading import Line, Reading

LANGUAGE = "ja"
_KANA, _HAN = re.compile("[\u3041-\u30fa]"), re.compile("[\u4e00-\u9fff]")
_FEWEST, _SHARE = 8, 0.2
"""A page in Japanese has so many kana, and so large a share of them beside its Chinese signs."""
_LABELS = 2
"""So many labels that only Japanese pages have make a heap Japanese."""
_DOUBTFUL = 0.93
"""Score of a line below which its signs may be another script's."""


def read_again(read: Mapping[str, Reading], languages: Iterable[str], house: House) -> tuple[str, ...]:
    """Names of files to read once more in Japanese: those without kana and with doubtful signs, in a heap that is Japanese."""
    if any(tag.split("-")[0] == LANGUAGE for tag in languages):
        return ()
    open_ = tuple(name for name, reading in read.items() if _may_hide_kana(reading))
    return open_ if open_ and _is_japanese(read.values(), house) else ()


def better(first: Reading, again: Reading) -> bool:
    """Whether the second reading found the kana that the first did not."""
    return _count(_KANA, _lines(again)) >= _FEWEST > _count(_KANA, _lines(first))


def _is_japanese(heap: Iterable[Reading], house: House) -> bool:
    pages = [_lines(reading) for reading in heap]
    for lines in pages:
        kana = _count(_KANA, lines)
        if kana >= _FEWEST and kana >= _SHARE * (kana + _count(_HAN, lines)):
            return True
    texts = [line.text.replace(" ", "") for lines in pages for line in lines]
    return len({label for label in _own_labels(house) if any(text.startswith(label) for text in texts)}) >= _LABELS


def _own_labels(house: House) -> frozenset[str]:
    """Labels in Chinese signs alone that Japanese pages have and Chinese ones do not."""
    own, others = house.reading_words[LANGUAGE], (w for tag, w in house.reading_words.items() if tag.startswith("zh"))
    known = {label for words in others for labels in words.fields.values() for label in labels}
    mine = {label for labels in own.fields.values() for label in labels}
    return frozenset(label for label in mine - known if len(_HAN.findall(label)) == len(label) > 2)


def _may_hide_kana(reading: Reading) -> bool:
    lines = _lines(reading)
    doubtful = any(line.score < _DOUBTFUL and _HAN.search(line.text) for line in lines)
    return doubtful and _count(_KANA, lines) < _FEWEST


def _lines(reading: Reading) -> tuple[Line, ...]:
    return tuple(line for page in reading.pages if page.text_source == "ocr" for line in page.lines)


def _count(signs: re.Pattern[str], lines: Iterable[Line]) -> int:
    return sum(len(signs.findall(line.text)) for line in lines)
