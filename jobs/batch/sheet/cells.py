"""The value of one cell as a case takes it: ids as text, money with a currency; nothing is repaired.

A cell that says that it holds nothing (``-``, ``无``, ``N/A``) holds nothing, and one in which a formula failed is told.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from casefile import text_folding

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

OURS = ("_status", "_verdict", "_errors", "_warnings", "_bundle", "_sha256")
"""The columns that the returned workbook adds."""

_SURE_DIGITS = 15
_EXACT = 10**_SURE_DIGITS
"""Office programs keep fifteen digits of a number; longer ids in number cells have already lost theirs."""

_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""Signs that copying from pages leaves in cells and nobody sees."""
_WIDE = re.compile(r"(?=.*[\uff01-\uff5e])[\x20-\x7e\xa0\u3000\uff01-\uff5e]+")
"""Numbers and Latin letters as Chinese and Japanese keyboards write them, and nothing else."""
_FLOATED = re.compile(r"(\d{9,})\.0")
"""How programs that reckon write a number that is none."""
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+\d{2}")
_SPACED = re.compile(r"-?\d{1,3}([ \xa0\u2009\u202f'’])\d{3}(\1\d{3})*([.,]\d{1,2})?")
"""An amount whose thousands stand apart, as in Russian, French, Polish and Swiss sheets."""
_NOTHING = frozenset({
    "-", "--", "---", "—", "——", "–", "/", "\\", ".", "*", "?", "？", "无", "暂无", "没有", "空", "無", "なし", "없음",
    "n/a", "n.a.", "none", "null", "nil", "nan", "(null)", "(blank)", "<null>", "undefined",
    "0000-00-00", "0000-00-00 00:00:00", "0001-01-01 00:00:00", "1970-01-01 00:00:00", "1970-01-01 08:00:00", "1900-01-00",
})  # fmt: skip
"""How people and programs write that a cell is empty."""
_FAILED = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|GETTING_DATA|CALC!)|#+")
"""What office programs show where a formula failed or a column is too narrow."""


class CellFault(ValueError):
    """A cell cannot be used: ``digits-lost``, ``time-malformed``, ``amount-malformed``."""


def says_nothing(value: Cell) -> bool:
    """Whether a cell is empty, or says so."""
    return value is None or (isinstance(value, str) and (not value.strip() or value.strip().casefold() in _NOTHING))


def failed(value: Cell) -> bool:
    """Whether a cell shows that its formula failed."""
    return isinstance(value, str) and bool(_FAILED.fullmatch(value.strip()))


def unsaved(value: Cell) -> bool:
    """Whether a cell is a formula whose result nobody saved."""
    return isinstance(value, str) and len(value) > 1 and value.startswith("=")


def text_of(value: Cell) -> str:
    """The cell as text; a whole number without its ``.0``, full-width numbers as ordinary ones.

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
    text = _UNSEEN.sub("", str(value or "")).strip().removeprefix("'")
    if _WIDE.fullmatch(text):
        text = text_folding.compatible(text).strip()
    floated = _FLOATED.fullmatch(text)
    if _SCIENTIFIC.fullmatch(text) or (floated and len(floated[1]) > _SURE_DIGITS):
        raise CellFault("digits-lost")
    return floated[1] if floated else text


def amount_of(value: Cell) -> str:
    """The cell as a decimal amount.

    Raises:
        CellFault: ``amount-malformed``, also where a comma could be either.
    """
    text = re.sub(r"^[^\d\-]+|[^\d]+$", "", text_of(value))
    if _SPACED.fullmatch(text):
        text = re.sub(r"[^\d.,\-]", "", text)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(,\d{3}){2,}|-?\d{1,3},\d{3}", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d{1,2}|-?\d+,\d{1,2}", text):
        text = text.replace(".", "").replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise CellFault("amount-malformed") from None
    return format(found.quantize(Decimal("0.01")) if isinstance(value, float) else found, "f")


def is_owed(value: Cell) -> bool:
    """Whether an amount is written as money that goes out: with a minus, or in brackets as bookkeepers do."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value < 0
    text = str(value or "").strip()
    return bool(re.match(r"[^\d(]{0,5}[-−]", text)) or bool(re.fullmatch(r"\(.*\d.*\)|（.*\d.*）", text))
