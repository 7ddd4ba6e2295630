"""The contract of sentence blocks, and every block there is: the families in ``letters/sentences/``, found by walking it.

A block is one thing that a letter talks about. Letter kinds name blocks; the file says only which of them belong together.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import letters.sentences as families
from casefile.plug_ins import expect_takes, plug_ins
from letters.letter_context import LetterContext
from letters.raw import Paragraphs

Write = Callable[[LetterContext], Paragraphs]
"""A pure function from what a letter is made from to the block's paragraphs; none where the case has nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceBlock:
    """One block under the name that letter kinds use. A ``last`` one looks back: it is written when all others are."""

    name: str
    write: Write
    last: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no function of a context."""
        expect_takes(self.write, 1)


def block(write: Write) -> SentenceBlock:
    """The block that is called as its function."""
    return SentenceBlock(name=write.__name__, write=write)


def last_block(write: Write) -> SentenceBlock:
    """A block that names what no other block has named."""
    return SentenceBlock(name=write.__name__, write=write, last=True)


@functools.cache
def blocks() -> Mapping[str, SentenceBlock]:
    """Every block by its name.

    Raises:
        DataFault: a file of the folder is malformed, or a name is taken; it names the file.
    """
    return plug_ins(families, SentenceBlock)
