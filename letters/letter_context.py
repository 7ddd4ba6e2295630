"""What a sentence block sees, and the few ways in which a sentence is made: fact, own words, plain. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casefile.case import Case
from casefile.citation import Citation
from casefile.fields.base import any_text, in_language
from casefile.letter import Editable, LeftOut, Proof, SentenceClass
from casefile.scripts import foreign_words, mostly_foreign
from letters.citations import Citing
from letters.fact_wording import FactWording
from letters.kind import LetterKind
from letters.known import Known
from letters.language_formatter import LanguageFormatter, bare, ended, opened
from letters.letter_request import LetterRequest
from letters.raw import Raw
from letters.told import Sayable, Told, in_full, moment
from letters.told import carrier as told_carrier


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext(Known):
    """A letter request with the means to say it; what was said so far is collected for the blocks that follow."""

    request: LetterRequest
    kind: LetterKind
    left_out: list[LeftOut] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    """Propositions that a sentence has already carried."""
    told: set[str] = field(default_factory=set)
    """Values of grounds that a sentence has stated with its proof."""
    answers: list[str] = field(default_factory=list)
    """The sentence that decides, as a banner says it."""
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
        return LanguageFormatter(catalog=self.request.catalog, language=self.request.language, country=self.case.site)

    @property
    def citing(self) -> Citing:
        """Citations in words."""
        return Citing(
            plan=self.request.plan, catalog=self.request.catalog, draft=self.request.draft, file_of=self.request.file_of
        )

    @property
    def wording(self) -> FactWording:
        """Facts in the wording of their proof."""
        page = self.request.page if self.request.facts else None
        return FactWording(text=self.text, citing=self.citing, page=page)

    def text(self, key: str, **params: Sayable) -> str:
        """A catalog text."""
        return self.say.smooth(self.request.catalog.text(key, in_full(params)))

    def has(self, key: str) -> bool:
        """Whether the letter's language has a text of its own."""
        return self.request.catalog.own(key)

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
        self, key: str, citations: tuple[Citation, ...], proof: Proof, *, essential: bool = False, **params: Sayable
    ) -> Raw:
        """A fact sentence: the clause of ``key`` with its proof behind it (``letter.fact.shown`` and so on).

        Values that are ``Told`` have to stand on the page; where no cited page prints them all, nothing is ``shown``.
        """
        return dataclasses.replace(self.wording.fact(key, citations, proof, params), essential=essential)

    def known(self, key: str, citations: tuple[Citation, ...], *, shown: bool, **params: Sayable) -> Raw:
        """A fact that the reader's own record holds (their notice, their decision): stated plainly, with its exhibit."""
        said = self.wording.fact(key, citations, "shown", params) if shown else None
        if said and said.proof == "shown":
            return said
        return self.worded(self.wording.plain(key, citations, params), "fact", citations)

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
        text = self.dated(words, at, citations) if at else words
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

    def dated(self, words: str, at: dt.date, citations: tuple[Citation, ...] = ()) -> str:
        """``words`` introduced by their date: "On 2 November 2026, we moved …"; its hour only where a cited page prints it."""
        told = moment(self.say, at) if isinstance(at, dt.datetime) else None
        pages = [page for cited in citations if (page := self.request.page(cited))]
        day = told.on_any(pages).text if told else self.say.when(at)
        follows = self.say.lowered(words)
        return self.text("letter.dated" if follows else "letter.dated_apart", date=day, text=follows or words)

    def plain(self, key: str, sentence_class: SentenceClass, **params: Sayable) -> Raw:
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

    def told_carrier(self, identifier: str | None) -> Told:
        """The carrier where the page names it, else only that there is one."""
        return told_carrier(self.carrier(identifier), self.text("letter.the_carrier"))

    def name(self, names: Mapping[str, str]) -> str:
        """A name of a data file in the letter's language."""
        return any_text(dict(names), self.request.language, "en") or ""
