"""Which language to answer in: ``?lang``, then ``Accept-Language``, then English."""

import re

from casefile.wording import Catalog, Catalogs

_RANGE = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*")


def ranges(header: str) -> list[str]:
    """The tags of an ``Accept-Language`` header (RFC 9110, 12.5.4), most wanted first; malformed parts are passed over."""
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")[:20]):
        match = _RANGE.fullmatch(part)
        weight = float(match[2] or 1) if match else 0.0
        if match and weight > 0:
            found.append((-weight, place, match[1]))
    return [tag for _, _, tag in sorted(found)]


def choose(catalogs: Catalogs, query: str | None, header: str | None) -> Catalog:
    """The catalog to answer from."""
    known = catalogs.spoken
    for tag in [*([query] if query else []), *ranges(header or "")]:
        catalog = catalogs.of(tag)
        base = tag.replace("_", "-").split("-", maxsplit=1)[0].lower()
        if catalog.language in known and catalog.language.split("-", maxsplit=1)[0] == base:
            return catalog
        if near := next((one for one in known if one.split("-", maxsplit=1)[0] == base), None):
            return catalogs.by_language[near]
    return catalogs.of("en")
