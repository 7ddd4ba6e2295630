"""Receivers as data: marketplaces and payment processors with their procedures, deadlines, limits and evidence.

Checks know *how*, platforms know *how much*: no platform's name or number stands in code. Every value names a source of the
file's ``[sources]`` table; the loader refuses an unknown one.
"""

import datetime as dt
import re
from typing import Literal

from pydantic import model_validator

from casefile.case import Case, Reason
from casefile.condition import Condition
from casefile.fields.base import LanguageTag, Money, Words
from casefile.fields.files import Kind
from casefile.sources import Confidence, Source, SourceId

LocalName = dict[str, str]
"""Text per language; English is always there."""

SubjectKind = Literal["order", "orders", "listing", "account", "shipment", "charge"]
Duration = str
"""``48h`` hours, ``30d`` calendar days, ``3bd`` business days and ``8bh`` business hours of the site."""

_DURATION = re.compile(r"(\d{1,4})(h|d|bd|bh)")

Datum = Literal[
    "tracking_number", "delivered", "delivered_date", "dispatched_date", "order_id", "refunded", "buyer_contact",
    "postal_code", "amount", "signed", "settled", "passed", "use_time", "buyer", "listing", "policy", "paper",
]  # fmt: skip
"""What must be read inside an exhibit for a proposition to count as shown."""


def duration_parts(duration: Duration) -> tuple[int, str]:
    """``"48h"`` as (48, "h").

    Raises:
        ValueError: it is not written like 48h, 30d, 3bd or 8bh.
    """
    match = _DURATION.fullmatch(duration)
    if not match:
        raise ValueError(f"{duration!r} is not written like 48h, 30d, 3bd or 8bh")
    return int(match[1]), match[2]


class Identifier(Words):
    """How one of the platform's ids is written; ``field`` is a JSON pointer such as ``/order/id``."""

    field: str
    name: LocalName
    pattern: str
    severity: Literal["blocker", "warning", "advice"] = "warning"
    date_format: str | None = None
    """``strptime`` format of the date that ``date_part`` (a regular expression's group 1) holds, if any."""
    date_part: str | None = None
    in_text: bool = True
    """Whether other ids of this form in an image are worth naming (false where any number would match)."""
    source: SourceId
    valid: tuple[str, ...]
    invalid: tuple[str, ...] = ()

    def matches(self, value: str) -> bool:
        """Whether the whole ``value``, trimmed and ignoring case, has this form."""
        return re.fullmatch(self.pattern, value.strip(), re.IGNORECASE) is not None


class Site(Words):
    """One country site: zone, currency, languages, paper and how it writes days and months."""

    zone: str
    language: LanguageTag
    """In which the platform's staff read."""
    buyer_language: LanguageTag | None = None
    """In which buyers write, where it is another."""
    currency: str
    paper: Literal["a4", "letter"] = "a4"
    day_first: bool = True
    hosts: tuple[str, ...] = ()
    reading_languages: tuple[LanguageTag, ...] = ()
    holidays: str | None = None
    """Country (ISO 3166 alpha-2) whose public holidays are no business days; absent: the site's own code."""
    open_hours: tuple[dt.time, dt.time] = (dt.time(), dt.time())
    """When business hours run, in the site's zone; equal values: all day."""
    source: SourceId | None = None

    def read_by(self, audience: str) -> LanguageTag:
        """The language in which this audience reads here."""
        return self.buyer_language or self.language if audience == "buyer" else self.language


class DeadlineRule(Words):
    """A time limit on two levels; each level may count from another moment (JSON pointers, the earliest known counts)."""

    id: str
    name: LocalName
    counts_from: tuple[str, ...]
    warn_from: tuple[str, ...] = ()
    warn_after: Duration | None = None
    warn_source: SourceId | None = None
    block_after: Duration | None = None
    block_source: SourceId | None = None
    reasons: tuple[Reason, ...] = ()
    sites: tuple[str, ...] = ()
    """Sites it holds on; empty: all."""
    who: Literal["us", "platform", "buyer"] = "us"
    """Who has to act by then; only our own dates can be missed by us."""
    done_by: tuple[str, ...] = ()
    """Pointers that end the clock when set, such as ``/submission/at``."""
    rules: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _written_well(self) -> "DeadlineRule":
        for after, source in ((self.warn_after, self.warn_source), (self.block_after, self.block_source)):
            if after is not None:
                duration_parts(after)
                if source is None:
                    raise ValueError(f"deadline {self.id}: each level needs its source")
        return self


class Limits(Words):
    """What may be uploaded and typed; ``None`` means no limit is known, and then nothing is cut."""

    formats: tuple[str, ...] = ("pdf", "jpg", "png")
    max_file_bytes: int | None = None
    max_files: int | None = None
    max_total_bytes: int | None = None
    max_pages: int | None = None
    max_dpi: int | None = None
    colour: Literal["colour", "grey", "bw"] = "colour"
    """What the receiver prints or keeps: ``grey`` or ``bw`` (black and white) turn every submitted PDF into such pages."""
    text_chars: int | None = None
    total_text_chars: int | None = None
    """All text fields of the evidence form together."""
    paragraph_lines: int | None = None
    file_name_pattern: str | None = None
    languages: tuple[LanguageTag, ...] = ()
    """Languages the letter may be written in; empty: the site's and English."""
    source: SourceId
    text_source: SourceId | None = None


_TOLD = frozenset({"order_placed", "handed_to_carrier", "delivered", "buyer_answered", "refund_made", "service_used"})
"""Propositions that a letter tells whenever the case states them, whatever the reason."""


class Evidence(Words):
    """One proposition to prove for some reasons, and the kinds of evidence that prove it (text: ``proposition.<id>``)."""

    proposition: str
    reasons: tuple[Reason, ...]
    kinds: tuple[Kind, ...]
    data: tuple[Datum, ...] = ()
    """Shown only when every one of these was read in one exhibit of ``kinds``."""
    required: bool = False
    optional: bool = False
    """Strengthens the case; its absence is only advice."""
    unless_fulfilled_by: tuple[str, ...] = ()
    """Order fulfilments for which it is not needed (``marketplace``)."""
    when: Condition = Condition()
    """What else has to hold: an amount, a ground, a topic."""
    source: SourceId
    rules: tuple[str, ...] = ()


class EvidenceField(Words):
    """One field of the receiver's evidence form: a file with exhibits of some kinds, a text from the case, or the letter.

    A file field without ``kinds`` takes what no other field asks for. ``pointers``: the first that the case has is the text.
    """

    name: str
    holds: Literal["file", "text", "letter"]
    kinds: tuple[Kind, ...] = ()
    pointers: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    """Reasons for which it is asked; empty: all."""
    type: str = "Evidence"
    """The file name's ``{type}``."""
    source: SourceId


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


class EvidenceType(Words):
    """What the receiver calls a kind of evidence (``PROOF_OF_DELIVERY_SIGNATURE``), and for which reasons it asks for it.

    ``form`` says whether it takes a file or text; ``value`` is the JSON pointer of a plain value.
    """

    name: str
    form: Literal["file", "text"] = "file"
    kinds: tuple[Kind, ...] = ()
    reasons: tuple[Reason, ...] = ()
    value: str | None = None
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
    evidence: tuple[Evidence, ...] = ()
    delivery: str = "single_pdf"
    fields: tuple[EvidenceField, ...] = ()
    """The evidence form, for deliveries of one file per field."""
    json_shape: Literal["none", "evidence_object", "evidence_list"] = "none"
    """How the receiver's interface takes the form: one object of fields, or a list of evidences with their documents."""
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
    """What the platform's notices call it; tells a notice that belongs to another procedure."""
    chargeback: bool = False
    """The buyer's bank or wallet took the money back: a refund now would pay twice."""
    new_evidence_only: bool = False
    """The same evidence a second time is not read."""
    source: SourceId | None = None
    """Where its form (letter, file name, what it asks for) comes from."""

    def evidence_for(self, reason: str | None) -> tuple[Evidence, ...]:
        """The propositions of this reason, in the file's order."""
        return tuple(evidence for evidence in self.evidence if reason in evidence.reasons)

    def needed(self, case: Case) -> tuple[Evidence, ...]:
        """The propositions of the case's reason that its state asks for, in the file's order."""
        fulfilment = case.order.fulfilment if case.order else None
        return tuple(
            evidence
            for evidence in self.evidence_for(case.reason)
            if (fulfilment is None or fulfilment not in evidence.unless_fulfilled_by) and evidence.when.holds(case)
        )

    def told_anyway(self, case: Case) -> tuple[Evidence, ...]:
        """The rows by which a fact that every letter tells is proved, where only other reasons of the procedure ask for it."""
        asked = {evidence.proposition for evidence in self.needed(case)}
        rows = (evidence for evidence in self.evidence if evidence.proposition in _TOLD)
        return tuple({row.proposition: row for row in rows if row.proposition not in asked}.values())

    def fields_for(self, reason: str | None) -> tuple[EvidenceField, ...]:
        """The fields of the evidence form that are asked for with this reason."""
        return tuple(field for field in self.fields if not field.reasons or reason in field.reasons)

    def sources_used(self) -> frozenset[SourceId]:
        """Every source the procedure names."""
        return frozenset(_source_ids(self.model_dump()))


class Platform(Words):
    """One receiver; ``id`` is the name of its file."""

    id: str
    name: LocalName
    kind: Literal["marketplace", "processor"] = "marketplace"
    default_site: str | None = None
    hosts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """How its pages name it."""
    identifiers: tuple[Identifier, ...] = ()
    sites: dict[str, Site]
    """By ISO 3166 alpha-2; a platform without sites has one called ``ZZ``."""
    procedures: dict[str, Procedure]
    sources: dict[str, Source]

    @model_validator(mode="after")
    def _sources_known(self) -> "Platform":
        for used in _source_ids(self.model_dump()):
            if used not in self.sources:
                raise ValueError(f"source {used!r} is not in [sources]")
        return self

    def confidence(self, source: SourceId | None) -> Confidence:
        """How far a source of this file is trusted; an unnamed one counts as common knowledge."""
        return self.sources[source].confidence if source else "K"

    def country(self, code: str | None) -> str | None:
        """The country whose holidays count on site ``code``; ``None`` where the platform has no countries."""
        known = code if code in self.sites else self.default_site
        own = None if known in {None, "ZZ"} else known
        return self.site(code).holidays or own

    def site(self, code: str | None) -> Site:
        """The site ``code``, else the default site, else the first."""
        for wanted in (code, self.default_site):
            if wanted in self.sites:
                return self.sites[wanted or ""]
        return self.sites[min(self.sites)]

    def identifier(self, pointer: str) -> Identifier | None:
        """How the id in this field is written here, if the file says so."""
        return next((identifier for identifier in self.identifiers if identifier.field == pointer), None)


def _source_ids(value: object) -> list[str]:
    found: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"source", "warn_source", "block_source", "text_source"} and isinstance(inner, str):
                found.append(inner)
            elif key != "sources":
                found += _source_ids(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            found += _source_ids(inner)
    return found
