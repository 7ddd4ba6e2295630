"""Answers as frozen values: what they hold is what the description of the API says; here problems, notes, counts, receipts.

Packs, batches, drafts and webhooks have their own modules beside this one.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from casefile.fields.base import LocalText, Text, Time, Words
from casefile.fields.claim import Submission
from casefile.json_model import JsonModel
from jobs.records.receipt import ErasureReceipt
from jobs.records.verification import Verification


def is_none(value: object) -> bool:
    """Whether a member is left out of an answer."""
    return value is None


class FaultAnswer(JsonModel):
    """One wrong field."""

    pointer: str = Field(description="JSON pointer into what was sent", examples=["/order/id"])
    code: str = Field(description="Stable code of what is wrong", examples=["field-unknown"])
    message: str = Field(description="What is wrong and what to do, in the language of the request")


class ProblemAnswer(JsonModel):
    """Why a request was refused (RFC 9457); a problem may have further members."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Stable name of the problem", examples=["urn:evidence-packer:problem:case-invalid"])
    title: str = Field(description="What happened, in one line")
    status: int = Field(description="The HTTP status")
    detail: str = Field(description="What happened, why, and what to do")
    instance: str = Field(description="The address that was asked")
    code: str = Field(description="Stable code, explained in docs/messages.md", examples=["case-invalid"])
    request_id: str = Field(description="The id of this request, for questions to whoever runs the service")
    errors: tuple[FaultAnswer, ...] = Field(default=(), description="Every wrong field")


class ErasureDone(ErasureReceipt):
    """The receipt of this request."""

    request_id: str = Field(description="The id of this request, for questions to whoever runs the service")


class ErasureList(JsonModel):
    """Receipts from the newest on."""

    items: tuple[ErasureReceipt, ...] = Field(description="The receipts of this page")
    next_cursor: str | None = Field(description="`cursor` of the next page; null on the last one")


class VerifyAnswer(Verification):
    """How every file of a pack stands: intact, altered, missing, unlisted, contradictory, unreadable or not_given."""

    request_id: str = Field(description="The id of this request, for questions to whoever runs the service")


class SubmissionNote(Submission):
    """What was sent to the platform, and when."""

    note: LocalText | None = Field(default=None, description="Anything worth remembering about it")


class PersonAsked(Words):
    """Who is to be erased; at least one of the three."""

    order_id: Annotated[str, Field(max_length=300)] | None = None
    email: Annotated[str, Field(max_length=300)] | None = None
    name: Annotated[str, Field(max_length=300)] | None = None


class OutcomeNote(Words):
    """How the dispute ended."""

    outcome: Literal["won", "lost", "withdrawn"] = Field(description="How it ended")
    why: LocalText | None = Field(default=None, description="Why it ended so, as the platform says it")
    at: Time | None = Field(default=None, description="When it ended")


class LetterOfPack(Words):
    """Names the pack whose letter is wanted."""

    pack_id: Text


class SentenceAnswer(JsonModel):
    """One ready sentence: named by ``code`` in the list ``field`` of a case, its ``slots`` filled, it is said by the letter."""

    code: str = Field(description="Name of the sentence", examples=["carrier_pickup_missed"])
    use: Literal["cause", "action", "prevention", "fact"] = Field(description="What the sentence is for")
    field: str = Field(description="The list of the case it belongs to", examples=["root_causes"])
    scenario: str = Field(description="What happened, as a stable name", examples=["carrier"])
    scenario_name: dict[str, str] = Field(description="What happened in words, by language")
    slots: dict[str, Literal["text", "number", "date", "carrier"]] = Field(
        description="Values it needs, and what each is"
    )
    confesses: bool = Field(description="It owns up to a fault, so only a letter that accepts the point says it")
    text: dict[str, str] = Field(description="How it reads, by language, with `{slot}` where a value goes")


class SentencesAnswer(JsonModel):
    """The sentence bank."""

    items: tuple[SentenceAnswer, ...] = Field(description="The sentences in their order")
