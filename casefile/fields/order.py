"""Orders, parcels and money that moves with them."""

from typing import Literal

from pydantic import Field

from casefile.fields.base import FileNames, LocalText, Money, Text, Time, Words


class Item(Words):
    """One line of an order."""

    name: LocalText | None = None
    sku: Text | None = None
    asin: Text | None = None
    quantity: int | None = None
    price: Money | None = None
    condition: Text | None = None
    listing_url: Text | None = None
    listing_captured_at: Time | None = None
    serial_numbers: tuple[Text, ...] = ()


class Order(Words):
    """The disputed order."""

    id: Text | None = None
    placed_at: Time | None = None
    fulfilment: Literal["seller", "marketplace", "seller_prime", "multi_channel"] | None = None
    stage: Literal["shipped", "delivered", "returning"] | None = None
    ship_by_at: Time | None = None
    deliver_by_at: Time | None = None
    shipping: Money | None = None
    total: Money | None = None
    items: tuple[Item, ...] = ()


class OrderLine(Words):
    """One of several orders that a letter is about."""

    id: Text | None = None
    ship_by_at: Time | None = None
    dispatched_at: Time | None = None
    first_scan_at: Time | None = None
    delivered_at: Time | None = None
    carrier: Text | None = None
    tracking_number: Text | None = None
    amount: Money | None = None
    files: FileNames = ()


class ParcelItem(Words):
    """What lay in a parcel."""

    sku: Text | None = None
    quantity: int | None = None


class Parcel(Words):
    """One parcel and its journey."""

    carrier: Text | None = None
    tracking_number: Text | None = None
    service: Text | None = None
    direction: Literal["outbound", "replacement", "return"] = "outbound"
    label_source: Literal["platform", "other"] | None = None
    claims_protected: bool | None = None
    status: Text | None = None
    weight_g: int | None = None
    value: Money | None = Field(default=None, description="What lies in it is worth; else reckoned from its items")
    dispatched_at: Time | None = None
    first_scan_at: Time | None = None
    last_scan_at: Time | None = Field(default=None, description="The last event of a parcel that never arrived")
    delivered_at: Time | None = None
    delivered_to: Text | None = None
    signed_by: Text | None = None
    address_shown: Text | None = None
    items: tuple[ParcelItem, ...] = ()


class Remedy(Words):
    """What the seller offers or has done for the buyer."""

    type: Literal["full_refund", "partial_refund", "replacement", "coupon", "return_label"]
    amount: Money | None = None
    status: Literal["offered", "accepted", "done"] = "offered"
    at: Time | None = Field(default=None, description="When it was offered, or made")
    received_at: Time | None = Field(default=None, description="When the buyer got it")
    transaction_id: Text | None = None
    carrier: Text | None = None
    tracking_number: Text | None = None
    files: FileNames = ()


class Withdrawal(Words):
    """The buyer's agreement to withdraw, step by step."""

    agreed_at: Time | None = None
    applied_at: Time | None = None
    buyer_confirmed_at: Time | None = None
    files: FileNames = ()


class Return(Words):
    """Goods on their way back."""

    id: Text | None = None
    requested_at: Time | None = None
    requested: Literal["refund_only", "return_refund"] | None = None
    amount: Money | None = None
    carrier: Text | None = None
    tracking_number: Text | None = None
    received_at: Time | None = None
    condition: LocalText | None = None
    weight_sent_g: int | None = None
    weight_received_g: int | None = None
    serials_sent: tuple[Text, ...] = ()
    serials_received: tuple[Text, ...] = ()
    files: FileNames = ()
