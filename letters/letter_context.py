"""What a sentence block sees, and the few ways in which a sentence is made: fact, own words, plain. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casefile.carrier import Carrier
from casefile.case import Case
from casefile.casework import CaseView, Evidence, Matter
from casefile.citation import Citation
from casefile.coverage import PropositionCoverage
from casefile.fields.base import any_text, in_language
from casefile.letter import Editable, LeftOut, Proof, SentenceClass
from casefile.scripts import foreign_words, mostly_foreign
from casefile.wording import Catalog
from letters.bank import BankEntry
from letters.citations import Citing
from letters.kind import LetterKind
from letters.language_formatter import LanguageFormatter, bare, ended, opened
from letters.raw import Raw

_SHOWN = 60
"""Characters of a text that tell which one is meant."""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRequest(CaseView):
    """Everything a letter is made from. ``captions`` speak ``language``.

    ``copy_of`` is the language of the letter that this one is the reading copy of: the copy says what that letter says, no
    more and no less, under the same numbers. ``new``: files that the previous pack did not hold, where one is known.
    ``file_of``: printed page → number of the submitted file that shows it.
    """

    matter: Matter
    evidence: Evidence
    language: str
    captions: Mapping[str, str]
    bank: Mapping[str, BankEntry] = field(default_factory=dict)
    new: tuple[str, ...] | None = None
    draft: bool = False
    copy_of: str | None = None
    file_of: Mapping[int, int] = field(default_factory=dict)

    @property
    def catalog(self) -> Catalog:
        """Texts in ``language``."""
        return self.house.catalogs.of(self.language)

    @property
    def carriers(self) -> Mapping[str, Carrier]:
        """The carriers that are known."""
        return self.house.carriers


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext:
    """A letter request with the means to say it; what was said so far is collected for the blocks that follow."""

    request: LetterRequest
    kind: LetterKind
    left_out: list[LeftOut] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    """Propositions that a sentence has already carried."""
    cited: set[int] = field(default_factory=set)
    """Numbers of the exhibits that a sentence has already cited."""
    editable: list[Editable] = field(default_factory=list)
    """The paragraphs so far, for whoever wants to say one in own words."""

    @property
    def case(self) -> Case:
        """The case."""
        return self.request.case

    @property
    def accepts(self) -> bool:
        """Whether the seller accepts what is claimed."""
        return self.case.stance == "accept" or self.case.answer == "accept"

    @property
    def matter(self) -> str:
        """What the platform calls such a case: ``claim``, ``dispute`` (of a payment) or ``return``."""
        if self.case.payment:
            return "dispute"
        return "return" if self.case.return_ else "claim"

    @property
    def say(self) -> LanguageFormatter:
        """Dates, money, places and quotations in the letter's language."""
        return LanguageFormatter(catalog=self.request.catalog, language=self.request.language)

    @property
    def citing(self) -> Citing:
        """Citations in words."""
        return Citing(
            plan=self.request.plan, catalog=self.request.catalog, draft=self.request.draft, file_of=self.request.file_of
        )

    def text(self, key: str, **params: object) -> str:
        """A catalog text."""
        return self.say.smooth(self.request.catalog.text(key, **params))

    def has(self, key: str) -> bool:
        """Whether the letter's language has a text of its own."""
        return self.request.catalog.own(key)

    def left(self, sentence: str, code: str, text: str | None = None) -> None:
        """Remember that a sentence was not written, why, and which words of the case that takes."""
        self.left_out.append(LeftOut(sentence=sentence, code=code, text=_short(text or "")))

    # what is known

    def covered(self, proposition: str) -> PropositionCoverage | None:
        """How far the evidence carries a proposition of this case, if the platform asks for it."""
        return next((c for c in self.request.coverage if c.proposition == proposition), None)

    def standing(self, proposition: str) -> tuple[tuple[Citation, ...], Proof] | None:
        """What a sentence on ``proposition`` may rest on, or ``None``: then it stays out (named in ``left_out``).

        Where the platform asks for no proof of it, and in a draft, the seller's record carries it.
        """
        covered = self.covered(proposition)
        if covered and covered.status in {"shown", "attached"}:
            return covered.exhibits, "shown" if covered.status == "shown" else "attached"
        if covered is None or (covered.status == "missing" and self.request.draft):
            return (), "record"
        self.withhold(covered)
        return None

    def withhold(self, covered: PropositionCoverage) -> None:
        """Remember that nothing was said of a proposition that the evidence does not carry."""
        self.left(self.text(f"proposition.{covered.proposition}"), f"proposition-{covered.status}")

    def point(self, what: str, at: dt.datetime) -> tuple[Citation, ...]:
        """The exhibit page that prints the day of this point of the timeline, if one does."""
        if not self.kind.cites:
            return ()
        for point in self.request.timeline:
            if point.what == what and point.at == at.isoformat() and point.exhibit and point.page:
                return (Citation(number=point.exhibit, page=point.page),)
        return ()

    def of_files(self, names: Iterable[str]) -> tuple[Citation, ...]:
        """Citations of the exhibits made from these files; files that are no exhibit are passed over."""
        exhibits = [self.request.plan.of_file(name) for name in names] if self.kind.cites else []
        return tuple(exhibit.cite() for exhibit in exhibits if exhibit)

    def of_kinds(self, *kinds: str) -> tuple[Citation, ...]:
        """Citations of the exhibits of these kinds."""
        if not self.kind.cites:
            return ()
        return tuple(exhibit.cite() for exhibit in self.request.plan.exhibits if exhibit.kind in kinds)

    # what is said

    def words(self, text: Any, pointer: str) -> str | None:  # noqa: ANN401  # a LocalText
        """A text of the case for this letter, or ``None`` (named in ``left_out``) where the letter's language lacks it.

        A text that merely holds foreign words is said as it is; a check names the words. A reading copy falls back to the
        words that the letter itself uses.
        """
        decided = self._decided(text)
        if not decided:
            if given := any_text(text):
                self.left(pointer, "no-text-in-language", given)
            return None
        return self._speaking(text, self.request.language) or decided

    def can_say(self, text: Any) -> bool:  # noqa: ANN401  # a LocalText
        """Whether a text of the case speaks the letter's language."""
        return self._decided(text) is not None

    def _decided(self, text: Any) -> str | None:  # noqa: ANN401  # a LocalText
        return self._speaking(text, self.request.copy_of or self.request.language)

    def _speaking(self, text: Any, language: str) -> str | None:  # noqa: ANN401  # a LocalText
        """The text in ``language``; one without a language counts for the readers of its script."""
        said = in_language(text, language)
        return None if said and isinstance(text, str) and mostly_foreign(said, language) else said

    def fact(
        self, key: str, citations: tuple[Citation, ...], proof: Proof, *, essential: bool = False, **params: object
    ) -> Raw:
        """A fact sentence: the clause of ``key`` in the wording of its proof (``letter.fact.shown`` and so on)."""
        return dataclasses.replace(self._fact(key, citations, proof, params), essential=essential)

    def _fact(self, key: str, citations: tuple[Citation, ...], proof: Proof, params: Mapping[str, object]) -> Raw:
        known: Proof = proof if citations else "record"
        first, also = self.citing.led(citations) if citations else ("", "")
        parts = {
            "clause": self.text(key, **params),
            "cite": first,
            "also": also,
            "cites": self.citing.all(citations),
            "kind": self.kind_of(citations[0]) if citations else "",
        }
        again = "" if known == "shown" else opened(self.text(f"letter.fact.{known}_again", **parts))
        text = opened(self.text(f"letter.fact.{known}", **parts))
        return Raw(text=text, sentence_class="fact", proof=known, exhibits=citations, again=again)

    def known(self, key: str, citations: tuple[Citation, ...], *, shown: bool, **params: object) -> Raw:
        """A fact that the reader's own record holds (their notice, their decision): stated plainly, with its exhibit."""
        if shown and citations:
            return self._fact(key, citations, "shown", params)
        return self.worded(self.text(key, **params), "fact", citations)

    def own(
        self,
        text: Any,  # noqa: ANN401  # a LocalText
        sentence_class: SentenceClass,
        pointer: str,
        files: Iterable[str] = (),
        at: dt.date | None = None,
    ) -> Raw | None:
        """The user's own words with date and exhibits, or ``None`` (named in ``left_out``)."""
        words = self.words(text, pointer)
        return self.worded(words, sentence_class, self.of_files(files), at=at, own=True) if words else None

    def worded(
        self,
        words: str,
        sentence_class: SentenceClass,
        citations: tuple[Citation, ...] = (),
        *,
        at: dt.date | None = None,
        own: bool = False,
    ) -> Raw:
        """A sentence given in full, introduced by its date and closed by its exhibits."""
        text = self.dated(words, at) if at else words
        if citations:
            text = self.text("letter.own_cited", text=bare(text), cites=self.citing.all(citations))
        unproved: Proof = "record" if sentence_class == "fact" else "none"
        return Raw(
            text=self.say.smooth(opened(ended(text, self.request.language))),
            sentence_class=sentence_class,
            proof="attached" if citations else unproved,
            exhibits=citations,
            own_words=own,
        )

    def dated(self, words: str, at: dt.date) -> str:
        """``words`` introduced by their date: "On 2 November 2026, we moved …"."""
        day = self.say.when(at)
        follows = self.say.lowered(words)
        return self.text("letter.dated" if follows else "letter.dated_apart", date=day, text=follows or words)

    def plain(self, key: str, sentence_class: SentenceClass, **params: object) -> Raw:
        """A sentence that needs no exhibit."""
        return Raw(
            text=opened(self.text(key, **params)),
            sentence_class=sentence_class,
            proof="record" if sentence_class == "fact" else "none",
        )

    # names

    def readable(self, text: str | None, pointer: str) -> str | None:
        """A name that something else can stand for: ``None`` (named in ``left_out``) where the reader cannot read it."""
        if text and foreign_words(text, self.request.copy_of or self.request.language):
            self.left(pointer, "name-in-other-script", text)
            return None
        return text or None

    def kind_of(self, citation: Citation) -> str:
        """What the cited exhibit is, by its kind."""
        kind = next(exhibit.kind for exhibit in self.request.plan.exhibits if exhibit.number == citation.number)
        return self.text(f"kind.{kind}")

    def carrier(self, identifier: str | None) -> str:
        """The carrier's name, or what the case calls it."""
        known = self.request.carriers.get(identifier or "")
        if known:
            return self.name(known.name) or known.id
        return identifier or self.text("letter.the_carrier")

    def name(self, names: Mapping[str, str]) -> str:
        """A name of a data file in the letter's language."""
        return any_text(dict(names), self.request.language, "en") or ""
