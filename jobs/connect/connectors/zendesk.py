"""Zendesk: a ticket with its comments and attachments in, verdict and files back as a private comment.

Webhook: a trigger or event subscription that posts JSON with the ticket's id (``ticket_id``, or ``detail.id`` of an event). Signed
by HMAC-SHA256 over timestamp and body, base64 (developer.zendesk.com/documentation/webhooks/verifying, read 2026-11-30).
Comments: /api/v2/tickets/{id}/comments.json; files: /api/v2/uploads.json; the note: PUT /api/v2/tickets/{id}.json.
"""

import base64
import contextlib
import datetime as dt
import json
from urllib.parse import quote, urlsplit

from jobs.connect.contract import (
    Attachment,
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
from jobs.connect.told import ServiceJson
from jobs.notify.hook_wire import WireCall

_MOST_FILES = 50
_MOST_BYTES = 50_000_000


def _base(account: ServiceAccount) -> str:
    return f"https://{account.host('subdomain', 'zendesk.com')}"


def _key(account: ServiceAccount) -> dict[str, str]:
    pair = f"{account['email']}/token:{account['token']}".encode()
    return {"authorization": "Basic " + base64.b64encode(pair).decode(), "accept": "application/json"}


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
    files = [
        _attachment(file, account) for one in comments for file in one.each("attachments") if file.text("content_url")
    ]
    text = "\n\n".join(filter(None, texts))
    return Incoming(id=ticket, text=text, attachments=tuple(files[:_MOST_FILES]))


def _attachment(file: ServiceJson, account: ServiceAccount) -> Attachment:
    url = file.text("content_url")
    own = urlsplit(url).netloc == urlsplit(_base(account)).netloc
    call = WireCall(method="GET", url=url, headers=_key(account) if own else {}, most=_MOST_BYTES)
    return Attachment(name=file.text("file_name"), call=call)


def _hand_over(going: Outgoing, account: ServiceAccount, wire: Wire) -> tuple[str, ...]:
    base, key, tokens = _base(account), _key(account), []
    files = going.of("bundle", "letter", "letter_text")
    for file in files:
        url = f"{base}/api/v2/uploads.json?filename={quote(file.name.rpartition('/')[2])}"
        headers = {**key, "content-type": "application/binary"}
        upload = ask(wire, WireCall(method="POST", url=url, headers=headers, body=file.read()))
        tokens.append(upload.text("upload", "token"))
    comment = {"body": going.note, "public": False, "uploads": tokens}
    body = json.dumps({"ticket": {"comment": comment}}).encode()
    url = f"{base}/api/v2/tickets/{quote(going.id, safe='')}.json"
    ask(wire, WireCall(method="PUT", url=url, headers={**key, "content-type": "application/json"}, body=body))
    return tuple(file.name for file in files)


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
