"""What a case is about, and the id that names its folder."""

import re

from casefile.case import Case
from casefile.pointer import resolve
from casefile.procedure import SubjectKind

SUBJECT_FIELDS: dict[SubjectKind, tuple[str, ...]] = {
    "order": ("/order/id",),
    "orders": ("/orders/0/id", "/order/id"),
    "listing": ("/order/items/0/asin", "/ip/asins/0", "/notice/asins/0", "/compliance/0/asins/0", "/inventory/asin",
                "/order/items/0/sku", "/submission/case_id", "/notice/id", "/order/id"),
    "account": ("/account/merchant_id",),
    "shipment": ("/inventory/shipment_id", "/inventory/removal_order_id", "/inventory/adjustment_id", "/order/id"),
    "charge": ("/payment/dispute_id", "/payment/charge_id", "/claim/id"),
}  # fmt: skip
"""Where the id of each subject stands; the first that is set names the case."""


def subject_id(case: Case, subject: SubjectKind) -> str | None:
    """The id of what the case is about, or ``None`` where the case does not give it."""
    for pointer in SUBJECT_FIELDS[subject]:
        if value := resolve(case, pointer):
            return str(value)
    return None


def portable(value: str, limit: int = 60) -> str:
    """``value`` with only letters, digits and hyphens, so that it can name a file on every system."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", value).strip("-")[:limit] or "case"
