"""What a worker process does for a batch: read the sheet into cases before, write the workbook after.

Both go through files of JSON lines on the store, one line a case, so that neither side ever holds a whole batch in its hands.
"""

import contextlib
import functools
import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from casefile.discovery import load_house
from casefile.errors import RequestFault
from casefile.house import House
from casefile.parse import parse_case
from casefile.plain_case import PlainCase
from casefile.turn import due_at, turn_of
from casefile.wording import Catalog
from jobs.batch.batch_archive import opened
from jobs.batch.batch_names import keys_of
from jobs.batch.kept_columns import keep_columns, kept_columns
from jobs.batch.sheet.bundle_files import Matching, kind_words, match_files
from jobs.batch.sheet.by_sight import OpenPlace
from jobs.batch.sheet.cases import cases_of
from jobs.batch.sheet.cells import Cell
from jobs.batch.sheet.columns import EMPTY
from jobs.batch.sheet.columns import told_columns as columns_told
from jobs.batch.sheet.exports import known_exports
from jobs.batch.sheet.guard import SheetGuard, kept_guard
from jobs.batch.sheet.names import column_of
from jobs.batch.sheet.opening import Sheets
from jobs.batch.sheet.row_case import CellTrouble, RowCase, SheetWords
from jobs.batch.sheet.table import Header, body_rows, find_header, other_sheets, rows_left
from jobs.batch.sheet.telling import told_line
from jobs.batch.sheet.writing import RowNews
from jobs.batch.sight import found_by_sight, looker, told_by_mails
from jobs.engine.job_functions import Progress
from jobs.records.batch_values import (
    BatchOptions,
    BatchPlan,
    BatchResult,
    OpenFile,
    PlannedRow,
    RowLine,
    RowNotes,
    SheetBlanks,
    SheetMade,
)
from jobs.records.people import email_marks, marks_of
from jobs.records.store import Store
from reading.guarded.guard import LEAST_LEVEL

_ALIKE_FROM = 3
_MOST_NAMED = 5


def _house(workshop: Any) -> House:  # noqa: ANN401  # the trade's own
    found: House | None = getattr(workshop, "house", None)
    return found or load_house()


def _guard(workshop: Any) -> SheetGuard:  # noqa: ANN401  # as above
    return kept_guard(getattr(workshop, "guard_level", LEAST_LEVEL))


def plan(
    workshop: Any,  # noqa: ANN401  # the trade's own
    progress: Progress,
    *,
    url: str,
    tenant: str,
    batch_id: str,
    options: BatchOptions,
) -> BatchPlan:
    """Read the sheet, match the files, write the plan; says how many cases, which export, which files belong to none."""
    _ = progress
    house, store, keys = _house(workshop), Store(url), keys_of(tenant, batch_id)
    sheets = _guard(workshop).read(store.get(keys["sheet"]) or b"")
    header, told = _named(sheets, columns_told(options.defaults.get("map", "")), store, tenant, house)
    cases = cases_of(body_rows(sheets, header), _words(header, options, house))
    done = [case for case in cases if case.done and options.only_failed]
    cases = [case for case in cases if not (case.done and options.only_failed)]
    elsewhere = _emails(tenant, sheets).union(*(marks_of(tenant, PlainCase(case.case), case.subject) for case in done))
    if not cases:
        raise RequestFault("sheet-without-rows", status=422)
    matching, left = _matched(store, keys["archive"], cases, workshop)
    catalog = house.catalogs.of(options.language)
    lines = (
        _marked(_line(place, one, matching, house, catalog), tenant, one, _turn(one, house, options.as_of))
        for place, one in enumerate(cases)
    )
    _keep(store, keys["plan"], lines)
    return _sheet_plan(sheets, header).model_copy(
        update={
            "rows": len(cases),
            "told_columns": told,
            "unmatched_files": tuple(matching.unmatched)[:1000],
            "unmatched_count": len(matching.unmatched),
            "open_files": tuple(_open(one, cases, catalog) for one in left[:1000]),
            "elsewhere": tuple(sorted(elsewhere)),
        }
    )


def _words(header: Header, options: BatchOptions, house: House) -> SheetWords:
    columns = header.columns
    return SheetWords(export=columns.export, defaults=options.defaults, house=house, remarks=columns.remarks)


def _sheet_plan(sheets: Sheets, header: Header) -> BatchPlan:
    """What is to be told of the sheet itself: its columns, and what of it is not read."""
    return BatchPlan(
        export=header.columns.export.id,
        columns={str(place): name for place, name in header.columns.columns.items()},
        unknown_columns=tuple(header.columns.unknown),
        left_rows=rows_left(sheets, header)[:1000],
        other_sheets=other_sheets(sheets, header)[:100],
    )


def _header(sheets: Sheets, told: Mapping[str, str], house: House) -> Header:
    """The row of headers, by what is known and said of columns, and by what stands in them."""
    return find_header(sheets, known_exports(house), told, functools.partial(column_of, house=house))


def _named(
    sheets: Sheets, said: Mapping[str, str], store: Store, tenant: str, house: House
) -> tuple[Header, dict[str, str]]:
    """The row of headers, and what is said of its columns: this time, and earlier of the same headers. It is kept."""
    told = {**kept_columns(store, tenant).of(sheets), **said}
    header = _header(sheets, told, house)
    if said:
        keep_columns(store, tenant, _headers(sheets, header), told)
    return header, told


def _headers(sheets: Sheets, header: Header) -> Sequence[Cell]:
    return next((rows[header.row - 1] for name, rows in sheets if name == header.sheet), ())


def _marked(line: PlannedRow, tenant: str, case: RowCase, turn: str) -> PlannedRow:
    """The row with the marks of the people it is about, and its turn."""
    marks = tuple(sorted(marks_of(tenant, PlainCase(case.case), case.subject)))
    return line.model_copy(update={"marks": marks, "turn": turn})


def _turn(row: RowCase, house: House, came: str) -> str:
    """By when a row is due; nothing where it becomes no pack."""
    if row.errors:
        return ""
    case = parse_case(row.case)
    platform = house.platforms[case.platform]
    return turn_of(due_at(case, platform, platform.procedures[case.procedure]), came)


def _keep(store: Store, key: str, lines: Iterable[PlannedRow]) -> None:
    """One line of JSON a row, by way of a file: a plan may be large."""
    with tempfile.NamedTemporaryFile(prefix="plan-") as file:
        file.writelines(line.to_json() + b"\n" for line in lines)
        file.flush()
        store.put(key, Path(file.name), replace=True)


def _emails(tenant: str, sheets: Sheets) -> set[str]:
    """Marks of every e-mail address in any cell, in whatever column or sheet it stands."""
    texts = (cell for _, rows in sheets for row in rows for cell in row if isinstance(cell, str) and "@" in cell)
    return {mark for text in texts for mark in email_marks(tenant, text)}


def _matched(
    store: Store,
    key: str,
    cases: list[RowCase],
    workshop: Any,  # noqa: ANN401  # the trade's own
) -> tuple[Matching, tuple[OpenPlace, ...]]:
    """The files by their names, then by what they show; and those of which nobody can tell whose they are."""
    if store.size(key) is None:
        for case in cases:
            if case.files:
                case.errors.append(
                    CellTrouble(code="file-not-in-archive", column="files", params={"file": case.files[:200]})
                )
        return Matching(by_row={}, unmatched=()), ()
    house = _house(workshop)
    words = kind_words(house.catalogs)
    with opened(store, key) as members:
        matching = match_files(cases, members.names, words)
        rooms = getattr(workshop, "reading_rooms", ())
        if not rooms:
            return matching, ()
        look = looker(members, rooms[0], cases, house)
        matching, left = found_by_sight(cases, matching, look, words)
        told_by_mails(cases, matching, look)
    return matching, left


def _open(one: OpenPlace, cases: list[RowCase], catalog: Catalog) -> OpenFile:
    orders = ", ".join(cases[place].subject for place in one.rows[:_MOST_NAMED])
    message = catalog.text(f"cell.{one.code}", {"file": one.member, "orders": orders})
    rows = tuple(row for place in one.rows for row in cases[place].rows)
    return OpenFile(file=one.member, code=one.code, message=message, rows=rows)


def _line(place: int, case: RowCase, matching: Matching, house: House, catalog: Catalog) -> PlannedRow:
    files = matching.by_row.get(place, ())
    listed = [{"name": file.name, **({"kind": file.kind} if file.kind else {})} for file in files]
    return PlannedRow(
        number=place + 1,
        subject=case.subject,
        valid=not case.errors,
        rows=tuple(case.rows),
        told=RowNotes(
            errors=tuple(told_line(one, PlainCase(case.case), house, catalog) for one in case.errors),
            warnings=tuple(told_line(one, PlainCase(case.case), house, catalog) for one in case.warnings),
        ),
        case=case.case | {"files": listed},
        members=tuple((file.member, file.name) for file in files),
    )


def finish(  # noqa: PLR0913  # they are names
    workshop: Any,  # noqa: ANN401  # the trade's own
    progress: Progress,
    *,
    url: str,
    tenant: str,
    batch_id: str,
    name: str,
    run: str,
    told_columns: Mapping[str, str] = EMPTY,
    blank: SheetBlanks | None = None,
) -> BatchResult:
    """Write the workbook of a batch with what became of each row; says where it lies, how long it is and its hash.

    ``blank`` is taken out of the sheet first, for good.
    """
    house, store, keys = _house(workshop), Store(url), keys_of(tenant, batch_id)
    data = store.get(keys["sheet"]) or b""
    with _lines(store, keys["told"]) as lines:
        alike = _alike(lines)
    progress("sheet", 0.3)
    news: dict[int, RowNews] = {}
    with _lines(store, keys["told"]) as lines:
        for line in lines:
            told = _news(line, alike, house.catalogs.of(line.language))
            news |= dict.fromkeys(line.rows, told)
    guard = _guard(workshop)
    header = _header(guard.read(data), told_columns, house)
    if blank is not None:
        data = guard.blanked(data, header, blank)
        store.put(keys["sheet"], data, replace=True)
    sheet_name, sheet = guard.returned(data, name, header, news)
    key = f"{keys['root']}/runs/{run}/sheet"
    store.put(key, sheet)
    made = SheetMade(name=sheet_name, key=key, bytes=len(sheet), sha256=hashlib.sha256(sheet).hexdigest())
    return BatchResult(sheet=made, alike=sum(count for count in alike.values() if count >= _ALIKE_FROM))


@contextlib.contextmanager
def _lines(store: Store, key: str) -> Iterator[Iterator[RowLine]]:
    """The lines of a file of JSON lines, one at a time."""
    with tempfile.TemporaryFile() as file:
        file.writelines(store.chunks(key, 0, store.size(key) or 0))
        file.seek(0)
        yield (RowLine.model_validate_json(line) for line in file)


def _alike(lines: Iterator[RowLine]) -> Mapping[str, int]:
    """How many cases share one letter, by the letter's fingerprint."""
    return Counter(line.letter for line in lines if line.letter)


def _news(line: RowLine, alike: Mapping[str, int], catalog: Catalog) -> RowNews:
    warnings = [one.message for one in line.told.warnings]
    count = alike.get(line.letter, 0)
    if count >= _ALIKE_FROM:
        warnings.append(catalog.text("cell.letter-alike", count=count))
    errors = "\n".join(one.message for one in line.told.errors)
    return RowNews(
        cells=(line.state, line.verdict or "", errors, "\n".join(warnings), line.bundle, line.sha256 or ""),
        bad={one.column: one.message for one in line.told.errors if one.column},
    )
