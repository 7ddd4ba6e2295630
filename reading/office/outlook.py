"""A mail saved by Outlook (MSG): its headers as any mail has them, its body, and what is attached."""

import datetime as dt
import email.utils
from collections.abc import Iterator

from reading.intake import Part, Refusal
from reading.office import markup
from reading.office.blocks import Block, Passage
from reading.plain_text import clean

try:
    from oxmsg import Message
except ImportError:
    Message = None  # type: ignore[assignment, misc]  # left out of this installation

_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def _loaded(data: bytes) -> "Message":
    if Message is None:
        raise Refusal("file-type-later", type="MSG")
    return Message.load(data)


def blocks(data: bytes) -> Iterator[Block]:
    """Headers, then the body: as HTML where the mail has it, else as plain text."""
    message = _loaded(data)
    yield Passage("\n".join(_headers(message)))
    page = message.html_body
    shown = list(markup.blocks(page)) if page else []
    if shown:
        yield from shown
    elif message.body:
        yield Passage(clean(message.body).strip())


def attached(data: bytes) -> Iterator[Part]:
    """The attachments in the order of the mail; pictures that its text shows in place are among them."""
    for place, part in enumerate(_loaded(data).attachments, start=1):
        if part.file_bytes:
            yield Part(name=part.file_name or f"attachment-{place}", data=part.file_bytes)


def _headers(message: "Message") -> Iterator[str]:
    told = {name.casefold(): value for name, value in message.message_headers.items()}
    known = {
        "from": message.sender,
        "to": ", ".join(filter(None, (_named(who.name, who.email_address) for who in message.recipients))),
        "subject": message.subject,
        "date": _date(message.sent_date),
    }
    for name in _SHOWN:
        value = told.get(name.casefold()) or known.get(name.casefold())
        if value:
            yield clean(f"{name}: {value}").replace("\n", " ")
    for part in message.attachments:
        if part.file_name:
            yield clean(f"Attachment: {part.file_name}")


def _named(name: str | None, address: str | None) -> str:
    return email.utils.formataddr((name or "", address)) if address else name or ""


def _date(at: dt.datetime | None) -> str | None:
    if at is None:
        return None
    return email.utils.format_datetime(at if at.tzinfo else at.replace(tzinfo=dt.UTC))
