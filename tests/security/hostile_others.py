"""Archives, mails, texts, films, programs, files of two types, and files that are not what their name says."""

import functools
import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

from api.request.file_names import clean_name
from tests.reading.made_files import encoded, text_pdf
from tests.security.hostile import ATTACHED, HIDDEN, PAGE, Group, cut, flipped, noise
from tests.security.hostile_pictures import png, shown, usual

BROKEN = ("file-unreadable", "file-truncated", "decode-crashed")
NOT_READ = ("file-type-unknown", "file-type-later")
ORDER = b"Order 112-4829307-7716253 was delivered on Nov 2, 2026\n"


def archive(*files, packing=zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", packing) as packed:
        for name, data in files:
            entry = zipfile.ZipInfo(name) if isinstance(name, str) else name
            entry.compress_type = packing
            packed.writestr(entry, data)
    return sink.getvalue()


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("link.txt")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def named(*names: str) -> bytes:
    """Entries of these names, also twice, each with a text of its own."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about names that come twice
        return archive(*((zipfile.ZipInfo(name), ORDER + str(place).encode()) for place, name in enumerate(names)))


def lying(field: str, value: int) -> bytes:
    """An archive whose directory lies about its first entry."""
    data = bytearray(archive(("a.txt", ORDER * 40)))
    at = (
        data.index(b"PK\x01\x02") + {"method": 10, "flags": 8, "crc": 16, "packed": 20, "size": 24, "offset": 42}[field]
    )
    data[at : at + (2 if field in {"method", "flags"} else 4)] = value.to_bytes(
        2 if field in {"method", "flags"} else 4, "little"
    )
    return bytes(data)


def overlapping(count: int) -> bytes:
    """Many entries of the directory that lead to the same bytes."""
    data = archive(("a.txt", bytes(2_000_000)))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    directory = b"".join(data[start:end].replace(b"a.txt", b"%05d" % n) for n in range(count))
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), start, 0)
    return data[:start] + directory + tail


zips = Group("archives")
zips.add("bomb-ratio.zip", lambda: archive(("zeros.txt", bytes(60_000_000))), "archive-too-large")
zips.add("bomb-many.zip", lambda: archive(*((f"{n}.txt", bytes(1_500_000)) for n in range(90))), "archive-too-large")
zips.add("overlap.zip", lambda: overlapping(150), "archive-too-large", *BROKEN)
zips.add("files-201.zip", lambda: archive(*((f"{n}.txt", b"x%d" % n) for n in range(201))), "archive-too-many")
zips.add("nested.zip", lambda: archive(("inner.zip", archive(("a.txt", ORDER)))), "archive-unpacked")
zips.add("nested-thrice.zip", lambda: archive(("in.zip", archive(("in.zip", archive(("a.txt", ORDER))))), ), "archive-unpacked")  # fmt: skip
zips.add("empty.zip", archive, "archive-empty")
zips.add("only-folders.zip", lambda: archive((zipfile.ZipInfo("a/"), b"")), "archive-empty", "archive-nested", *BROKEN)
zips.add("same-names.zip", lambda: named("a.txt", "a.txt", "A.TXT"), "archive-unpacked")
zips.add(
    "traversal.zip",
    lambda: named("../../../etc/cron.d/x.txt", "..\\..\\win.txt", "/etc/passwd.txt", "C:\\x.txt"),
    "archive-unpacked",
)
zips.add(
    "odd-names.zip",
    lambda: named("\u202etxt.gpj", "a\nb.txt", "con", "x" * 5_000 + ".txt", "a/.", " .txt", "\U0001f4e6.txt"),
    "archive-unpacked",
)
zips.add("link.zip", lambda: archive((link(), b"/etc/passwd")), "archive-unpacked")
zips.add("locked.zip", lambda: lying("flags", 1), "archive-locked")
zips.add("unknown-method.zip", lambda: lying("method", 77), *BROKEN)
zips.add("bad-crc.zip", lambda: lying("crc", 7), *BROKEN)
zips.add("size-4g.zip", lambda: lying("size", 4_000_000_000), "archive-unpacked", "archive-too-large", *BROKEN)
zips.add("packed-4g.zip", lambda: lying("packed", 4_000_000_000), "archive-unpacked", *BROKEN)
zips.add("offset-beyond.zip", lambda: lying("offset", 3_000_000_000), *BROKEN)
zips.add("cut.zip", lambda: cut(archive(("a.txt", ORDER * 90)), 0.5), *BROKEN)
zips.add("two-packings.zip", lambda: archive(("a.txt", ORDER), packing=zipfile.ZIP_LZMA), "archive-unpacked", *BROKEN)
zips.add(
    "bent.zip", lambda: flipped(archive(("a.txt", ORDER * 90)), 3, 0.05), *BROKEN, "archive-unpacked", "archive-empty"
)
zips.add(
    "hostile-inside.zip",
    lambda: archive(("a.png", png((30_000, 30_000), rows=b"")), ("b.pdf", b"%PDF-1.7\n"), ("c.txt", ORDER)),
    "archive-unpacked",
)


def mail(*parts, subject="Order", body="Hello, where is my parcel?") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "c@d.example", subject
    message["Date"] = "Mon, 02 Nov 2026 14:22:00 +0800"
    message.set_content(body)
    for name, data in parts:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def in_mails(depth: int) -> bytes:
    whole = mail(("a.txt", ORDER))
    for number in range(depth):
        outer = mail(subject=f"Level {number}")
        outer.add_attachment(whole)
        whole = outer
    return bytes(whole)


HEAD = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nDate: Mon, 02 Nov 2026 14:22:00 +0800\r\n"
mails = Group("mails")
mails.add("mail-in-mail-30.eml", lambda: in_mails(30), PAGE)
mails.add(
    "mail-in-mail-300.eml",
    lambda: HEAD + b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 300 + b"\r\nx",
    PAGE,
    *BROKEN,
)
mails.add(
    "parts-2000-deep.eml",
    lambda: (
        HEAD + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(2_000))
    ),
    PAGE,
    *BROKEN,
)
mails.add(
    "attachments-300.eml", lambda: bytes(mail(*((f"{n}.txt", b"%d" % n) for n in range(300)))), PAGE, "archive-too-many"
)
mails.add("attachment-itself-named.eml", lambda: bytes(mail(("attachment-itself-named.eml", ORDER))), PAGE)
mails.add(
    "attachment-traversal.eml", lambda: bytes(mail(("../../etc/passwd", ORDER + b"1"), ("/x.txt", ORDER + b"2"))), PAGE
)
mails.add("attachment-bomb.eml", lambda: bytes(mail(("b.zip", archive(("z.txt", bytes(60_000_000)))))), PAGE)
mails.add("boundary-missing.eml", lambda: HEAD + b"Content-Type: multipart/mixed\r\n\r\nbody", PAGE, *BROKEN)
mails.add("charset-unknown.eml", lambda: HEAD + b"Content-Type: text/plain; charset=martian\r\n\r\nbody", PAGE)
mails.add(
    "base64-broken.eml",
    lambda: HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!not base64",
    PAGE,
)
mails.add("header-2mb.eml", lambda: HEAD + b"X-Long: " + b"a" * 2_000_000 + b"\r\n\r\nbody", PAGE, "text-too-long")
mails.add(
    "subject-2mb.eml",
    lambda: HEAD.replace(b"Subject: x", b"Subject: " + b"word " * 400_000) + b"\r\nbody",
    PAGE,
    "text-too-long",
    "pdf-too-many-pages",
    "decode-timeout",
)
mails.add("headers-50000.eml", lambda: HEAD + b"Received: by x\r\n" * 50_000 + b"\r\nbody", PAGE)
mails.add(
    "words-encoded-endless.eml",
    lambda: HEAD.replace(b"Subject: x", b"Subject: " + b"=?utf-8?B?w6Q=?= " * 5_000) + b"\r\nbody",
    PAGE,
    "decode-timeout",
)
mails.add(
    "html-deep.eml", lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 30_000 + b"words", "file-unreadable"
)
mails.add(
    "html-script.eml",
    lambda: (
        HEAD
        + b"Content-Type: text/html\r\n\r\n<script>"
        + HIDDEN.encode()
        + b"</script><img src=http://127.0.0.1:9/x><p>words"
    ),
    PAGE,
)
mails.add("nul-in-head.eml", lambda: HEAD.replace(b"Subject: x", b"Subject: a\0b") + b"\r\nbody", PAGE, *NOT_READ)
mails.add("date-nonsense.eml", lambda: HEAD.replace(b"Mon, 02 Nov 2026", b"Mon, 99 Zzz 99999") + b"\r\nbody", PAGE)

texts = Group("texts")
texts.add("one-line-10mb.txt", lambda: b"word " * 2_000_000, "text-too-long")
texts.add("one-word-10mb.txt", lambda: b"w" * 10_000_000, "text-too-long")
texts.add("one-line-400k.txt", lambda: b"word " * 80_000, PAGE, "decode-timeout", heavy=True)
texts.add("one-word-100k.txt", lambda: b"w" * 100_000, PAGE, "decode-timeout", heavy=True)
texts.add("lines-300k.txt", lambda: b"a\n" * 240_000, "pdf-too-many-pages", "text-too-long")
texts.add("controls.txt", lambda: ORDER + bytes(range(1, 32)) * 20, PAGE, *NOT_READ)
texts.add("nul.txt", lambda: ORDER + b"\0" * 50, PAGE, *NOT_READ)
texts.add("bidi.txt", lambda: ORDER + "\u202e\u2066\u2069\u200f evil \u202c".encode() * 30, PAGE, *NOT_READ)
texts.add(
    "zalgo.txt",
    lambda: ORDER + ("o" + "\u0301\u0316\u0334" * 300).encode() * 20,
    PAGE,
    "decode-timeout",
    *NOT_READ,
    heavy=True,
)
texts.add("surrogates.txt", lambda: ORDER + b"\xed\xa0\x80\xed\xbf\xbf" * 9, PAGE, *NOT_READ)
texts.add("utf16-odd.txt", lambda: b"\xff\xfe" + ORDER.decode().encode("utf-16-le") + b"\0", PAGE, *NOT_READ)
texts.add("utf32.txt", lambda: ORDER.decode().encode("utf-32"), PAGE, *NOT_READ)
texts.add("latin.txt", lambda: ("Größe déjà " * 20).encode("cp1252"), PAGE)
texts.add("formulas.csv", lambda: b"=cmd|' /C calc'!A0,+1,-1,@SUM(A1)\n" * 20, PAGE)
texts.add("virus-test.txt", lambda: b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", PAGE)
texts.add(
    "template.txt",
    lambda: b"{{ 7*7 }} {% for x in ().__class__.__bases__ %} ${7*7} <%= 7 %> <script>alert(1)</script>\n" * 9,
    PAGE,
)
texts.add("not-characters.txt", lambda: ORDER + "\ufffe\uffff\U0010ffff\ue000".encode() * 9, PAGE, *NOT_READ)
texts.add("json-deep.json", lambda: b"[" * 100_000 + b"]" * 100_000, PAGE, *NOT_READ, "pdf-too-many-pages")
texts.add("blank.txt", lambda: b" \n" * 500, *NOT_READ, PAGE)
texts.add("mark-only.txt", lambda: b"\xef\xbb\xbf", *NOT_READ, PAGE)

twofold = Group("two types, wrong names")
twofold.add("pdf-and-zip.pdf", lambda: text_pdf(ORDER.decode()) + archive(("a.txt", HIDDEN.encode())), PAGE)
twofold.add("jpeg-and-pdf.jpg", lambda: usual("JPEG") + text_pdf(HIDDEN), PAGE)
twofold.add("jpeg-and-zip.jpg", lambda: usual("JPEG") + archive(("a.txt", HIDDEN.encode())), PAGE)
twofold.add("gif-and-script.gif", lambda: usual("GIF") + f"/*{HIDDEN}*/=1;".encode(), PAGE)
twofold.add("png-and-html.png", lambda: usual("PNG") + f"<script>{HIDDEN}</script>".encode(), PAGE)
twofold.add("zip-and-pdf.zip", lambda: archive(("a.txt", ORDER)) + text_pdf(HIDDEN), "archive-unpacked", *BROKEN)
twofold.add("png-named.pdf", lambda: usual("PNG"), PAGE)
twofold.add("pdf-named.png", lambda: text_pdf(ORDER.decode()), PAGE)
twofold.add("html-named.png", lambda: b"<html><script>alert(1)</script></html>", "office-empty")
twofold.add("zip-named.jpg", lambda: archive(("a.txt", ORDER)), "archive-unpacked")
twofold.add("text-named.pdf", lambda: ORDER * 3, *NOT_READ)
twofold.add("jpeg-inside-junk.bin", lambda: noise(64) + usual("JPEG"), *NOT_READ)

others = Group("no type of ours")
others.add("empty.png", lambda: b"", "file-empty")
others.add("one-byte.png", lambda: b"\x89", *NOT_READ)
others.add("noise.bin", lambda: noise(50_000), *NOT_READ)
others.add("zeros.bin", lambda: bytes(100_000), *NOT_READ)
others.add("program.png", lambda: b"\x7fELF" + noise(4_000), *NOT_READ)
others.add("program.exe", lambda: b"MZ" + noise(4_000), *NOT_READ)
others.add("script.eps", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n", *NOT_READ, PAGE)
others.add("layers.psd", lambda: b"8BPS\0\1" + noise(900), *NOT_READ)
others.add(
    "picture.svg",
    lambda: (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&e;</svg>'
    ),
    *NOT_READ,
)
others.add(
    "laughs.xml", lambda: b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>', *NOT_READ, PAGE
)
others.add("sound.mp3", lambda: b"ID3\x04" + noise(4_000), *NOT_READ)
others.add(
    "film-cut.mp4",
    lambda: struct.pack(">I", 24) + b"ftypisom\0\0\2\0isomiso2" + struct.pack(">I", 90_000) + b"mdat" + noise(900),
    *BROKEN,
    *NOT_READ,
)
others.add(
    "film-boxes-0.mp4", lambda: struct.pack(">I", 24) + b"ftypisom\0\0\2\0isomiso2" + bytes(8) * 200, *BROKEN, *NOT_READ
)
others.add("film-junk.webm", lambda: b"\x1aE\xdf\xa3" + noise(3_000), *BROKEN, *NOT_READ)
others.add(
    "office.docx",
    lambda: archive(
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    ),
    *BROKEN,
)
others.add(
    "sheet.xlsx",
    lambda: archive(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<x/>")),
    "office-empty",
    *BROKEN,
)
others.add("old-office.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(4_000), *BROKEN)
others.add("packed.gz", lambda: b"\x1f\x8b\x08\0" + zlib.compress(ORDER), *NOT_READ)
others.add("packed.rar", lambda: b"Rar!\x1a\x07\x01\0" + noise(300), *NOT_READ)
others.add("packed.7z", lambda: b"7z\xbc\xaf\x27\x1c\0\4" + noise(300), *NOT_READ)
others.add(
    "mac-notes.zip",
    lambda: archive(("__MACOSX/._a", b"x"), (".DS_Store", b"y")),
    "archive-empty",
    "archive-nested",
    *BROKEN,
)
others.add("icon.ico", lambda: b"\0\0\1\0\1\0" + noise(90), *NOT_READ)

NAMES = (
    "..", "../../etc/passwd", "a\r\nSet-Cookie: x=1.png", 'a"; filename="b.png', "\u202egpj.exe", "CON.png", "a" * 400 + ".png", "\U0001f4e6 пакет 包裹.png",
    "-rf.png", "a\0b.png", "x:y|z?.png", " . .png", "{{7*7}}.png", "<img src=x onerror=alert(1)>.png", "=cmd().png", "c\ud800d.png", "e\u0301" * 60 + ".png", "\u2028 \ufeff.png",
)  # fmt: skip
names = Group("names")
"""As every door cleans them; what they clean is tried where the doors are."""
for place, name in enumerate(NAMES):
    names.add(
        clean_name(name), functools.partial(lambda n: encoded(shown().crop((0, 0, 600 + n, 200)), "PNG"), place), PAGE
    )

GROUPS = (zips, mails, texts, twofold, others, names)
__all__ = ["ATTACHED", "GROUPS"]
