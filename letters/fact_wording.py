"""A fact with its proof behind it in brackets: "… (Exhibit 1, p. 1)" only where that page prints all of it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from casefile.citation import Citation
from casefile.letter import Proof
from letters.citations import Citing
from letters.gate import PageOf, Weighed, weigh
from letters.language_formatter import opened, unstopped
from letters.raw import Raw
from letters.told import Params, in_full


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWording:
    """Says facts; ``page`` gives what was read on a cited page; it is ``None`` for a letter made without readings."""

    text: Callable[..., str]
    citing: Citing
    page: PageOf | None

    def fact(self, key: str, citations: tuple[Citation, ...], proof: Proof, params: Params) -> Raw:
        """The clause of ``key``: ``shown`` where its first page carries every variable, else no more than ``attached``.

        What the cited page should print and does not is told as our records, with the page enclosed.
        """
        weighed = self._weighed(citations, params)
        known: Proof = ("attached" if proof == "shown" and not weighed.carried else proof) if citations else "record"
        wording = "unprinted" if (proof, known) == ("shown", "attached") else known
        parts = {
            "clause": unstopped(self.text(key, **weighed.params)),
            "cites": "".join(self.citing.led(weighed.citations)) if citations else "",
        }
        shown = known == "shown"
        return Raw(
            text=opened(self.text(f"letter.fact.{wording}", **parts)),
            sentence_class="fact",
            proof=known,
            exhibits=weighed.citations,
            again=opened(self.text("letter.fact.record_again", **parts)) if known == "record" else "",
            anchors=weighed.anchors if shown else (),
            rests_on=weighed.spans if shown else (),
        )

    def plain(self, key: str, citations: tuple[Citation, ...], params: Params) -> str:
        """The clause of ``key`` with no more than the pages behind it print."""
        return self.text(key, **self._weighed(citations, params).params)

    def _weighed(self, citations: tuple[Citation, ...], params: Params) -> Weighed:
        if self.page is None or not citations:
            return Weighed(citations=citations, params=in_full(params), carried=True)
        return weigh(self.page, citations, params)
