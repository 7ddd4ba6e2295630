"""Where words that the case quotes are read on a page: only there may they be shown as said. Pure.

A slip of reading is forgiven, another word is not: "I will now cancel" is not "I will not cancel", and words behind a "not" that
the case leaves out are other words.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from casefile import text_folding
from casefile.case import Case
from casefile.fields.base import LocalText
from casefile.fields.files import Box
from casefile.house import House
from casefile.reading import Line, ReadPage
from casefile.statement import Span
from casefile.text_folding import DENSE
from evidence_packer.understand.layout import below

ENOUGH = 90.0
"""Likeness in percent from which quoted words are the words of the page."""
_LETTERS, _SIGNS = 10, 4
"""Fewer letters, or signs of a script without spaces, stand on too many pages to be a quotation."""
_CHAIN = 40
"""Lines of one message."""
_BEGINS = 60.0
"""Likeness of a line to quoted words from which they may begin in it."""
_SLIP = 2
"""Signs that one slip of reading touches at most."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE_ENDS = re.compile(r"[.!?,:;。！？，、；：\n]")


@dataclass(frozen=True, slots=True)
class _Joined:
    """Lines as one text, and its letters and digits as they are compared."""

    lines: tuple[Line, ...]
    text: str
    signs: str

    def places(self) -> tuple[int, ...]:
        """Where each of ``signs`` stands in ``text``: worked out where words were found, which they seldom are."""
        bare = text_folding.bare(self.text)
        return tuple(bare.places[n] for n, sign in enumerate(bare.text) if sign.isalnum())


def _joined(lines: Sequence[Line]) -> _Joined:
    # Signs are folded one by one, so those of a text are those of its lines.
    return _Joined(tuple(lines), " ".join(line.text for line in lines), "".join(_squeezed(line.text) for line in lines))


@functools.lru_cache(maxsize=16384)
def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text_folding.word(text)))


@functools.lru_cache(maxsize=4)
def _negations(house: House) -> re.Pattern[str]:
    """Any word of negation, whole where its script parts words."""
    words = {text_folding.word(word) for language in house.reading_words.values() for word in language.negations}
    spelt = (
        re.escape(word) if ord(word[0]) > DENSE else rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile("|".join(spelt) or r"(?!)")


def _denials(text: str, house: House) -> int:
    return len(_negations(house).findall(text_folding.word(text.replace("’", "'"))))


def long_enough(words: str) -> bool:
    """Whether words are long enough to be recognised as a quotation."""
    signs = _squeezed(words)
    dense = sum(ord(sign) > DENSE for sign in signs)
    return dense >= _SIGNS or len(signs) >= _LETTERS


def quoted_on(words: str, page: ReadPage, file: str, house: House, *, short: bool = False) -> Span | None:
    """Where a page of ``file`` reads ``words``: the place and the words as read; ``None`` where it has other words, or too few.

    The likeness is at least ``ENOUGH`` on folded text, no word is put in, left out or changed by more than a slip of reading,
    no figure differs, and there is no negation on one side only. ``short``: words of any length, where a person points at them.
    """
    quoted = _squeezed(words)
    if not quoted or not page.lines or not (short or long_enough(words)):
        return None
    for lines in _runs(quoted, page.lines):
        joined = _joined(lines)
        found = _alike(quoted, joined)
        if found and _same_sense(words, joined, found, house):
            return _span(joined, found, file, page.number)
    return None


def _runs(quoted: str, lines: tuple[Line, ...]) -> Iterator[Sequence[Line]]:
    """The page as it was read, then every column that may begin with the words: two columns are read across."""
    yield lines
    for line in lines:
        signs = _squeezed(line.text)
        if len(signs) >= _SIGNS and fuzz.partial_ratio(quoted[: len(signs)], signs, score_cutoff=_BEGINS):
            yield _column(line, lines, len(quoted))


def _column(line: Line, lines: tuple[Line, ...], needed: int) -> list[Line]:
    run, reached = [line], len(line.text)
    while reached < 2 * needed + len(line.text) and len(run) < _CHAIN:
        follower = below(run[-1], lines)
        if follower is None or follower in run:
            break
        run.append(follower)
        reached += len(follower.text)
    return run


def _alike(quoted: str, joined: _Joined) -> tuple[int, int] | None:
    """First and last sign (exclusive) of the likest part, if only slips of reading part it from ``quoted``."""
    if len(joined.signs) < len(quoted) - _SLIP:
        return None
    exact = joined.signs.find(quoted)
    if exact >= 0:
        return exact, exact + len(quoted)
    likest = fuzz.partial_ratio_alignment(quoted, joined.signs, score_cutoff=ENOUGH)
    if likest is None:
        return None
    start, end = min(
        (
            (likest.dest_start + first, likest.dest_end + last)
            for first in range(-_SLIP, _SLIP + 1)
            for last in range(-_SLIP, _SLIP + 1)
            if likest.dest_start + first >= 0 and likest.dest_end + last <= len(joined.signs)
        ),
        key=lambda part: Levenshtein.distance(quoted, joined.signs[slice(*part)]),
    )
    return (start, end) if all(map(_is_slip, _edits(quoted, joined.signs[start:end]))) else None


def _edits(quoted: str, read: str) -> Iterator[tuple[str, str]]:
    """(quoted, read) of each place where the two differ; neighbouring differences are one."""
    before, after = "", ""
    for edit in Levenshtein.opcodes(quoted, read):
        if edit.tag != "equal":
            before += quoted[edit.src_start : edit.src_end]
            after += read[edit.dest_start : edit.dest_end]
        elif (before or after) and edit.src_end - edit.src_start > 1:
            yield before, after
            before, after = "", ""
    if before or after:
        yield before, after


def _is_slip(edit: tuple[str, str]) -> bool:
    before, after = edit
    if max(len(before), len(after)) > _SLIP or abs(len(before) - len(after)) > 1:
        return False
    if any(map(str.isdigit, before + after)):
        return text_folding.loose_number(before) == text_folding.loose_number(after)
    dense = any(ord(sign) > DENSE for sign in before + after)
    return not dense or len(before) == len(after)


def _same_sense(words: str, joined: _Joined, found: tuple[int, int], house: House) -> bool:
    """Whether the part begins and ends with words, and denies as much as the quotation, the words before it included."""
    places = joined.places()
    start, end = places[found[0]], places[found[1] - 1] + 1
    whole = [match.span() for match in _WORD.finditer(joined.text)]
    if any(a < start < b and ord(joined.text[start]) <= DENSE for a, b in whole):
        return False
    if any(a < end < b and ord(joined.text[end - 1]) <= DENSE for a, b in whole):
        return False
    before = _SENTENCE_ENDS.split(joined.text[:start])[-1]
    return _denials(words, house) == _denials(before + joined.text[start:end], house)


def _span(joined: _Joined, found: tuple[int, int], file: str, page: int) -> Span:
    places = joined.places()
    start, end = places[found[0]], places[found[1] - 1] + 1
    boxes: list[Box] = []
    reached = 0
    for line in joined.lines:
        first, last = max(start - reached, 0), min(end - reached, len(line.text))
        if first < last:
            boxes.append(line.part(first, last))
        reached += len(line.text) + 1
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Span(file=file, page=page, box=box, text=joined.text[start:end])


def quotable(case: Case) -> Iterator[tuple[str, str]]:
    """(JSON pointer, words) of everything that the case says somebody wrote: messages and the claim's statement.

    A text in several languages has one pointer each, behind which the tag of the language stands: a translation is found
    only where it is read itself.
    """
    if case.claim:
        yield from _in_each("/claim/statement", case.claim.statement)
    for place, contact in enumerate(case.contacts):
        yield from _in_each(f"/contacts/{place}/text", contact.text)


def _in_each(pointer: str, text: LocalText | None) -> Iterable[tuple[str, str]]:
    if isinstance(text, dict):
        return [(f"{pointer}/{language}", said) for language, said in text.items() if said]
    return [(pointer, text)] if text else []
