"""The sentence blocks: every file of ``letters/sentences/``, found by walking the folder."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import letters.sentences as plug_ins
from casefile.discovery import modules
from letters.letter_context import LetterContext
from letters.raw import Paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block: ``write`` yields its paragraphs. A ``last`` one looks back, so it is written when all others are."""

    write: Callable[[LetterContext], Paragraphs]
    last: bool


@functools.cache
def blocks() -> Mapping[str, Block]:
    """Blocks by the name of their file; a file that sets ``LAST`` is written last."""
    return {
        module.__name__.rsplit(".", maxsplit=1)[-1]: Block(write=module.write, last=getattr(module, "LAST", False))
        for module in modules(plug_ins)
    }
