"""Receivers as data: marketplaces and payment processors with their ids, country sites and procedures.

Checks know *how*, platforms know *how much*: no platform's name or number stands in code. Every value names a source of the
file's ``[sources]`` table; the loader refuses an unknown one.
"""

import datetime as dt
import re
from typing import Literal

from pydantic import model_validator

from casefile.fields.base import LanguageTag, Words
from casefile.procedure import Procedure, source_ids
from casefile.rules import LocalName
from casefile.sources import Confidence, Source, SourceId


class Identifier(Words):
    """How one of the platform's ids is written; ``field`` is a JSON pointer such as ``/order/id``."""

    field: str
    name: LocalName
    pattern: str
    severity: Literal["blocker", "warning", "advice"] = "warning"
    date_format: str | None = None
    """``strptime`` format of the date that ``date_part`` (a regular expression's group 1) holds, if any."""
    date_part: str | None = None
    in_text: bool = True
    """Whether other ids of this form in an image are worth naming (false where any number would match)."""
    source: SourceId
    valid: tuple[str, ...]
    invalid: tuple[str, ...] = ()

    def matches(self, value: str) -> bool:
        """Whether the whole ``value``, trimmed and ignoring case, has this form."""
        return re.fullmatch(self.pattern, value.strip(), re.IGNORECASE) is not None


class Site(Words):
    """One country site: zone, currency, languages, paper and how it writes days and months."""

    zone: str
    language: LanguageTag
    """In which the platform's staff read."""
    buyer_language: LanguageTag | None = None
    """In which buyers write, where it is another."""
    currency: str
    paper: Literal["a4", "letter"] = "a4"
    day_first: bool = True
    hosts: tuple[str, ...] = ()
    reading_languages: tuple[LanguageTag, ...] = ()
    holidays: str | None = None
    """Country (ISO 3166 alpha-2) whose public holidays are no business days; absent: the site's own code."""
    open_hours: tuple[dt.time, dt.time] = (dt.time(), dt.time())
    """When business hours run, in the site's zone; equal values: all day."""
    source: SourceId | None = None

    def read_by(self, audience: str) -> LanguageTag:
        """The language in which this audience reads here."""
        return self.buyer_language or self.language if audience == "buyer" else self.language


class Messaging(Words):
    """How messages between buyer and seller pass through a platform.

    ``relays``: domains of the addresses that hide a buyer's own (``marketplace.amazon.*`` stands for every ending); a mail from
    there is a message of the platform.
    """

    relays: tuple[str, ...] = ()
    source: SourceId


class Platform(Words):
    """One receiver; ``id`` is the name of its file."""

    id: str
    name: LocalName
    kind: Literal["marketplace", "processor"] = "marketplace"
    default_site: str | None = None
    hosts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """How its pages name it."""
    messaging: Messaging | None = None
    identifiers: tuple[Identifier, ...] = ()
    sites: dict[str, Site]
    """By ISO 3166 alpha-2; a platform without sites has one called ``ZZ``."""
    procedures: dict[str, Procedure]
    sources: dict[str, Source]

    @model_validator(mode="after")
    def _sources_known(self) -> "Platform":
        for used in source_ids(self.model_dump()):
            if used not in self.sources:
                raise ValueError(f"source {used!r} is not in [sources]")
        return self

    @property
    def every_host(self) -> tuple[str, ...]:
        """Its hosts, those of its sites included."""
        return (*self.hosts, *(host for site in self.sites.values() for host in site.hosts))

    def confidence(self, source: SourceId | None) -> Confidence:
        """How far a source of this file is trusted; an unnamed one counts as common knowledge."""
        return self.sources[source].confidence if source else "K"

    def country(self, code: str | None) -> str | None:
        """The country whose holidays count on site ``code``; ``None`` where the platform has no countries."""
        known = code if code in self.sites else self.default_site
        own = None if known in {None, "ZZ"} else known
        return self.site(code).holidays or own

    def site(self, code: str | None) -> Site:
        """The site ``code``, else the default site, else the first."""
        for wanted in (code, self.default_site):
            if wanted in self.sites:
                return self.sites[wanted or ""]
        return self.sites[min(self.sites)]

    def identifier(self, pointer: str) -> Identifier | None:
        """How the id in this field is written here, if the file says so."""
        return next((identifier for identifier in self.identifiers if identifier.field == pointer), None)
