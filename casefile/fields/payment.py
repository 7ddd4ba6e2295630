"""Card payments, related charges and digital use."""

from typing import Literal

from pydantic import Field

from casefile.fields.base import FileNames, LocalText, Money, Text, Time, Words


class Payment(Words):
    """The disputed payment."""

    charge_id: Text | None = None
    dispute_id: Text | None = None
    captured_at: Time | None = None
    last4: Text | None = None
    avs: Text | None = None
    cvc: Text | None = None
    three_ds: Literal["authenticated", "attempted", "none"] | None = None


class RelatedCharge(Words):
    """Another charge of the same buyer that could be taken for a duplicate."""

    charge_id: Text | None = None
    order_id: Text | None = None
    at: Time | None = None
    amount: Money | None = None
    paid_for: LocalText | None = None


class Refund(Words):
    """Money already returned."""

    id: Text | None = None
    at: Time | None = None
    amount: Money | None = None
    by: Literal["seller", "platform", "carrier"] | None = Field(default=None, description="Who made it")
    reference: Text | None = Field(default=None, description="What the buyer's bank finds it by, such as an ARN")


class PriorOrder(Words):
    """An earlier order of the same buyer."""

    order_id: Text | None = None
    charge_id: Text | None = None
    at: Time | None = None
    amount: Money | None = None
    ip: Text | None = None
    device_id: Text | None = None
    account_id: Text | None = None
    same_address: bool | None = None
    disputed: bool | None = None


class Policy(Words):
    """A policy text and where the buyer saw it."""

    text: LocalText | None = None
    shown_at: Time | None = None
    where: Text | None = None
    files: FileNames = ()


class Policies(Words):
    """The policies that matter to the claim."""

    refund: Policy | None = None
    cancellation: Policy | None = None
    return_: Policy | None = Field(default=None, alias="return")


class Access(Words):
    """One use of a digital product or account."""

    at: Time | None = None
    ip: Text | None = None
    event: Text | None = None
