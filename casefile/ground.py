"""A ground: why the seller should not answer for the claim, with what it rests on, how it is argued, and what is asked for it.

Grounds are data (``practice/grounds/<id>.toml``), so that an argument is mended where its source stands. What of them holds in a
case is decided once (``evidence_packer/judge/grounds.py``); letter, advice and report look at that.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from pydantic import model_validator

from casefile.case import Reason
from casefile.citation import Citation
from casefile.condition import Condition
from casefile.coverage import CoverageStatus
from casefile.fields.base import Money, Words
from casefile.fields.files import Kind
from casefile.fields.people import Address
from casefile.procedure import Recommendation, SubjectKind
from casefile.proofs import Proofs
from casefile.rules import Duration, LocalName, Proof
from casefile.sources import Source, SourceId

Verb = Literal[
    "deny", "reimburse", "release", "fund", "reinstate", "remove", "exclude", "record", "limit", "retract", "cancel",
    "by_ledger",
]  # fmt: skip
"""What the receiver is asked to do. ``fund``: to pay the buyer itself. ``remove``: take it out of a metric. ``exclude``: leave
orders out of a count. ``record``: close as the buyer agreed. ``cancel``: take a violation back. ``limit``: to no more than what is
open. ``by_ledger``: deny, release or reimburse, whichever the money asks for: nothing is left with the seller that was taken
already."""

AskObject = Literal[
    "claim",
    "return",
    "order",
    "orders",
    "metric",
    "account",
    "listing",
    "stock",
    "complaint",
    "sum",
    "loss",
    "violation",
]

Question = Literal[
    "label_protected", "scanned_in_time", "one_parcel", "several_parcels", "every_parcel",
    "some_parcels_open", "open_parts_refunded", "replaced", "buyer_accepted",
    "refunded_before", "refunded_after", "refunded_in_part", "refund_reference", "serial_differs", "weight_differs",
    "return_received", "return_late", "used_after_claim", "used", "policy_shown_before", "two_orders",
    "prior_payments", "prior_payments_match", "claim_late", "buyer_withdrew", "units_missing", "value_known",
    "supplier_reachable", "authenticated", "dispatched_in_time",
    "delivered_in_time", "delivered_after_claim", "refund_accepted", "condition_alone", "weight_alone", "contents_disputed",
    "weighed", "return_open", "nothing_refunded", "refunded", "card_matched",
    "marketplace_fulfilled", "handover_failed", "return_due", "claim_early", "return_arranged",
    "wrote_before_claim", "orders_scanned", "listing_answers",
    "collected", "redirected", "in_person", "weighed_full", "duties_unpaid", "same_ip", "duplicate_refunded", "open_not_due",
    "nothing_sent", "billing_is_delivery",
]  # fmt: skip
"""What can be asked of a case; ``evidence_packer/judge/ground_questions.py`` answers each with yes, no, or not known."""

ValueName = Literal[
    "platform", "carrier", "number", "delivered_at", "delivered_to", "signed_by", "first_scan_at", "ship_by_at",
    "deliver_by_at", "count", "delivered_count",
    "parcel_number", "open_number", "open_value", "replacement_carrier", "replacement_at", "accepted_at", "accepted_words",
    "refunded",
    "refunded_at", "reference", "claimed_at", "disputed", "net", "serial_sent", "serial_received", "weight_sent",
    "weight_received", "condition", "return_at", "requested_at", "used_at", "use_count",
    "policy_at", "policy_where", "order", "other_order",
    "other_amount", "prior_first", "prior_second", "elements", "window_until", "agreed_at", "agreed_words", "shipped",
    "received", "missing", "value", "unit_cost", "shipment", "supplier", "units", "invoices", "orders", "item",
    "only_order", "settled_at", "settled_words", "parcel_weight", "linked", "goods", "removal",
    "offered_at", "offered_words", "waited_at", "wrote_at", "wrote_words", "received_at", "received_words", "carrier_weight", "ip",
    "town", "listing_words", "scanned_at", "due_at",
]  # fmt: skip
"""What the texts of grounds may name between braces."""

Value = dt.datetime | Money | Address | int | str | tuple[str, ...] | Mapping[str, str]
"""A moment, a sum, a place, a count, words as they stand, keys of texts to be listed, or words per language."""


class Ask(Words):
    """What is asked of whom decides: ``ground.ask.<verb>.<object>``, with ``_sum`` behind it where a sum is named."""

    verb: Verb
    object: AskObject
    procedures: tuple[str, ...] = ()
    """Asked in these procedures only, where any are named."""

    @property
    def key(self) -> str:
        """The key of its text."""
        return f"ground.ask.{self.verb}.{self.object}"


class Argument(Words):
    """One sentence behind the answer (``ground.<id>.argue.<say>``), said where every value that it names is known.

    ``by``: propositions whose exhibits stand behind it; ``kinds``: else exhibits of these kinds. ``on_record``: it may be said
    without an exhibit, as the seller's record. ``words``: it rests on the buyer's own words, and cites the page that has them. One
    that has nothing of all that is an argument and needs no exhibit.
    """

    say: str
    by: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    on_record: bool = False
    words: bool = False
    question: Question | None = None
    """Said only where this is answered yes."""

    @property
    def states(self) -> bool:
        """Whether it states a fact that an exhibit could show."""
        return bool(self.by or self.kinds or self.on_record or self.words)


class Need(Words):
    """What has to be there: a proposition of which exhibits of ``kinds`` tell at least ``enough``, or a question answered yes.

    ``helps``: it strengthens the ground, which holds without it. ``get``: what to get where it is missing.
    """

    proposition: str | None = None
    question: Question | None = None
    kinds: tuple[Kind, ...] = ()
    enough: CoverageStatus = "attached"
    proof: Proof = Proof()
    """What a page has to say, from ``practice/proofs.toml``."""
    helps: bool = False
    always_helps: bool = False
    """It does no more than help where the receiver requires it for other answers, and its opposite does not break the ground."""
    breaks: bool = True
    """Whether its opposite breaks the ground: who signed at the door changes nothing of where the parcel came."""
    get: LocalName

    @model_validator(mode="after")
    def _one_of_both(self) -> "Need":
        if (self.proposition is None) == (self.question is None):
            raise ValueError("a need names a proposition or a question")
        if self.proposition and not self.kinds:
            raise ValueError(f"need {self.proposition}: without kinds no exhibit is heard")
        return self

    @property
    def name(self) -> str:
        """The proposition or the question."""
        return self.proposition or self.question or ""


class Avoid(Words):
    """What must not be said, done or sent, and why; told as a finding where the ground holds and the condition does."""

    id: str
    when: Condition = Condition()
    severity: Literal["warning", "advice"] = "warning"
    text: LocalName


class Window(Words):
    """How long a buyer may claim: from the latest known of ``counts_from``, on some platforms or for some card networks."""

    platforms: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    counts_from: tuple[str, ...]
    """JSON pointers."""
    after: Duration
    source: SourceId


class Ground(Words):
    """``practice/grounds/<id>.toml``; an empty field of the scope does not narrow."""

    id: str
    name: LocalName
    """Why the seller should not answer for it, in a few words for the operator."""
    platforms: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    subjects: tuple[SubjectKind, ...] = ()
    chargeback: bool | None = None
    seeks: Literal["decision", "reimbursement"] | None = None
    reasons: tuple[Reason, ...] = ()
    when: Condition = Condition()
    questions: tuple[Question, ...] = ()
    """Answered yes, or the ground does not come into question at all."""
    weight: int
    """Of two grounds that hold, the heavier leads."""
    answers: tuple[str, ...] = ("answer",)
    """The one sentence that opens the letter: ``ground.<id>.<answer>``, the first whose values are all known."""
    argue: tuple[Argument, ...] = ()
    needs: tuple[Need, ...] = ()
    ask: Ask
    also_ask: tuple[Ask, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    damages: tuple[str, ...] = ()
    """What weakens it and is not said: ``complaint`` (the buyer's first words), ``cause`` (a root cause of our own), ``remedy``
    (an offer), ``first_parcel`` (what was sent wrongly), ``hand_over`` (our own time where the carrier's counts)."""
    odds: tuple[str, ...] = ()
    """Grounds that cannot hold beside it: where one does, a person has to say which is so."""
    advice: Literal["contest", "settle"] = "contest"
    concedes: tuple[str, ...] = ()
    """Propositions that it grants to be otherwise: that they are missing or contradicted is no weakness where it leads."""
    goods_return: bool = False
    """Whether something of the sum may be owed once the goods are back with the seller, so that none is called not owed."""
    outweighs: bool = False
    """Whether it is argued even where the platform's own data advise to settle or accept: what they advise would pay twice, or
    forfeit a protection."""
    windows: tuple[Window, ...] = ()
    source: SourceId
    sources: dict[str, Source]

    @model_validator(mode="after")
    def _sourced(self) -> "Ground":
        for used in (self.source, *(window.source for window in self.windows)):
            if used not in self.sources:
                raise ValueError(f"source {used!r} is not in [sources]")
        return self

    def with_proofs(self, proofs: Proofs) -> Self:
        """The ground, each need of which says what proves its proposition."""
        proved = [need.model_copy(update={"proof": proofs.of(need.name)}) for need in self.needs]
        return self.model_copy(update={"needs": tuple(proved)})


def yields(row: Recommendation, leading: "StandingGround") -> bool:
    """Whether a row of a platform yields to the ground that leads: where it gives up for want of evidence, or would do harm."""
    gives_up = row.recommend in {"settle", "accept"}
    return gives_up and (leading.ground.outweighs or bool(row.when.lacking))


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingArgument:
    """An argument that can be made: the key of its text, and the exhibits behind it with how far they carry it."""

    key: str
    citations: tuple[Citation, ...] = ()
    proof: CoverageStatus = "missing"
    states: bool = True
    """Whether it states a fact; without an exhibit that is told as the seller's record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingGround:
    """A ground that comes into question in a case: whether it holds, what is missing, and how it is said.

    ``answer``: key of the sentence that opens the letter. ``values``: what the texts name, known ones only. ``ask``: with the verb
    that the ledger asks for. ``requests``: keys of the sentences that ask, the main one first. ``citations``: the exhibits behind
    the answer. ``missing`` holds what only helps too.
    """

    ground: Ground
    holds: bool
    answer: str
    missing: tuple[Need, ...] = ()
    citations: tuple[Citation, ...] = ()
    proof: CoverageStatus = "missing"
    arguments: tuple[StandingArgument, ...] = ()
    ask: Ask
    requests: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The ground's id."""
        return self.ground.id

    @property
    def excuses(self) -> bool:
        """Whether it names a cause that was not the seller's: it leads even where the seller accepts what is said and plans."""
        return self.ask.verb == "exclude"

    def asks_for(self, proposition: str) -> bool:
        """Whether a proposition matters to it at all."""
        return any(need.proposition == proposition for need in self.ground.needs)

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of evidence that speak for it."""
        of_needs = (kind for need in self.ground.needs for kind in need.kinds)
        return frozenset((*of_needs, *(kind for one in self.ground.argue for kind in one.kinds)))

    @property
    def lacking(self) -> tuple[Need, ...]:
        """What is missing for it to hold."""
        return tuple(need for need in self.missing if not need.helps)
