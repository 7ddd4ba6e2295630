"""What a header says beside its name: the same in another language, that it is required, the zone of its times, its currency.

``运单号/Tracking No.``, ``*订单号（必填）``, ``发货时间（北京时间）``, ``金额(USD)``. Where a part says something else,
or two parts name two columns, the header is not known: ``金额（手续费）`` is no amount in dispute.
"""

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from casefile import text_folding
from jobs.batch.sheet.currencies import currency_of

_LONGEST = 60
_SIGNS = re.compile(r"[\s_*#:：()（）\[\]【】.\-/]+")
_BREAKS = re.compile(r"[()（）\[\]【】/／|｜\r\n]+")
_TONGUES = re.compile(r"(?<=[^\x00-\u2e7f])\s+(?=[A-Za-z])|(?<=[A-Za-z.])\s+(?=[^\x00-\u2e7f])")
_OFFSET = re.compile(r"(?:UTC|GMT)\s*([+\-−])\s*0?(\d{1,2})(?::?00)?", re.IGNORECASE)
_FARTHEST = 14
_NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a header says of the cells below it: the zone of times, the currency of amounts."""

    zone: str | None = None
    currency: str | None = None

    def __bool__(self) -> bool:
        return bool(self.zone or self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkWords:
    """The words of remarks as headers are compared: those that say nothing of a cell, and those that name a zone."""

    marks: frozenset[str] = frozenset()
    zones: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)


def plain_header(text: object) -> str:
    """A header as it is compared; signs such as % and $ stay, since they tell two columns apart."""
    return _SIGNS.sub("", text_folding.caseless(str(text or "")))


@functools.lru_cache(maxsize=8192)
def parts_of(header: str) -> tuple[str, ...]:
    """The parts of a header that says more than one thing; none of a plain one."""
    if len(header) > _LONGEST:
        return ()
    parts = tuple(
        part for whole in _BREAKS.split(header) for one in _TONGUES.split(whole) if (part := one.strip(" *:："))
    )
    return parts if len(parts) > 1 or (parts and parts[0] != header.strip()) else ()


def column_in(header: str, meant: Callable[[str], str | None], words: RemarkWords) -> str | None:
    """The column that the parts of a header name, where they agree and every other part is a remark."""
    named = set()
    for part in parts_of(header):
        column = meant(plain_header(part))
        if column is None and not _is_remark(part, words):
            return None
        named.add(column)
    named.discard(None)
    return named.pop() if len(named) == 1 else None


def remark_in(header: str, words: RemarkWords) -> Remark:
    """What the parts of a header say of its cells; of two zones or currencies none."""
    zones = {zone for part in parts_of(header) if (zone := zone_of(part, words))}
    currencies = {code for part in _behind(header) if (code := currency_of(part))}
    return Remark(zone=_only(zones), currency=_only(currencies))


def _behind(header: str) -> Iterator[str]:
    """The parts behind the first, which is the name."""
    yield from parts_of(header)[1:]


def _only(found: set[str]) -> str | None:
    return found.pop() if len(found) == 1 else None


def _is_remark(part: str, words: RemarkWords) -> bool:
    return bool(plain_header(part) in words.marks or zone_of(part, words) or currency_of(part))


def zone_of(text: str, words: RemarkWords) -> str | None:
    """The zone that a part of a header names, by a word or as an offset in whole hours."""
    if zone := words.zones.get(plain_header(text)):
        return zone
    if (match := _OFFSET.fullmatch(text.strip())) is None or int(match[2]) > _FARTHEST:
        return None
    return "UTC" if int(match[2]) == 0 else f"Etc/GMT{'-' if match[1] == '+' else '+'}{int(match[2])}"
