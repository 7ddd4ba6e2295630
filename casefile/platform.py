"""Receivers as data: marketplaces and payment processors with their procedures, deadlines, limits and evidence.

Checks know *how*, platforms know *how much*: no platform's name or number stands in code. Every value names a source of the
file's ``[sources]`` table; the loader refuses an unknown one.
"""

import re
from typing import Literal

from pydantic import model_validator

from casefile.case import Reason
from casefile.fields.base import LanguageTag, Words
from casefile.fields.files import Kind
from casefile.sources import Confidence, Source, SourceId

LocalName = dict[str, str]
"""Text per language; English is always there."""

SubjectKind = Literal["order", "orders", "listing", "account", "shipment", "charge"]
Duration = str
"""``48h`` hours, ``30d`` calendar days, ``3bd`` business days of the site."""

_DURATION = re.compile(r"(\d{1,4})(h|d|bd)")

Datum = Literal[
    "tracking_number", "delivered", "delivered_date", "dispatched_date", "order_id", "refunded", "buyer_contact",
    "postal_code", "amount", "any_text",
]  # fmt: skip
"""What must be read inside an exhibit for a proposition to count as shown."""


def duration_parts(duration: Duration) -> tuple[int, str]:
    """``"48h"`` as (48, "h").

    Raises:
        ValueError: it is not written like 48h, 30d or 3bd.
    """
    match = _DURATION.fullmatch(duration)
    if not match:
        raise ValueError(f"{duration!r} is not written like 48h, 30d or 3bd")
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
    currency: str
    paper: Literal["a4", "letter"] = "a4"
    day_first: bool = True
    hosts: tuple[str, ...] = ()
    reading_languages: tuple[LanguageTag, ...] = ()
    source: SourceId | None = None


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
    paragraph_lines: int | None = None
    file_name_pattern: str | None = None
    languages: tuple[LanguageTag, ...] = ()
    """Languages the letter may be written in; empty: the site's and English."""
    source: SourceId
    text_source: SourceId | None = None


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
    type: str = "Evidence"
    """The file name's ``{type}``."""
    source: SourceId


class Step(Words):
    """One thing a person does; ``confirm`` is the rule code that asks whether it is done."""

    text: LocalName
    confirm: str | None = None
    source: SourceId | None = None


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
    source: SourceId | None = None
    """Where its form (letter, file name, what it asks for) comes from."""

    def evidence_for(self, reason: str | None) -> tuple[Evidence, ...]:
        """The propositions of this reason, in the file's order."""
        return tuple(evidence for evidence in self.evidence if reason in evidence.reasons)


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
