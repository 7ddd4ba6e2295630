"""The proof on the finished file: printed number = label = sheet = bookmark = link = citation, and no page is missing.

It opens the bundle as a reader program would, so that a mistake anywhere before it cannot leave the house.
"""

import re
from collections.abc import Iterable

from casefile.citation import BundlePlan, Citation
from casefile.errors import ProofFault
from press.pdf.asking import Portrait, portrait

_TOLD = 5
"""Of many that are wrong, so many are told."""


def _digits(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text))


def _check_pages(seen: Portrait, plan: BundlePlan) -> None:
    if seen.pages != plan.pages:
        raise ProofFault("proof-pages", found=seen.pages, expected=plan.pages)
    if seen.labels != tuple(str(number) for number in range(1, plan.pages + 1)):
        raise ProofFault("proof-labels", found=seen.labels[:_TOLD])


def _check_front(seen: Portrait, plan: BundlePlan) -> None:
    for number in range(1, plan.front + 1):
        if not re.search(rf"(?<!\d){number}\s*/\s*{plan.pages}(?!\d)", seen.texts[number - 1]):
            raise ProofFault("proof-printed-number", exhibit=0, page=number)


def _check_printed(seen: Portrait, plan: BundlePlan, footer: str) -> None:
    """``footer`` is the wording with its numbers as ``{number}``, ``{page}``, ``{pages}``."""
    pattern = re.escape(footer.replace(" ", ""))
    for name in ("number", "page", "pages"):
        pattern = pattern.replace(re.escape("{" + name + "}"), rf"(?P<{name}>\d+)")
    for exhibit in plan.exhibits:
        for printed in range(exhibit.first_page, exhibit.last_page + 1):
            # Once with its lines apart: a page that begins with a number must not lengthen the footer's last one.
            texts = [re.sub(space, "", seen.texts[printed - 1]) for space in (r"\s+", r"[^\S\r\n]+")]
            found = [
                (int(match["number"]), int(match["page"]), int(match["pages"]))
                for text in texts
                for match in re.finditer(pattern, text)
            ]
            if (exhibit.number, printed, plan.pages) not in found:
                raise ProofFault("proof-printed-number", exhibit=exhibit.number, page=printed)


def _check_bookmarks(seen: Portrait, plan: BundlePlan) -> None:
    wanted = [(exhibit.number, exhibit.first_page - 1) for exhibit in plan.exhibits]
    found: list[tuple[int | str, int]] = [
        (next(iter(_digits(title)), ""), index) for title, index in seen.outline if index >= plan.front
    ]
    if found != wanted:
        raise ProofFault("proof-bookmarks", found=found[:_TOLD], expected=wanted[:_TOLD])


def _check_links(seen: Portrait, plan: BundlePlan, listed: frozenset[int] | None) -> None:
    if seen.outside_links:
        raise ProofFault("proof-outside-link", found=len(seen.outside_links))
    if any(not 0 <= link.target < seen.pages for link in seen.links):
        raise ProofFault("proof-link", found="dangling")
    reached = {link.target for link in seen.links if link.page < plan.front}
    told = [e for e in plan.exhibits if listed is None or e.number in listed]
    lacking = [e.number for e in told if e.first_page - 1 not in reached]
    if plan.front and lacking:
        raise ProofFault("proof-index-link", exhibits=lacking[:_TOLD])


def _check_citations(plan: BundlePlan, citations: Iterable[Citation]) -> None:
    pages = {exhibit.number: range(exhibit.first_page, exhibit.last_page + 1) for exhibit in plan.exhibits}
    for citation in citations:
        if citation.page not in pages.get(citation.number, ()):
            raise ProofFault("proof-citation", exhibit=citation.number, page=citation.page)


def prove(
    bundle: bytes,
    plan: BundlePlan,
    citations: Iterable[Citation],
    footer: str,
    listed: frozenset[int] | None = None,
) -> None:
    """Nothing, when every number of the finished ``bundle`` agrees with the ``plan``.

    Args:
        bundle: the finished file.
        plan: what was planned.
        citations: every citation that letter, coverage and timeline make.
        footer: the footer's wording in the bundle's language, with its placeholders.
        listed: the exhibits that have a row of their own in the index or begin one; ``None``: all.

    Raises:
        ProofFault: naming what disagrees.
    """
    seen = portrait(bundle)
    _check_pages(seen, plan)
    _check_front(seen, plan)
    _check_printed(seen, plan, footer)
    _check_bookmarks(seen, plan)
    _check_links(seen, plan, listed)
    _check_citations(plan, citations)
