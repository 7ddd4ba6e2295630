"""Numbers of a spreadsheet as its program shows them: percent, currency, decimals, thousands, leading zeros (ECMA-376, 18.8.31).

Only what is plain is written like that; a format with a condition, a fraction, a date or a power leaves the number as it is.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 5: "$#,##0", 6: "$#,##0", 7: "$#,##0.00",
    8: "$#,##0.00", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
}  # fmt: skip
"""Formats that a file names by number alone (ECMA-376, 18.8.30)."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)(?:-[0-9A-Fa-f]+)?\]|(?P<gone>_.|\*.|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow)\])'
    r"|(?P<digits>[#0,.]*[#0][#0,.]*)|(?P<percent>%)|(?P<sign>[$€£¥฿₩₽₫ ()+:!^&'~{}<>=-])",
    re.IGNORECASE,
)
_MOST_DECIMALS = 15


def as_shown(value: float, code: str) -> str | None:
    """``value`` in the format ``code``; ``None`` where the format is not a plain one."""
    sections = _sections(code)
    own = value < 0 and len(sections) > 1 and bool(sections[1].strip())
    found = _laid_out(sections[1] if own else sections[0])
    if found is None:
        return None
    before, digits, after = found
    percent = "%" in before + after
    number = _number(abs(value) * (100 if percent else 1), digits)
    if number is None:
        return None
    minus = "-" if value < 0 and not own and number.strip("0.,") else ""
    return f"{minus}{before}{number}{after}".strip()


def hides(value: object, code: str) -> bool:
    """Whether a cell in this format shows nothing of its value, though it has one (``;;;``)."""
    if value in {"", None} or ";" not in code:
        return False
    parts = [part.strip() for part in _sections(code)]
    if isinstance(value, str):
        return len(parts) > 3 and not parts[3]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return not any(parts)
    place = 0 if value > 0 or len(parts) < 2 else 1 if value < 0 else 2
    return not (parts[place] if place < len(parts) else parts[0])


def _sections(code: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)


def _laid_out(section: str) -> tuple[str, str, str] | None:
    """What stands before the digits, the digits' own signs, and what stands behind; ``None`` where anything else is in it."""
    before, digits, after, at = "", "", "", 0
    while at < len(section):
        token = _TOKEN.match(section, at)
        if token is None or (token["digits"] and digits):
            return None
        at = token.end()
        digits = token["digits"] or digits
        text = token["quoted"] or token["escaped"] or token["currency"] or token["percent"] or token["sign"] or ""
        before, after = (before, after + text) if digits else (before + text, after)
    return (before, digits, after) if digits else None


def _number(value: float, digits: str) -> str | None:
    whole, _, decimals = digits.partition(".")
    if whole.endswith(",") or "," in decimals or len(decimals) > _MOST_DECIMALS:
        return None  # shown in thousands
    try:
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    except InvalidOperation:
        return None
    text = f"{rounded:{',' if ',' in whole else ''}f}"
    integer, _, fraction = text.partition(".")
    least = len(decimals.rstrip("#"))
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    zeros = whole.replace(",", "").count("0")
    integer = integer.zfill(zeros) if "," not in integer else integer
    integer = "" if integer == "0" and not zeros else integer
    return f"{integer}.{fraction}" if fraction else integer or "0"
