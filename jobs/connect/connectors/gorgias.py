"""Gorgias: a ticket with its messages and attachments in, verdict and files back as an internal note.

Webhook: an HTTP integration that posts JSON with ``ticket_id`` and sends the account's secret in the header
``X-Evidence-Packer-Secret``; Gorgias signs nothing itself. Ticket: /api/tickets/{id}; files: /api/upload; the note:
/api/tickets/{id}/messages (developers.gorgias.com/docs/create-a-new-message-in-ticket-via-api, read 2026-11-30).
"""

import base64
import json

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
    not_proved,
    same,
)
from jobs.connect.multipart import form
from jobs.connect.told import ServiceJson
from jobs.notify.hook_wire import WireCall

_MOST_FILES = 50
_MOST_BYTES = 50_000_000


def _base(account: ServiceAccount) -> str:
    return f"https://{account.host('domain', 'gorgias.com')}/api"


def _key(account: ServiceAccount) -> dict[str, str]:
    pair = f"{account['email']}:{account['token']}".encode()
    return {"authorization": "Basic " + base64.b64encode(pair).decode(), "accept": "application/json"}


def _check(sent: Sent, account: ServiceAccount, _: Wire) -> None:
    if not same(account["secret"], sent.headers.get("x-evidence-packer-secret", "")):
        raise not_proved()


def _read(sent: Sent, account: ServiceAccount, wire: Wire) -> Incoming | None:
    told = ServiceJson.read(sent.body)
    ticket = told.text("ticket_id") or told.text("ticket", "id")
    if not ticket.isdecimal():
        return None
    found = ask(wire, WireCall(method="GET", url=f"{_base(account)}/tickets/{ticket}", headers=_key(account)))
    messages = list(found.each("messages"))
    texts = [found.text("subject"), *(one.text("stripped_text") or one.text("body_text") for one in messages)]
    files = [
        Attachment(name=file.text("name"), call=WireCall(method="GET", url=file.text("url"), most=_MOST_BYTES))
        for one in messages
        for file in one.each("attachments")
        if file.text("url")
    ]
    return Incoming(id=ticket, text="\n\n".join(filter(None, texts)), attachments=tuple(files[:_MOST_FILES]))


def _hand_over(going: Outgoing, account: ServiceAccount, wire: Wire) -> tuple[str, ...]:
    base, key = _base(account), _key(account)
    files = going.of("bundle", "letter", "letter_text")
    attachments: list[JsonValue] = []
    for file in files:
        sent = form({}, [(file.name.rpartition("/")[2], file.name.rpartition("/")[2], file.read())])
        call = WireCall(
            method="POST", url=f"{base}/upload?type=attachment", headers={**key, **sent.headers}, body=sent.body
        )
        attachments.append(ask(wire, call).at(0).value)
    note = {
        "channel": "internal-note", "via": "internal-note", "from_agent": True, "sender": {"email": account["email"]},
        "source": {"type": "internal-note"}, "body_text": going.note, "attachments": attachments,
    }  # fmt: skip
    url = f"{base}/tickets/{going.id}/messages"
    headers = {**key, "content-type": "application/json"}
    ask(wire, WireCall(method="POST", url=url, headers=headers, body=json.dumps(note).encode()))
    return tuple(file.name for file in files)


CONNECTOR = Connector(
    name=__name__.rpartition(".")[2],
    settings={
        "domain": "the part before .gorgias.com",
        "email": "of the user whose API key it is",
        "token": "an API key",
        "secret": "what the HTTP integration sends in the header X-Evidence-Packer-Secret",
    },
    check=_check,
    read=_read,
    hand_over=_hand_over,
)
