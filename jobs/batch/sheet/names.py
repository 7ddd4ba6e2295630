"""What people write in cells for a platform, a site, a procedure, a reason: ids, names, hosts, countries, short forms, codes.

A cell that means nothing known stays as it is written, so that what is wrong with it is told with its own words.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casefile import text_folding
from casefile.babel_locale import babel_locale
from casefile.carrier import Carrier
from casefile.case import Reason
from casefile.house import House
from casefile.platform import Platform
from casefile.pointer import types_at
from casefile.procedure import Procedure

_SHORTEST, _SHORTEST_DENSE = 4, 2
"""Letters, or signs of scripts without spaces, from which a part of a name is enough."""
_SHORTEST_NUMBER = 10
_CODE = 2
_COMPANY = re.compile(r"(?:物流|快递|速递|速运|快運|国际|國際)+$")
"""What carriers' names end with and sheets leave out."""
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})
_ONE_NUMBER = re.compile(r"(?!\d{4}-\d{2}-\d{2})(?=.*\d)[A-Za-z0-9]+([ -][A-Za-z0-9]+)*")
"""A number in one piece or in groups; never a day or a time."""
_DENSE = 0x2E7F
_SITE_ENDS = re.compile(r"(?:站点?|分站|サイト|marketplace|site|store)$", re.IGNORECASE)
_TAGS = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt-BR",
    "sv",
    "tr",
    "th",
    "vi",
    "id",
    "zh-Hans",
    "zh-Hant",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Platform, site, procedure and reason of a row as far as they are known, and which of them are only the usual ones."""

    values: Mapping[str, str | None]
    assumed: tuple[str, ...] = ()


def belonging(said: Mapping[str, str], order: str, house: House) -> Belonging:
    """Where a row belongs by what its cells say; a platform that no cell names is the only one that writes order numbers so."""
    platform, site = (
        platform_of(said["platform"], house) if said.get("platform") else (platform_of_order(order, house), None)
    )
    known = house.platforms.get(platform or "")
    reason = reason_of(said["reason"], house) if said.get("reason") else None
    procedure, site_said = said.get("procedure") or None, said.get("site")
    if known is None:
        values = {"platform": platform, "site": site_said, "procedure": procedure, "reason": reason}
        return Belonging(values=values)
    if site_said:
        site = site_of(site_said, known, house) or site_said
    procedure = procedure_of(procedure, known, house, reason) if procedure else None
    way, why = usual(known, reason, procedure)
    taken = {"procedure": (procedure, way), "reason": (reason, why)}
    values = {"platform": platform, "site": site, **{name: own or other for name, (own, other) in taken.items()}}
    return Belonging(values=values, assumed=tuple(name for name, (own, other) in taken.items() if not own and other))


def _plain(text: str) -> str:
    return text_folding.squeezed(text.replace("_", " "))


@functools.lru_cache(maxsize=2048)
def platform_of(text: str, house: House) -> tuple[str, str | None]:
    """(platform, site) that a cell means, such as ``Amazon.de`` or ``亚马逊美国站``; the text itself where it means none."""
    plain = _plain(text)
    for platform in house.platforms.values():
        if plain in _platform_names(platform, house):
            return platform.id, None
    for platform in house.platforms.values():
        for code, site in platform.sites.items():
            if text.strip().casefold().removeprefix("www.") in {host.casefold() for host in site.hosts}:
                return platform.id, code
    for place, names in house.practice.cells.stores.items():
        if plain in map(_plain, names):
            return place.split("/")[0], place.split("/")[1]
    for platform in house.platforms.values():
        for name in sorted(_platform_names(platform, house), key=len, reverse=True):
            if len(name) < _least(name):
                continue
            for rest in (plain.removeprefix(name), plain.removesuffix(name)):
                if rest != plain and (meant := site_of(rest, platform, house)):
                    return platform.id, meant
    return text, None


@functools.lru_cache(maxsize=128)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_plain, names))


def _platform_names(platform: Platform, house: House) -> frozenset[str]:
    short = house.practice.cells.platforms.get(platform.id, ())
    return _folded((platform.id, *platform.name.values(), *platform.words, *short))


def platform_of_order(number: str, house: House) -> str | None:
    """The platform whose order numbers alone have this form."""
    fitting = {
        platform.id
        for platform in house.platforms.values()
        for form in platform.identifiers
        if form.field == "/order/id" and form.in_text and re.fullmatch(form.pattern, number)
    }
    return fitting.pop() if len(fitting) == 1 else None


def column_of(text: str, house: House) -> str | None:
    """What a cell is by its form: an order number of one platform, a parcel's whose check digit holds, a platform, a reason."""
    if platform_of_order(text, house):
        return "order_id"
    if len(text) >= _SHORTEST_NUMBER and _ONE_NUMBER.fullmatch(text):
        return "tracking_number" if any(c.valid(text) for c in house.carriers.values()) else None
    if len(text) < _SHORTEST - 1 and text.isascii():
        return None
    if _plain(text) in _reasons(house):
        return "reason"
    return "platform" if platform_of(text, house)[0] in house.platforms else None


def site_of(text: str, platform: Platform, house: House) -> str | None:
    """The code of a site by code, host or country in any language; ``None`` where nothing of the platform is meant."""
    wanted = _SITE_ENDS.sub("", text.strip(" _-·/|()（）")).strip(" _-")
    code = {"UK": "GB", "USA": "US"}.get(wanted.upper(), wanted.upper())
    if code in platform.sites:
        return code
    folded = wanted.casefold().removeprefix("www.")
    by_host = [one for one, site in platform.sites.items() if folded in site.hosts]
    short = house.practice.cells.sites
    named = [one for one in platform.sites if _plain(wanted) in {*_countries(one), *map(_plain, short.get(one, ()))}]
    found = by_host or named
    return found[0] if len(found) == 1 else None


@functools.lru_cache(maxsize=128)
def _countries(code: str) -> frozenset[str]:
    names = (babel_locale(tag).territories.get(code) for tag in _TAGS)
    return frozenset(_plain(name) for name in names if name)


def country_of(text: str, house: House) -> str | None:
    """The code of a country by its code or its name in any language."""
    plain = _plain(text)
    return _codes(house).get(plain) if plain else None


@functools.lru_cache(maxsize=4)
def _codes(house: House) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in house.practice.cells.sites.items():
        found |= {_plain(name): code for name in names}
    for tag in _TAGS:
        for code, name in babel_locale(tag).territories.items():
            if len(code) == _CODE and code.isalpha() and code not in _NO_COUNTRIES:
                found.setdefault(_plain(name), code)
                found.setdefault(code.casefold(), code)
    return found


def named_so(text: str, carrier: Carrier) -> bool:
    """Whether a text is the name of a carrier, or its id."""
    return text_folding.squeezed(text) in {text_folding.squeezed(name) for name in (carrier.id, *carrier.name.values())}


@functools.lru_cache(maxsize=2048)
def carrier_of(text: str, house: House) -> str | None:
    """The id of the carrier that a text names, or begins with: ``云途``, ``UPS Ground``, ``云途全球专线挂号``."""
    exact = next((one.id for one in house.carriers.values() if named_so(text, one)), None)
    begun = [
        (len(short), one.id)
        for one in house.carriers.values()
        for name in one.name.values()
        if (short := _COMPANY.sub("", name.strip())) and _begins(text.strip(), short)
    ]
    return exact or max(begun, default=(0, None))[1]


def _begins(text: str, name: str) -> bool:
    rest = text[len(name) :]
    if len(name) < _CODE or not text.casefold().startswith(name.casefold()):
        return False
    return not rest or ord(name[-1]) > _DENSE or not rest[0].isalnum()


@functools.lru_cache(maxsize=2048)
def reason_of(text: str, house: House) -> str:
    """A reason by id, name in any language, or code; the text itself where none is known."""
    plain = _plain(text)
    for known, reason in _reasons(house).items():
        if plain == known:
            return reason
    if len(plain) < _least(plain):
        return text
    held = [
        (len(known), reason)
        for known, reason in _reasons(house).items()
        if len(known) >= _least(known) and known in plain
    ]
    held = held or [
        (len(hint), reason) for hint, reason in _hints(house).items() if len(hint) >= _least(hint) and hint in plain
    ]
    return max(held, default=(0, text))[1]


@functools.lru_cache(maxsize=4)
def _hints(house: House) -> dict[str, str]:
    """Words of platforms' mails in every language that hint at a reason."""
    found: dict[str, str] = {}
    for words in house.mail_words.values():
        for reason, hints in words.reasons.items():
            for hint in hints:
                found.setdefault(_plain(hint), reason)
    return found


@functools.lru_cache(maxsize=4)
def _reasons(house: House) -> dict[str, str]:
    known: dict[str, str] = {}
    reasons = [str(one) for kind in types_at("/reason") for one in getattr(kind, "__args__", ())]
    for reason in reasons:
        known.setdefault(_plain(reason), reason)
        for catalog in house.catalogs.by_language.values():
            if catalog.own(f"reason.{reason}"):
                known.setdefault(_plain(catalog.text(f"reason.{reason}")), reason)
    for reason, words in house.practice.cells.reasons.items():
        for word in words:
            known.setdefault(_plain(word), reason)
    return known


def procedure_of(text: str, platform: Platform, house: House, reason: str | None) -> str:
    """A procedure of the platform by id, name, part of a name or the words of its mails; the text itself where none is meant."""
    plain, names = _plain(text), _names_of_procedures(platform.id, house)
    exact = [name for name, many in names.items() if plain in many]
    fitting = exact or [name for name, many in names.items() if any(_holds(one, plain) for one in many)]
    taken = [name for name in fitting if reason is None or reason in platform.procedures[name].reasons]
    return next(iter(taken or fitting), text)


@functools.lru_cache(maxsize=64)
def _names_of_procedures(platform: str, house: House) -> Mapping[str, frozenset[str]]:
    ways = house.platforms[platform].procedures
    return {name: frozenset(_procedure_names(name, one, house)) for name, one in ways.items()}


def _procedure_names(name: str, procedure: Procedure, house: House) -> Iterator[str]:
    mails = (words for mail in house.mail_words.values() for words in mail.procedures.get(name, ()))
    yield from map(_plain, (name, *procedure.name.values(), *procedure.notice_words, *mails))


def _holds(name: str, plain: str) -> bool:
    return len(plain) >= _least(plain) and (plain in name or (len(name) >= _least(name) and name in plain))


def _least(text: str) -> int:
    return _SHORTEST_DENSE if any(ord(sign) > _DENSE for sign in text) else _SHORTEST


def usual(platform: Platform, reason: str | None, procedure: str | None) -> tuple[str | None, str | None]:
    """(procedure, reason) that a row means that names neither, or one of them: the first about an order that takes it.

    A claim on the platform comes before a chargeback, which a sheet names as such.
    """
    ways = [(name, one) for name, one in platform.procedures.items() if name == procedure or procedure is None]
    fitting = [(name, one) for name, one in ways if _answers(one) and (reason is None or reason in one.reasons)]
    fitting.sort(key=lambda named: named[1].audience == "issuer")
    name, way = next(iter(fitting or ways), (procedure, None))
    return name, reason or (_first(way.reasons) if way else None)


def _answers(procedure: Procedure) -> bool:
    return procedure.subject in {"order", "charge"} and procedure.audience != "buyer"


def _first(reasons: Iterable[Reason]) -> str | None:
    known = list(reasons)
    return "item_not_received" if "item_not_received" in known else next(iter(known), None)
