"""Babel's locale of a language of ours: one map for dates, numbers, names of languages and plural forms. Pure."""

import functools
from decimal import Decimal, InvalidOperation

from babel import Locale, UnknownLocaleError

_OURS = {"en": "en_GB", "zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW"}
"""Where the region is meant that Babel does not take by itself: English dates name the day before the month."""
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""In the order in which a text gives its forms (Unicode CLDR, plural rules)."""
_SEEN = 200
"""Every category that a count can have comes up below this number; 1,000,000 has one of its own in French, never counted here."""


@functools.cache
def babel_locale(tag: str) -> Locale:
    """The locale for a language tag such as ``zh-Hans`` or ``pt-BR``; English for one that Babel does not know."""
    try:
        return Locale.parse(_OURS.get(tag, tag.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_OURS["en"])


@functools.cache
def site_locale(tag: str, country: str | None) -> Locale:
    """The locale for figures in a language on the site of a country (Mexican Spanish writes 1,249.90); else the language's own."""
    language = babel_locale(tag)
    try:
        return Locale.parse(f"{language.language}_{country}") if country and not language.script else language
    except (UnknownLocaleError, ValueError):
        return language


def date_locale(tag: str, country: str | None) -> Locale:
    """The locale of dates: English ones stand as the site's country writes them, Nov 2, 2026 in the United States."""
    return site_locale("en", country) if tag == "en" and country else babel_locale(tag)


@functools.cache
def plural_categories(tag: str) -> tuple[str, ...]:
    """The forms that a word takes behind whole numbers: ``one, other`` in English, ``one, few, many`` in Polish."""
    rule = babel_locale(tag).plural_form
    used = {rule(number) for number in range(_SEEN)}
    return tuple(category for category in _CATEGORIES if category in used)


def plural_form(tag: str, value: str, forms: tuple[str, ...]) -> str:
    """The one of ``forms``, in the order of ``plural_categories``, that stands beside ``value``; else the last."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return forms[-1]
    categories = plural_categories(tag)
    category = babel_locale(tag).plural_form(number) if number.is_finite() else ""
    place = categories.index(category) if category in categories else len(forms)
    return forms[min(place, len(forms) - 1)]
