"""The finished bundle read again: each page that a sentence cites still prints what the sentence claims of it.

A page with words of its own is read as a reader program reads it; of a page that is a picture it is proved that this very picture
stands there, and what was read in it counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from casefile import text_folding
from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.errors import ProofFault
from casefile.reading import PreparedImage, Reading
from casefile.statement import Span
from evidence_packer.bind.bundle.sheets import picture_of
from evidence_packer.bind.bundle.stamp import ExhibitPages, evidence_area
from press.pdf.asking import picture_digests, texts_within
from press.pdf.pictures import digest

_WORD = re.compile(r"[^\W_]+")

Claims = Iterable[tuple[Citation, Span]]
"""What is claimed: a cited page, and the words there on which it rests."""


def unread(bundle: bytes, plan: BundlePlan, claims: Claims, readings: Mapping[str, Reading]) -> tuple[Span, ...]:
    """The words that are not found again on the pages that are cited for them.

    Args:
        bundle: the finished file.
        plan: which pages it shows.
        claims: what is claimed of which page.
        readings: what was read in each file.
    """
    wanted: dict[Citation, dict[Span, None]] = {}
    for citation, span in claims:
        wanted.setdefault(citation, {})[span] = None
    layers = texts_within(bundle, {citation.page - 1: evidence_area for citation in wanted})
    lost: dict[Span, None] = {}
    for citation, spans in wanted.items():
        layer = layers[citation.page - 1]
        text = _seen(plan.at(citation.number, citation.page), citation.page, readings) or layer
        lost |= {span: None for span in spans if not _stands(span.text, text)}
    return tuple(lost)


def _stands(words: str, text: str) -> bool:
    """Whether the words stand there in a row, a number with look-alike signs, or each word for itself: two columns part them."""
    if text_folding.squeezed(words) in text_folding.squeezed(text):
        return True
    if any(sign.isdigit() for sign in words) and text_folding.number(words) in text_folding.number(text):
        return True
    return set(_WORD.findall(text_folding.caseless(words))) <= set(_WORD.findall(text_folding.caseless(text)))


def _seen(exhibit: PlannedExhibit | None, page: int, readings: Mapping[str, Reading]) -> str:
    """What was seen in the picture that a printed page shows; empty for a page with words of its own."""
    place = page - exhibit.first_page if exhibit else 0
    if exhibit is None or exhibit.file not in readings or place >= len(exhibit.source_pages):
        return ""
    top, bottom = exhibit.part(place)
    number = exhibit.source_pages[place]
    lines = (
        line
        for source in readings[exhibit.file].pages
        if source.number == number and source.text_source == "ocr"
        for line in source.lines
    )
    return " ".join(line.text for line in lines if top <= (line.box[1] + line.box[3]) / 2 <= bottom)


def prove_pictures(bundle: bytes, exhibits: Iterable[ExhibitPages]) -> None:
    """Nothing, when every exhibit that is a picture stands on its own pages.

    Raises:
        ProofFault: ``proof-picture``: a page shows another picture than its exhibit's.
    """
    found = picture_digests(bundle, "Evidence")
    for number, page, wanted in _pictures(exhibits):
        if found[page - 1] != wanted:
            raise ProofFault("proof-picture", exhibit=number, page=page)


def _pictures(exhibits: Iterable[ExhibitPages]) -> Iterator[tuple[int, int, str]]:
    """Exhibit, printed page and digest of each page that shows a picture of a file."""
    for exhibit in exhibits:
        if isinstance(exhibit.prepared, PreparedImage):
            wanted = digest(picture_of(exhibit.prepared))
            for place in range(len(exhibit.planned.source_pages)):
                yield exhibit.planned.number, exhibit.planned.first_page + place, wanted
