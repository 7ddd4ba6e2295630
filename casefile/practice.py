"""Rules of practice shared by platforms, as data: house targets, what fits what, what a person confirms, advice, word lists.

``practice/*.toml`` holds them with sources, so that a rule can be fixed or refused without touching code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from casefile.case import Case, Reason, Topic
from casefile.completion_rules import Completion
from casefile.condition import Condition
from casefile.coverage import PropositionCoverage
from casefile.fields.base import Money, Words
from casefile.platform import Platform
from casefile.procedure import Procedure, SubjectKind
from casefile.rules import Duration, LocalName
from casefile.sources import Source, SourceId

RemedyType = Literal["full_refund", "partial_refund", "replacement", "coupon", "return_label"]


class Scope(Words):
    """Where a row applies; an empty field does not narrow. ``procedures`` are names that platforms share."""

    platforms: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    subjects: tuple[SubjectKind, ...] = ()
    audiences: tuple[str, ...] = ()
    chargeback: bool | None = None
    appeal: bool | None = None
    when: Condition = Condition()

    def holds(
        self,
        case: Case,
        platform: Platform,
        procedure: Procedure,
        coverage: Iterable[PropositionCoverage] | None = None,
    ) -> bool:
        """Whether the row applies to this case."""
        return (
            (not self.platforms or platform.id in self.platforms)
            and (not self.procedures or case.procedure in self.procedures)
            and (not self.subjects or procedure.subject in self.subjects)
            and (not self.audiences or procedure.audience in self.audiences)
            and (self.chargeback is None or self.chargeback == procedure.chargeback)
            and (self.appeal is None or self.appeal == procedure.new_evidence_only)
            and self.when.holds(case, coverage)
        )


class Target(Words):
    """A span of time the house keeps."""

    after: Duration
    source: SourceId
    rules: tuple[str, ...] = ()


class Targets(Words):
    """``practice/targets.toml``: the house's own numbers."""

    answer: Target
    """From the claim to our answer, whatever the platform allows."""
    first_scan: Target
    """From dispatch to the first scan of the carrier."""
    records: Target
    """How long the record of a complaint is kept."""
    relapse: Target
    """How long after a win the same reason counts as a relapse."""
    sources: dict[str, Source]
    source_age: Target
    """Age from which a value of a platform's file has to be looked up again."""
    invoice_age: Target
    """Age up to which an invoice counts."""
    high_value: tuple[Money, ...]
    """Order totals from which packing media are advised, one a currency."""
    facts_chars: int
    """Characters of a facts section from which it stops being brief."""
    substance_words: int
    """Words a first message holds at least, greetings and apologies left out."""
    similar: float
    """Share of word groups from which two letters count as the same template, 0 to 1."""
    busy_days: int
    """Days before the fourth Friday of November from which reviews are slow."""


class RemedyFit(Words):
    """Which remedies fit some reasons."""

    reasons: tuple[Reason, ...]
    remedies: tuple[RemedyType, ...]
    source: SourceId
    rules: tuple[str, ...] = ()


class Remedies(Words):
    """``practice/remedies.toml``."""

    fits: tuple[RemedyFit, ...]
    sources: dict[str, Source]

    def fitting(self, reason: str | None) -> RemedyFit | None:
        """The row of a reason, if there is one."""
        return next((fit for fit in self.fits if reason in fit.reasons), None)


class Confirmable(Words):
    """Something only a person can know: asked in report and form, kept in ``confirmations`` under ``rule``."""

    rule: str
    text: LocalName
    scope: Scope = Scope()
    moment: Literal["before", "after"] = "before"
    """Before or after submitting."""


class Checklist(Words):
    """``practice/checklist.toml``."""

    items: tuple[Confirmable, ...]
    sources: dict[str, Source]


class Advice(Words):
    """A sentence of advice behind one or more rules; shown in the report of cases it helps, or in the guide only."""

    rules: tuple[str, ...]
    text: LocalName
    scope: Scope = Scope()
    show: Literal["report", "guide"] = "report"


class AdviceList(Words):
    """``practice/advice.toml``."""

    items: tuple[Advice, ...]
    sources: dict[str, Source]


class TopicWords(Words):
    """Words that give a topic of a support case away."""

    topic: Topic
    words: tuple[str, ...]


class RegulatedGoods(Words):
    """Goods that need papers: words in names of products and the papers asked for."""

    id: str
    words: tuple[str, ...]
    papers: LocalName


class PracticeWords(Words):
    """``practice/words.toml``."""

    turned_away: tuple[str, ...] = ()
    """How carriers write that the buyer refused or did not collect a parcel, or that the address was incomplete: parts of words."""
    redirected: tuple[str, ...] = ()
    """How carriers write that the receiver had the delivery changed: patterns, of either case."""
    going_back: tuple[str, ...] = ()
    """What makes such a line one of the way back, or of money: patterns."""
    handed_in_person: tuple[str, ...] = ()
    """How platforms write that the buyer collected the order from the seller: patterns."""
    not_yet: tuple[str, ...] = ()
    """What makes such a line a promise, a question or an instruction: patterns."""
    without_leave: tuple[str, ...] = ()
    """How a buyer writes that somebody bought without being allowed to: patterns."""
    import_charges: tuple[str, ...] = ()
    """How carriers write duties and taxes: parts of words."""
    empty: tuple[str, ...] = ()
    """How buyers write that a box was empty: patterns."""
    owned: tuple[str, ...] = ()
    """How a buyer owns, in the first person, what the seller does not answer for: patterns, of either case."""

    topics: tuple[TopicWords, ...]
    regulated: tuple[RegulatedGoods, ...]
    greetings: tuple[str, ...]
    """Openings and apologies that carry nothing."""
    supplier: tuple[str, ...]
    """How notices write supplier."""
    contact_details: tuple[str, ...]
    """How notices ask for somebody's contact details."""
    channels_off_platform: tuple[str, ...]
    """How people write channels that do not count."""
    sources: dict[str, Source]


class CellWords(Words):
    """``practice/cells.toml``: short forms and codes by which sheets name platforms and reasons."""

    platforms: dict[str, tuple[str, ...]]
    reasons: dict[Reason, tuple[str, ...]]
    sites: dict[str, tuple[str, ...]]
    """Country code → how sellers shorten the country's name before a platform or behind it."""
    stores: dict[str, tuple[str, ...]]
    """Platform and site (``amazon/US``) → short forms of both in one word."""
    sources: dict[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Everything under ``practice/`` except the evidence tables, which platforms have taken up."""

    targets: Targets
    remedies: Remedies
    checklist: Checklist
    advice: AdviceList
    words: PracticeWords
    completion: Completion
    cells: CellWords
