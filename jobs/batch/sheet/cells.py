"""The value of one cell as a case takes it: ids as text, times with a zone, money with a currency; nothing is repaired."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from jobs.batch.sheet.table import Cell

_EXACT = 10**15
"""Office programs keep fifteen digits of a number; longer ids in number cells have already lost theirs."""

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+\d{2}")
_OFFSET = re.compile(r".*(Z|[+-]\d{2}:?\d{2})", re.IGNORECASE)
_COMMON = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
)
"""Ways to write a time that mean one thing everywhere; an export's own come first."""


class CellFault(ValueError):
    """A cell cannot be used: ``digits-lost``, ``time-malformed``, ``amount-malformed``."""


def text_of(value: Cell) -> str:
    """The cell as text; a whole number without its ``.0``.

    Raises:
        CellFault: ``digits-lost``: a number cell with sixteen or more digits.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        if abs(value) >= _EXACT:
            raise CellFault("digits-lost")
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    text = str(value or "").strip()
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault("digits-lost")
    return text


def time_of(value: Cell, zone: str, formats: Sequence[str]) -> tuple[str, bool]:
    """The cell as an ISO 8601 time with offset, and whether the zone was assumed.

    Raises:
        CellFault: ``time-malformed``, also where day and month could be either.
    """
    if isinstance(value, dt.datetime):
        return _zoned(value, zone)
    if isinstance(value, dt.date):
        return _zoned(dt.datetime.combine(value, dt.time()), zone)  # a zone follows
    text = text_of(value)
    if _OFFSET.fullmatch(text) and "T" in text.upper():
        return text, False
    for form in (*formats, *_COMMON):
        try:
            return _zoned(dt.datetime.strptime(text.replace("T", " "), form), zone)  # noqa: DTZ007  # as above
        except ValueError:
            continue
    raise CellFault("time-malformed")


def _zoned(value: dt.datetime, zone: str) -> tuple[str, bool]:
    if value.tzinfo is not None:
        return value.isoformat(timespec="seconds"), False
    return value.replace(tzinfo=ZoneInfo(zone)).isoformat(timespec="seconds"), True


def amount_of(value: Cell) -> str:
    """The cell as a decimal amount.

    Raises:
        CellFault: ``amount-malformed``, also where a comma could be either.
    """
    text = re.sub(r"^[^\d\-]+|[^\d]+$", "", text_of(value))
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise CellFault("amount-malformed") from None
    return format(found.quantize(Decimal("0.01")) if isinstance(value, float) else found, "f")
