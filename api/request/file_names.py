"""File names as they arrive become names that are safe to show, to store under and to unpack everywhere.

Names come in many dresses: UTF-8, GB 18030 from older Chinese programs, MIME words from .NET, percent signs from browsers, whole
Windows paths. The case names files too, so its names are cleaned in the same way and keep matching.
"""

import hashlib
import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote_to_bytes

from casefile import text_folding
from casefile.fields.letter import with_names

MAX_BYTES = 72
"""Longest name in bytes of UTF-8, so that an entry of the zip, folder included, stays within 120; a longer one is shortened and
marked with a piece of its hash."""

_MIME_WORD = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=")
_BROWSER_ESCAPES = {"%22": '"', "%0D": "", "%0A": "", "%0d": "", "%0a": ""}
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_CHARSETS = ("utf-8", "gb18030")
_CHARSET = re.compile(
    r"(us-)?ascii|utf-?(8|16)([bl]e)?|gb(k|2312|18030)|hz(-gb-2312)?|big5(-hkscs)?|euc-(jp|kr|tw)|shift-?jis|iso-2022-(jp|kr)"
    r"|iso-?8859-\d{1,2}|latin-?1|koi8-[ru]|(windows-|cp)(125\d|874|93[26]|949|950)|tis-620"
)


def decoded(raw: bytes) -> str:
    """Header bytes as text: UTF-8, else GB 18030, else Latin-1."""
    for charset in _CHARSETS:
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def extended(value: str) -> str | None:
    """The text of an extended parameter such as ``UTF-8''%E8%AE%A2.png`` (RFC 5987), or ``None`` when malformed."""
    parts = value.split("'", maxsplit=2)
    if len(parts) != 3:
        return None
    raw = unquote_to_bytes(parts[2])
    return in_charset(raw, parts[0]) if parts[0] else decoded(raw)


def in_charset(raw: bytes, charset: str) -> str:
    """``raw`` in a charset that the sender names; one that no mail or browser uses, or that does not fit, is passed over.

    Names are only compared, never looked up as they come: the language knows codecs that refuse in ways of their own.
    """
    name = charset.strip().lower().replace("_", "-")
    if not _CHARSET.fullmatch(name):
        return decoded(raw)
    try:
        return raw.decode(name)
    except (LookupError, ValueError):
        return decoded(raw)


def _words(name: str) -> str:
    if not _MIME_WORD.search(name):
        return name
    try:
        return "".join(
            part if isinstance(part, str) else in_charset(part, charset or "utf-8")
            for part, charset in decode_header(name)
        )
    except (HeaderParseError, ValueError):
        return name


def clean_name(name: str) -> str:
    """``name`` without path, control, direction and private signs, and without what a file system refuses.

    The result is NFC, at most ``MAX_BYTES`` long, and never empty. Cleaning twice changes nothing.
    """
    text = _words(name)
    for escape, sign in _BROWSER_ESCAPES.items():
        text = text.replace(escape, sign)
    text = re.split(r"[/\\]", text.rstrip("/\\"))[-1]
    text = "".join(sign for sign in text if unicodedata.category(sign) not in _INVISIBLE)
    text = _FORBIDDEN.sub("_", text_folding.composed(text)).strip(" ").rstrip(" .")
    if not text.strip("._ "):
        return "file"
    if _DEVICE.fullmatch(text):
        text = f"_{text}"
    return _shortened(text)


def _shortened(name: str) -> str:
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 10:
        stem, dot, ending = name, "", ""
    mark = f"~{hashlib.sha256(name.encode()).hexdigest()[:6]}{dot}{ending}"
    room = MAX_BYTES - len(mark.encode())
    return text_folding.composed(stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")) + mark


def clean_names_in(case: dict[str, object]) -> dict[str, object]:
    """A case's JSON in which every file name is cleaned like the uploads' names."""
    return {key: value if key == "extra" else _inside(key, value) for key, value in case.items()}


def _inside(key: str, value: object) -> object:
    if isinstance(value, dict):
        return {name: _inside(name, inner) for name, inner in value.items()}
    if isinstance(value, list):
        if key == "letter_edits":
            return [_citing(item) for item in value]
        if key in {"files", "authorisation"}:
            return [_named(item) for item in value]
        return [_inside(key, item) if isinstance(item, (dict, list)) else item for item in value]
    if key == "file" and isinstance(value, str):
        return clean_name(value) if value.strip() else value
    return value


def _named(item: object) -> object:
    if isinstance(item, str):
        return clean_name(item) if item.strip() else item
    if isinstance(item, dict):
        name = item.get("name")
        cleaned = {"name": clean_name(name)} if isinstance(name, str) and name.strip() else {}
        return {**item, **cleaned}
    return item


def _citing(edit: object) -> object:
    """Own words whose citations name files as the uploads are named."""
    text = edit.get("text") if isinstance(edit, dict) else None
    return {**edit, "text": with_names(text, clean_name)} if isinstance(edit, dict) and isinstance(text, str) else edit


def disposition(name: str) -> str:
    """The value of a ``Content-Disposition`` header that saves under ``name``, in both forms (RFC 6266)."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    plain = f"{_ascii(stem) or 'download'}{dot}{_ascii(ending)}".rstrip(".")
    encoded = "".join(chr(byte) if chr(byte) in _ATTR_CHARS else f"%{byte:02X}" for byte in name.encode())
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"


def _ascii(text: str) -> str:
    plain = text_folding.ascii_only(text)
    return re.sub(r"[^A-Za-z0-9._ ~()+-]", "_", plain).strip(" ._")


_ATTR_CHARS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~")
