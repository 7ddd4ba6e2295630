"""Labels such as "Order date" on a page, and where their values stand: behind, beside or below them. Pure.

Pages write one datum in four ways: ``Label: value`` in one line, label and value as two cells of a row, the value below its
label, and a column under a heading. A line that is itself a label is never a value.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casefile import text_folding
from casefile.house import House
from casefile.reading import Line, ReadPage

_DENSE = 0x2E7F
_BRIEF, LEFT = 24, 0.006
"""Half of a label that goes on in the next line is no longer, and both halves begin at one edge."""
_EITHER = re.compile(r"\s*[/&|]\s*")


@dataclass(frozen=True, slots=True, eq=False)
class LabelWords:
    """(field, label as it is compared, its rank among the labels of the field) of every language together."""

    words: tuple[tuple[str, str, int], ...]
    sides: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    """What heads the two ends of a shipment where they stand side by side: the words of who sends, and of who receives."""


@functools.lru_cache(maxsize=4)
def label_words(house: House) -> LabelWords:
    """The labels of the service's languages; the first language that knows a label says its field."""
    known: dict[str, tuple[str, str, int]] = {}
    for words in house.reading_words.values():
        for field, labels in words.fields.items():
            for rank, label in enumerate(labels):
                spelling = text_folding.word(label)
                known.setdefault(spelling, (field, spelling, rank))
    talks = [words.talk for words in house.reading_words.values()]
    sides = (frozenset(map(text_folding.word, found)) for found in (
        [word for talk in talks for word in talk.get("from", ())], [word for talk in talks for word in talk.get("to", ())]
    ))  # fmt: skip
    return LabelWords(tuple(known.values()), (next(sides), next(sides)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label in its line: whose it is, how plain it is (0 is plainest), where its value may begin, and where it ends."""

    field: str
    rank: int
    line: Line
    end: int
    until: int
    colon: bool

    @property
    def parted(self) -> bool:
        """Whether its value is certainly set apart from it: by a colon, or by a space in scripts that have none in words."""
        text = self.line.text
        return self.colon or (ord(text[self.end - 1]) > _DENSE and text[self.end : self.end + 1].isspace())

    @property
    def rest(self) -> str:
        """What the line says behind the label, up to the next one."""
        return self.line.text[self.end : self.until].strip()


@functools.lru_cache(maxsize=4)
def _known(words: LabelWords) -> dict[str, tuple[str, int]]:
    return {text_folding.unspaced(label): (field, rank) for field, label, rank in words.words}


@functools.lru_cache(maxsize=4)
def _pattern(words: LabelWords) -> re.Pattern[str]:
    longest = sorted((label for _, label, _ in words.words), key=len, reverse=True)
    either = "|".join(r"\s?".join(map(re.escape, label.split())) for label in longest)
    return re.compile(rf"(?<![^\W_])(?P<label>{either})(?P<end>\s?[:#]+\s*#?|(?=[\s\d($€£¥]|$)|(?<=[\u0e00-\uffdc]))")


@functools.lru_cache(maxsize=1024)
def _matches(line: str, words: LabelWords) -> tuple[re.Match[str], ...]:
    """Where labels stand in a line as it is compared; asked twice of each."""
    return tuple(_pattern(words).finditer(text_folding.bare(line).text))


def labels(page: ReadPage, words: LabelWords) -> tuple[Label, ...]:
    """Every label of a page as its lines stand."""
    return tuple(label for line in page.lines for label in of_line(line, words))


def of_line(line: Line, words: LabelWords) -> Iterator[Label]:
    """The labels of one line."""
    for field, rank, end, until, colon in _found(line.text, words):
        yield Label(field=field, rank=rank, line=line, end=end, until=until, colon=colon)


@functools.lru_cache(maxsize=8192)
def _found(line: str, words: LabelWords) -> tuple[tuple[str, int, int, int, bool], ...]:
    """(field, rank, end, until, colon) of the labels in a line."""
    text, found = text_folding.bare(line), list[re.Match[str]]()
    for match in _matches(line, words):
        first = not found and not re.search(r"[^\W_]", text.text[: match.start()])
        last = bool(found) and match.end() == len(text.text)  # its value is the next cell
        valued = bool(found) and last and not text.text[found[-1].end() : match.start()].strip()
        if ":" in match["end"] or first or (last and not valued):
            found.append(match)
    if any(_EITHER.fullmatch(text.text[a.end() : b.start()]) for a, b in itertools.pairwise(found)):
        return ()  # "Ship from / Ship to" heads two blocks and is the label of neither
    starts = [text.span(match)[0] for match in found]
    return tuple(
        (*_known(words)[text_folding.unspaced(match["label"])], text.span(match)[1], until, ":" in match["end"])
        for match, until in zip(found, [*starts[1:], len(line)], strict=False)
    )


def headings(line: Line, words: LabelWords) -> tuple[Line, ...]:
    """The line itself, or its parts where it is a row of headings that was read as one."""
    text = text_folding.bare(line.text)
    found = _matches(line.text, words)
    between = [
        text.text[a:b] for a, b in itertools.pairwise([0, *(edge for m in found for edge in m.span()), len(text.text)])
    ]
    if len(found) < 2 or any(map(str.strip, between[::2])) or ":" in found[0]["end"]:
        return (line,)
    spans = [text.span(match, "label") for match in found]
    return tuple(replace(line, text=line.text[start:end], box=line.part(start, end)) for start, end in spans)


def with_wrapped_labels(lines: Sequence[Line], words: LabelWords) -> tuple[Line, ...]:
    """The lines, a label that goes on in the line under it as one: "Purchase" over "date:"."""
    brief = [line for line in lines if len(line.text) <= _BRIEF and line.text[-1:] not in ":："]
    under = {id(upper): lower for upper in brief if (lower := _goes_on(upper, lines, words)) is not None}
    taken = {id(lower) for lower in under.values()}
    return tuple(
        replace(line, text=f"{line.text} {under[id(line)].text}") if id(line) in under else line
        for line in lines
        if id(line) not in taken
    )


def _goes_on(upper: Line, lines: Sequence[Line], words: LabelWords) -> Line | None:
    height = upper.box[3] - upper.box[1]
    for lower in lines:
        near = abs(lower.box[1] - upper.box[3]) < height and abs(lower.box[0] - upper.box[0]) < LEFT
        if near and lower is not upper and len(lower.text) <= _BRIEF:
            label = text_folding.unspaced(text_folding.word(f"{upper.text} {lower.text}")).rstrip(":：")
            if label in _known(words) and not (_has_value(upper, lines) and _has_value(lower, lines)):
                return lower
    return None


def _has_value(line: Line, lines: Sequence[Line]) -> bool:
    """Whether something stands beside a line: two labels with a value each ("Shipping", "Total") are two."""
    middle = (line.box[1] + line.box[3]) / 2
    return any(one.box[0] >= line.box[2] - 0.002 and one.box[1] < middle < one.box[3] for one in lines)
