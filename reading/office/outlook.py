"""A mail saved by Outlook (MSG): its headers as any mail has them, its body, and what is attached."""

import codecs
import datetime as dt
import email.errors
import email.header
import email.utils
import re
from collections.abc import Iterator

from reading.intake import Part, Refusal
from reading.office import markup, rich_text
from reading.office.blocks import INNER_FILES, Block, NotShown, Passage
from reading.office.packed_rtf import unpacked
from reading.plain_text import CHARSET, clean, decoded

try:
    from oxmsg import Message
except ImportError:
    Message = None  # type: ignore[assignment, misc]  # left out of this installation

_HTML, _PACKED_RTF = 0x1013, 0x1009
_NUMBERED = re.compile(r"windows[-_](\d{3,5})")
_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def _by_number(name: str) -> codecs.CodecInfo | None:
    """The code page that the library names by Windows' name for it."""
    found = _NUMBERED.fullmatch(name)
    try:
        return codecs.lookup(f"cp{found[1]}") if found else None
    except LookupError:
        return None


codecs.register(_by_number)


def _loaded(data: bytes) -> "Message":
    if Message is None:
        raise Refusal("file-type-later", type="MSG")
    return Message.load(data)


def blocks(data: bytes) -> Iterator[Block]:
    """Headers, then the body: as HTML where the mail has it, else as plain text."""
    message = _loaded(data)
    yield Passage("\n".join(_headers(message)))
    page = _page(message)
    shown = list(markup.blocks(page)) if page else []
    plain = clean(message.body or "").strip()
    if any(not isinstance(block, NotShown) for block in shown):
        yield from shown
    elif plain:
        yield Passage(plain)
    elif packed := message.properties.binary_prop_value(_PACKED_RTF):
        yield from rich_text.blocks(unpacked(packed))
    if any(not part.file_bytes for part in message.attachments):
        yield INNER_FILES


def _page(message: "Message") -> str | None:
    """The page of the mail, in the encoding that it is really written in."""
    data = message.properties.binary_prop_value(_HTML)
    if not data:
        return message.properties.str_prop_value(_HTML)
    named = CHARSET.search(data[:4096])
    try:
        return decoded(data, named[1].decode("ascii") if named else "utf-8")
    except LookupError:
        return data.decode(message.properties.body_encoding, "replace")


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
        value = _plain(told.get(name.casefold())) or known.get(name.casefold())
        if value:
            yield clean(f"{name}: {value}").replace("\n", " ")
    for part in message.attachments:
        if part.file_name:
            yield clean(f"Attachment: {part.file_name}")


def _plain(value: str | None) -> str | None:
    """A header whose words beyond ASCII are packed, as it is read."""
    if not value or "=?" not in value:
        return value
    try:
        return str(email.header.make_header(email.header.decode_header(re.sub(r"\r?\n[ \t]+", " ", value))))
    except (LookupError, ValueError, email.errors.HeaderParseError):
        return value


def _named(name: str | None, address: str | None) -> str:
    return email.utils.formataddr((name or "", address)) if address else name or ""


def _date(at: dt.datetime | None) -> str | None:
    if at is None:
        return None
    return email.utils.format_datetime(at if at.tzinfo else at.replace(tzinfo=dt.UTC))
