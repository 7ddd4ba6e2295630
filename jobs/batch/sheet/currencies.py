"""Currencies as cells and headers name them: by code, by sign, by name in a language of the service."""

import functools

from casefile import text_folding
from casefile.babel_locale import babel_locale
from evidence_packer.understand.money import CODES, sole_currency

_TAGS = (
    "en",
    "zh-Hans",
    "zh-Hant",
    "ja",
    "ko",
    "de",
    "fr",
    "es",
    "it",
    "pt-BR",
    "pl",
    "ru",
    "nl",
    "sv",
    "tr",
    "th",
    "vi",
    "id",
)
_CHINA = "CNY"


@functools.lru_cache(maxsize=512)
def currency_of(text: str) -> str | None:
    """The code of the currency that a text names and nothing else; ``None`` where it is none, or could be two."""
    plain = text_folding.compatible(text).strip()
    code = plain.upper()
    if code in CODES:
        return _CHINA if code == "RMB" else code
    return sole_currency(plain) or _names().get(text_folding.squeezed(plain))


@functools.cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in _TAGS:
        for code in sorted(CODES - {"RMB"}):
            if name := babel_locale(tag).currencies.get(code):
                found.setdefault(text_folding.squeezed(name), code)
    return found
