"""Citations in words: "Exhibit 3, p. 12", 证据3，第12页; several in one; never one that does not resolve."""

from collections.abc import Iterable

from casefile.citation import BundlePlan, Citation
from casefile.errors import ProofFault
from casefile.wording import Catalog


def cited(citations: Iterable[Citation], plan: BundlePlan, catalog: Catalog, *, pages: bool) -> str:
    """Citations as one phrase; without ``pages`` only the exhibits are named.

    Raises:
        ProofFault: ``proof-citation``: a citation names an exhibit or page that the plan does not have.
    """
    words = []
    for citation in sorted(set(citations)):
        exhibit = next((e for e in plan.exhibits if e.number == citation.number), None)
        if exhibit is None or not exhibit.first_page <= citation.page <= exhibit.last_page:
            raise ProofFault("proof-citation", exhibit=citation.number, page=citation.page)
        key = "letter.cite.page" if pages else "letter.cite.exhibit"
        words.append(catalog.text(key, number=citation.number, page=citation.page))
    return joined(list(dict.fromkeys(words)), catalog)


def joined(words: list[str], catalog: Catalog) -> str:
    """``a``, ``a and b``, ``a, b and c`` in the catalog's language."""
    if len(words) < 2:
        return "".join(words)
    return catalog.text("letter.and", first=catalog.text("letter.comma").join(words[:-1]), last=words[-1])
