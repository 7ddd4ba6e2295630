"""Gorgias: a ticket with its messages and attachments in, verdict and files back as an internal note.

Webhook: an HTTP integration that posts JSON with ``ticket_id`` and sends the account's secret in the header
``X-Evidence-Packer-Secret``; Gorgias signs nothing itself. Ticket: /api/tickets/{id}; files: /api/upload, both as other programs
ask for them. The note: /api/tickets/{id}/messages (developers.gorgias.com/docs/create-a-new-message-in-ticket-via-api, read
2026-11-30).
"""

from urllib.parse import quote

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
    not_proved,
    same,
)
from jobs.connect.multipart import form
from jobs.connect.told import ServiceJson
from jobs.notify.hook_wire import WireCall


def _base(account: ServiceAccount) -> str:
    return f"https://{account.host('domain', 'gorgias.com')}/api"


def _key(account: ServiceAccount) -> dict[str, str]:
    return {**basic(account["email"], account["token"]), "accept": "application/json"}


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
    files = (file for one in messages for file in one.each("attachments") if file.text("url"))
    return Incoming.ticket(ticket, texts, (Attachment.at(file.text("url"), file.text("name"), {}) for file in files))


def _hand_over(going: Outgoing, account: ServiceAccount, wire: Wire) -> tuple[str, ...]:
    base, key = _base(account), _key(account)
    attachments: list[JsonValue] = []
    for file in going.documents:
        sent = form({}, [(file.plain_name, file.plain_name, file.read())])
        url = f"{base}/upload?type=attachment"
        kept = ask(wire, WireCall(method="POST", url=url, headers={**key, **sent.headers}, body=sent.body))
        attachments.append(kept.at(0).value)
    note: JsonValue = {
        "channel": "internal-note", "via": "internal-note", "from_agent": True, "sender": {"email": account["email"]},
        "source": {"type": "internal-note"}, "body_text": going.note, "attachments": attachments,
    }  # fmt: skip
    call = WireCall(method="POST", url=f"{base}/tickets/{quote(going.id, safe='')}/messages", headers=key)
    ask_json(wire, call, note)
    return tuple(file.name for file in going.documents)


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
