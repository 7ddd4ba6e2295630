"""Two earlier undisputed payments as a processor's interface takes them against a claim of fraud (``enhanced_evidence``). Pure.

Only what the case says is filled in; a person looks at it before anything is sent.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from casefile.case import Case
from casefile.fields.base import any_text
from casefile.fields.payment import PriorOrder
from casefile.fields.people import Address, Buyer
from casefile.prior_payments import qualified

_TWO = 2


class _Value(BaseModel):
    """One object of the interface; what is not known is left out."""

    model_config = ConfigDict(frozen=True)


class ShippingAddress(_Value):
    """Where the goods went."""

    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class ComparedPayment(_Value):
    """One of the payments that are compared; ``charge`` names an earlier one."""

    charge: str | None = None
    customer_account_id: str | None = None
    customer_device_id: str | None = None
    customer_email_address: str | None = None
    customer_purchase_ip: str | None = None
    merchandise_or_services: Literal["merchandise", "services"] | None = None
    product_description: str | None = None
    shipping_address: ShippingAddress | None = None


class ComparedPayments(_Value):
    """The disputed payment beside two earlier ones."""

    disputed_transaction: ComparedPayment
    prior_undisputed_transactions: tuple[ComparedPayment, ...]


class EnhancedEvidence(_Value):
    """What the interface takes under ``enhanced_evidence``."""

    visa_compelling_evidence_3: ComparedPayments


def enhanced_evidence(case: Case) -> EnhancedEvidence | None:
    """The disputed payment beside two earlier ones, or ``None`` where two do not qualify."""
    claim, buyer = case.claim, case.buyer
    charged = (case.payment.captured_at if case.payment else None) or (claim.opened_at if claim else None)
    priors = [one for one, _ in qualified(case, charged) if one.charge_id]
    if not claim or claim.network != "visa" or case.reason != "unauthorised" or len(priors) < _TWO or not buyer:
        return None
    pair = tuple(_prior(one, buyer) for one in priors[:_TWO])
    compared = ComparedPayments(disputed_transaction=_disputed(case, buyer), prior_undisputed_transactions=pair)
    return EnhancedEvidence(visa_compelling_evidence_3=compared)


def _disputed(case: Case, buyer: Buyer) -> ComparedPayment:
    items = case.order.items if case.order else ()
    return ComparedPayment(
        customer_account_id=buyer.account_id,
        customer_device_id=buyer.device_id,
        customer_email_address=buyer.email,
        customer_purchase_ip=buyer.ip,
        merchandise_or_services="services" if case.access_log else "merchandise",
        product_description=any_text(items[0].name, "en") if items else None,
        shipping_address=_address(buyer.ship_to),
    )


def _prior(prior: PriorOrder, buyer: Buyer) -> ComparedPayment:
    return ComparedPayment(
        charge=prior.charge_id,
        customer_account_id=prior.account_id,
        customer_device_id=prior.device_id,
        customer_purchase_ip=prior.ip,
        shipping_address=_address(buyer.ship_to) if prior.same_address else None,
    )


def _address(place: Address | None) -> ShippingAddress | None:
    if place is None:
        return None
    first, second, *_ = (*place.lines, None, None)
    return ShippingAddress(
        line1=first,
        line2=second,
        city=place.city,
        state=place.region,
        postal_code=place.postal_code,
        country=place.country,
    )
