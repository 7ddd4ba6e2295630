"""What an answer rests on, and the money of the case, as the report tells both: frozen values in the contract's shape."""

from typing import Literal

from pydantic import Field

from casefile.json_model import JsonModel
from evidence_packer.report.exhibit_shape import ISO, Printed


class ReportCitation(JsonModel):
    """A page of an exhibit."""

    number: int = Field(description="Number of the exhibit")
    page: Printed


class ReportNeed(JsonModel):
    """What a ground needs."""

    name: str = Field(description="The proposition or question, as a stable name")
    get: str = Field(description="What to get where it is missing")
    decides: bool = Field(description="Whether the ground stands or falls with it; else it only strengthens it")
    met: bool = Field(default=False, description="Whether it is there")


class ReportGround(JsonModel):
    """Something that the answer can rest on."""

    id: str = Field(description="Stable name of the ground")
    name: str = Field(description="Why the seller should not answer for it, in the reader's language")
    holds: bool = Field(description="Whether everything that it needs is there; the first that holds leads the letter")
    missing: tuple[ReportNeed, ...] = Field(default=(), description="What is missing")
    exhibits: tuple[ReportCitation, ...] = Field(default=(), description="The exhibits behind it")
    asks: tuple[str, ...] = Field(default=(), description="What is asked for: verb and object, as stable names")
    source: str = Field(description="Where the rule behind it comes from")
    confidence: str = Field(description="How well the source is known: P is the receiver's own page")


class ReportSum(JsonModel):
    """An amount of money."""

    amount: str = Field(description="Decimal number as text, such as `37.48`")
    currency: str = Field(description="ISO 4217, such as `USD`")


class ReportAsk(JsonModel):
    """What is asked of whoever decides."""

    verb: str = Field(
        description="deny, release, reimburse, fund, limit, reinstate, remove, exclude, record, retract or cancel"
    )
    object: str = Field(description="Of what: claim, return, order, metric, account, listing …")
    amount: ReportSum | None = Field(default=None, description="The sum that is meant; null where none is")


class ReportLeading(JsonModel):
    """The ground that leads the answer."""

    id: str = Field(description="Stable name of the ground")
    name: str = Field(description="Why the seller should not answer for it, in the reader's language")
    answer: str = Field(
        default="",
        description="The sentence that the letter opens with, in its language; empty where no letter was written",
    )
    ask: ReportAsk = Field(description="What is asked for")
    needs: tuple[ReportNeed, ...] = Field(default=(), description="What it needs, and what only helps it")
    avoid: tuple[str, ...] = Field(
        default=(), description="What must not be said, done or sent, and why, in the reader's language"
    )


class ReportMoneyBack(JsonModel):
    """One refund that was made."""

    amount: ReportSum = Field(description="How much went back")
    at: str | None = Field(default=None, description=f"When ({ISO})")
    id: str | None = Field(default=None, description="Its id on the platform")
    reference: str | None = Field(default=None, description="What the buyer's bank finds it by, such as an ARN")
    by: Literal["seller", "platform", "carrier"] | None = Field(default=None, description="Who made it")
    shown: bool = Field(default=False, description="Whether an exhibit shows it")


class ReportLedger(JsonModel):
    """What was paid, what went back, what is disputed and what is still open; null where it is not known."""

    paid: ReportSum | None = Field(default=None, description="What the order cost")
    refunded: tuple[ReportMoneyBack, ...] = Field(default=(), description="What went back to the buyer")
    withheld: ReportSum | None = Field(default=None, description="What the receiver has taken or holds already")
    disputed: ReportSum | None = Field(default=None, description="What is claimed")
    net: ReportSum | None = Field(default=None, description="What of it is still open, never more than was kept")
