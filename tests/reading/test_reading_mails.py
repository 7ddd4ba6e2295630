"""Mails as programs write them: every part ends on a page or as a file of its own, and names and subjects are read."""

import base64

import pytest

from casefile.upload import Upload
from reading.containers import is_mail
from reading.intakes import mail
from reading.plain_text import honest

HEAD = b"From: Shop <shop@example.com>\r\nTo: buyer@example.org\r\nSubject: Order 112\r\nMIME-Version: 1.0\r\n"
TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nIn plain words.\r\n"
RICH = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>In rich words.</p>\r\n"
PDF = b'Content-Type: application/pdf; name="pod.pdf"\r\nContent-Disposition: inline; filename="pod.pdf"\r\n\r\n%PDF-1\r\n'
PICTURE = b"Content-Type: image/png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
INVITE = b"Content-Type: text/calendar; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\n"
INNER = b"Content-Type: message/rfc822\r\n\r\n" + HEAD + TEXT
EMPTY = b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="empty.pdf"\r\n\r\n'
STATUS = (
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
    b"Final-Recipient: rfc822; buyer@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
)
NOTE = b'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="note.txt"\r\n\r\nnote\r\n'


def parts(kind, *inside):
    mark = b"mark" + str(sum(map(len, inside))).encode()
    body = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in inside)
    return b"Content-Type: multipart/" + kind + b'; boundary="' + mark + b'"\r\n\r\n' + body + b"--" + mark + b"--\r\n"


@pytest.mark.parametrize(
    ("body", "files"),
    [
        (TEXT, []),
        (parts(b"mixed", TEXT, PDF), ["pod.pdf"]),
        (parts(b"alternative", TEXT, RICH), []),
        (parts(b"alternative", TEXT, parts(b"mixed", RICH, PDF, RICH)), ["pod.pdf"]),
        (parts(b"alternative", TEXT, parts(b"related", RICH, PICTURE)), ["attachment-1.png"]),
        (parts(b"mixed", parts(b"alternative", TEXT, RICH), PDF, NOTE), ["pod.pdf", "note.txt"]),
        (parts(b"alternative", TEXT, RICH, INVITE), ["attachment-1.calendar"]),
        (parts(b"alternative", TEXT, PDF), ["pod.pdf"]),
        (parts(b"report", TEXT, STATUS, INNER), ["attachment-1.rfc822"]),
        (parts(b"report", STATUS), []),
        (parts(b"related", parts(b"alternative", TEXT, RICH), PICTURE), ["attachment-1.png"]),
        (parts(b"mixed", TEXT, parts(b"mixed", parts(b"mixed", PDF, NOTE))), ["pod.pdf", "note.txt"]),
        (parts(b"mixed", TEXT, PDF, RICH), ["pod.pdf", "attachment-2.html"]),
        (parts(b"mixed", PDF), ["pod.pdf"]),
        (parts(b"mixed", TEXT, INNER), ["attachment-1.rfc822"]),
        (parts(b"report", TEXT, INNER), ["attachment-1.rfc822"]),
        (parts(b"mixed", TEXT, EMPTY), ["empty.pdf"]),
        (parts(b"signed", parts(b"mixed", TEXT, PDF), NOTE), ["pod.pdf", "note.txt"]),
        (PDF, ["pod.pdf"]),
    ],
)  # fmt: skip
def test_every_part_is_a_page_or_a_file(body, files):
    data = HEAD + body
    told = list(mail.unpack(data, mail.DecodeJob(unpack=True)))
    assert [part.name for part in told] == files
    assert [text for text in mail._headers(mail._message(data)) if text.startswith("Attachment")] != [] or not files


@pytest.mark.parametrize("shown", ["In plain words.", "Action: failed", "Final-Recipient: rfc822; buyer@example.org"])
def test_what_servers_report_is_part_of_the_text(shown):
    message = mail._message(HEAD + parts(b"report", TEXT, STATUS, INNER))
    assert shown in mail._body(message)[0]
    assert not any("delivery-status" in header for header in mail._headers(message))


@pytest.mark.parametrize("odd", ["unlisted-recipients:; (no To-header on input)", "<>", "a@b@c <;>, :;", "Bob <bob@"])
def test_an_odd_list_of_addresses_is_shown_as_it_was_written(odd):
    head = HEAD.replace(b"buyer@example.org", odd.encode())
    rows = list(mail._headers(mail._message(head + TEXT)))
    assert any(row.startswith("To: ") and len(row) > 5 for row in rows)
    assert "Subject: Order 112" in rows


def test_a_mail_whose_parts_are_lost_shows_what_is_there():
    data = HEAD + b"Content-Type: multipart/mixed\r\n\r\nno parts, but words\r\n"
    assert "no parts, but words" in mail._body(mail._message(data))[0]


POSTMARK = b"From shop@example.com Mon Nov 02 20:15:00 2026\n"


@pytest.mark.parametrize("before", [POSTMARK, b">" + POSTMARK, b"\n\n", b"\xef\xbb\xbf", b"\r\n" + POSTMARK, b""])
def test_what_stands_before_the_headers_does_not_matter(before):
    data = before + HEAD + TEXT
    assert is_mail(data)
    assert "From: Shop <shop@example.com>" in list(mail._headers(mail._message(data)))


@pytest.mark.parametrize("text", [b"From the shop I got nothing.\nHello\n", b"", b"\n\n", b"From: here\nto there\n"])
def test_what_is_no_mail(text):
    assert not is_mail(text)


def test_every_mail_of_a_mailbox_is_kept(room):
    one = POSTMARK + HEAD.replace(b"\r\n", b"\n") + b"\nfirst\n>From here on quoted\n\n"
    box = one + POSTMARK + HEAD.replace(b"\r\n", b"\n") + b"\nsecond\n"
    found = room.unpack(Upload(name="box.mbox", data=box), set())
    assert [(upload.name, b"second" in upload.data) for upload in found] == [("message-2.eml", True)]
    page = room.read(Upload(name="box.mbox", data=box)).reading.pages[0]
    assert "first\nFrom here on quoted" in page.text
    assert "second" not in page.text


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ("gb2312", "您的订单已签收"), ("gb2312", "朱镕基的订单"), ("gbk", "您的订單"), ("gb18030", "您的订单"),
        ("big5", "您的訂單"),
        ("ks_c_5601-1987", "주문 뷁 확인"), ("euc-kr", "주문 확인"), ("shift_jis", "ご注文①"), ("iso-2022-jp", "ご注文"),
        ("windows-1251", "Ваш заказ"), ("koi8-r", "Ваш заказ"), ("iso-8859-1", "Überraschung"), ("iso-8859-1", "5 € “now”"),
        ("windows-1254", "Siparişiniz"), ("tis-620", "คำสั่งซื้อ"), ("utf-8", "您的订单"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("raw", [False, True])
def test_subjects_in_every_encoding_are_read(room, stated, text, raw):
    data = text.encode(honest(stated))
    if raw and stated == "iso-2022-jp":
        pytest.skip("it is written without a byte beyond ASCII")
    subject = data if raw else b"=?" + stated.encode() + b"?B?" + base64.b64encode(data) + b"?="
    head = HEAD.replace(b"Order 112", subject) + b"Content-Type: text/plain; charset=" + stated.encode() + b"\r\n\r\n"
    page = room.read(Upload(name="a.eml", data=head + data)).reading.pages[0]
    assert f"Subject: {text}" in page.text.replace("\n", " ")
    assert page.text.count(text) == 2


@pytest.mark.parametrize(
    "date",
    [
        "November 18, 2026 6:10 PM PST",
        "28. November 2026, 09:14 Uhr MEZ",
        "Wed, 18 Nov 2026 18:10:00 -0800",
        "2026/11/18 18:10",
    ],
)
def test_the_date_of_a_mail_is_shown_as_it_was_written(room, date):
    head = (
        b"From: a@example.com\r\nTo: b@example.com\r\nSubject: Claim\r\nDate: " + date.encode() + b"\r\n\r\nHello\r\n"
    )
    page = room.read(Upload(name="a.eml", data=head)).reading.pages[0]
    assert f"Date: {date}" in page.text
