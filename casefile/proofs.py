"""What proves each proposition, as data: ``practice/proofs.toml``, joined to every row of evidence when the house is loaded.

A proposition means the same on every platform; tables differ in who asks for it, by which kinds of files, and how much it weighs.
"""

from casefile.fields.base import Words
from casefile.rules import Proof
from casefile.sources import Source


class Proofs(Words):
    """``practice/proofs.toml``: proposition → what a page has to say."""

    proofs: dict[str, Proof]
    sources: dict[str, Source]

    def of(self, proposition: str) -> Proof:
        """What proves a proposition; nothing does where the file has no entry, and then a page is at most attached."""
        return self.proofs.get(proposition, Proof())
