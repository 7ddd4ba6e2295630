"""The set: pages of every language and layout from one seed."""

import random
from collections.abc import Iterator

from benchmarks.meaning import chats, lists, refunds, tracking
from benchmarks.meaning.truth import Page
from benchmarks.meaning.words import languages
from benchmarks.reading_set.numbers import order_id

SEED = 20261130


def pages(seed: int = SEED, share: float = 1.0) -> list[Page]:
    """Every page of the set, or an even share of it; the same seed gives the same pages."""
    made = list(_pages(random.Random(seed)))
    if share >= 1:
        return made
    step = max(1, round(1 / share))
    return made[:: step + (step % 2 == 0)]


def _pages(dice: random.Random) -> Iterator[Page]:
    for place, (language, words) in enumerate(languages().items()):
        for turn, layout in enumerate(tracking.LAYOUTS):
            if (turn + place) % 2 == 0 or language in {"en", "zh-Hans"}:
                yield tracking.Drawing(layout, language, words, dice).page(*_named(language, layout.name, turn, dice))
        for turn, name in enumerate(lists.LAYOUTS):
            yield lists.page(name, language, words, dice, *_named(language, name, turn, dice))
        for turn, name in enumerate(chats.LAYOUTS):
            yield chats.Drawing(name, language, words, dice).page(*_named(language, name, turn, dice), place * 5 + turn)
        for turn, name in enumerate(refunds.LAYOUTS):
            yield refunds.page(name, language, words, dice, *_named(language, name, turn, dice))


def _named(language: str, layout: str, turn: int, dice: random.Random) -> tuple[str, str]:
    return f"{language}-{turn:02}-{layout}.png", order_id("amazon", dice)
