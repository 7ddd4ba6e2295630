"""Citations in words: "Exhibit 3, p. 12", 证据3，第12页; several in one; never one that does not resolve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from casefile.citation import BundlePlan, Citation
from casefile.errors import ProofFault
from casefile.wording import Catalog

_ALSO = 3
"""How many further places a sentence names; the rest stand in the coverage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """Says citations of one plan; a draft knows no pages and names exhibits only."""

    plan: BundlePlan
    catalog: Catalog
    draft: bool = False
    file_of: Mapping[int, int] = field(default_factory=dict)
    """Printed page → number of the submitted file that shows it, where there are several."""

    def words(self, citations: Iterable[Citation]) -> list[str]:
        """Each citation once, in exhibit order.

        Raises:
            ProofFault: ``proof-citation``: a citation names an exhibit or page that the plan does not have.
        """
        key = "letter.cite.exhibit" if self.draft else "letter.cite.page"
        return list(dict.fromkeys(self._one(key, citation) for citation in sorted(set(citations))))

    def all(self, citations: Iterable[Citation]) -> str:
        """Every citation, as it stands in brackets: ``Exhibit 1, p. 1; Exhibit 2, p. 3``."""
        return self.catalog.text("letter.cite.separator").join(self.words(citations))

    def in_order(self, citations: Iterable[Citation]) -> str:
        """Every citation once, as they are given: the weightiest first."""
        return self.catalog.text("letter.cite.separator").join(
            dict.fromkeys(words for cited in citations for words in self.words([cited]))
        )

    def led(self, citations: Iterable[Citation]) -> tuple[str, str]:
        """The citation that carries a sentence, and the others as ``; also …`` or nothing."""
        leading, *rest = citations
        first = self.words([leading])[0]
        others = [words for words in self.words(rest) if words != first]
        if not others:
            return first, ""
        separator = self.catalog.text("letter.cite.separator")
        return first, self.catalog.text("letter.cite.also", cites=separator.join(others[:_ALSO]))

    def _one(self, key: str, citation: Citation) -> str:
        exhibit = next((e for e in self.plan.exhibits if e.number == citation.number), None)
        if exhibit is None or not exhibit.first_page <= citation.page <= exhibit.last_page:
            raise ProofFault("proof-citation", exhibit=citation.number, page=citation.page)
        words = self.catalog.text(key, number=citation.number, page=citation.page)
        file = self.file_of.get(citation.page)
        return self.catalog.text("letter.cite.file", file=file, cite=words) if file else words
