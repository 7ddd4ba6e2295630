"""Answers as frozen values: what they hold is what the description of the API says; here notes, counts, receipts.

Packs, batches, drafts and webhooks have their own modules beside this one.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from casefile.fields.base import LocalText, Text, Time, Words
from casefile.fields.claim import Submission
from casefile.json_model import JsonModel
from jobs.records.notes import OutcomeRecord, Screenshot, SubmissionRecord
from jobs.records.receipt import ErasureReceipt
from jobs.records.verification import Verification


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

    def recorded(self, now: dt.datetime, screenshot: Screenshot | None = None) -> SubmissionRecord:
        """As it is kept, with the picture of the confirmation."""
        told = self.model_dump(mode="json")
        return SubmissionRecord(**told, screenshot=screenshot, recorded_at=now.isoformat())


class PersonAsked(Words):
    """Who is to be erased; at least one of the three."""

    order_id: Annotated[str, Field(max_length=300)] | None = Field(
        default=None, description="The id of an order of theirs"
    )
    email: Annotated[str, Field(max_length=300)] | None = Field(default=None, description="Their e-mail address")
    name: Annotated[str, Field(max_length=300)] | None = Field(
        default=None, description="Their name as cases and sheets hold it"
    )


class OutcomeNote(Words):
    """How the dispute ended."""

    outcome: Literal["won", "lost", "withdrawn"] = Field(description="How it ended")
    why: LocalText | None = Field(default=None, description="Why it ended so, as the platform says it")
    at: Time | None = Field(default=None, description="When it ended")

    def recorded(self, now: dt.datetime) -> OutcomeRecord:
        """As it is kept."""
        return OutcomeRecord(**self.model_dump(mode="json"), recorded_at=now.isoformat())


class LetterOfPack(Words):
    """Names the pack whose letter is wanted."""

    pack_id: Text = Field(description="The id of the pack")


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
