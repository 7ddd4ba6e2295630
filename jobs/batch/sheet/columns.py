"""What the columns of a spreadsheet mean: aliases from ``sheets/*.toml``, one file per program that exports them.

Headers are compared without difference of case, width, blanks and signs, because every export writes them a little differently.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from casefile.errors import DataFault
from jobs.batch.sheet.cells import OURS
from jobs.batch.sheet.headers import Remark, RemarkWords, column_in, plain_header, remark_in

PLAIN = (
    "platform", "site", "procedure", "reason", "order_id", "claim_id", "claim_opened_at", "deadline_at", "carrier",
    "tracking_number", "dispatched_at", "delivered_at", "amount", "currency", "ship_to_name", "ship_to_line1",
    "ship_to_city", "ship_to_region", "ship_to_postal_code", "ship_to_country", "files",
)  # fmt: skip
"""The fixed column names of a batch."""

UNUSED = "-"
"""What a user says of a column that is to be left alone."""

EMPTY: Mapping[str, str] = MappingProxyType({})
EMPTY_REMARKS: Mapping[str, Remark] = MappingProxyType({})
_IN_PARTS = 2_000
"""The rank of a column that only the parts of a header name."""
_SURE_OF_SHEET, _SURE_OF_EXPORT, _SURE_COLUMNS = 0.4, 0.5, 2
"""A sheet is an export's where it knows so much of one of both, and so many columns by words that only it uses."""


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
    """Column name → its headers, the best first. Under ``-`` stand headers that other sheets mean otherwise."""
    own: bool = False
    """Whether it is the product's own template, whose words every sheet may use."""
    marks: tuple[str, ...] = ()
    """What headers say in brackets or behind a stroke that says nothing of their cells; the own template's are known to all."""
    zones: Mapping[str, tuple[str, ...]] = {}
    """Zone → how headers name it; as above."""
    examples: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """Which column holds what: index → column name (a fixed one, or a dotted path into a case)."""

    export: SheetExport
    columns: Mapping[int, str]
    unknown: tuple[str, ...]
    unused: frozenset[int] = frozenset()
    """Columns that the user wants left alone, whatever stands in them."""
    remarks: Mapping[str, Remark] = field(default_factory=lambda: EMPTY_REMARKS)
    """What headers say of the cells below them, by column name."""


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


def with_labels(exports: Sequence[SheetExport], labels: Mapping[str, Sequence[str]]) -> tuple[SheetExport, ...]:
    """The exports, the own one also with the words by which pages of other languages name their fields."""
    more = {name: tuple(words) for name, words in labels.items()}
    return tuple(
        one.model_copy(
            update={
                "columns": {name: (*one.columns.get(name, ()), *more.get(name, ())) for name in {**one.columns, **more}}
            }
        )
        if one.own
        else one
        for one in exports
    )


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """What each header means to one export."""

    export: SheetExport
    words: Mapping[str, "_Word"]
    remarks: RemarkWords


def all_header_words(exports: Sequence[SheetExport], told: Told = EMPTY) -> tuple[HeaderWords, ...]:
    """What headers mean to each export, the own one first; what the user says of a column comes before what any says."""
    own = next((export for export in exports if export.own), None)
    ordered = sorted(exports, key=lambda one: not one.own)
    remarks = _remark_words(own) if own else RemarkWords()
    return tuple(HeaderWords(export, _words(export, own, told), remarks) for export in ordered)


def _remark_words(own: SheetExport) -> RemarkWords:
    zones = {plain_header(word): zone for zone, words in own.zones.items() for word in words}
    return RemarkWords(marks=frozenset(map(plain_header, own.marks)), zones=zones)


def mapped(headers: Sequence[object], known: Sequence[HeaderWords]) -> ColumnMap | None:
    """The export that knows most of ``headers``; our own names and dotted paths are always known. ``None``: no order column."""
    best = best_export(headers, known)
    return best if best is not None and has_subject(best.columns.values()) else None


def best_export(headers: Sequence[object], known: Sequence[HeaderWords]) -> ColumnMap | None:
    """The same, whether a column names an order or not."""
    best: ColumnMap | None = None
    for header_words in known:
        found = _mapped(headers, header_words)
        if best is None or len(found.columns) > len(best.columns):
            best = found
    return best


def has_subject(names: Any) -> bool:  # noqa: ANN401  # the values of a mapping
    """Whether a column names what rows are about."""
    return any(name in {"order_id", "claim_id"} or "." in name for name in names)


@dataclass(frozen=True, slots=True)
class _Word:
    """What a header means, how well it is put, and whether only this export says it so."""

    column: str
    rank: int
    only_here: bool = False


def _words(export: SheetExport, own: SheetExport | None, told: Told) -> dict[str, _Word]:
    """What each header means: what the user says, our names, the words of the export, then those of everybody."""
    found = {header: _Word(name, -1) for header, name in told.items()}
    for name in PLAIN:
        found.setdefault(plain_header(name), _Word(name, 0))
    everybody = {plain_header(alias) for alias, _, _ in _aliases(own)} if own else set()
    for source in (export, *([own] if own and own is not export else [])):
        for alias, column, rank in _aliases(source):
            header = plain_header(alias)
            only_here = source is export is not own and header not in everybody
            found.setdefault(header, _Word(column, rank + (source is not export) * 1_000, only_here))
    return found


def _aliases(export: SheetExport) -> Iterator[tuple[str, str, int]]:
    for column, aliases in export.columns.items():
        for rank, alias in enumerate(aliases, start=1):
            yield alias, column, rank


def _mapped(headers: Sequence[object], header_words: HeaderWords) -> ColumnMap:
    export = header_words.export
    texts = [str(header or "").strip() for header in headers]
    meant = {place: _meant(text, header_words) for place, text in enumerate(texts) if text and text not in OURS[1:]}
    best: dict[str, int] = {}
    for place, word in sorted(meant.items(), key=lambda one: (one[1].rank, one[0]) if one[1] else (0, 0)):
        if word and word.column != UNUSED:
            best.setdefault(word.column, place)
    columns = {place: name for name, place in sorted(best.items(), key=lambda one: one[1])}
    only = sum(1 for place in columns if (word := meant[place]) and word.only_here)
    sure = export.own or (
        only >= _SURE_COLUMNS
        and (len(columns) >= _SURE_OF_SHEET * len(meant) or len(columns) >= _SURE_OF_EXPORT * len(export.columns))
    )
    return ColumnMap(
        export=export if sure else export.model_copy(update={"platform": None, "zone": None}),
        columns=columns,
        unknown=tuple(text for place, text in enumerate(texts) if place in meant and place not in columns),
        unused=frozenset(place for place, word in meant.items() if word and word.column == UNUSED),
        remarks={
            name: remark for place, name in columns.items() if (remark := remark_in(texts[place], header_words.remarks))
        },
    )


def _meant(text: str, known: HeaderWords) -> _Word | None:
    if _is_path(text) or text == OURS[0]:
        return _Word(text, 0)
    if word := known.words.get(plain_header(text)):
        return word
    words = known.words
    column = column_in(text, lambda part: words[part].column if part in words else None, known.remarks)
    return _Word(column, _IN_PARTS) if column else None


def _is_path(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", text))
