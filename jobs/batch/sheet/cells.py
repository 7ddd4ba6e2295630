"""The value of one cell as a case takes it: ids as text, times with a zone, money with a currency; nothing is repaired."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from casefile.as_printed import of_day
from jobs.batch.sheet.table import Cell

_EXACT = 10**15
"""Office programs keep fifteen digits of a number; longer ids in number cells have already lost theirs."""

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+\d{2}")
_OFFSET = re.compile(r".*(Z|[+-]\d{2}:?\d{2})", re.IGNORECASE)
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a zone follows
_SERIALS = (36_526, 73_050)
"""Office programs count days from there; these numbers are the years 2000 to 2099."""
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
    text = str(value or "").strip().removeprefix("'")
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault("digits-lost")
    return text


def time_of(value: Cell, zone: str, formats: Sequence[str]) -> tuple[str, bool]:
    """The cell as an ISO 8601 time with offset, and whether the zone was assumed; a day without an hour stays a day.

    Raises:
        CellFault: ``time-malformed``, also where day and month could be either.
    """
    if isinstance(value, dt.datetime):
        return _zoned(value, zone)
    if isinstance(value, dt.date):
        return of_day(value, ZoneInfo(zone)).isoformat(), True
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _SERIALS[0] <= value < _SERIALS[1]:
        moment = _DAY_ZERO + dt.timedelta(seconds=round(value * 86_400))
        return _zoned(moment, zone) if value % 1 else time_of(moment.date(), zone, formats)
    text = text_of(value)
    if _OFFSET.fullmatch(text) and "T" in text.upper():
        return text, False
    for form in (*formats, *_COMMON):
        try:
            moment = dt.datetime.strptime(text.replace("T", " "), form)  # noqa: DTZ007  # as above
            return _zoned(moment, zone) if "%H" in form or "%I" in form else time_of(moment.date(), zone, formats)
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
