"""Documents, suppliers, intellectual property and stock in the platform's warehouse."""

from typing import Literal

from casefile.fields.base import Date, FileNames, Money, Text, Time, Words


class ComplianceDocument(Words):
    """A certificate or report that a product needs."""

    type: Text | None = None
    number: Text | None = None
    issuer: Text | None = None
    valid_until: Date | None = None
    asins: tuple[Text, ...] = ()
    files: FileNames = ()


class Supplier(Words):
    """Where the goods come from."""

    name: Text | None = None
    address: Text | None = None
    phone: Text | None = None
    invoice_number: Text | None = None
    invoice_date: Date | None = None
    quantity: int | None = None
    files: FileNames = ()


class RightsOwner(Words):
    """Who complained."""

    name: Text | None = None
    email: Text | None = None


class IntellectualProperty(Words):
    """A complaint about a right."""

    right: Literal["copyright", "trademark", "patent", "design"] | None = None
    is_court_order: bool = False
    complaint_id: Text | None = None
    registration_number: Text | None = None
    owner: RightsOwner | None = None
    asins: tuple[Text, ...] = ()
    urls: tuple[Text, ...] = ()
    basis: Literal["licensed", "authorised", "first_sale", "non_infringing", "misidentified"] | None = None
    court: Text | None = None
    docket: Text | None = None


class Inventory(Words):
    """Stock that the platform held."""

    shipment_id: Text | None = None
    fnsku: Text | None = None
    asin: Text | None = None
    sku: Text | None = None
    shipped: int | None = None
    received: int | None = None
    claimed: int | None = None
    adjustment_id: Text | None = None
    adjustment_code: Text | None = None
    reported_at: Time | None = None
    removal_order_id: Text | None = None
    lpn: Text | None = None
    unit_cost: Money | None = None
