"""A saved e-mail (EML): its headers and body on pages; what is attached comes out as files of its own."""

import email.policy
import itertools
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message, MIMEPart
from email.parser import BytesParser

from reading.containers import is_mail, without_postmark
from reading.intake import DecodeJob, Intake, Opened, Page, Part, Refusal
from reading.office.blocks import NotShown
from reading.office.mail_text import says_the_same, text_of
from reading.pictures import lettering, sheets
from reading.plain_text import bounded, clean, decoded, honest

_SHOWN = ("From", "To", "Cc", "Date", "Subject", "Message-ID")
_TEXTS = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"})
"""Forms of one and the same text in an alternative; anything else there is a file."""
_REPORTS = frozenset({"message/delivery-status", "message/disposition-notification", "message/feedback-report"})
"""Fields in which mail servers say what became of a mail: they belong to the text."""
_BETWEEN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S.* \d{4}[^\r\n]*\r?\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_ENCODED_WORD = re.compile(rb"=\?([A-Za-z0-9_:.()-]+)\?([BbQq])\?")
_ESCAPED = re.compile("[\udc80-\udcff]")


def score(head: bytes) -> float:
    """Header lines from the first byte on, among them the ones that every mail has."""
    return 0.9 if is_mail(head) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """Headers and body on pages.

    Raises:
        Refusal: ``text-too-long``, ``pdf-too-many-pages``.
    """
    written, told = _pages(data, job)
    sizes = [(sheets.WIDTH, sheets.HEIGHT)] * len(written)
    changes = ("mail-set", *(one.code for one in told))
    return sheets.opened(lambda number: lettering.drawn(written[number - 1]), sizes, job, changes)


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    written, _ = _pages(data, job)
    return sheets.pages(lambda number: lettering.drawn(written[number - 1]), len(written), job)


def unpack(data: bytes, job: DecodeJob) -> Iterator[Part]:
    """The attachments, in the order of the mail.

    Raises:
        Refusal: ``archive-too-large``, ``archive-too-many``.
    """
    total = 0
    for place, (name, content) in enumerate(_enclosed(data), start=1):
        total += len(content)
        if place > job.limits.archive_files:
            raise Refusal("archive-too-many", files=place, allowed=job.limits.archive_files)
        if total > job.limits.archive_bytes:
            raise Refusal("archive-too-large", allowed_megabytes=job.limits.archive_bytes // 1_000_000)
        yield Part(name=name, data=content)


def _enclosed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What goes with the mail: its attachments, then the further mails of a mailbox."""
    first, *others = _mails(data)
    for place, part in enumerate(_attached(_message(first)), start=1):
        yield _name(part) or f"attachment-{place}.{part.get_content_subtype()}", _content(part)
    for place, other in enumerate(others, start=2):
        yield f"message-{place}.eml", other


def _mails(data: bytes) -> list[bytes]:
    """The mails of a mailbox, each without the line that parts it from the one before; a mail alone is one."""
    starts = (
        [match.start() for match in _BETWEEN.finditer(data)] if _BETWEEN.match(data.lstrip(b"\r\n\xef\xbb\xbf")) else []
    )
    cuts = [0, *(start for start in starts if data[:start].strip()), len(data)]
    found = [data[start:end] for start, end in itertools.pairwise(cuts)]
    if len(found) > 1 and not all(map(is_mail, found)):
        found = [data]
    quoted = [_QUOTED.sub(rb"\1", mail) for mail in found] if starts else found
    return [without_postmark(mail) for mail in quoted]


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    """Every part that is neither shown as the body nor another form of it, however the parts are nested."""
    body = message.get_body(preferencelist=("plain", "html"))
    yield from _not_shown(message, body, another=False)


def _not_shown(part: EmailMessage, body: object, *, another: bool) -> Iterator[EmailMessage]:
    """``another``: whether the part stands among the forms of the body."""
    if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
        forms = part.get_content_subtype() == "alternative" and body is not None and any(p is body for p in part.walk())
        for inner in part.iter_parts():
            if isinstance(inner, EmailMessage):
                yield from _not_shown(inner, body, another=another or forms)
        return
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    form_of_body = (another and part.get_content_type() in _TEXTS) or part.get_content_type() in _REPORTS
    if part is not body and (named or not form_of_body) and not (body is None and _is_whole(part)):
        yield part


def _is_whole(part: EmailMessage) -> bool:
    """Whether a part is a mail that says it has parts and has none: its text is shown."""
    return part.get_content_maintype() == "multipart"


def _name(part: EmailMessage) -> str | None:
    name = part.get_filename()
    return None if name is None else _unescaped(str(name), part.get_content_charset())


def _content(part: EmailMessage) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        mail = inner[0] if inner and part.get_content_type() == "message/rfc822" else part
        return mail.as_bytes() if isinstance(mail, EmailMessage) else b""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _message(data: bytes) -> EmailMessage:
    head, gap, body = _parted(without_postmark(data))
    widened = _ENCODED_WORD.sub(lambda word: b"=?" + honest(word[1].decode()).encode() + b"?" + word[2] + b"?", head)
    return BytesParser(_class=EmailMessage, policy=email.policy.default).parsebytes(widened + gap + body)


def _parted(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Headers, the empty line, and the rest."""
    gap = re.search(rb"\r?\n\r?\n", data)
    return (data[: gap.start()], gap[0], data[gap.end() :]) if gap else (data, b"", b"")


def _pages(data: bytes, job: DecodeJob) -> tuple[list[list[lettering.LetteredRow]], tuple[NotShown, ...]]:
    message, width = _message(_mails(data)[0]), sheets.WIDTH - 2 * lettering.MARGIN
    rows = [row for text in _headers(message) for row in lettering.wrapped(text, lettering.USUAL, width)]
    rows.append(lettering.LetteredRow(""))
    body, told = _body(message)
    text = bounded(clean(body), job.limits.text_characters)
    rows += [row for line in text.split("\n") for row in lettering.wrapped(line, lettering.USUAL, width)]
    written = lettering.paged(rows)
    if len(written) > job.limits.pdf_pages:
        raise Refusal("pdf-too-many-pages", pages=len(written), allowed=job.limits.pdf_pages)
    return written, told


def _headers(message: EmailMessage) -> Iterator[str]:
    raw = {name.casefold(): value for name, value in reversed(list(message.raw_items()))}
    for name in _SHOWN:
        for value in _values(message, name):
            bare = str(raw.get(name.casefold(), ""))
            # A date is shown as it was written: the library would make a wrong one of what no standard knows ("6:10 PM PST").
            as_written = name == "Date" or _ESCAPED.search(bare) is not None
            text = re.sub(r"\r?\n[ \t]*", " ", bare).strip() if as_written else str(value)
            yield clean(f"{name}: {_unescaped(text, message.get_content_charset())}").replace("\n", " ")
    for part in _attached(message):
        yield clean(f"Attachment: {_name(part) or part.get_content_type()}")


def _values(message: EmailMessage, name: str) -> list[object]:
    """The values of a header; as they were written where the library fails at them, as it does at odd lists of addresses."""
    try:
        return list(message.get_all(name, []))
    except Exception:  # noqa: BLE001  # what is against the rules raises anything
        own = [value for other, value in message.raw_items() if other.casefold() == name.casefold()]
        return [re.sub(r"\r?\n[ \t]*", " ", str(value)).strip() for value in own]


def _unescaped(text: str, charset: str | None) -> str:
    """``text`` whose bytes beyond ASCII were written as they are, against the rules, as they were meant."""
    if not _ESCAPED.search(text):
        return text
    return decoded(text.encode("utf-8", "surrogateescape"), charset)


def _body(message: EmailMessage) -> tuple[str, tuple[NotShown, ...]]:
    """The text as a mail program shows it, what servers report with it, and what of it stands on no page."""
    text, told = _own_text(message)
    return "\n\n".join(filter(None, (text.rstrip("\n") if (reports := _reports(message)) else text, *reports))), told


def _own_text(message: EmailMessage) -> tuple[str, tuple[NotShown, ...]]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        part = message if not isinstance(message.get_payload(), list) and _is_whole(message) else None
    if part is None:
        return "", ()
    if part.get_content_subtype() == "html":
        return text_of(_text(part))
    page = _other_form(message, part)
    shown, told = text_of(_text(page)) if page else ("", ())
    return (shown, told) if shown and not says_the_same(_text(part), shown) else (_text(part), ())


def _reports(part: Message) -> list[str]:
    """The fields of each report in the mail, a group of them as a paragraph."""
    inside = [inner for inner in part.get_payload() if isinstance(inner, Message)] if part.is_multipart() else []
    if part.get_content_type() in _REPORTS:
        groups = ["\n".join(f"{name}: {value}" for name, value in inner.raw_items()) for inner in inside]
        return [group for group in groups if group]
    if part.get_content_maintype() != "multipart":
        return []
    return [report for inner in inside for report in _reports(inner)]


def _text(part: MIMEPart) -> str:
    found = part.get_payload(decode=True)
    return decoded(found if isinstance(found, bytes) else b"", part.get_content_charset())


def _other_form(message: EmailMessage, plain: MIMEPart) -> MIMEPart | None:
    """The page beside a plain text that stands in one alternative with it."""
    for part in message.walk():
        if part.get_content_subtype() != "alternative":
            continue
        forms = list(part.walk())
        if any(form is plain for form in forms):
            return part.get_body(preferencelist=("html",)) if isinstance(part, EmailMessage) else None
    return None


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
