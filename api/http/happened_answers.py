"""Events as a list answers them."""

from pydantic import Field

from casefile.json_model import JsonModel
from jobs.records.events import AnyEvent


class EventLine(JsonModel):
    """One event, and its place in the order."""

    id: str = Field(description="The id of the event; later events have greater ones")
    event: AnyEvent = Field(description="What happened, as a webhook of shape `standard` would tell it")


class EventList(JsonModel):
    """Events from the oldest on."""

    items: tuple[EventLine, ...] = Field(description="The events of this page")
    next_cursor: str | None = Field(description="`cursor` of the next page; keep it for what happens later")
    more: bool = Field(description="Whether there are more already")
