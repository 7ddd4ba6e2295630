"""One way to answer on a platform: its letter, dates, limits, evidence, steps, and the ways that are shut."""

from typing import Literal

from casefile.case import Case, Reason
from casefile.condition import Condition
from casefile.fields.base import Money, Words
from casefile.rules import DeadlineRule, EvidenceField, EvidenceRule, EvidenceType, Limits, LocalName
from casefile.sources import SourceId

_TOLD = frozenset({"order_placed", "handed_to_carrier", "delivered", "buyer_answered", "refund_made", "service_used"})
"""Propositions that a letter states whenever the case states them, whatever the reason."""

SubjectKind = Literal["order", "orders", "listing", "account", "shipment", "charge"]


class Step(Words):
    """One thing a person does; ``confirm`` is the rule code that asks whether it is done."""

    text: LocalName
    confirm: str | None = None
    when: Condition = Condition()
    source: SourceId | None = None
    rules: tuple[str, ...] = ()


class Stop(Words):
    """A way that is shut in some cases, why, and which way is open instead (``instead`` names a procedure of the file)."""

    id: str
    when: Condition = Condition()
    severity: Literal["blocker", "warning", "advice"] = "blocker"
    text: LocalName
    instead: str | None = None
    source: SourceId
    rules: tuple[str, ...] = ()


class Recommendation(Words):
    """What to do where the condition holds, and why; the first that holds decides."""

    when: Condition = Condition()
    recommend: Literal["contest", "settle", "accept", "no_action"]
    because: LocalName
    source: SourceId


class Closing(Words):
    """Who closes the matter with which button, for the neutral last sentence of a message to the buyer."""

    who: Literal["buyer", "seller", "platform", "both"]
    button: str | None = None
    """As the platform's page writes it."""
    text: LocalName
    """What to do, in words a buyer understands; never a condition."""
    source: SourceId
    rules: tuple[str, ...] = ()


class Ceiling(Words):
    """The most that can be claimed."""

    amount: Money
    source: SourceId
    rules: tuple[str, ...] = ()


class Procedure(Words):
    """One way to answer on this platform."""

    name: LocalName
    subject: SubjectKind
    audience: Literal["platform", "buyer", "complainant", "issuer"] = "platform"
    reasons: tuple[Reason, ...]
    letter: str
    """Letter kind, a file in ``templates/letters/``."""
    file_name: str
    """Name pattern without extension: ``{order_id} {asin} {date} {type} {nn}``."""
    ask: tuple[str, ...] = ()
    """JSON pointers the form asks for first."""
    required: tuple[str, ...] = ()
    """JSON pointers without which the case is incomplete."""
    deadlines: tuple[DeadlineRule, ...] = ()
    limits: Limits
    evidence: tuple[EvidenceRule, ...] = ()
    delivery: str = "single_pdf"
    fields: tuple[EvidenceField, ...] = ()
    """The evidence form, for deliveries of one file per field."""
    json_shape: Literal["none", "evidence_object", "evidence_list"] = "none"
    """How the receiver's interface takes the form: one object of fields, or a list of evidences with their documents."""
    takes_prior_payments: bool = False
    """Whether its interface takes earlier undisputed payments in a form of their own (Compelling Evidence 3.0)."""
    signature_needed: bool = False
    steps: tuple[Step, ...] = ()
    never: tuple[Step, ...] = ()
    """What cannot be done here (withdrawn, appealed) and the right way instead."""
    stops: tuple[Stop, ...] = ()
    recommend: tuple[Recommendation, ...] = ()
    evidence_types: tuple[EvidenceType, ...] = ()
    closing: Closing | None = None
    ceiling: Ceiling | None = None
    sites: tuple[str, ...] = ()
    """Sites on which it exists; empty: all."""
    required_for: dict[str, tuple[Reason, ...]] = {}
    """JSON pointers that are needed for some reasons only."""
    notice_words: tuple[str, ...] = ()
    """What the platform's notices call it; recognises a notice that belongs to another procedure."""
    chargeback: bool = False
    """The buyer's bank or wallet took the money back: a refund now would pay twice."""
    seeks: Literal["decision", "reimbursement"] = "decision"
    """Whether a claim is answered, or money asked back that has left the seller already."""
    penalty: bool = False
    """A violation with its points is appealed: what is asked for is that it be cancelled."""
    new_evidence_only: bool = False
    """The same evidence a second time is not read."""
    source: SourceId | None = None
    """Where its form (letter, file name, what it asks for) comes from."""

    def evidence_for(self, reason: str | None) -> tuple[EvidenceRule, ...]:
        """The propositions of this reason, in the file's order."""
        return tuple(evidence for evidence in self.evidence if reason in evidence.reasons)

    def needed(self, case: Case) -> tuple[EvidenceRule, ...]:
        """The propositions of the case's reason that its state asks for, in the file's order."""
        fulfilment = case.order.fulfilment if case.order else None
        return tuple(
            evidence
            for evidence in self.evidence_for(case.reason)
            if (fulfilment is None or fulfilment not in evidence.unless_fulfilled_by) and evidence.when.holds(case)
        )

    def told_anyway(self, case: Case) -> tuple[EvidenceRule, ...]:
        """The rows by which a fact that every letter states is proved, where only other reasons of the procedure ask for it."""
        asked = {evidence.proposition for evidence in self.needed(case)}
        rows = (evidence for evidence in self.evidence if evidence.proposition in _TOLD)
        return tuple({row.proposition: row for row in rows if row.proposition not in asked}.values())

    def fields_for(self, reason: str | None) -> tuple[EvidenceField, ...]:
        """The fields of the evidence form that are asked for with this reason."""
        return tuple(field for field in self.fields if not field.reasons or reason in field.reasons)

    def sources_used(self) -> frozenset[SourceId]:
        """Every source the procedure names."""
        return frozenset(source_ids(self.model_dump()))


def source_ids(value: object) -> list[str]:
    """Every source that a value of a data file names, at any depth."""
    found: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"source", "warn_source", "block_source", "text_source"} and isinstance(inner, str):
                found.append(inner)
            elif key != "sources":
                found += source_ids(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            found += source_ids(inner)
    return found
