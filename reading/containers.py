"""Files told by their first bytes before anything is decoded: what holds other files, films, and what comes every day."""

import re
from pathlib import PurePath

from casefile.upload import Upload

_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]")
_TELLING = re.compile(
    rb"(Received|Return-Path|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|X-[A-Za-z-]+):[ \t]",
    re.IGNORECASE,
)
_LEAST_HEADERS = 3
_POSTMARK = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n|>?From [^\r\n]+\r?\n|Microsoft Mail Internet Headers[^\r\n]*\r?\n)*"
)
_HEAD = 4096
_USUAL = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-", b"GIF87a", b"GIF89a")
_STILL = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin as a ZIP does (office documents do as well)."""
    return data.startswith(_ARCHIVE)


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with header lines, among them some that every mail has; a mailbox begins with a line of its own."""
    head = without_postmark(data[:_HEAD])
    lines = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0].splitlines()
    headers = [line for line in lines if not line.startswith((b" ", b"\t"))]
    if not headers or not all(_HEADER.match(line) for line in headers[:8]):
        return False
    return sum(bool(_TELLING.match(line)) for line in headers) >= _LEAST_HEADERS


def without_postmark(data: bytes) -> bytes:
    """A mail without what programs write before its first header: a byte order mark, empty lines, the lines of a mailbox."""
    return _POSTMARK.sub(b"", data, count=1)


def is_compound(data: bytes) -> bool:
    """Whether the bytes begin as old office files and mails saved by Outlook do."""
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def is_usual(data: bytes) -> bool:
    """Whether the bytes begin as the pictures and documents do of which most evidence consists."""
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    return data.startswith(_USUAL) or webp or (data[4:8] == b"ftyp" and data[8:12] in _STILL)


def is_film(data: bytes) -> bool:
    """Whether the bytes begin as a film does."""
    return data.startswith(b"\x1aE\xdf\xa3") or (data[4:8] == b"ftyp" and data[8:12] not in _STILL)


def named_apart(parts: tuple[tuple[str, bytes], ...], container: str, taken: set[str]) -> tuple[Upload, ...]:
    """The files of ``container`` as uploads whose names nothing in ``taken`` has; ``taken`` learns them."""
    found = []
    for inner, data in parts:
        path, name, number = PurePath(inner), inner, 1
        while name.casefold() in taken:
            counted = f" {number}" if number > 1 else ""
            name = f"{path.stem} ({PurePath(container).stem}{counted}){path.suffix}"
            number += 1
        taken.add(name.casefold())
        found.append(Upload(name=name, data=data))
    return tuple(found)
