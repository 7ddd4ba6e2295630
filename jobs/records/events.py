"""What is told when something ends or a deadline comes near: thin events of ids, states and links, nothing of the buyer.

Webhooks send them, ``GET /v1/events`` lists them, and the description of the API is made from these models.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from casefile.finding import Verdict
from casefile.json_model import JsonModel

_LINKS = "Addresses that belong to it, by what they are for"
_TIMESTAMP = "When it happened, ISO 8601 in UTC"


class PackEventData(JsonModel):
    """Which pack ended, and how; nothing of the buyer."""

    pack_id: str = Field(description="The id of the pack")
    status: Literal["succeeded", "failed", "cancelled"] = Field(description="How the pack ended")
    verdict: Verdict | None = Field(default=None, description="Whether the evidence can be sent as it is")
    platform: str = Field(description="The platform the case is on")
    procedure: str = Field(description="The procedure of the platform")
    subject: str = Field(
        default="", description="The id the case is about, such as the order's; empty once it is erased"
    )
    links: dict[str, str] = Field(default={}, description=_LINKS)


class PackEvent(JsonModel):
    """A pack ended."""

    type: Literal["pack.succeeded", "pack.failed", "pack.cancelled"] = Field(description="What happened to the pack")
    timestamp: str = Field(description=_TIMESTAMP)
    data: PackEventData = Field(description="Which pack, and how it ended")


class BatchEventData(JsonModel):
    """Which batch ended, and how."""

    batch_id: str = Field(description="The id of the batch")
    status: Literal["succeeded", "failed", "cancelled"] = Field(description="How the batch ended")
    rows: int = Field(description="How many cases it has")
    sheet: str = Field(default="", description="File name of the sheet; empty once it is erased")
    links: dict[str, str] = Field(default={}, description=_LINKS)


class BatchEvent(JsonModel):
    """A batch ended."""

    type: Literal["batch.succeeded", "batch.failed", "batch.cancelled"] = Field(
        description="What happened to the batch"
    )
    timestamp: str = Field(description=_TIMESTAMP)
    data: BatchEventData = Field(description="Which batch, and how it ended")


class ReminderEventData(JsonModel):
    """Which pack a deadline is about, and when it is."""

    pack_id: str = Field(description="The id of the pack")
    subject: str = Field(
        default="", description="The id the case is about, such as the order's; empty once it is erased"
    )
    platform: str = Field(description="The platform the case is on")
    at: str = Field(description="The time the reminder was set for (ISO 8601)")
    links: dict[str, str] = Field(default={}, description=_LINKS)


class ReminderEvent(JsonModel):
    """A deadline comes near, or an answer is due."""

    type: Literal["reminder.warn", "reminder.block", "reminder.follow_up", "reminder.waiting_for_you"] = Field(
        description="What is due"
    )
    timestamp: str = Field(description=_TIMESTAMP)
    data: ReminderEventData = Field(description="Which pack it is about, and the time that was set")


class PingEventData(JsonModel):
    """Nothing."""


class PingEvent(JsonModel):
    """A test that the receiver is reached."""

    type: Literal["ping"] = Field(description="Always `ping`")
    timestamp: str = Field(description=_TIMESTAMP)
    data: PingEventData = Field(default=PingEventData(), description="Empty")


AnyEvent = Annotated[PackEvent | BatchEvent | ReminderEvent | PingEvent, Field(discriminator="type")]
EVENT_MODELS: tuple[type[PackEvent | BatchEvent | ReminderEvent | PingEvent], ...] = (
    PackEvent,
    BatchEvent,
    ReminderEvent,
    PingEvent,
)
_EVENTS: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)


def read_event(kept: object) -> AnyEvent:
    """An event as it was kept.

    Raises:
        pydantic.ValidationError: it is none.
    """
    return _EVENTS.validate_python(kept, extra="ignore")


def nameless(event: AnyEvent) -> AnyEvent:
    """The event without the id of an order or the name of a sheet, for a pack or batch that was erased."""
    fields = type(event.data).model_fields
    blank: dict[str, object] = {name: "" for name in ("subject", "sheet") if name in fields}
    return event.model_copy(update={"data": event.data.model_copy(update=blank)})


def about(event: AnyEvent) -> str | None:
    """The id of the pack or batch it tells of."""
    return getattr(event.data, "pack_id", None) or getattr(event.data, "batch_id", None)
