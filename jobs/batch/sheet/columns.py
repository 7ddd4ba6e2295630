"""What the columns of a spreadsheet mean: aliases from ``sheets/*.toml``, one file per program that exports them.

Headers are compared without difference of case, width, blanks and signs, because every export writes them a little differently.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from casefile import text_folding
from casefile.errors import DataFault

PLAIN = (
    "platform", "site", "procedure", "reason", "order_id", "claim_id", "claim_opened_at", "deadline_at", "carrier",
    "tracking_number", "dispatched_at", "delivered_at", "amount", "currency", "ship_to_name", "ship_to_line1",
    "ship_to_city", "ship_to_region", "ship_to_postal_code", "ship_to_country", "files",
)  # fmt: skip
"""The fixed column names of a batch."""

OURS = ("_status", "_verdict", "_errors", "_warnings", "_bundle", "_sha256")
"""The columns that the returned workbook adds."""

UNUSED = "-"
"""What a user says of a column that is to be left alone."""

EMPTY: Mapping[str, str] = MappingProxyType({})
_MOST = 0.8
"""So many cells of a column have to be of one form to tell what the column is."""
_SIGNS = re.compile(r"[\s_*#:：()（）\[\]【】.\-/]+")


class SheetExport(BaseModel):
    """One program's export: its headers, the platform its rows belong to, and how it writes times."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: Mapping[str, str]
    platform: str | None = None
    times: tuple[str, ...] = ()
    zone: str | None = None
    """In which its times are, where it is not that of the marketplace: programs of a shop keep the shop's."""
    sources: Mapping[str, Any]
    columns: Mapping[str, tuple[str, ...]]
    examples: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """Which column holds what: index → column name (a fixed one, or a dotted path into a case)."""

    export: SheetExport
    columns: Mapping[int, str]
    unknown: tuple[str, ...]
    unused: frozenset[int] = frozenset()
    """Columns that the user wants left alone, whatever stands in them."""


def plain_header(text: object) -> str:
    """A header as it is compared; signs such as % and $ stay, since they tell two columns apart."""
    return _SIGNS.sub("", text_folding.caseless(str(text or "")))


def load_exports(root: Path) -> tuple[SheetExport, ...]:
    """Every export known, by id.

    Raises:
        DataFault: a file is malformed or misnamed; it is named.
    """
    found = []
    for path in sorted((root / "sheets").glob("*.toml")):
        try:
            export = SheetExport.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
            raise DataFault("data-malformed", file=str(path), why=str(error)) from error
        if export.id != path.stem:
            raise DataFault("data-misnamed", file=str(path), why=f"its id is {export.id!r}")
        found.append(export)
    return tuple(found)


Told = Mapping[str, str]
"""What the user says of columns: header → column name."""


def told_columns(text: str) -> Told:
    """``"店铺=site; Ref=order_id; 备注=-"`` as headers and column names, headers as they are compared; ``-`` leaves one alone."""
    pairs = (part.partition("=") for part in re.split(r"[;；,\n]", text) if "=" in part)
    return {plain_header(header): name.strip() for header, _, name in pairs if header.strip() and name.strip()}


def mapped(headers: Sequence[object], exports: Sequence[SheetExport], told: Told = EMPTY) -> ColumnMap | None:
    """The export that knows most of ``headers``; our own names and dotted paths are always known. ``None``: no order column.

    What the user says of a column (``told``) comes before what any export says.
    """
    best = best_export(headers, exports, told)
    return best if best is not None and has_subject(best.columns.values()) else None


def best_export(headers: Sequence[object], exports: Sequence[SheetExport], told: Told = EMPTY) -> ColumnMap | None:
    """The same, whether a column names an order or not."""
    best: ColumnMap | None = None
    own = _own(exports)
    for export in sorted(exports, key=lambda one: one is not own):
        found = _mapped(headers, export, own, told)
        if best is None or len(found.columns) > len(best.columns):
            best = found
    return best


def by_content(found: ColumnMap, rows: Sequence[Sequence[object]], known: Callable[[str], str | None]) -> ColumnMap:
    """The columns that no header tells, by what stands in them: most cells are order numbers, or numbers of parcels."""
    columns = dict(found.columns)
    for place in range(max(map(len, rows), default=0)):
        cells = [str(row[place]).strip() for row in rows if place < len(row) and str(row[place] or "").strip()]
        names = [known(cell) for cell in cells]
        name = max(set(names), key=names.count, default=None)
        if (
            place not in columns
            and place not in found.unused
            and name
            and name not in columns.values()
            and names.count(name) >= _MOST * len(cells)
        ):
            columns[place] = name
    return replace(found, columns=columns)


def _own(exports: Sequence[SheetExport]) -> SheetExport | None:
    return next((export for export in exports if set(export.columns) <= set(PLAIN)), None)


def has_subject(names: Any) -> bool:  # noqa: ANN401  # the values of a mapping
    """Whether a column names what rows are about."""
    return any(name in {"order_id", "claim_id"} or "." in name for name in names)


def _mapped(headers: Sequence[object], export: SheetExport, own: SheetExport | None, told: Told) -> ColumnMap:
    names: dict[str, str] = {}
    for source in filter(None, (export, own if export.platform is None else None)):
        for column, aliases in source.columns.items():
            for alias in aliases:
                names.setdefault(plain_header(alias), column)
    names |= {plain_header(name): name for name in PLAIN} | dict(told)
    columns: dict[int, str] = {}
    unknown: list[str] = []
    unused: list[int] = []
    for place, header in enumerate(headers):
        text = str(header or "").strip()
        name: str | None = text if _is_path(text) else names.get(plain_header(text))
        if text == OURS[0]:
            columns[place] = text
        elif name == UNUSED:
            unused.append(place)
            unknown.append(text)
        elif name and name not in columns.values():
            columns[place] = name
        elif text and text not in OURS:
            unknown.append(text)
    return ColumnMap(export=export, columns=columns, unknown=tuple(unknown), unused=frozenset(unused))


def _is_path(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", text))
