"""What a sentence block sees and how it says a thing: words, dates, money, citations. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from casefile.carrier import Carrier
from casefile.case import Case
from casefile.citation import BundlePlan, Citation
from casefile.coverage import Covered, TimelinePoint
from casefile.facts import FileFacts
from casefile.fields.base import Money, any_text, pick
from casefile.letter import LeftOut, Proof, SentenceClass
from casefile.platform import Platform, Procedure, Site
from casefile.wording import Catalog
from letters.citations import cited

_BABEL = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW", "pt-BR": "pt_BR", "en": "en_GB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRequest:
    """Everything a letter is made from. ``catalog`` speaks ``language``; ``captions`` are in that language."""

    case: Case
    platform: Platform
    procedure: Procedure
    site: Site
    plan: BundlePlan
    coverage: tuple[Covered, ...]
    timeline: tuple[TimelinePoint, ...]
    facts: tuple[FileFacts, ...]
    captions: Mapping[str, str]
    as_of: dt.datetime
    language: str
    catalog: Catalog
    carriers: Mapping[str, Carrier]
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A sentence before it has its number."""

    text: str
    sentence_class: SentenceClass
    proof: Proof = "none"
    exhibits: tuple[Citation, ...] = ()
    own_words: bool = False


Paragraphs = list[list[Raw]]
"""What a block yields: paragraphs of sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A letter request with the means to say it; ``left_out`` collects what could not be said, ``said`` what was."""

    request: LetterRequest
    left_out: list[LeftOut] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    """Propositions that a sentence has already carried."""

    @property
    def case(self) -> Case:
        """The case."""
        return self.request.case

    def text(self, key: str, **params: object) -> str:
        """A catalog text."""
        return self.request.catalog.text(key, **params)

    def covered(self, proposition: str) -> Covered | None:
        """How far the evidence carries a proposition of this case, if the platform asks for it."""
        return next((c for c in self.request.coverage if c.proposition == proposition), None)

    def cite(self, citations: Iterable[Citation], *, pages: bool = True) -> str:
        """Citations in words; a draft names exhibits only."""
        return cited(citations, self.request.plan, self.request.catalog, pages=pages and not self.request.draft)

    def cite_files(self, names: Iterable[str]) -> tuple[Citation, ...]:
        """Citations of the exhibits made from these files; files that are no exhibit are passed over."""
        exhibits = [self.request.plan.of_file(name) for name in names]
        return tuple(exhibit.cite() for exhibit in exhibits if exhibit)

    def fact(self, key: str, citations: tuple[Citation, ...], proof: Proof, **params: object) -> Raw:
        """A fact sentence in the wording of its proof: ``<key>.shown``, ``.attached`` or ``.record``."""
        words = self.cite(citations, pages=proof == "shown") if citations else ""
        text = self.text(f"{key}.{proof if citations else 'record'}", cite=words, **params)
        return Raw(
            text=text, sentence_class="fact", proof=proof if citations else "record",
            exhibits=citations if proof in {"shown", "attached"} else (),
        )  # fmt: skip

    def own(self, text: Any, sentence_class: SentenceClass, pointer: str, files: Iterable[str] = ()) -> Raw | None:  # noqa: ANN401  # a LocalText
        """The user's own words in the letter's language with their exhibits, or ``None`` (told in ``left_out``)."""
        words = pick(text, self.request.language)
        if not words:
            if any_text(text):
                self.left_out.append(LeftOut(sentence=pointer, code="no-text-in-language"))
            return None
        citations = self.cite_files(files)
        if citations:
            words = self.text("letter.own_cited", text=bare(words), cite=self.cite(citations))
        return Raw(
            text=_ended(words, self.request.language) if not citations else words,
            sentence_class=sentence_class,
            proof="attached" if citations else "record" if sentence_class == "fact" else "none",
            exhibits=citations,
            own_words=True,
        )

    def day(self, moment: dt.date) -> str:
        """A date, unambiguous: 2 November 2026, 2026年11月2日."""
        return str(format_date(moment, format="d MMMM y" if not self._chinese else "long", locale=self._locale))

    def moment(self, moment: dt.datetime) -> str:
        """A date with time and offset: 2 November 2026, 14:22 (UTC-05:00)."""
        offset = moment.strftime("%z")
        zone = f"UTC{offset[:3]}:{offset[3:5]}"
        clock = format_time(moment.time(), format="HH:mm", locale=self._locale)
        return self.text("letter.moment", day=self.day(moment), time=clock, zone=zone)

    def money(self, money: Money) -> str:
        """An amount with its ISO code: USD 37.48."""
        return f"{money.currency} {format_decimal(money.amount, format='#,##0.00', locale='en')}"

    def carrier(self, identifier: str | None) -> str:
        """The carrier's name, or what the case calls it."""
        known = self.request.carriers.get(identifier or "")
        if known:
            return any_text(dict(known.name), self.request.language, "en") or known.id
        return identifier or self.text("letter.the_carrier")

    def name(self, names: Mapping[str, str]) -> str:
        """A name of a data file in the letter's language."""
        return any_text(dict(names), self.request.language, "en") or ""

    @property
    def _chinese(self) -> bool:
        return self.request.language.startswith("zh")

    @property
    def _locale(self) -> str:
        return _BABEL.get(self.request.language, self.request.language.replace("-", "_"))


def bare(text: str) -> str:
    """``text`` without the full stop at its end, so that a citation can follow."""
    return text.strip().rstrip("。. ")


def _ended(text: str, language: str) -> str:
    """``text`` with a full stop, if it lacks its end."""
    stripped = text.strip()
    if stripped.endswith((".", "。", "!", "?", "！", "？", "…", ")", "）")):
        return stripped
    return stripped + ("。" if language.startswith(("zh", "ja")) else ".")
