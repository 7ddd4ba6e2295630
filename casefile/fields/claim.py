"""What the buyer or the platform says, and what was said back."""

from typing import Any, Literal

from pydantic import Field

from casefile.fields.base import FileNames, LocalText, Money, Text, Time, Words


class ClaimPoint(Words):
    """One complaint, set against the listing and answered."""

    says: LocalText | None = None
    listing_says: LocalText | None = None
    answer: LocalText | None = None
    files: FileNames = ()


class Claim(Words):
    """The claim, case or chargeback."""

    id: Text | None = None
    status: Literal["open", "waiting_for_us", "under_review", "decided", "closed", "withdrawn"] | None = None
    requested_at: Time | None = None
    opened_at: Time | None = None
    notified_at: Time | None = None
    decided_at: Time | None = None
    debited_at: Time | None = None
    decision: LocalText | None = None
    granted: bool | None = Field(default=None, description="Whether it was decided for the buyer")
    funded_by: Literal["seller", "platform"] | None = Field(default=None, description="Who paid what was granted")
    statement: LocalText | None = None
    amount: Money | None = None
    network: Literal["visa", "mastercard", "amex", "amex_optblue", "discover", "jcb"] | None = None
    network_reason_code: Text | None = None
    points: tuple[ClaimPoint, ...] = ()


class Contact(Words):
    """One message or call about the matter."""

    at: Time | None = None
    from_: Literal["buyer", "seller", "platform", "carrier"] | None = Field(default=None, alias="from")
    channel: Text | None = None
    text: LocalText | None = None
    files: FileNames = ()


class DatedFact(Words):
    """Something that happened: a bank sentence (``code`` + ``slots``) or the seller's own words."""

    at: Time | None = None
    code: Text | None = None
    slots: dict[str, Any] = Field(default_factory=dict)
    text: LocalText | None = None
    files: FileNames = ()


class Deadline(Words):
    """The date the platform named; it decides over every table."""

    at: Time
    source: Literal["notice", "back_office", "email"] | None = None


class Submission(Words):
    """What was already sent to the platform."""

    case_id: Text | None = Field(default=None, description="The id that the platform gave the case")
    at: Time | None = Field(default=None, description="When it was sent")
    messages_sent_at: Time | None = Field(default=None, description="When the buyer was last written to")
    waiting_since: Time | None = Field(default=None, description="Since when the platform waits for an answer")


class RejectionReason(Words):
    """One reason of a refusal with our answer."""

    text: Text | None = None
    answer: LocalText | None = None
    files: FileNames = ()


class Rejection(Words):
    """A refusal of the platform."""

    at: Time | None = None
    submission_id: Text | None = None
    text: Text | None = None
    file: Text | None = None
    reasons: tuple[RejectionReason, ...] = ()


class Confirmation(Words):
    """A person's tick under one rule."""

    value: bool
    at: Time | None = None
    by: Text | None = None
    files: FileNames = ()
