"""The value types every part of a case is made of.

They exist so that a wrong time, amount or text is refused where it enters, with the name of the field, and never later.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from casefile.limits import MAX_TEXT

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_YEARS = range(1990, 2101)
_TRADITIONAL = frozenset({"TW", "HK", "MO"})
"""Regions that write Chinese in traditional characters."""


class Words(BaseModel):
    """A frozen part of a case that refuses unknown fields by name."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)


def _clean(value: str) -> str:
    if "\x00" in value or _SURROGATES.search(value):
        raise PydanticCustomError("text-unprintable", "the text holds NUL or half characters")
    return _CONTROLS.sub("", value)


def _iso_time(value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    if isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not _ISO_TIME.fullmatch(value.strip()):
        raise PydanticCustomError("time-malformed", "a time is written like 2026-11-18T18:03:00-05:00")
    return value.strip()


def _zoned(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        raise PydanticCustomError("time-without-zone", "the time needs its offset, like -05:00 or Z")
    if value.year not in _YEARS:
        raise PydanticCustomError("time-out-of-range", "the year is not between 1990 and 2100")
    return value


def _iso_date(value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value.strip()):
        raise PydanticCustomError("date-malformed", "a date is written like 2026-11-18")
    return value.strip()


def _languages(value: dict[str, str]) -> dict[str, str]:
    for tag in value:
        if not _LANGUAGE.fullmatch(tag):
            raise PydanticCustomError("language-malformed", "texts are keyed by language tags such as en or zh-Hans")
    return value


Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_clean)]
"""One line or paragraph, NUL and half characters refused, direction controls removed."""

Time = Annotated[dt.datetime, BeforeValidator(_iso_time), AfterValidator(_zoned)]
"""ISO 8601 time with offset, 1990 to 2100; the offset given is kept."""

Date = Annotated[dt.date, BeforeValidator(_iso_date)]
"""ISO 8601 calendar date; a number is never taken for one."""

LocalText = (
    Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_clean)]
    | Annotated[dict[str, Text], AfterValidator(_languages)]
)
"""Text for people: one string, or one string per language tag (BCP 47)."""

FileNames = tuple[Text, ...]
"""Names of uploaded files."""

LanguageTag = Annotated[str, StringConstraints(pattern=f"^(?:{_LANGUAGE.pattern})$")]
"""A BCP 47 language tag such as ``en``, ``zh-Hans``, ``pt-BR``."""


class Money(Words):
    """An exact amount with its ISO 4217 currency code."""

    amount: Annotated[Decimal, Field(allow_inf_nan=False, max_digits=18, decimal_places=6)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{3}$", to_upper=True)]


def _spoken(tag: str) -> tuple[str, str]:
    """Language and script of a tag; Chinese without a script has the one of its region."""
    language, *rest = tag.replace("_", "-").split("-")
    script = next((part.title() for part in rest if len(part) == 4), "")
    if language == "zh" and not script:
        script = "Hant" if _TRADITIONAL.intersection(part.upper() for part in rest) else "Hans"
    return language.lower(), script


def same_language(first: str, second: str) -> bool:
    """Whether readers of one tag read the other: ``es-MX`` and ``es``, ``zh-CN`` and ``zh-Hans``, not ``zh-TW`` and ``zh-Hans``."""
    (one, script), (other, its_script) = _spoken(first), _spoken(second)
    return one == other and (script == its_script or not script or not its_script)


def in_language(text: str | dict[str, str] | None, language: str) -> str | None:
    """The text in ``language``, or ``None`` when it is not there.

    A plain string answers for every language. Regions of one language answer for each other (``pt`` and ``pt-BR``), the two
    scripts of Chinese do not; a different language never stands in silently.
    """
    if text is None or isinstance(text, str):
        return text or None
    tag = tag_for(text, language)
    return text[tag] if tag else None


def tag_for(text: dict[str, str], language: str) -> str | None:
    """The tag whose text answers for ``language``: its own, else the shortest of the same language; ``None`` without any."""
    near = (tag for tag, said in text.items() if said and same_language(tag, language))
    return min(near, key=lambda tag: (tag != language, len(tag), tag), default=None)


def any_text(text: str | dict[str, str] | None, *languages: str) -> str | None:
    """The text in the first of ``languages`` that has one, else in any language, else ``None``."""
    for language in languages:
        if found := in_language(text, language):
            return found
    if isinstance(text, dict):
        return next((text[tag] for tag in sorted(text) if text[tag]), None)
    return text or None
