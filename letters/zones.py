"""The zone of a letter's times, said once: where all times are of one zone, the first of them says it for all. Pure.

Which times a letter says, and in which order, is known only when it is composed. Until then each zone stands between two signs that
nobody sees (word joiners), a time without a zone between two of them alone.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator

from casefile.letter import Letter, Paragraph, Sentence

_MARK = "\u2060"
_SAID = re.compile(rf"\s?([(（]){_MARK}([^{_MARK}]*){_MARK}([)）])")
_STOPS = re.compile(r"(?<=[ap]\.m\.)\.(?=\s|$)")
_SEVERAL = 2


def marked(zone: str) -> str:
    """A zone, or none, as a moment carries it until the letter is composed."""
    return f"{_MARK}{zone}{_MARK}"


def plainly(text: str) -> str:
    """``text`` with the zone of each time, where it has one."""
    return _settled(text, lambda found: found[0].replace(_MARK, "") if found[2] else "")


def said_once(letter: Letter, for_all: Callable[[str], str]) -> Letter:
    """The letter with its zone behind the first time only, where that is the zone of all of them (``for_all`` says so)."""
    zones = [found[2] for sentence in letter.sentences for found in _SAID.finditer(sentence.text)]
    if len(zones) < _SEVERAL or len(set(zones)) > 1 or not zones[0]:
        return _rewritten(letter, plainly)
    told: Iterator[str] = iter([zones[0]])

    def once(found: re.Match[str]) -> str:
        zone = next(told, None)
        head = found[0][: found[0].index(found[1]) + 1]
        return f"{head}{for_all(zone)}{found[3]}" if zone else ""

    return _rewritten(letter, lambda text: _settled(text, once))


def _settled(text: str, zone: Callable[[re.Match[str]], str]) -> str:
    return _STOPS.sub("", _SAID.sub(zone, text)) if _MARK in text else text


def _rewritten(letter: Letter, settle: Callable[[str], str]) -> Letter:
    def sentence(one: Sentence) -> Sentence:
        return dataclasses.replace(one, text=settle(one.text)) if _MARK in one.text else one

    def paragraph(one: Paragraph) -> Paragraph:
        return dataclasses.replace(one, sentences=tuple(map(sentence, one.sentences)))

    sections = tuple(
        dataclasses.replace(section, paragraphs=tuple(map(paragraph, section.paragraphs)))
        for section in letter.sections
    )
    left_out = tuple(dataclasses.replace(one, sentence=plainly(one.sentence)) for one in letter.left_out)
    return dataclasses.replace(letter, sections=sections, left_out=left_out, answer=plainly(letter.answer))
