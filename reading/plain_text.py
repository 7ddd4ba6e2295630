"""Bytes to text, as people's programs wrote it: UTF-8, UTF-16 with a mark, what is stated, else where it makes sense."""

import codecs
import re

from reading.encodings import encoding_of
from reading.intake import Refusal

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TRIED = ("utf-8", "gb18030")
_STATED = (
    *("ascii", "latin-1", "cp1252", "cp437", "utf-16", "big5", "shift_jis", "iso2022_jp", "euc_jp", "euc_kr", "gbk"),
    *(
        "iso8859-15",
        "iso8859-2",
        "cp1250",
        "cp1251",
        "cp1258",
        "cp874",
        "cp950",
        "koi8-r",
        "gb2312",
        "hz",
        "cp936",
        "cp932",
        "cp949",
    ),
    *(
        "big5hkscs",
        "iso2022_kr",
        "iso2022_jp_2",
        "euc_jis_2004",
        "johab",
        "koi8-u",
        "tis-620",
        "mac_roman",
        "utf-7",
        "utf-32",
    ),
    *("cp850", "cp852", "cp866", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1252"),
    *(f"iso8859-{part}" for part in (3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16)),
)
LOADED = tuple(map(codecs.lookup, (*_TRIED, *_STATED)))
"""Loaded here because a locked-down child can import nothing."""

_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x_gbk": "gb18030", "euc_cn": "gb18030",
    "ks_c_5601_1987": "cp949", "euc_kr": "cp949", "shift_jis": "cp932", "x_sjis": "cp932", "big5": "big5hkscs",
    "us_ascii": "utf-8", "ascii": "utf-8", "iso_8859_1": "cp1252", "latin_1": "cp1252",
}  # fmt: skip
"""What programs state → the encoding that holds all of it and what they write besides."""
_OTHERS = "€£¥§°·«»“”„‘’‚–—…¿¡ºª©®™²³½¼¾±×\xa0"
"""Signs of old Latin encodings that are no letters."""
TAB = 4
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.()-]+)", re.IGNORECASE)
"""What a page states of its own encoding."""


def honest(encoding: str) -> str:
    """The encoding that text which states ``encoding`` is really written in: the one stated, or a larger one around it."""
    return _WIDER.get(encoding.strip().casefold().replace("-", "_"), encoding)


def decoded(data: bytes, stated: str | None = None) -> str:
    """The text of ``data``; ``stated`` is what the file says its encoding is."""
    named = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for encoding in filter(None, (named, stated and honest(stated), "utf-8")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(encoding_of(data), "replace")


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file are text that people can read."""
    if not head:
        return False
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
        return _readable(text[:-1] or text)
    for encoding in _TRIED:
        for cut in range(4):  # the last character may be cut
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if _readable(text):
                return True
    return _western(head)


def _western(head: bytes) -> bool:
    """Whether bytes are Latin letters with accents as older programs write them: mostly plain signs, the others letters."""
    try:
        text = head.decode("cp1252")
    except UnicodeDecodeError:
        return False
    others = [char for char in text if not char.isascii()]
    return (
        _readable(text) and 2 * len(others) <= len(text) and all(char.isalpha() or char in _OTHERS for char in others)
    )


def _readable(text: str) -> bool:
    return bool(text.strip()) and all(char.isprintable() or char in "\r\n\t\f\ufeff" for char in text)


def clean(text: str) -> str:
    """The text without control characters, with tabs and spaces of every kind as plain spaces; lines end alike."""
    even = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(TAB)
    return "".join(
        char if char.isprintable() or char == "\n" else " " for char in even if char.isprintable() or char.isspace()
    )


def bounded(text: str, most: int) -> str:
    """The text itself.

    Raises:
        Refusal: ``text-too-long``, over ``most`` characters.
    """
    if len(text) > most:
        raise Refusal("text-too-long", characters=len(text), allowed=most)
    return text
