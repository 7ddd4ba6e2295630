"""What the evidence lets a letter rest on: how far each proposition is carried, by which exhibits, about which parcel. Pure."""

import datetime as dt
from collections.abc import Iterable

from casefile import as_printed
from casefile.anchors import Anchor
from casefile.citation import Citation
from casefile.coverage import PropositionCoverage, row_of
from casefile.fields.base import Money
from casefile.letter import LeftOut, Proof
from letters.kind import LetterKind
from letters.letter_request import LetterRequest

_SHOWN = 60
"""Characters of a text that tell which one is meant."""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class Known:
    """The questions that sentence blocks ask of the evidence; it keeps nothing itself."""

    __slots__ = ()

    request: LetterRequest
    kind: LetterKind
    left_out: list[LeftOut]

    def left(self, sentence: str, code: str, text: str | None = None) -> None:
        """Remember that a sentence was not written, why, and which words of the case that takes."""
        self.left_out.append(LeftOut(sentence=sentence, code=code, text=_short(text or "")))

    def covered(self, proposition: str, of: str | None = None) -> PropositionCoverage | None:
        """How far the evidence carries a proposition of this case (of parcel ``of``), if the platform asks for it."""
        return row_of(self.request.coverage, proposition, of)

    def standing(self, proposition: str, of: str | None = None) -> tuple[tuple[Citation, ...], Proof] | None:
        """What a sentence on ``proposition`` may rest on, or ``None``: then it stays out (named in ``left_out``).

        Where the platform asks for no proof of it, and in a draft, the seller's record carries it.
        """
        covered = self.covered(proposition, of)
        if covered and covered.status in {"shown", "described", "attached"}:
            return covered.exhibits, "shown" if covered.status == "shown" else "attached"
        if covered is None or (covered.status == "missing" and self.request.draft):
            return (), "record"
        self.withhold(covered)
        return None

    def withhold(self, covered: PropositionCoverage) -> None:
        """Remember that nothing was said of a proposition that the evidence does not carry."""
        named = self.request.catalog.text(f"proposition.{covered.proposition}")
        self.left(named, f"proposition-{covered.status}")

    def against(self, proposition: str, of: str | None = None) -> bool:
        """Whether the evidence speaks against a proposition: then nothing about it is said (named in ``left_out``)."""
        covered = self.covered(proposition, of)
        if covered is None or covered.status != "contradicted":
            return False
        self.withhold(covered)
        return True

    def point(self, what: str, at: dt.datetime) -> tuple[Citation, ...]:
        """The exhibit pages that print the day of this point of the timeline."""
        if not self.kind.cites:
            return ()
        found = (
            Citation(number=point.exhibit, page=point.page)
            for point in self.request.timeline
            if point.what == what and point.at == as_printed.told(at) and point.exhibit and point.page
        )
        return tuple(dict.fromkeys(found))

    def about_parcel(self, citations: Iterable[Citation], number: str | None) -> tuple[Citation, ...]:
        """Of several parcels, the pages that are about this one; of one parcel, those that are not about another."""
        if not number or not self.request.facts:
            return tuple(citations)
        pages = [(cited, self.request.page(cited)) for cited in citations]
        return tuple(
            cited
            for cited, page in pages
            if page and (page.names(number) or (self.one_parcel and not page.named))
        )  # fmt: skip

    def dated_so(
        self, covered: PropositionCoverage | None, citations: Iterable[Citation], at: dt.datetime
    ) -> tuple[Citation, ...]:
        """The citations whose statements are of the day of ``at`` or of none: a page that tells another day does not show it."""
        told = dict(zip(covered.exhibits, covered.statements, strict=False)) if covered else {}
        days = {cited: [one.at for one in told.get(cited, ()) if one.at] for cited in citations}
        return tuple(
            cited
            for cited, printed in days.items()
            if not printed or any(as_printed.on_day(one, at) for one in printed)
        )

    def prints(self, citation: Citation, anchor: Anchor) -> bool:
        """Whether a cited page prints it; a letter that is made without readings takes it so."""
        page = self.request.page(citation)
        return not self.request.facts or (page is not None and page.find(anchor) is not None)

    def of_files(self, names: Iterable[str]) -> tuple[Citation, ...]:
        """Citations of the exhibits made from these files; files that are no exhibit are passed over."""
        exhibits = [self.request.plan.of_file(name) for name in names] if self.kind.cites else []
        return tuple(exhibit.cite() for exhibit in exhibits if exhibit)

    def of_kinds(self, *kinds: str) -> tuple[Citation, ...]:
        """Citations of the exhibits of these kinds."""
        if not self.kind.cites:
            return ()
        return tuple(exhibit.cite() for exhibit in self.request.plan.exhibits if exhibit.kind in kinds)

    # the case in figures

    @property
    def one_parcel(self) -> bool:
        """Whether the case is about one parcel, so that no page has to say of which it speaks."""
        return len(self.request.case.parcels) <= 1

    @property
    def given_back(self) -> Money | None:
        """What was refunded, as far as nothing speaks against it."""
        ledger = self.request.evidence.ledger
        currency = ledger.disputed.currency if ledger.disputed else ""
        return Money(amount=ledger.back, currency=currency) if ledger.back else None

    @property
    def still_asked(self) -> Money | None:
        """What is left of the sum in dispute when what was refunded is taken off."""
        return self.request.evidence.ledger.net
