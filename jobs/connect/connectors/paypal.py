"""PayPal: a dispute in, evidence back through its own link.

Webhook ``CUSTOMER.DISPUTE.CREATED`` or ``.UPDATED``, proved by PayPal itself (/v1/notifications/verify-webhook-signature with the
five ``PAYPAL-…`` headers and the webhook's id). Evidence goes as a form (``input`` as JSON, the files after it) to
/v1/customer/disputes/{id}/provide-evidence, which PayPal takes only while it waits for the seller: at most 10 MB a file
(developer.paypal.com/docs/api/customer-disputes/v1, read 2026-11-30).
"""

import json
from urllib.parse import quote

from pydantic import JsonValue

from jobs.connect.contract import (
    Connector,
    Incoming,
    Outgoing,
    Sent,
    ServiceAccount,
    Wire,
    ask,
    ask_json,
    basic,
    not_proved,
)
from jobs.connect.dispute import Dispute
from jobs.connect.multipart import form
from jobs.connect.told import ServiceJson
from jobs.notify.hook_wire import WireCall

_NAME = __name__.rpartition(".")[2]
_EVENTS = {"CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.UPDATED"}
_HEADERS = {
    "auth_algo": "paypal-auth-algo",
    "cert_url": "paypal-cert-url",
    "transmission_id": "paypal-transmission-id",
    "transmission_sig": "paypal-transmission-sig",
    "transmission_time": "paypal-transmission-time",
}


def _base(account: ServiceAccount) -> str:
    return "https://api-m.sandbox.paypal.com" if account["environment"] == "sandbox" else "https://api-m.paypal.com"


def _key(account: ServiceAccount, wire: Wire) -> dict[str, str]:
    own = basic(account["client_id"], account["client_secret"])
    headers = {**own, "content-type": "application/x-www-form-urlencoded"}
    url = f"{_base(account)}/v1/oauth2/token"
    token = ask(wire, WireCall(method="POST", url=url, headers=headers, body=b"grant_type=client_credentials"))
    return {"authorization": f"Bearer {token.text('access_token')}"}


def _check(sent: Sent, account: ServiceAccount, wire: Wire) -> None:
    asked: dict[str, JsonValue] = {name: sent.headers.get(header, "") for name, header in _HEADERS.items()}
    if not all(asked.values()):
        raise not_proved()
    asked |= {"webhook_id": account["webhook_id"], "webhook_event": ServiceJson.read(sent.body).value}
    url = f"{_base(account)}/v1/notifications/verify-webhook-signature"
    found = ask_json(wire, WireCall(method="POST", url=url, headers=_key(account, wire)), asked)
    if found.text("verification_status") != "SUCCESS":
        raise not_proved()


def _read(sent: Sent, _: ServiceAccount, __: Wire) -> Incoming | None:
    event = ServiceJson.read(sent.body)
    dispute = event.at("resource")
    if event.text("event_type") not in _EVENTS or not dispute.text("dispute_id"):
        return None
    paid = dispute.at("disputed_transactions", 0)
    said = [one.text("content") for one in dispute.each("messages") if one.text("posted_by") == "BUYER"]
    found = Dispute(
        id=dispute.text("dispute_id"), platform=_NAME, reason=dispute.text("reason"),
        charge_id=paid.text("seller_transaction_id"), opened_at=dispute.text("create_time"),
        due_at=dispute.text("seller_response_due_date"), statement="\n".join(filter(None, said)),
        amount=dispute.text("dispute_amount", "value"), currency=dispute.text("dispute_amount", "currency_code"),
        order_id=paid.text("invoice_number") or paid.text("custom"), placed_at=paid.text("create_time"),
        buyer_name=paid.text("buyer", "name"),
    )  # fmt: skip
    return Incoming.of(found)


def _hand_over(going: Outgoing, account: ServiceAccount, wire: Wire) -> tuple[str, ...]:
    plain = json.dumps({"evidences": [{"evidence_type": "OTHER", "notes": going.note[:2_000]}]})
    said = plain if going.sheet is None else going.sheet.decode("utf-8")
    files = [(f"file{place}", file.plain_name, file.read()) for place, file in enumerate(going.submission, start=1)]
    sent = form({"input": said}, files)
    url = f"{_base(account)}/v1/customer/disputes/{quote(going.id, safe='')}/provide-evidence"
    headers = {**_key(account, wire), **sent.headers}
    ask(wire, WireCall(method="POST", url=url, headers=headers, body=sent.body))
    return tuple(file.name for file in going.submission)


CONNECTOR = Connector(
    name=_NAME,
    settings={
        "environment": "live or sandbox",
        "client_id": "of the REST application",
        "client_secret": "of the REST application",
        "webhook_id": "of the webhook, as the application lists it",
    },
    check=_check,
    read=_read,
    hand_over=_hand_over,
)
