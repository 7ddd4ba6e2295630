"""Bytes to text, as people's programs wrote it: UTF-8, UTF-16 with a mark, GB 18030, else Latin letters."""

import codecs

from reading.intake import Refusal

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TRIED = ("utf-8", "gb18030")
_STATED = (
    *("ascii", "latin-1", "cp1252", "cp437", "utf-16", "big5", "shift_jis", "iso2022_jp", "euc_jp", "euc_kr", "gbk"),
    *("iso8859-15", "iso8859-2", "cp1250", "cp1251", "cp1258", "cp874", "koi8-r"),
)
LOADED = tuple(map(codecs.lookup, (*_TRIED, *_STATED)))
"""Loaded here because a locked-down child can import nothing."""

TAB = 4


def decoded(data: bytes, stated: str | None = None) -> str:
    """The text of ``data``; ``stated`` is what the file says its encoding is."""
    named = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for encoding in filter(None, (named, stated, *_TRIED)):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


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
    return False


def _readable(text: str) -> bool:
    return bool(text.strip()) and all(char.isprintable() or char in "\r\n\t\f\ufeff" for char in text)


def clean(text: str) -> str:
    """The text without control characters and with tabs as spaces; lines end alike."""
    even = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(TAB)
    return "".join(char for char in even if char.isprintable() or char == "\n")


def bounded(text: str, most: int) -> str:
    """The text itself.

    Raises:
        Refusal: ``text-too-long``, over ``most`` characters.
    """
    if len(text) > most:
        raise Refusal("text-too-long", characters=len(text), allowed=most)
    return text
