"""What is wrong with a row, in words: columns, reasons and procedures by the names that people know, never by their ids."""

from collections.abc import Callable

from casefile.fields.base import any_text
from casefile.house import House
from casefile.labels import column_name, field_name, zone_name
from casefile.plain_case import PlainCase
from casefile.platform import Platform
from casefile.procedure import Procedure
from casefile.text_value import TextValue
from casefile.wording import Catalog
from jobs.batch.sheet.row_case import CellTrouble
from jobs.records.batch_values import CellNote

_LONGEST = 60
_CHOSEN = frozenset({"platform", "procedure", "reason"})
_UNKNOWN = frozenset({"value-not-allowed", "platform-unknown", "procedure-unknown"})


def told_line(one: CellTrouble, case: PlainCase, house: House, catalog: Catalog) -> CellNote:
    """One message about the row with ``case``: code, column, and the text in the language of ``catalog``."""
    platform = house.platforms.get(str(case.get("platform") or ""))
    params, code = dict(one.params), one.code
    if one.column in _CHOSEN and code in _UNKNOWN and (said := case.get(one.column)):
        params["said"], code = str(said)[:_LONGEST], "choice-unknown"
        if one.column == "reason" and platform:
            params["allowed"] = sorted({reason for way in platform.procedures.values() for reason in way.reasons})
    name = _namer(one.column or one.code.removesuffix("-assumed"), platform, house, catalog)
    params |= {param: _named(params[param], name, catalog) for param in ("allowed", "value") if param in params}
    if "zone" in params:
        params["zone"] = zone_name(str(params["zone"]), catalog)
    key = next((key for key in (f"cell.{code}", f"error.{code}.detail") if catalog.has(key)), "")
    text = catalog.text(key, params) if key else one.code
    if one.column:
        text = catalog.text("cell.of_column", column=column_name(one.column, catalog), text=text)
    return CellNote(code=one.code, column=one.column, message=text)


def _named(value: TextValue, name: Callable[[str], str], catalog: Catalog) -> TextValue:
    parts = value.split(", ") if isinstance(value, str) else value
    if not isinstance(parts, list):
        return value
    return catalog.text("report.comma").join(dict.fromkeys(name(str(part)) for part in parts))


def _namer(about: str, platform: Platform | None, house: House, catalog: Catalog) -> Callable[[str], str]:
    def named(part: str) -> str:
        if part.startswith("/"):
            return field_name(part, catalog)
        if about == "reason" and catalog.has(f"reason.{part}"):
            return catalog.text(f"reason.{part}")
        one: Platform | Procedure | None = house.platforms.get(part) if about == "platform" else None
        if about == "procedure" and platform:
            one = platform.procedures.get(part)
        return (any_text(one.name, catalog.language, "en") if one else None) or part

    return named
