"""Webhooks, deliveries and reminders as they are answered."""

from typing import Any

from pydantic import Field

from api.http.pack_answers import LINKS
from casefile.json_model import JsonModel, is_none
from jobs.notify.reminders import ReminderLine

ROUTE = "/v1/webhooks"


class WebhookAnswer(JsonModel):
    """Somebody who is told when something happens."""

    id: str = Field(description="The id of the webhook")
    url: str = Field(description="The address that is told")
    shape: str = Field(description="The shape of the messages: standard, feishu, dingtalk or wecom")
    events: tuple[str, ...] = Field(description="Types of events that are told")
    language: str = Field(description="Language of texts (BCP 47)")
    created_at: str = Field(description="When it was made (ISO 8601)")
    disabled_at: str | None = Field(default=None, description="When it was switched off")
    disabled_why: str | None = Field(default=None, description="Why it was switched off")
    links: dict[str, str] = Field(description=LINKS)
    secret: str | None = Field(
        default=None, description="The secret that signs, told only when it is made", exclude_if=is_none
    )


class WebhookList(JsonModel):
    """Everybody who is told."""

    items: tuple[WebhookAnswer, ...] = Field(description="The webhooks, the oldest first")
    next_cursor: None = Field(default=None, description="Always null: there is one page")


class DeliveryAnswer(JsonModel):
    """One message to a webhook."""

    id: str = Field(description="The id of the delivery")
    type: str = Field(description="The type of the event")
    status: str = Field(description="How far the delivery is")
    tries: int = Field(description="How often it was tried")
    due_at: str | None = Field(default=None, description="When it is tried next (ISO 8601)")
    created_at: str = Field(description="When the event happened (ISO 8601)")
    last_status: int | None = Field(default=None, description="HTTP status of the last try")


class DeliveryList(JsonModel):
    """What was and is to be told to one webhook."""

    items: tuple[DeliveryAnswer, ...] = Field(description="The deliveries, the newest first")
    next_cursor: None = Field(default=None, description="Always null: there is one page")


class RemindersAnswer(JsonModel):
    """The reminders of a pack."""

    muted: bool = Field(description="Whether the pack is silent")
    items: tuple[ReminderLine, ...] = Field(description="The reminders in order of time")


def webhook_answer(row: Any, secret: str | None = None) -> WebhookAnswer:  # noqa: ANN401  # a row of the table
    """Somebody who is told; with the secret where it was just made."""
    return WebhookAnswer(
        id=row.id,
        url=row.url,
        shape=row.shape,
        events=tuple(row.events),
        language=row.language,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        disabled_why=row.disabled_why,
        links={"self": f"{ROUTE}/{row.id}", "deliveries": f"{ROUTE}/{row.id}/deliveries"},
        secret=secret,
    )


def delivery_answer(row: Any) -> DeliveryAnswer:  # noqa: ANN401  # a row of the table
    """One message to a webhook."""
    return DeliveryAnswer(
        id=row.id,
        type=row.event["type"],
        status=row.state,
        tries=row.tries,
        due_at=row.due_at,
        created_at=row.created_at,
        last_status=row.last_status,
    )
