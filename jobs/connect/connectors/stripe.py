"""Stripe: a dispute in, its evidence fields and files back, not submitted.

Webhook ``charge.dispute.created`` or ``.updated``; ``Stripe-Signature: t=…,v1=…`` is HMAC-SHA256 over ``t.body`` in hexadecimal,
at most five minutes old. Amounts are in the smallest unit of their currency. Files go to files.stripe.com/v1/files with purpose
``dispute_evidence``, fields to /v1/disputes/{id} with ``submit=false``. Known from experience with the interface, not read again
(docs.stripe.com/webhooks/signature, /api/disputes/update; how sure each part is: docs/connectors.md).
"""

import datetime as dt
from decimal import Decimal
from urllib.parse import quote, urlencode

from jobs.connect.contract import (
    Connector,
    Incoming,
    Outgoing,
    Sent,
    ServiceAccount,
    Wire,
    ask,
    fresh,
    hmac_of,
    not_proved,
    same,
)
from jobs.connect.dispute import Dispute
from jobs.connect.multipart import form
from jobs.connect.told import ServiceJson
from jobs.notify.hook_wire import WireCall

_NAME = __name__.rpartition(".")[2]
_EVENTS = {"charge.dispute.created", "charge.dispute.updated"}
_API, _FILES = "https://api.stripe.com/v1", "https://files.stripe.com/v1/files"
_DECIMALS = dict.fromkeys(
    ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"), 0
) | dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 3)
"""Currencies whose smallest unit is not a hundredth (docs.stripe.com/currencies, lists of zero-decimal and three-decimal ones)."""
_UNSURE = {"UGX"}
"""Listed there as one without decimals and, among the special cases, as one with two: the amount is left open."""


def _check(sent: Sent, account: ServiceAccount, _: Wire) -> None:
    parts = [part.strip().partition("=") for part in sent.headers.get("stripe-signature", "").split(",")]
    stamp = next((value for name, _, value in parts if name == "t"), "")
    own = hmac_of(account["secret"], stamp.encode() + b"." + sent.body).hex()
    if not any(name == "v1" and same(own, value) for name, _, value in parts) or not stamp.isdecimal():
        raise not_proved()
    if not fresh(sent, _time(int(stamp))):
        raise not_proved()


def _time(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(min(seconds, 2**33), dt.UTC)


def _moment(told: ServiceJson, *path: str | int) -> str:
    seconds = told.number(*path)
    return _time(seconds).isoformat() if seconds else ""


def _amount(dispute: ServiceJson) -> str:
    number, currency = dispute.number("amount"), dispute.text("currency").upper()
    if number is None or currency in _UNSURE:
        return ""
    decimals = _DECIMALS.get(currency, 2)
    return f"{Decimal(number).scaleb(-decimals):.{decimals}f}"


def _read(sent: Sent, _: ServiceAccount, __: Wire) -> Incoming | None:
    event = ServiceJson.read(sent.body)
    dispute = event.at("data", "object")
    if event.text("type") not in _EVENTS or not dispute.text("id"):
        return None
    evidence, card = dispute.at("evidence"), dispute.at("payment_method_details", "card")
    found = Dispute(
        id=dispute.text("id"), platform=_NAME, reason=dispute.text("reason"),
        charge_id=dispute.text("charge") or dispute.text("charge", "id"),
        opened_at=_moment(dispute, "created"), due_at=_moment(dispute, "evidence_details", "due_by"),
        amount=_amount(dispute), currency=dispute.text("currency").upper(),
        network=card.text("brand"), network_reason_code=card.text("network_reason_code") or dispute.text("network_reason_code"),
        order_id=dispute.text("metadata", "order_id"), buyer_name=evidence.text("customer_name"),
        buyer_email=evidence.text("customer_email_address"), buyer_ip=evidence.text("customer_purchase_ip"),
    )  # fmt: skip
    return Incoming.of(found)


def _hand_over(going: Outgoing, account: ServiceAccount, wire: Wire) -> tuple[str, ...]:
    key = {"authorization": f"Bearer {account['token']}"}
    told = ServiceJson.read(going.sheet or b"{}")
    field_of = {name: field for field, name in told.texts("files").items()}
    fields, went = {"submit": "false"}, []
    for file in going.submission:
        if field := field_of.get(file.plain_name):
            sent = form({"purpose": "dispute_evidence"}, [("file", file.plain_name, file.read())])
            kept = ask(wire, WireCall(method="POST", url=_FILES, headers={**key, **sent.headers}, body=sent.body))
            fields[f"evidence[{field}]"] = kept.text("id")
            went.append(file.name)
    fields |= {f"evidence[{name}]": text for name, text in told.texts("evidence").items()}
    headers = {**key, "content-type": "application/x-www-form-urlencoded"}
    url = f"{_API}/disputes/{quote(going.id, safe='')}"
    ask(wire, WireCall(method="POST", url=url, headers=headers, body=urlencode(fields).encode()))
    return tuple(went)


CONNECTOR = Connector(
    name=_NAME,
    settings={
        "token": "a restricted key that may write disputes and files",
        "secret": "the signing secret of the webhook endpoint (whsec_…)",
    },
    check=_check,
    read=_read,
    hand_over=_hand_over,
)
