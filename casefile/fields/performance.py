"""Notices, metrics, causes and plans: the fields of an appeal."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from casefile.fields.base import Date, FileNames, LocalText, Text, Time, Words


class RequiredItem(Words):
    """One thing the platform asks for."""

    text: Text | None = None
    answer: LocalText | None = None
    files: FileNames = ()


class Notice(Words):
    """The platform's notice."""

    id: Text | None = None
    at: Time | None = None
    text: Text | None = None
    error_code: Text | None = None
    asins: tuple[Text, ...] = ()
    required_items: tuple[RequiredItem, ...] = ()


class Metric(Words):
    """The account metric in question; ``value`` and ``target`` are per cent."""

    name: Literal["odr", "late_shipment", "cancellation", "valid_tracking", "return_rate", "otdr"]
    value: Decimal | None = Field(default=None, allow_inf_nan=False, max_digits=40)
    target: Decimal | None = Field(default=None, allow_inf_nan=False, max_digits=40)
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    orders_affected: int | None = None


class RootCause(Words):
    """Why it happened: a bank sentence (``code`` + ``slots``) or own text."""

    code: Text | None = None
    slots: dict[str, Any] = Field(default_factory=dict)
    text: LocalText | None = None
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    orders: tuple[Text, ...] = ()
    files: FileNames = ()


class ActionTaken(Words):
    """What was done about it, with its date."""

    code: Text | None = None
    slots: dict[str, Any] = Field(default_factory=dict)
    text: LocalText | None = None
    at: Time | None = None
    files: FileNames = ()


class Prevention(Words):
    """What keeps it from happening again, who owns it and how it is measured."""

    code: Text | None = None
    slots: dict[str, Any] = Field(default_factory=dict)
    text: LocalText | None = None
    from_: Date | None = Field(default=None, alias="from")
    owner: Text | None = None
    measure: LocalText | None = None
    files: FileNames = ()
