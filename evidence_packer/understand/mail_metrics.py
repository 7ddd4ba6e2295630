"""The metric that a notice is about: its figure, the target, the period, the orders. Pure.

A sentence that names a metric without a figure in per cent only mentions it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from casefile.lexicon import MailWords

_PERCENT = re.compile(r"(?<![\d.,])(?P<number>\d{1,3}(?:[.,]\d{1,3})?)\s?[%％]")
_COUNT = re.compile(r"(?<![\d.,])\d{1,6}(?![\d%]|[.,]\d)")
_SENTENCES = re.compile(r"(?<=[.。!！?？;；])(?=\s|$|[^\d\s])|\n")


def metric_of(text: str, days: Sequence[str], words: Iterable[MailWords]) -> Iterator[tuple[str, str]]:
    """(pointer, value) of the metric that the mail gives a figure for. ``days``: the days named in its sentence, in order."""
    known = tuple(words)
    found = _named(text, known)
    if found is None:
        return
    name, sentence = found
    yield "/metric/name", name
    figures = list(_PERCENT.finditer(sentence))
    target = _target(sentence, figures, known)
    value = next((one for one in figures if one is not target), None)
    for pointer, figure in (("/metric/value", value), ("/metric/target", target)):
        if figure is not None:
            yield pointer, figure["number"].replace(",", ".")
    if len(days) == 2:  # from and to
        yield "/metric/from", days[0]
        yield "/metric/to", days[1]
    if affected := _affected(text, known):
        yield "/metric/orders_affected", affected


def _named(text: str, words: tuple[MailWords, ...]) -> tuple[str, str] | None:
    """The metric, and the sentence that gives its figure."""
    table = [(word, name) for one in words for name, many in one.metrics.items() for word in many]
    table.sort(key=lambda one: -len(one[0]))
    for sentence in metric_sentences(text):
        folded = sentence.casefold()
        for word, name in table:
            if word.casefold() in folded and _PERCENT.search(sentence):
                return name, sentence
    return None


def metric_sentences(text: str) -> list[str]:
    """The sentences of a mail, each with what a line break parted."""
    return [part.strip() for part in _SENTENCES.split(text) if part.strip()]


def _target(sentence: str, figures: list[re.Match[str]], words: tuple[MailWords, ...]) -> re.Match[str] | None:
    """The figure that stands nearest behind a word for the target, before it where none does."""
    folded = sentence.casefold()
    places = [folded.find(word.casefold()) for one in words for word in one.target if word.casefold() in folded]
    for place in sorted(places):
        behind = [one for one in figures if one.start() > place]
        if behind and len(figures) > 1:
            return behind[0]
    return figures[-1] if places and len(figures) > 1 else None


def _affected(text: str, words: tuple[MailWords, ...]) -> str | None:
    for line in text.splitlines():
        folded = line.casefold()
        for word in (word for one in words for word in one.affected):
            place = folded.find(word.casefold())
            if place >= 0 and (match := _COUNT.search(line, place + len(word))):
                return match[0]
    return None
