"""Whether a run of signs is somebody else's parcel: by a check digit that holds, or by its carrier's words beside it.

Phones, accounts, invoices, goods and dates are runs of digits too, and many have the length of some carrier's numbers. So a form
alone says nothing: letters and a check digit do, a very long number with one does, and else the carrier has to be named there.
"""

import functools
import re
from collections.abc import Callable

from casefile import text_folding
from casefile.carrier import Carrier, normalise
from casefile.check_digits import CHECK_DIGITS
from casefile.fields.files import Box
from casefile.house import House
from casefile.reading import Line, ReadPage

LEAST_DIGITS = 8
_LETTERS, _LONG = 2, 22
"""With so many letters, or so many signs, a check digit that holds is no chance any more."""
_SHORT_WORD = 4
_ROWS = 1.6
"""How many line heights above or below a word still stands beside."""
_AROUND = 0.12


def foreign_parcel(token: str, words: Callable[[], str], house: House) -> Carrier | None:
    """The carrier whose parcel ``token`` is for sure; ``words`` gives what stands beside it, asked only where that decides."""
    plain = normalise(token)
    if sum(char.isdigit() for char in plain) < LEAST_DIGITS:
        return None
    forms = [
        (carrier, form) for carrier in house.carriers.values() for form in carrier.numbers if form.recognises(plain)
    ]
    sound = [(carrier, form) for carrier, form in forms if form.check is None or CHECK_DIGITS[form.check](plain)]
    if not sound:
        return None
    letters = sum(char.isalpha() for char in plain)
    for carrier, form in sound:
        if form.check is not None and (letters >= _LETTERS or len(plain) >= _LONG):
            return carrier
    text = words()
    if letters:
        return next((carrier for carrier, _ in sound if _pattern(carrier.words).search(text)), None)
    checked = (carrier for carrier, form in sound if form.check is not None)
    return next((carrier for carrier in checked if _called(carrier, token, text, _labels(house))), None)


def _called(carrier: Carrier, token: str, text: str, labels: re.Pattern[str]) -> bool:
    """Whether nothing but the carrier's name and words for a parcel's number stand before a number without letters."""
    pattern = _pattern(carrier.words)
    for line in text.split("\n"):
        at = line.upper().find(token)
        for match in pattern.finditer(line[: max(0, at)]):
            between = labels.sub(" ", text_folding.word(line[match.end() : at]))
            if not any(map(str.isalpha, between)) and not any(map(str.isdigit, between)):
                return True
    return False


@functools.lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A carrier's words; short ones in capitals only, as ``ups`` is a word of English."""
    if not words:
        return re.compile(r"(?!)")
    spelt = (
        re.escape(word) if len(word) <= _SHORT_WORD and word.isupper() else f"(?i:{re.escape(word)})" for word in words
    )
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(spelt)})(?![a-zA-Z])")


@functools.lru_cache(maxsize=4)
def _labels(house: House) -> re.Pattern[str]:
    """What tracking pages write, in every language: among it what they call a parcel's number."""
    words = {
        word
        for language in house.reading_words.values()
        for kind in language.kinds
        if kind.kind == "tracking"
        for word in kind.words
    }
    spelt = sorted(map(text_folding.word, words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, spelt)) or r"(?!)")


def beside(page: ReadPage, line: Line) -> str:
    """What stands on the row of ``line`` and on the rows right above and below it, a row a line."""
    height = line.box[3] - line.box[1]
    near = [other for other in page.lines if _close(other, line, height)]
    same = [other for other in near if _on_row(other, line)]
    row = " ".join(other.text for other in sorted(same, key=lambda other: other.box[0]))
    return "\n".join((row, *(other.text for other in near if other not in same)))


def _on_row(other: Line, line: Line) -> bool:
    return other.box[1] < (line.box[1] + line.box[3]) / 2 < other.box[3]


def _close(other: Line, line: Line, height: float) -> bool:
    apart = max(line.box[1] - other.box[3], other.box[1] - line.box[3])
    over = other.box[0] < line.box[2] and line.box[0] < other.box[2]
    return _on_row(other, line) or (over and apart < _ROWS * height)


def around(page: ReadPage, box: Box) -> str:
    """What is written around a bar code."""
    x0, y0, x1, y1 = box[0] - _AROUND, box[1] - _AROUND, box[2] + _AROUND, box[3] + _AROUND
    return "\n".join(
        line.text
        for line in page.lines
        if line.box[0] < x1 and x0 < line.box[2] and line.box[1] < y1 and y0 < line.box[3]
    )
