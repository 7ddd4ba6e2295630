"""Finds an expected number in lines of text: forgiving where OCR confuses shapes, never forgiving a different number.

O/Q read as 0 and I/l/| as 1 on both sides; S B Z G D T A read as 5 8 2 6 0 7 4 only where the expected character is a digit; after
that the match is exact and may not continue into further digits. One character off is a *near miss*, which is never a match.
In a line that was surely read nothing is forgiven: a sign that looks alike is another sign, and a question.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from casefile import text_folding
from casefile.fields.files import Box
from casefile.reading import Line
from casefile.text_folding import DECIDES, NEAR_ENOUGH, SURE, loose_number, same_char, strict_number
from evidence_packer.understand.layout import below

_SHORTEST_NEAR_MISS = 8
_NO_WORD = 3
"""So many letters in a row are no word yet, in any number."""


@dataclass(frozen=True, slots=True)
class Char:
    """One compared character: folded, as written, and where it stands (line of the group, index in that line)."""

    folded: str
    raw: str
    line: int
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A number found: as written, its box, the score of the weakest line, and whether every character is the expected one."""

    text: str
    box: Box
    score: float
    exact: bool

    @property
    def sure(self) -> bool:
        """Whether the line says for sure what stands there."""
        return self.score >= SURE

    @property
    def decides(self) -> bool:
        """Whether it is the number looked for: read well, and sign by sign where it was read surely."""
        return self.score >= DECIDES and (self.exact or not self.sure)

    @property
    def alike(self) -> bool:
        """Whether it was read surely and differs by signs that look alike."""
        return self.sure and not self.exact


def _chars(texts: Sequence[str]) -> list[Char]:
    return [
        Char(folded, text[index], line, index)
        for line, text in enumerate(texts)
        for folded, index in text_folding.number_chars(text)
    ]


def _continues(texts: Sequence[str], char: Char, step: int, *, letters_too: bool) -> bool:
    """Whether the number goes on beside ``char``: directly, or over one hyphen."""
    text, place = texts[char.line], char.index + step
    beside = text[place : place + 1]  # empty before the first sign: nothing stands from -1 to 0
    if beside in {"-", "–"} and not letters_too:
        return text[place + step : place + step + 1].isdigit()
    if beside.isdigit():
        return True
    return letters_too and beside.isascii() and beside.isalnum() and not _glued_word(text, char.index, step)


def _glued_word(text: str, index: int, step: int) -> bool:
    """Whether a word in small letters stands right beside a number in capitals, the space between them lost by OCR."""
    if step == -1:
        return text[index].isupper() and text[index - 1].islower()
    return text[index].isdigit() and text[index + 2 : index + 3].islower()  # the letter beside it may be a capital


def _one_off(seen: str, expected: str) -> bool:
    """Whether ``seen`` differs by exactly one substitution, swap of neighbours, missing or additional character."""
    if len(seen) == len(expected):
        wrong = [place for place, char in enumerate(expected) if not same_char(seen[place], char)]
        if len(wrong) == 1:
            return True
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return same_char(seen[wrong[0]], expected[wrong[1]]) and same_char(seen[wrong[1]], expected[wrong[0]])
        return False
    if len(seen) == len(expected) + 1:
        return any(_all_same(seen[:place] + seen[place + 1 :], expected) for place in range(len(seen)))
    if len(seen) == len(expected) - 1:
        return any(_all_same(seen, expected[:place] + expected[place + 1 :]) for place in range(len(expected)))
    return False


def _all_same(seen: str, expected: str) -> bool:
    return all(map(same_char, seen, expected))


def _windows(texts: Sequence[str], expected: str, length: int) -> Iterator[list[Char]]:
    chars = _chars(texts)
    mixed = any(char.isalpha() for char in expected)
    for start in range(len(chars) - length + 1):
        window = chars[start : start + length]
        if _continues(texts, window[0], -1, letters_too=mixed) or _continues(texts, window[-1], 1, letters_too=mixed):
            continue
        if {char.line for char in window} != set(range(len(texts))):
            continue
        yield window


def _hit(lines: Sequence[Line], window: Sequence[Char], *, exact: bool) -> Hit:
    parts = []
    for place, line in enumerate(lines):
        indexes = [char.index for char in window if char.line == place]
        if indexes:
            parts.append((line.text[min(indexes) : max(indexes) + 1], line.part(min(indexes), max(indexes) + 1)))
    boxes = [box for _, box in parts]
    return Hit(
        text="".join(text for text, _ in parts),
        box=(min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)),
        score=min(lines[place].score for place in {char.line for char in window}),
        exact=exact,
    )


def _in_group(lines: Sequence[Line], expected: str, strict: str = "") -> Iterator[Hit]:
    texts = [line.text for line in lines]
    if loose_number(expected) not in "".join(map(loose_number, texts)):
        return
    for window in _windows(texts, expected, len(expected)):
        if _all_same("".join(char.folded for char in window), expected):
            hit = _hit(lines, window, exact=True)
            yield hit if strict_number(hit.text) == strict else replace(hit, exact=False)


def _near_in_line(line: Line, expected: str, word: int) -> Iterator[Hit]:
    if fuzz.partial_ratio(loose_number(expected), loose_number(line.text)) < NEAR_ENOUGH:
        return
    for length in (len(expected), len(expected) + 1, len(expected) - 1):
        for window in _windows([line.text], expected, length):
            ends = ((window[0], expected[0]), (window[-1], expected[-1]))
            if any(wanted.isdigit() and not char.folded.isdigit() for char, wanted in ends):
                continue
            if not _one_off("".join(char.folded for char in window), expected):
                continue
            hit = _hit([line], window, exact=False)
            if _single_token(hit.text, word):
                yield hit


def _single_token(text: str, word: int) -> bool:
    """Whether ``text`` is one number with at most layout marks inside, not words that happen to add up.

    ``word`` letters in a row are a word.
    """
    return re.search(rf"[^\W\d_]{{{word},}}|[,;:：，；]", text) is None


def _shortest_word(number: str) -> int:
    """How many letters in a row are a word beside ``number``: more than it has itself (SPXID…), and at least four."""
    return 1 + max([_NO_WORD, *map(len, re.findall(r"[^\W\d_]+", number))])


@functools.lru_cache(maxsize=16)
def _groups(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    """Two or three lines of one column, for numbers that wrap."""
    return tuple(_grouped(lines))


def _grouped(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    for line in lines:
        second = below(line, lines)
        if second is None:
            continue
        yield (line, second)
        third = below(second, lines)
        if third is not None:
            yield (line, second, third)


def find(lines: Sequence[Line], number: str) -> tuple[Hit, ...]:
    """Every place where ``number`` itself stands, also wrapped over two or three lines of one column."""
    expected = text_folding.number(number)
    if not expected:
        return ()
    strict = text_folding.strict_number(number)
    single = tuple(hit for line in lines for hit in _in_group((line,), expected, strict))
    return single or tuple(hit for group in _groups(tuple(lines)) for hit in _in_group(group, expected, strict))


def find_near(lines: Sequence[Line], number: str) -> tuple[Hit, ...]:
    """Places where a number stands that misses ``number`` by exactly one character; too short numbers have none."""
    expected = text_folding.number(number)
    if len(expected) < _SHORTEST_NEAR_MISS:
        return ()
    hits: dict[Box, Hit] = {}
    for line in lines:
        right = [hit.box for hit in _in_group((line,), expected)]
        for hit in _near_in_line(line, expected, _shortest_word(number)):
            if not any(box[0] < hit.box[2] and hit.box[0] < box[2] for box in right):
                hits.setdefault(hit.box, hit)
    return tuple(hits.values())


def differ_by_one(a: str, b: str) -> bool:
    """Whether two numbers differ by exactly one character."""
    expected = text_folding.number(b)
    return len(expected) >= _SHORTEST_NEAR_MISS and _one_off(text_folding.number(a), expected)
