"""Texts for people, read from gettext catalogs at start; keys, not English, name a text.

Every ``locales/<language>/*.po`` is read; two files may not define one key. Placeholders are ``{name}``; a value is only
ever inserted, never interpreted. ``{count|unit|units}`` says the form that stands beside the number ``count`` in the text's
language, in the order of Unicode CLDR: one, many in English; one, few, many in Polish.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import RootModel

from casefile.babel_locale import plural_form
from casefile.fields.base import same_language
from casefile.text_value import TextValue, TextValues

_MARK = "error.internal-error.title"
"""A language is spoken when it has the texts of errors; catalogs of letters alone do not count."""
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)((?:\|[^{|}]*)+)?\}")


def fill(template: str, params: TextValues, language: str = "en") -> str:
    """``template`` in ``language`` with each ``{name}`` replaced by ``params[name]``; an unknown name stays as ``{name}``."""

    def said(match: re.Match[str]) -> str:
        name, forms = match.groups()
        if name not in params:
            return match[0]
        value = str(params[name])
        return plural_form(language, value, _forms(forms)) if forms else value

    return _PLACEHOLDER.sub(said, template)


def as_shown(template: str) -> str:
    """``template`` for people who read it before its values are known: the form for many, its ``{name}`` left visible."""
    return _PLACEHOLDER.sub(lambda match: _forms(match[2])[-1] if match[2] else match[0], template)


def _forms(written: str) -> tuple[str, ...]:
    return tuple(written.split("|")[1:])


def plurals(template: str) -> tuple[tuple[str, ...], ...]:
    """The forms of each counted word in ``template``."""
    return tuple(_forms(match[2]) for match in _PLACEHOLDER.finditer(template) if match[2])


def placeholders(template: str) -> frozenset[str]:
    """The names that ``template`` expects."""
    return frozenset(match[1] for match in _PLACEHOLDER.finditer(template))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The texts of one language. A key it lacks is looked up in ``fallback`` (English); the last resort is the key."""

    language: str
    texts: Mapping[str, str]
    fallback: "Catalog | None" = None

    def has(self, key: str) -> bool:
        """Whether this language itself, or its fallback, has the text."""
        return key in self.texts or (self.fallback is not None and self.fallback.has(key))

    def own(self, key: str) -> bool:
        """Whether this language itself has the text."""
        return key in self.texts

    def text(self, key: str, params: TextValues | None = None, /, **named: TextValue) -> str:
        """The text of ``key`` with its placeholders filled from ``params`` and ``named``."""
        template = self.texts.get(key)
        if template is None:
            return self.fallback.text(key, params, **named) if self.fallback else key
        return fill(template, {**(params or {}), **named}, self.language)


Spelling = Mapping[str, str]
"""A word → how it is spelt elsewhere."""


class Spellings(RootModel[dict[str, dict[str, str]]]):
    """``locales/<language>/spelling.toml``: country → spelling."""


def respelt(catalog: Catalog, spelling: Spelling) -> Catalog:
    """``catalog`` in another spelling; what stands between braces, and what is filled in later, stays as it is."""
    longest_first = sorted(map(re.escape, spelling), key=len, reverse=True)
    words = re.compile(rf"(?<![\w{{|])(?:{'|'.join(longest_first)})(?![\w}}|])", re.IGNORECASE)

    def spelt(match: re.Match[str]) -> str:
        word = spelling[match[0].lower()]
        return word[0].upper() + word[1:] if match[0][0].isupper() else word

    texts = {key: words.sub(spelt, text) for key, text in catalog.texts.items()}
    return Catalog(language=catalog.language, texts=texts, fallback=catalog.fallback)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogs:
    """All languages; English answers for the ones that are not there."""

    by_language: Mapping[str, Catalog]
    by_place: Mapping[tuple[str, str], Catalog] = field(default_factory=dict)
    """Language and country → its texts as they are spelt there."""

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages in which everything for users is written, English first."""
        tags = (tag for tag, catalog in self.by_language.items() if catalog.own(_MARK))
        return tuple(sorted(tags, key=lambda tag: (tag != "en", tag)))

    def nearest(self, language: str) -> Catalog | None:
        """The catalog that readers of ``language`` read: its own, else one of the same language and script, else ``None``."""
        near = sorted(tag for tag in self.by_language if same_language(tag, language))
        found = language if language in self.by_language else next(iter(near), None)
        return self.by_language[found] if found else None

    def of(self, language: str | None) -> Catalog:
        """The catalog of ``language``: exact tag, else the nearest (``zh-CN`` → ``zh-Hans``), else English."""
        return self.nearest(language or "en") or self.by_language["en"]

    def at(self, language: str, country: str | None) -> Catalog:
        """The catalog of ``language`` as the site of a country spells it."""
        return self.by_place.get((language, country or "")) or self.of(language)
