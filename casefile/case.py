"""The case: the facts of one dispute as the caller states them.

One frozen value that every workshop reads. Unknown fields are refused by name, except under ``extra``.
"""

from typing import Any, Literal

from pydantic import Field, field_validator

from casefile.fields.base import LanguageTag, LocalText, Text, Time, Words
from casefile.fields.claim import Claim, Confirmation, Contact, DatedFact, Deadline, Rejection, Submission
from casefile.fields.compliance import ComplianceDocument, IntellectualProperty, Inventory, Supplier
from casefile.fields.files import FileEntry
from casefile.fields.letter import LetterEdit
from casefile.fields.order import Order, OrderLine, Parcel, Remedy, Return, Withdrawal
from casefile.fields.payment import Access, Payment, Policies, PriorOrder, Refund, RelatedCharge
from casefile.fields.people import Account, Buyer, Seller, SubmittedBy
from casefile.fields.performance import ActionTaken, Metric, Notice, Prevention, RootCause
from casefile.limits import MAX_FILES

Reason = Literal[
    "item_not_received", "lost_in_transit", "not_as_described", "damaged", "missing_parts", "wrong_item",
    "unauthorised", "credit_not_processed", "duplicate_charge", "cancelled_subscription", "late_shipment",
    "cancellation", "valid_tracking", "order_defect_rate", "return_rate", "return_problem", "counterfeit",
    "intellectual_property", "account_deactivated", "account_linked", "policy_change", "metric_error",
    "cold_start", "compliance_notice", "stock_lost", "listing_rejected", "fee_dispute", "funds_held",
    "ads_traffic", "access_refused", "messaging_warning", "other",
]  # fmt: skip
"""Why the dispute exists, a fixed vocabulary."""

Topic = Literal["account", "listing", "orders", "funds", "policy", "logistics", "ip", "ads", "access"]
Ground = Literal[
    "carrier",
    "system_error",
    "policy_change",
    "linked",
    "batch_quality",
    "cold_start",
    "calculation",
    "own_fault",
    "authentic_goods",
]


class Case(Words):
    """Everything the caller says about one dispute; times carry offsets, amounts a currency."""

    schema_version: Literal["1"] = "1"
    platform: Text
    site: Text | None = Field(default=None, pattern=r"^[A-Za-z]{2}$")
    procedure: Text
    reason: Reason | None = None
    topic: Topic | None = None
    language: LanguageTag | None = None
    reading_copy: LanguageTag | None = None
    stance: Literal["dispute", "accept"] = "dispute"
    as_of: Time | None = None
    deadline: Deadline | None = None
    submitted_by: SubmittedBy | None = None
    submission: Submission | None = None
    previous_pack_id: Text | None = None
    request: LocalText | None = None
    letter: Text | None = Field(default=None, pattern=r"^[a-z_]{1,40}$")
    """Another kind of letter than the procedure's own: a follow-up, a request to the carrier, the authorisation of an agent …"""
    extra: dict[str, Any] | None = None
    complete: Literal["auto", "off"] = "auto"
    """Whether what the evidence says is filled in where the case is silent."""

    files: tuple[FileEntry, ...] = Field(default=(), max_length=MAX_FILES)
    order: Order | None = None
    orders: tuple[OrderLine, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    buyer: Buyer | None = None
    seller: Seller | None = None
    account: Account | None = None
    claim: Claim | None = None
    contacts: tuple[Contact, ...] = ()
    facts: tuple[DatedFact, ...] = ()
    notice: Notice | None = None
    metric: Metric | None = None
    ground: Ground | None = None
    root_causes: tuple[RootCause, ...] = ()
    actions_taken: tuple[ActionTaken, ...] = ()
    preventions: tuple[Prevention, ...] = ()
    remedy: Remedy | None = None
    withdrawal: Withdrawal | None = None
    return_: Return | None = Field(default=None, alias="return")
    answer: Literal["contest", "accept"] | None = None
    payment: Payment | None = None
    related_charges: tuple[RelatedCharge, ...] = ()
    refunds: tuple[Refund, ...] = ()
    prior_orders: tuple[PriorOrder, ...] = ()
    policies: Policies | None = None
    access_log: tuple[Access, ...] = ()
    compliance: tuple[ComplianceDocument, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    ip: IntellectualProperty | None = None
    inventory: Inventory | None = None
    rejections: tuple[Rejection, ...] = ()
    confirmations: dict[str, Confirmation] = Field(default_factory=dict)
    letter_edits: tuple[LetterEdit, ...] = ()

    @field_validator("site")
    @classmethod
    def _site_alias(cls, value: str | None) -> str | None:
        """``UK`` is what people write; ISO 3166 says ``GB``."""
        upper = value.upper() if value else None
        return "GB" if upper == "UK" else upper

    def entry(self, name: str) -> FileEntry | None:
        """The line of ``files`` for this file name, if the case lists it."""
        return next((entry for entry in self.files if entry.name == name), None)
