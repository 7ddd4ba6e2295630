"""Two earlier undisputed payments as a processor's interface takes them against a claim of fraud (``enhanced_evidence``). Pure.

Only what the case says is filled in; a person looks at it before anything is sent.
"""

from typing import Any

from casefile.case import Case
from casefile.fields.base import any_text
from casefile.fields.payment import PriorOrder
from casefile.fields.people import Address
from casefile.prior_payments import qualified

_TWO = 2


def enhanced_evidence(case: Case) -> dict[str, Any] | None:
    """The disputed payment beside two earlier ones, or ``None`` where two do not qualify."""
    claim = case.claim
    charged = (case.payment.captured_at if case.payment else None) or (claim.opened_at if claim else None)
    priors = [one for one, _ in qualified(case, charged) if one.charge_id]
    if claim is None or claim.network != "visa" or case.reason != "unauthorised" or len(priors) < _TWO:
        return None
    here = {
        **_buyer(case),
        "merchandise_or_services": "services" if case.access_log else "merchandise",
        "product_description": _goods(case),
    }
    body = {
        "disputed_transaction": _known(here),
        "prior_undisputed_transactions": [_known(_prior(case, one)) for one in priors[:_TWO]],
    }
    return {"visa_compelling_evidence_3": body}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _goods(case: Case) -> str | None:
    items = case.order.items if case.order else ()
    return any_text(items[0].name, "en") if items else None


def _address(place: Address | None) -> dict[str, Any] | None:
    if place is None:
        return None
    lines = (*place.lines, None, None)
    return _known(
        {"line1": lines[0], "line2": lines[1], "city": place.city, "state": place.region,
         "postal_code": place.postal_code, "country": place.country}
    )  # fmt: skip


def _buyer(case: Case) -> dict[str, Any]:
    buyer = case.buyer
    if buyer is None:
        return {}
    return {
        "customer_account_id": buyer.account_id,
        "customer_device_id": buyer.device_id,
        "customer_email_address": buyer.email,
        "customer_purchase_ip": buyer.ip,
        "shipping_address": _address(buyer.ship_to),
    }


def _prior(case: Case, prior: PriorOrder) -> dict[str, Any]:
    return {
        "charge": prior.charge_id,
        "customer_account_id": prior.account_id,
        "customer_device_id": prior.device_id,
        "customer_purchase_ip": prior.ip,
        "shipping_address": _address(case.buyer.ship_to) if prior.same_address and case.buyer else None,
    }
