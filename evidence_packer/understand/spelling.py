"""How a word of a word list is looked for in bare text (``casefile.text_folding``). Pure."""

import functools
import re

from casefile import text_folding


@functools.lru_cache(maxsize=8192)
def spelt(text: str) -> str:
    """A pattern for ``text`` in bare text, not inside another word where its script parts words; spaces may be missing."""
    plain = text_folding.word(text)
    pattern = r"\s?".join(map(re.escape, plain.split()))
    before = r"(?<![^\W_])" if plain[0].isascii() and plain[0].isalnum() else ""
    after = r"(?![^\W\d_])" if plain[-1].isascii() and plain[-1].isalnum() else ""
    return before + pattern + after
