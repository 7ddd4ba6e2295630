"""Several parcels in one cell, and a carrier's name beside the number: what exports write into the columns of a parcel."""

import re
from typing import Any

from casefile.house import House
from jobs.batch.sheet.names import carrier_of
from jobs.batch.sheet.row_case import RowCase

_BETWEEN = re.compile(r"\s*[;；,，、/|+\r\n]+\s*")
_NAMED = re.compile(r"(?P<name>[^\d:：][^:：]*?)(?:\s*[:：]\s*|\s+)(?P<number>[A-Za-z0-9][A-Za-z0-9 -]{6,})")
_NUMBER = re.compile(r"(?=(?:.*\d){5})[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
_LEAST = 8
"""Signs of a number that stands beside others in one cell."""


def part_parcels(made: RowCase, house: House) -> None:
    """Make of the one parcel of a row as many as its cells name; what is written otherwise stays as it is."""
    parcels: list[dict[str, Any]] = made.case.get("parcels", [])
    if not parcels:
        return
    first = parcels[0]
    said = str(first.get("service") or first.get("carrier") or "")
    if "tracking_number" not in first and (named := _named(said, house)):
        first["carrier"], first["tracking_number"] = named
        first.pop("service", None)
    numbers = _BETWEEN.split(str(first.get("tracking_number") or "").strip(" ;；,，、/|+"))
    told = [_named(number, house) or (None, number) for number in numbers]
    if not all(_is_number(number) for _, number in told):
        return
    carriers = _carriers(str(first.get("carrier") or ""), len(told), house)
    for place, (carrier, number) in enumerate(told):
        parcel = first if place == 0 else {}
        parcel["tracking_number"] = number
        if known := carriers[place] or carrier:
            parcel["carrier"] = known
        if place:
            parcels.append(parcel)


def _is_number(text: str) -> bool:
    return len(text) >= _LEAST and bool(_NUMBER.fullmatch(text))


def _named(text: str, house: House) -> tuple[str, str] | None:
    """The carrier and the number of ``UPS: 1Z…``; nothing where no carrier is called so."""
    match = _NAMED.fullmatch(text.strip())
    if match is None or not _is_number(match["number"]):
        return None
    carrier = carrier_of(match["name"].strip(), house)
    return (carrier, match["number"]) if carrier else None


def _carriers(said: str, count: int, house: House) -> list[str | None]:
    """The carrier of each parcel: one for all, or as many as there are parcels."""
    names = _BETWEEN.split(said)
    if count > 1 and len(names) == count:
        return [carrier_of(name, house) or name for name in names]
    return [said or None] * count
