"""What was read from each file, as frozen values: the exhibits of the report with their facts."""

from typing import Annotated, Literal

from pydantic import Field

from casefile.fields.files import Box as Corners
from casefile.json_model import JsonModel

ISO = "ISO 8601"
Box = Annotated[Corners, Field(description="Left, top, right and bottom edge, each 0 to 1 of the upright page")]
FilePage = Annotated[int, Field(description="Page of the file, counted from 1")]
Printed = Annotated[int, Field(description="Page number as printed in the bundle")]


def rounded(box: Corners) -> Corners:
    """A box to four places, as the report tells it."""
    x0, y0, x1, y1 = (round(edge, 4) for edge in box)
    return x0, y0, x1, y1


class SharpnessFacts(JsonModel):
    """How sharp the least sharp page of a file is."""

    edge_width: float | None = Field(default=None, description="Width of edges in pixels of the least sharp page")
    verdict: Literal["sharp", "soft", "blurred", "no_content"] = Field(
        default="no_content", description="The width in one word"
    )


class TimestampFacts(JsonModel):
    """A date or time read in a file."""

    text: str = Field(description="As the page prints it")
    at: str | None = Field(default=None, description=f"As understood ({ISO}); null when it can mean several days")
    ambiguous: bool = Field(default=False, description="Whether it can mean several days")
    box: Box
    page: FilePage


class OrderIdFacts(JsonModel):
    """An order id read in a file."""

    value: str = Field(description="The id as read")
    matches: bool = Field(description="Whether it is an order id of the case")
    box: Box
    page: FilePage


class TrackingNumberFacts(JsonModel):
    """A tracking number read in a file."""

    value: str = Field(description="The number as read")
    matches: bool = Field(description="Whether it is a tracking number of the case")
    carrier: str | None = Field(default=None, description="The carrier whose pattern it has")
    valid: bool | None = Field(
        default=None, description="Whether the check digit holds; null where the carrier publishes none"
    )
    box: Box
    page: FilePage


class BarcodeFacts(JsonModel):
    """A bar code read in a file."""

    text: str = Field(description="What the code says")
    format: str = Field(description="The kind of bar code")
    box: Box
    page: FilePage


class EventFacts(JsonModel):
    """A status with its time, as a tracking page lists it."""

    status: str = Field(description="What happened")
    at: str | None = Field(default=None, description=f"When it happened ({ISO})")
    place: str | None = Field(default=None, description="Where it happened, as the page says")
    box: Box
    page: FilePage


class StateFacts(JsonModel):
    """What a page says of a parcel, and in which voice."""

    of: str | None = Field(default=None, description="Number of the parcel; null where the page does not tell")
    state: str = Field(description="Where the parcel is, as the tracking aggregators name it")
    to: str | None = Field(default=None, description="Of a delivery, to whom or where")
    at: str | None = Field(default=None, description=f"When ({ISO}), as far as the page prints it")
    place: str | None = Field(default=None, description="Where, as the page says")
    voice: str = Field(
        description="Headline, event, field, message or document assert it; step, tab, help and others do not"
    )
    box: Box
    page: FilePage


class MessageFacts(JsonModel):
    """A message of a conversation."""

    who: str = Field(description="Who wrote it: buyer, seller, platform or unknown")
    name: str | None = Field(default=None, description="The writer's name, as the page shows it")
    at: str | None = Field(default=None, description=f"When it was written ({ISO})")
    text: str = Field(default="", description="Its words, lines joined")
    intents: tuple[str, ...] = Field(
        default=(), description="What the writer intends, as far as the words say it plainly"
    )
    marked: tuple[str, ...] = Field(default=(), description="What a person says that the writer intends")
    channel: str = Field(default="unknown", description="How it went: on_platform, email, chat_app or unknown")
    box: Box
    page: FilePage


class FieldFacts(JsonModel):
    """What a page states under a label."""

    name: str = Field(description="What the label stands for")
    value: str = Field(description="The value beside the label")
    currency: str | None = Field(default=None, description="Currency code of an amount, where the page states one")
    box: Box
    page: FilePage


class ExhibitFacts(JsonModel):
    """What was read from one file."""

    width: int | None = Field(default=None, description="Width of the first page in pixels")
    height: int | None = Field(default=None, description="Height of the first page in pixels")
    text_height_px: float | None = Field(default=None, description="Typical height of a line of text in pixels")
    sharpness: SharpnessFacts = Field(default=SharpnessFacts(), description="How sharp the file is")
    timestamps: tuple[TimestampFacts, ...] = Field(default=(), description="Dates and times read in the file")
    order_ids: tuple[OrderIdFacts, ...] = Field(default=(), description="Order ids read in the file")
    tracking_numbers: tuple[TrackingNumberFacts, ...] = Field(
        default=(), description="Tracking numbers read in the file"
    )
    barcodes: tuple[BarcodeFacts, ...] = Field(default=(), description="Bar codes read in the file")
    events: tuple[EventFacts, ...] = Field(default=(), description="Statuses with their times")
    states: tuple[StateFacts, ...] = Field(default=(), description="What it says of parcels")
    messages: tuple[MessageFacts, ...] = Field(default=(), description="Messages of a conversation")
    fields: tuple[FieldFacts, ...] = Field(default=(), description="Values that stand under labels")
    exif_taken_at: str | None = Field(default=None, description="When the camera says the picture was taken")
    has_text_layer: bool = Field(
        default=False, description="Whether the text was in the file and needed no recognition"
    )


class ReportExhibit(JsonModel):
    """One numbered piece of evidence in the bundle."""

    number: int = Field(description="Number of the exhibit, from 1")
    file: str = Field(description="Name of the uploaded file")
    kind: str = Field(description="What kind of evidence it is")
    kind_proposed: bool = Field(default=False, description="Whether the service proposed the kind")
    kind_reason: str | None = Field(default=None, description="Why this kind was proposed")
    kind_words: tuple[str, ...] = Field(default=(), description="Words on the page that speak for the kind")
    caption: str = Field(default="", description="Title of the exhibit in the bundle's language")
    sha256: str = Field(default="", description="SHA-256 of the uploaded file")
    pages: tuple[Printed, Printed] = Field(
        default=(1, 1), description="First and last page number printed in the bundle"
    )
    facts: ExhibitFacts = Field(default=ExhibitFacts(), description="What was read from the file")
