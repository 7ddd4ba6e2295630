"""What a page says of refunds: made, pending, failed, reversed or promised, with sum, moment and number.

A refund is made only where a sentence, a dated row or a value under its label says that it was: a heading, a tab, a request, a
policy, a condition, a maximum or a denial makes none. Of one refund the last decisive statement stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from casefile.facts import AmountSeen, TimestampSeen
from casefile.reading import ReadPage
from casefile.statement import About, RefundState, Span, Statement, Voice
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter, nothing
from evidence_packer.understand.refund_labels import TITLE, by_label, cells_of, pieces
from evidence_packer.understand.talk.parts import in_row, middle, printed_times, tall
from evidence_packer.understand.talk.phrases import Phrases, folded_words
from evidence_packer.understand.talk.units import Unit

Seen = TypeVar("Seen", AmountSeen, TimestampSeen)
_DECISIVE = ("refund_made", "refund_failed", "refund_reversed")
_STRENGTH: Mapping[str, int] = {
    "refund_promised": 0, "refund_pending": 1, "refund_made": 2, "refund_failed": 3, "refund_reversed": 4,
}  # fmt: skip
"""Of one moment, or without any, the later stage stands."""
_NEAR = 5.0
"""A moment or a sum belongs to a line at most so many line heights away."""
_TABS, _STEPS = 3, 3
"""So many cells without sum and time are tabs; so many states without times are steps."""
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{5,}")
_FIGURE = re.compile(r"\d")
_SUM_BETWEEN = re.compile(r"\s*\0\s*")
_DENSE_GAP = re.compile(r"(?<=[\u0e00-\uffdc])\s+(?=[\u0e00-\uffdc])")
_QUESTION = re.compile(r"[?？]\s*$")
_COUNT = re.compile(r"^\D{2,30}[(（]?\s?\d{1,4}\s?[)）]?$")


@dataclass(frozen=True, slots=True)
class _Told:
    """What one unit says."""

    state: RefundState
    voice: Voice
    unit: Unit
    amount: AmountSeen | None
    time: TimestampSeen | None
    number: str | None = None
    weak: bool = False
    """It rests on a label alone, such as "refund date": anything else that the page says outweighs it."""


class _Page:
    """The refunds of one page."""

    def __init__(self, page: ReadPage, scene: InterpretContext) -> None:
        self._page = page
        known = scene.once(("refund units", page.number), lambda: pieces(page, scene.house))
        self._has_status, self._units, self._words = known
        amounts = scene.found["amounts"]
        self._amounts = [one for one in amounts if one.page == page.number]
        self._times = printed_times(page, scene.found["timestamps"])
        self._of_refund = any(
            len(unit.text.split()) <= TITLE
            and words.has("refund", folded_words(unit.text))
            and not self._undone(unit, words)
            for unit, words in zip(self._units, self._words, strict=True)
        )

    def told(self) -> list[_Told]:
        """Everything that is said, in order; nothing of steps and tabs."""
        found = [
            told for unit, words in zip(self._units, self._words, strict=True) if (told := self._unit(unit, words))
        ]
        if any(not one.weak for one in found):
            found = [one for one in found if not one.weak]
        elif self._has_status:
            found = []
        bare = [one for one in found if one.time is None and one.amount is None and len(one.unit.cells) == 1]
        if len({one.state for one in bare}) >= _STEPS:
            found = [one for one in found if one not in bare]
        kept = [self._completed(one) for one in found if one.voice != "headline" or self._supported(one)]
        return [one for one in kept if one.state != "refund_made" or not self._later(one, found)]

    def _later(self, made: _Told, found: Sequence[_Told]) -> bool:
        """Whether a later row speaks of the same refund in words that nobody knows and may take it back, or it is of zero."""
        if made.amount is not None and float(made.amount.amount) == 0:
            return True
        times = sorted((one for one in self._times if one.at), key=lambda one: middle(one.box))
        if made.amount is None or len(times) < 2 or times[0].at == times[-1].at:
            return False
        rising = str(times[0].at) < str(times[-1].at)
        known = {id(one.unit) for one in found}
        for unit, words in zip(self._units, self._words, strict=True):
            sums = (one for one in self._amounts if any(in_row(line.box, one.box) for line in unit.lines))
            same = any(one.amount == made.amount.amount for one in sums)
            behind = (middle(unit.box) > middle(made.unit.box)) == rising
            if behind and same and id(unit) not in known and words.has("refund", folded_words(unit.text)):
                return not self._bare(unit, words)
        return False

    def _undone(self, unit: Unit, words: Phrases) -> bool:
        text = folded_words(unit.text)
        return words.has("undo", text) or _QUESTION.search(unit.text) is not None

    def _hedged(self, state: RefundState, unit: Unit, words: Phrases) -> bool:
        """Whether the words make no fact of the state; the words of a failure or a reversal hedge nothing themselves."""
        if state in {"refund_failed", "refund_reversed"}:
            return words.has("undo", words.without(state.removeprefix("refund_"), folded_words(unit.text)))
        return self._undone(unit, words)

    def _unit(self, unit: Unit, words: Phrases) -> _Told | None:
        amount, time = self._in(unit, self._amounts), self._in(unit, self._times)
        if len(unit.cells) >= _TABS and amount is None and time is None:
            return None
        state = self._of_label(unit, words, amount) or self._of_words(self._told_by(unit), words)
        if state is None and self._bare(unit, words) and time is not None:
            near = amount or self._nearest(unit, self._amounts)
            if near is not None and not self._elsewise(unit):
                state, amount = "refund_made", near
        if state is None or (amount is None and _COUNT.match(unit.text)):
            return None
        if _QUESTION.search(unit.text) or (state != "refund_promised" and self._hedged(state, unit, words)):
            return None
        voice: Voice = (
            "event" if time is not None and len(unit.cells) <= 2 else "field" if len(unit.cells) > 1 else "document"
        )
        if len(unit.cells) == 1 and len(unit.text.split()) <= TITLE and amount is None and time is None:
            voice = "headline"
        return _Told(state, voice, unit, amount, time, weak=by_label(unit, words))

    def _told_by(self, unit: Unit) -> tuple[str, str]:
        """The words of a unit, and the same without sums: "退款 ¥88.00 成功" says what "退款成功" says."""
        bare = unit.text
        for one in self._amounts:
            if any(in_row(line.box, one.box) for line in unit.lines):
                bare = _SUM_BETWEEN.sub(" ", bare.replace(one.text, "\0"))
        return folded_words(unit.text), folded_words(_DENSE_GAP.sub("", bare))

    def _of_words(self, texts: Sequence[str], words: Phrases) -> RefundState | None:
        """What running words say: the stages that undo a refund before the refund."""

        def has(meaning: str) -> bool:
            return any(words.has(meaning, text) for text in texts)

        if not has("refund"):
            return None
        if has("promised"):
            return "refund_promised"
        for meaning in ("reversed", "failed", "pending"):
            if has(meaning):
                return cast("RefundState", f"refund_{meaning}")
        return "refund_made" if has("made") and not has("not") else None

    def _of_label(self, unit: Unit, words: Phrases, amount: AmountSeen | None) -> RefundState | None:
        """What a value under a label says: a status of a refund, or a sum or moment under "refunded"."""
        label, value = cells_of(unit)
        if value is None:
            return None
        label, value = folded_words(label), folded_words(value)
        if words.full("status", label) and (self._of_refund or words.has("refund", label + value)):
            for meaning in ("reversed", "failed", "pending", "done"):
                if words.has(meaning, value) and not words.has("not", value):
                    return "refund_made" if meaning == "done" else cast("RefundState", f"refund_{meaning}")
            return "refund_made" if words.has("made", value) else None
        if words.full("done_label", label) and (self._in(unit, self._times) or (amount and float(amount.amount) > 0)):
            return "refund_made"
        return None

    def _bare(self, unit: Unit, words: Phrases) -> bool:
        """Whether a dated row names a refund and nothing else."""
        text = words.without("refund", folded_words(unit.text))
        placed = [(one.box, one.text) for one in self._amounts] + [(one.box, one.text) for one in self._times]
        for box, said in placed:
            if any(in_row(line.box, box) for line in unit.lines):
                text = text.replace(folded_words(said), " ")
        return words.has("refund", folded_words(unit.text)) and sum(map(str.isalpha, text)) <= 2

    def _elsewise(self, unit: Unit) -> bool:
        """Whether the page speaks of the refund otherwise anywhere."""
        return any(
            self._of_words(self._told_by(one), words) or self._of_label(one, words, None)
            for one, words in zip(self._units, self._words, strict=True)
            if one is not unit
        )

    def _supported(self, told: _Told) -> bool:
        """Whether a short line of its own is more than a button: a sum or a moment stands near it."""
        return bool(self._nearest(told.unit, self._amounts) or self._nearest(told.unit, self._times))

    def _completed(self, told: _Told) -> _Told:
        """With the sum, the moment and the number that stand near it, or once on the page."""
        amount = (
            told.amount
            or self._labelled(self._amounts)
            or self._nearest(told.unit, self._amounts)
            or _only(self._amounts)
        )
        time = told.time or self._labelled(self._times) or self._nearest(told.unit, self._times) or _only(self._times)
        return replace(told, amount=amount, time=time, number=self._number(told.unit))

    def _labelled(self, seen: Sequence[Seen]) -> Seen | None:
        """The sum or moment under a label that names the refund, if the page has one such."""
        held = [
            one
            for unit, words in zip(self._units, self._words, strict=True)
            if len(unit.cells) == 2 and words.has("refund", folded_words(cells_of(unit)[0]))
            for one in [self._in(unit, seen)]
            if one is not None
        ]
        return held[0] if len(held) == 1 else None

    def _in(self, unit: Unit, seen: Sequence[Seen]) -> Seen | None:
        return next(
            (
                one
                for line in unit.lines
                for one in seen
                if in_row(line.box, one.box)
                and line.box[0] - 0.01 <= one.box[0] <= line.box[2] + 0.01
                and (len(unit.lines) > 1 or one.text.split()[0] in unit.text)
            ),
            None,
        )

    def _nearest(self, unit: Unit, seen: Sequence[Seen]) -> Seen | None:
        height = tall(unit.lines[0])
        near = [one for one in seen if abs(middle(one.box) - middle(unit.box)) < _NEAR * height]
        return min(near, key=lambda one: abs(middle(one.box) - middle(unit.box)), default=None)

    def _number(self, unit: Unit) -> str | None:
        """The number of the refund: in the unit itself, else under its label, if the page has one only."""
        found = dict[str, Unit]()
        for one, words in zip(self._units, self._words, strict=True):
            text = folded_words(one.text)
            match = words.search("reference", text)
            behind = one.text[match.end() :] if match else ""
            number = next((n for n in _NUMBER.findall(behind) if sum(map(str.isdigit, n)) > 2), None)
            if number:
                found.setdefault(number, one)
        own = [number for number, one in found.items() if one is unit]
        return own[0] if own else next(iter(found)) if len(found) == 1 else None


def _only(seen: Sequence[Seen]) -> Seen | None:
    return seen[0] if seen and len({one.text for one in seen}) == 1 else None


def _folded(told: Sequence[_Told]) -> Iterator[_Told]:
    """Of each refund what stands: the last decisive statement, else the last of all."""
    groups: dict[object, list[_Told]] = {}
    sums = {one.amount.amount for one in told if one.amount}
    for one in told:
        key = one.number or (one.amount.amount if one.amount and len(sums) > 1 else None)
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        decisive = [one for one in group if one.state in _DECISIVE] or group
        yield max(
            decisive,
            key=lambda one: (str(one.time.at)[:10] if one.time else "", _STRENGTH[one.state], one.amount is not None),
        )


def _statement(told: _Told, page: int, file: str) -> Statement:
    amount = told.amount
    return Statement(
        says=told.state,
        voice=told.voice,
        about=About(what="refund", id=told.number) if told.number else None,
        at=told.time.at if told.time else None,
        value=f"{amount.amount} {amount.currency}" if amount and amount.currency else amount.amount if amount else None,
        span=Span(file=file, page=page, box=told.unit.box, text=told.unit.text),
        near=tuple(
            Span(file=file, page=page, box=seen.box, text=seen.text)
            for seen in (told.amount, told.time)
            if seen is not None and not any(in_row(line.box, seen.box) for line in told.unit.lines)
        ),
    )


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``refunds``: of each refund on each page what stands."""
    return {
        "refunds": tuple(
            _statement(told, page.number, scene.file)
            for page in scene.reading.pages
            if page.lines
            for told in _folded(_Page(page, scene).told())
        )
    }


INTERPRETER = Interpreter(
    name="refunds", interpret=_interpret, gives=("refunds",), needs=("amounts", "timestamps"), reads=nothing
)
