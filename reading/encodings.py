"""In which encoding a text without a mark was written, by how usual its signs are in each that fits.

Many encodings accept any bytes: German, Russian or Japanese text decodes as Chinese without an error, and says something else.
So nothing is taken because it decodes, only because what comes out looks like what people write. Pure.
"""

import codecs
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 24_000
"""Bytes of lines with other signs than ASCII that are looked at."""
_ENOUGH = 12
"""Signs from which Korean can be told from Chinese: both use the same bytes, Chinese many more besides."""
_LATIN_SIGNS = frozenset("€£¥§°·«»“”„‘’‚–—…¿¡ºª©®™²³½¼¾±×\xa0")
_WEST = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœšžùúûüýÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒŠŽÙÚÛÜÝŸ")
_MIDDLE = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽôľĺŕäöüßÄÖÜőűŐŰăâîșşţțĂÂÎŞŢđĐë")
_BROKEN = 0.02
"""So many signs of a UTF-8 text may be damaged before it is none."""


def _worths(said: str, codec: str, usual: Callable[[bytes], float]) -> list[float]:
    """How usual each sign beyond ASCII is; one in the midst of a Latin word is none that people write."""
    text = f" {said} "
    return [
        usual(text[place].encode(codec)) * _beside(text[place - 1], text[place + 1])
        for place in range(1, len(text) - 1)
        if not text[place].isascii()
    ]


def _beside(before: str, after: str) -> float:
    return (1.0, 0.7, 0.0)[sum(sign.isascii() and sign.islower() for sign in (before, after))]


def _by_lead(ranges: tuple[tuple[int, int, float], ...], other: float, trail: int = 0) -> Callable[[bytes], float]:
    """How usual a sign is by its first byte; signs whose second byte is under ``trail`` are the rare ones."""

    def usual(raw: bytes) -> float:
        if len(raw) != 2 or raw[1] < trail:  # bytes of a sign
            return other
        return next((worth for low, high, worth in ranges if low <= raw[0] <= high), other)

    return usual


_CHINESE = _by_lead(((0xA1, 0xA1, 0.9), (0xA3, 0xA3, 0.9), (0xB0, 0xD7, 0.97), (0xD8, 0xF7, 0.5)), 0.1, trail=0xA1)
_TAIWAN = _by_lead(((0xA1, 0xA3, 0.8), (0xA4, 0xC6, 0.95), (0xC9, 0xF9, 0.3)), 0.1)
_KOREAN = _by_lead(((0xA1, 0xA1, 0.6), (0xB0, 0xC8, 1.0)), 0.1, trail=0xA1)
_JAPANESE = _by_lead(((0x81, 0x81, 0.9), (0x82, 0x83, 1.0), (0x88, 0x97, 0.9), (0x98, 0xEA, 0.4)), 0.3)


def _share(values: list[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _signs(usual: Callable[[bytes], float]) -> Callable[[str, str], float]:
    return lambda said, codec: _share(_worths(said, codec, usual))


def _korean(said: str, codec: str) -> float:
    values = _worths(said, codec, _KOREAN)
    return _share(values) * (1.0 if len(values) >= _ENOUGH else 0.9)


def _letters(known: Callable[[str], bool]) -> Callable[[str, str], float]:
    """Latin letters with marks stand among plain ones; other signs stand outside words."""

    def usual(said: str, _: str) -> float:
        text = f" {said} "
        return _share(
            [
                _latin(text[place - 1], text[place], text[place + 1], known)
                for place in range(1, len(text) - 1)
                if not text[place].isascii()
            ]
        )

    return usual


def _latin(before: str, sign: str, after: str, known: Callable[[str], bool]) -> float:
    inside = before.isalpha() or after.isalpha()
    if sign in _LATIN_SIGNS:
        return 0.8 if not (before.isalpha() and after.isalpha()) else 0.0
    if not known(sign) or (sign.isupper() and before.islower()):
        return 0.0
    plain = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    return 0.98 if plain else 0.7 if not inside else 0.3


def _runs(first: str, last: str, more: str) -> Callable[[str, str], float]:
    """Letters of an alphabet of its own stand in runs, without Latin ones beside them."""

    def own(sign: str) -> bool:
        return first <= sign <= last or sign in more

    def usual(said: str, _: str) -> float:
        text = f" {said} "
        values = []
        for place in range(1, len(text) - 1):
            before, sign, after = text[place - 1], text[place], text[place + 1]
            if sign.isascii():
                continue
            mixed = any(one.isascii() and one.isalpha() for one in (before, after))
            humped = sign.isupper() and before.islower()
            values.append(0.95 if own(sign) and not mixed and not humped else 0.8 if sign in _LATIN_SIGNS else 0.0)
        return _share(values)

    return usual


_CODECS: tuple[tuple[str, Callable[[str, str], float]], ...] = (
    ("gb18030", _signs(_CHINESE)),
    ("cp932", _signs(_JAPANESE)),
    ("big5hkscs", _signs(_TAIWAN)),
    ("cp949", _korean),
    ("cp1252", _letters(_WEST.__contains__)),
    ("cp1250", _letters(_MIDDLE.__contains__)),
    ("cp1251", _runs("А", "я", "ёЁіІїЇєЄ№")),
    ("cp874", _runs("ก", "๛", "")),
)
LOADED = tuple(codecs.lookup(name) for name in ("utf-8-sig", "utf-16", "utf-32", *(codec for codec, _ in _CODECS)))
"""Loaded here because a locked-down child can import nothing."""


def encoding_of(data: bytes) -> str:
    """The encoding of ``data``; of several that fit, the one in which its signs are most usual. The last resort is ``cp1252``."""
    named = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _without_mark(data)
    if named:
        return named
    sample = _sample(data)
    begun = {codec: text for codec, _ in _CODECS if (text := _begun(sample, codec)) is not None}
    fitting = [(usual(begun[codec], codec), codec) for codec, usual in _CODECS if codec in begun]
    ranked = sorted(fitting, key=lambda one: -one[0])
    return next((codec for _, codec in ranked if _fits(data, codec)), "cp1252")


def _without_mark(data: bytes) -> str | None:
    if wide := _wide(data):
        return wide
    if _fits(data, "utf-8"):
        return "utf-8"
    text = data.decode("utf-8", "replace")
    others = sum(not sign.isascii() for sign in text)
    return "utf-8" if others >= 2 * _ENOUGH and text.count("\ufffd") <= _BROKEN * others else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain text is nothing."""
    head = data[:2048]
    for name, nothing, sign in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(nothing) > 2 and nothing.count(0) > 0.4 * len(nothing) and not sign.count(0):  # a share
            return name
    return None


def _begun(data: bytes, codec: str) -> str | None:
    """The text of ``data``, whose last sign may be cut; nothing where it is none."""
    try:
        return codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return None


def _sample(data: bytes) -> bytes:
    """Lines with other signs than ASCII, as many as are enough."""
    lines, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"".join(lines)[:_SAMPLE]


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
