"""Zendesk: a ticket with its comments and attachments in, verdict and files back as a private comment.

Webhook: a trigger or event subscription that posts JSON with the ticket's id (``ticket_id``, or ``detail.id`` of an event). Signed
by HMAC-SHA256 over timestamp and body, base64 (developer.zendesk.com/documentation/webhooks/verifying, read 2026-11-30).
Comments: /api/v2/tickets/{id}/comments.json; files: /api/v2/uploads.json; the note: PUT /api/v2/tickets/{id}.json.
"""

import base64
import contextlib
import datetime as dt
from urllib.parse import quote, urlsplit

from pydantic import JsonValue

from jobs.connect.contract import (
    Attachment,
    Connector,
    Incoming,
    Outgoing,
    Sent,
    ServiceAccount,
    Wire,
    ask,
    ask_json,
    basic,
    fresh,
    hmac_of,
    not_proved,
    same,
)
from jobs.connect.told import ServiceJson
from jobs.notify.hook_wire import WireCall


def _base(account: ServiceAccount) -> str:
    return f"https://{account.host('subdomain', 'zendesk.com')}"


def _key(account: ServiceAccount) -> dict[str, str]:
    return {**basic(f"{account['email']}/token", account["token"]), "accept": "application/json"}


def _check(sent: Sent, account: ServiceAccount, _: Wire) -> None:
    stamp = sent.headers.get("x-zendesk-webhook-signature-timestamp", "")
    own = base64.b64encode(hmac_of(account["secret"], stamp.encode() + sent.body)).decode()
    if not same(own, sent.headers.get("x-zendesk-webhook-signature", "")):
        raise not_proved()
    with contextlib.suppress(ValueError):
        signed_at = dt.datetime.fromisoformat(stamp)
        if signed_at.tzinfo is not None and fresh(sent, signed_at):
            return
    raise not_proved()


def _read(sent: Sent, account: ServiceAccount, wire: Wire) -> Incoming | None:
    told = ServiceJson.read(sent.body)
    ticket = told.text("ticket_id") or told.text("ticket", "id") or told.text("detail", "id")
    if not ticket.isdecimal():
        return None
    url = f"{_base(account)}/api/v2/tickets/{ticket}/comments.json"
    comments = list(ask(wire, WireCall(method="GET", url=url, headers=_key(account))).each("comments"))
    subject = told.text("detail", "subject") or told.text("ticket", "subject")
    texts = [subject, *(one.text("plain_body") or one.text("body") for one in comments)]
    files = (file for one in comments for file in one.each("attachments") if file.text("content_url"))
    return Incoming.ticket(ticket, texts, (_attachment(file, account) for file in files))


def _attachment(file: ServiceJson, account: ServiceAccount) -> Attachment:
    url = file.text("content_url")
    own = urlsplit(url).netloc == urlsplit(_base(account)).netloc
    return Attachment.at(url, file.text("file_name"), _key(account) if own else {})


def _hand_over(going: Outgoing, account: ServiceAccount, wire: Wire) -> tuple[str, ...]:
    base, key, tokens = _base(account), _key(account), list[JsonValue]()
    for file in going.documents:
        url = f"{base}/api/v2/uploads.json?filename={quote(file.plain_name)}"
        headers = {**key, "content-type": "application/binary"}
        upload = ask(wire, WireCall(method="POST", url=url, headers=headers, body=file.read()))
        tokens.append(upload.text("upload", "token"))
    comment: JsonValue = {"body": going.note, "public": False, "uploads": tokens}
    call = WireCall(method="PUT", url=f"{base}/api/v2/tickets/{quote(going.id, safe='')}.json", headers=key)
    ask_json(wire, call, {"ticket": {"comment": comment}})
    return tuple(file.name for file in going.documents)


CONNECTOR = Connector(
    name=__name__.rpartition(".")[2],
    settings={
        "subdomain": "the part before .zendesk.com",
        "email": "of the agent whose API token it is",
        "token": "an API token",
        "secret": "the signing secret of the webhook",
    },
    check=_check,
    read=_read,
    hand_over=_hand_over,
)
