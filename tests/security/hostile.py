"""What a hostile file is: a name, how to make its bytes, what may become of it; and the words that must never come out again."""

import random
from collections.abc import Callable
from dataclasses import dataclass

HIDDEN = "Zqhidden-4711"
"""Stands in what no reader sees: scripts, metadata, layers, attachments, earlier revisions."""
PAGE = "page"
ATTACHED = "attached"
"""Not a page itself, but every file in it is one of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """``fates``: ``page``, or codes of ``not_included``. ``heavy``: takes seconds, so it runs in the long tests."""

    group: str
    name: str
    make: Callable[[], bytes]
    fates: frozenset[str]
    heavy: bool = False


class Group:
    """Collects the files of one class of bad input."""

    def __init__(self, group: str) -> None:
        self.group = group
        self.files: list[Hostile] = []

    def add(self, name: str, make: Callable[[], bytes], *fates: str, heavy: bool = False) -> None:
        """A file and what may become of it."""
        assert fates
        row = Hostile(group=self.group, name=name, make=make, fates=frozenset(fates), heavy=heavy)
        self.files.append(row)


def flipped(data: bytes, seed: int, share: float = 0.002, keep: int = 16) -> bytes:
    """``data`` with some bytes changed, never the first ``keep`` by which its type is told."""
    dice, changed = random.Random(seed), bytearray(data)
    for _ in range(max(1, int(len(data) * share))):
        changed[dice.randrange(keep, len(data))] = dice.randrange(256)
    return bytes(changed)


def cut(data: bytes, share: float) -> bytes:
    """The first part of ``data``."""
    return data[: int(len(data) * share)]


def noise(count: int, seed: int = 1) -> bytes:
    """Random bytes, the same each time."""
    return random.Random(seed).randbytes(count)
