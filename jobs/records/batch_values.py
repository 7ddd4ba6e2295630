"""What is kept of batches and their rows as values: a JSON column of a table, a line of a list, or the answer of a worker.

A release that finds what an earlier one kept reads it by ``kept``: what is missing has its default, what is unknown is left.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from pydantic import JsonValue

from casefile.json_model import JsonModel
from jobs.records.kept_error import KeptError

if TYPE_CHECKING:
    from sqlalchemy import Row  # the child that opens spreadsheets knows no database

JsonObject = dict[str, JsonValue]
"""A case as it was asked for: JSON that is read by ``casefile.parse``."""


class CellNote(JsonModel):
    """One message about a row: its code, the column where it has one, the text in the batch's language."""

    code: str
    column: str = ""
    message: str = ""


class RowNotes(JsonModel):
    """What is wrong with a row, and what is to be seen."""

    errors: tuple[CellNote, ...] = ()
    warnings: tuple[CellNote, ...] = ()


class RowRequest(JsonModel):
    """What a row asks for: its lines in the sheet, its case, its files as (name in the archive, name in the pack)."""

    rows: tuple[int, ...] = ()
    case: JsonObject = {}
    members: tuple[tuple[str, str], ...] = ()
    told: RowNotes = RowNotes()

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files in the pack."""
        return tuple(name for _, name in self.members)


class PlannedRow(RowRequest):
    """A row as the plan of its batch lists it; ``marks`` are those of the people in it, ``turn`` is the time by which it is due."""

    number: int
    subject: str = ""
    valid: bool = True
    marks: tuple[str, ...] = ()
    turn: str = ""

    def work(self) -> RowRequest:
        """What the row asks for."""
        return RowRequest(rows=self.rows, case=self.case, members=self.members, told=self.told)


class PackEntry(JsonModel):
    """One file of a pack in its archive. ``crc`` is missing in what an earlier release kept."""

    name: str
    start: int
    bytes: int
    crc: int | None = None


class RowMade(JsonModel):
    """What a row became: where its pack lies, the bundle's name in the zip, the letter's fingerprint, what is to be told."""

    archive: str | None = None
    entries: tuple[PackEntry, ...] = ()
    bundle: str = ""
    letter: str = ""
    told: RowNotes | None = None


class RowEnd(JsonModel):
    """How a row ended, column by column."""

    state: str
    verdict: str | None = None
    folder: str | None = None
    sha256: str | None = None
    made: RowMade = RowMade()


class RowLine(JsonModel):
    """One row as the writer of the sheet needs it."""

    rows: tuple[int, ...] = ()
    state: str
    language: str
    verdict: str | None = None
    bundle: str = ""
    letter: str = ""
    sha256: str | None = None
    told: RowNotes = RowNotes()


class BatchOptions(JsonModel):
    """How a batch is done; ``as_of`` is the clock of its packs."""

    defaults: dict[str, str] = {}
    language: str = "en"
    dry_run: bool = False
    only_failed: bool = False
    as_of: str = ""
    trace: str = ""


class OpenFile(JsonModel):
    """A file of which nobody can tell whose it is: why, told in the batch's language, and the rows it may be of."""

    file: str
    code: str
    message: str
    rows: tuple[int, ...] = ()


class BatchPlan(JsonModel):
    """What the sheet holds.

    ``left_rows`` are totals and the like, ``other_sheets`` such as were not read. ``elsewhere``: marks of people whom the sheet
    names outside its cases; they are no part of the result.
    """

    rows: int = 0
    export: str = ""
    columns: dict[str, str] = {}
    unknown_columns: tuple[str, ...] = ()
    left_rows: tuple[int, ...] = ()
    other_sheets: tuple[str, ...] = ()
    told_columns: dict[str, str] = {}
    unmatched_files: tuple[str, ...] = ()
    unmatched_count: int = 0
    open_files: tuple[OpenFile, ...] = ()
    elsewhere: tuple[str, ...] = ()


class SheetMade(JsonModel):
    """The sheet that goes back, and where it lies."""

    name: str
    key: str = ""
    bytes: int = 0
    sha256: str = ""


class BatchPart(JsonModel):
    """A zip of a batch: its rows from ``first`` to ``last``, and its digest; SHA-256 where it was reckoned."""

    name: str
    first: int
    last: int
    bytes: int
    digest: str
    sha256: str | None = None


class BatchResult(JsonModel):
    """What came of a batch so far; ``problem`` is a ``JobError`` as it is kept; ``alike``: rows that share a letter."""

    plan: BatchPlan | None = None
    sheet: SheetMade | None = None
    alike: int = 0
    problem: KeptError | None = None

    def but(self, **changes: object) -> Self:
        """The same with these fields instead."""
        return self.model_copy(update=changes)


class SheetBlanks(JsonModel):
    """What is taken out of a sheet for good: rows by number, and every row with one of these needles."""

    rows: tuple[int, ...] = ()
    needles: tuple[str, ...] = ()


def row_work(row: "Row[Any]") -> RowRequest:
    """The column ``work`` of a row."""
    return RowRequest.kept(row.work or {})


def row_made(row: "Row[Any]") -> RowMade:
    """The column ``told`` of a row."""
    return RowMade.kept(row.told or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedBatch:
    """A batch as it is written down first; ``created_at`` is ISO 8601."""

    id: str
    tenant: str
    created_at: str
    sheet_name: str
    options: BatchOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTurn:
    """A row, the time by which it is due, and whether it waits or runs."""

    number: int
    turn: str
    open: bool
