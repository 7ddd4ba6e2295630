"""A saved e-mail (EML): its headers and body on pages; what is attached comes out as files of its own."""

import email.policy
import html.parser
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser

from reading.containers import is_mail
from reading.intake import DecodeJob, Intake, Opened, Page, Part, Refusal
from reading.pictures import lettering, sheets
from reading.plain_text import bounded, clean, decoded

_SHOWN = ("From", "To", "Cc", "Date", "Subject", "Message-ID")


def score(head: bytes) -> float:
    """Header lines from the first byte on, among them the ones that every mail has."""
    return 0.9 if is_mail(head) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """Headers and body on pages.

    Raises:
        Refusal: ``text-too-long``, ``pdf-too-many-pages``.
    """
    written = _pages(data, job)
    sizes = [(sheets.WIDTH, sheets.HEIGHT)] * len(written)
    return sheets.opened(lambda number: lettering.drawn(written[number - 1]), sizes, job, ("mail-set",))


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    written = _pages(data, job)
    return sheets.pages(lambda number: lettering.drawn(written[number - 1]), len(written), job)


def unpack(data: bytes, job: DecodeJob) -> Iterator[Part]:
    """The attachments, in the order of the mail.

    Raises:
        Refusal: ``archive-too-large``, ``archive-too-many``.
    """
    total = 0
    for place, part in enumerate(_message(data).iter_attachments(), start=1):
        content = _content(part)
        total += len(content)
        if place > job.limits.archive_files:
            raise Refusal("archive-too-many", files=place, allowed=job.limits.archive_files)
        if total > job.limits.archive_bytes:
            raise Refusal("archive-too-large", allowed_megabytes=job.limits.archive_bytes // 1_000_000)
        if content:
            yield Part(name=part.get_filename() or f"attachment-{place}.{part.get_content_subtype()}", data=content)


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage) else b""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _message(data: bytes) -> EmailMessage:
    return BytesParser(_class=EmailMessage, policy=email.policy.default).parsebytes(data)


def _pages(data: bytes, job: DecodeJob) -> list[list[lettering.LetteredRow]]:
    message, width = _message(data), sheets.WIDTH - 2 * lettering.MARGIN
    rows = [row for text in _headers(message) for row in lettering.wrapped(text, lettering.USUAL, width)]
    rows.append(lettering.LetteredRow(""))
    text = bounded(clean(_body(message)), job.limits.text_characters)
    rows += [row for line in text.split("\n") for row in lettering.wrapped(line, lettering.USUAL, width)]
    written = lettering.paged(rows)
    if len(written) > job.limits.pdf_pages:
        raise Refusal("pdf-too-many-pages", pages=len(written), allowed=job.limits.pdf_pages)
    return written


def _headers(message: EmailMessage) -> Iterator[str]:
    for name in _SHOWN:
        for value in message.get_all(name, []):
            yield clean(f"{name}: {value}").replace("\n", " ")
    for part in message.iter_attachments():
        yield clean(f"Attachment: {part.get_filename() or part.get_content_type()}")


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    found = part.get_payload(decode=True)
    text = decoded(found if isinstance(found, bytes) else b"", part.get_content_charset())
    return _text_of(text) if part.get_content_subtype() == "html" else text


class _Words(html.parser.HTMLParser):
    """The words of a page, its blocks on lines of their own."""

    _BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
    _SILENT = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        _ = attrs
        self._silent += tag in self._SILENT
        if tag in self._BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in self._SILENT))
        if tag in {"td", "th"}:
            self.words.append("  ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(re.sub(r"\s+", " ", data))


def _text_of(page: str) -> str:
    words = _Words()
    words.feed(page)
    return re.sub(r"\n\s*\n+", "\n\n", "".join(words.words)).strip()


def samples() -> tuple[bytes, ...]:
    """A plain mail with an attachment, and an HTML mail in a Chinese encoding."""
    plain = EmailMessage()
    plain["From"], plain["To"], plain["Subject"], plain["Date"] = (
        "a@b.example",
        "c@d.example",
        "运单",
        "Mon, 02 Nov 2026 14:22:00 +0800",
    )
    plain.set_content("Hello 你好\n")
    plain.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    rich = EmailMessage()
    rich["From"], rich["To"], rich["Subject"] = "a@b.example", "c@d.example", "Café"
    rich.set_content("<p>你好</p><table><tr><td>1</td></tr></table>", subtype="html", charset="gb18030")
    rich.add_alternative("hello", subtype="plain")
    return (bytes(plain), bytes(rich))


INTAKE = Intake(
    name="mail",
    media_type="message/rfc822",
    extensions=("eml",),
    score=score,
    open=open,
    samples=samples,
    pages=pages,
    unpack=unpack,
    rare=True,
)
