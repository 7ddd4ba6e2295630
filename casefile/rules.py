"""The rules of a procedure as values: dates with two levels, limits, what proves what, fields of an evidence form.

They are read from platform files and card networks alike; every value names its source.
"""

import re
from typing import Literal

from pydantic import model_validator

from casefile.case import Reason
from casefile.condition import Condition
from casefile.fields.base import LanguageTag, Words
from casefile.fields.files import Kind
from casefile.sources import SourceId
from casefile.statement import Recipient, Says, SubjectOfStatement

LocalName = dict[str, str]
"""Text per language; English is always there."""

Duration = str
"""``48h`` hours, ``30d`` calendar days, ``3bd`` business days and ``8bh`` business hours of the site."""

_DURATION = re.compile(r"(\d{1,4})(h|d|bd|bh)")

Datum = Literal[
    "tracking_number", "order_id", "dispatched_date", "address", "amount", "signed", "passed", "use_time", "buyer", "paper",
    "other_charge", "serial", "weight", "goods",
]  # fmt: skip
"""What must be read inside an exhibit beside the statement itself for a proposition to count as shown."""

Quoted = Literal["listing", "policy", "contact"]
"""Whose words, as the case quotes them, have to stand on the page: the listing's, a policy's, the buyer's."""

Speaker = Literal["buyer", "seller", "platform"]
"""Whose message it has to be."""


def duration_parts(duration: Duration) -> tuple[int, str]:
    """``"48h"`` as (48, "h").

    Raises:
        ValueError: it is not written like 48h, 30d, 3bd or 8bh.
    """
    match = _DURATION.fullmatch(duration)
    if not match:
        raise ValueError(f"{duration!r} is not written like 48h, 30d, 3bd or 8bh")
    return int(match[1]), match[2]


class DeadlineRule(Words):
    """A time limit on two levels; each level may count from another moment (JSON pointers, the earliest known counts).

    ``start = "latest"``: the block level counts from the last of its moments, as a limit does that runs from refund or return,
    whichever is later; the warn level keeps to the same.
    """

    id: str
    name: LocalName
    counts_from: tuple[str, ...]
    warn_from: tuple[str, ...] = ()
    warn_after: Duration | None = None
    warn_source: SourceId | None = None
    block_after: Duration | None = None
    block_source: SourceId | None = None
    start: Literal["earliest", "latest"] = "earliest"
    """Which of several known moments starts the clock."""
    reasons: tuple[Reason, ...] = ()
    sites: tuple[str, ...] = ()
    """Sites it holds on; empty: all."""
    when: Condition = Condition()
    """What else has to hold for the clock to run at all."""
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


class Proof(Words):
    """What a page has to say for a proposition to count as shown; without any of it a page is only attached.

    ``says``: one of these statements, ``about`` this subject, ``to`` one of these recipients, in a message ``by`` one of
    these. ``unless``: statements that contradict it, as a delivery does that went ``not_to``. ``quote``: words that the case
    quotes and the page has to hold.
    """

    says: tuple[Says, ...] = ()
    about: SubjectOfStatement | None = None
    to: tuple[Recipient, ...] = ()
    not_to: tuple[Recipient, ...] = ()
    by: tuple[Speaker, ...] = ()
    unless: tuple[Says, ...] = ()
    quote: Quoted | None = None
    data: tuple[Datum, ...] = ()
    """Every one of these has to be read in the same exhibit."""
    decides: bool = True
    """Whether a letter that shows this and nothing else says anything of the claim."""

    @property
    def provable(self) -> bool:
        """Whether a page can show it at all."""
        return bool(self.says or self.data or self.quote)


class EvidenceRule(Proof):
    """One proposition to prove for some reasons, and the kinds of evidence that prove it (text: ``proposition.<id>``).

    What proves it stands in ``practice/proofs.toml``, once for every table; a row may state its own.
    """

    proposition: str
    reasons: tuple[Reason, ...]
    kinds: tuple[Kind, ...]
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
