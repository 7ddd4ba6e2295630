"""Buyer, seller, account and who submits."""

from typing import Literal

from casefile.fields.base import FileNames, Text, Words


class Address(Words):
    """A postal address."""

    lines: tuple[Text, ...] = ()
    city: Text | None = None
    region: Text | None = None
    postal_code: Text | None = None
    country: Text | None = None


class Buyer(Words):
    """The buyer, as far as the case needs it."""

    name: Text | None = None
    username: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    account_id: Text | None = None
    ip: Text | None = None
    device_id: Text | None = None
    ship_to: Address | None = None
    bill_to: Address | None = None


class Signatory(Words):
    """Who signs for the seller."""

    name: Text | None = None
    title: Text | None = None


class Seller(Words):
    """The seller who answers."""

    name: Text | None = None
    store: Text | None = None
    contact: Text | None = None
    address: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    return_address: Text | None = None
    signatory: Signatory | None = None


class Account(Words):
    """The seller account under review."""

    merchant_id: Text | None = None
    status: Literal["active", "at_risk", "suspended", "under_review"] | None = None
    linked: tuple[Text, ...] = ()


class SubmittedBy(Words):
    """The seller, or an agent with an authorisation."""

    role: Literal["seller", "agent"] | None = None
    name: Text | None = None
    authorisation: FileNames = ()
