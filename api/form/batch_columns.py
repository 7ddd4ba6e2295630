"""What the columns of a chosen sheet are taken for, with its first rows, before a batch starts: a person corrects it there."""

import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.form.case_pages import part_reply
from api.form.shell import check_token, words_of
from api.request.problems import describe
from api.request.uploads import named_files, received
from api.service import Service, service_of, tenant_of
from casefile.errors import EvidencePackerError, RequestFault
from casefile.house import House
from casefile.labels import column_name
from jobs.batch.kept_columns import kept_columns
from jobs.batch.sheet.cells import OURS, Cell, CellFault, text_of
from jobs.batch.sheet.columns import EMPTY, PLAIN
from jobs.batch.sheet.exports import known_exports
from jobs.batch.sheet.guard import sheet_guard
from jobs.batch.sheet.names import column_of
from jobs.batch.sheet.opening import Sheets
from jobs.batch.sheet.table import Header, find_header, likely_header

router = APIRouter(include_in_schema=False)

_SAMPLE = 3
_MOST_COLUMNS = 60
_CUT = 40
_PARTS = frozenset(";；,\n=")
"""Signs that part the columns that a person names; a header with one of them cannot be named so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column: its header, what it is taken for (empty: nothing), and its first cells."""

    header: str
    name: str
    cells: tuple[str, ...]

    @property
    def fixed(self) -> bool:
        """Whether a person cannot name it."""
        return not self.header or bool(_PARTS & set(self.header))


def columns_of(sheets: Sheets, house: House, told: Mapping[str, str] = EMPTY) -> tuple[SheetColumn, ...]:
    """The columns of the sheet that a batch would read, as they would be taken; of an unknown one, those of its first full row."""
    exports = known_exports(house)
    header: Header | None
    names: Mapping[int, str]
    try:
        header = find_header(sheets, exports, told, functools.partial(column_of, house=house))
    except RequestFault:
        header = likely_header(sheets, exports)
    if header is None:
        (place, sheet), names = _first_full(sheets), {}
    else:
        place, sheet, names = header.row, header.sheet, header.columns.columns
    rows = list(
        itertools.islice(next((rows for name, rows in sheets if name == sheet), ()), place - 1, place + _SAMPLE)
    )
    heads = rows[0] if rows else ()
    return tuple(
        SheetColumn(
            header=_said(head), name=names.get(n, ""), cells=tuple(_said(row[n]) if n < len(row) else "" for row in rows[1:])
        )
        for n, head in enumerate(itertools.islice(heads, _MOST_COLUMNS))
        if _said(head) not in OURS and any(_said(row[n]) for row in rows if n < len(row))
    )  # fmt: skip


def _first_full(sheets: Sheets) -> tuple[int, str]:
    for name, rows in sheets:
        for number, row in enumerate(itertools.islice(rows, 20), start=1):
            if sum(bool(_said(cell)) for cell in row) > 1:
                return number, name
    raise RequestFault("sheet-without-rows", status=422)


def _said(cell: Cell) -> str:
    try:
        text = text_of(cell).strip()
    except CellFault:
        text = str(cell)
    return text if len(text) <= _CUT else text[: _CUT - 1] + "…"


@router.post("/batches/columns")
async def look(request: Request) -> Response:
    """The columns of a sheet, each with what it is taken for and three rows; nothing is kept."""
    service = service_of(request)
    try:
        async with received(request, service.settings, lambda part: part == "csrf") as form:
            field = form.field("csrf")
            token = {"csrf": field.value.decode("ascii", "replace") if field else ""}
            await run_in_threadpool(check_token, request, token)
            file = next(iter(named_files(form.files)), None)
            if file is None:
                raise RequestFault("sheet-missing", status=400)
            found = await run_in_threadpool(_read, file.path, service, tenant_of(request))
        words = words_of(request)
        names = (*PLAIN, *dict.fromkeys(column.name for column in found if column.name and column.name not in PLAIN))
        labels = {name: column_name(name, words.catalog) for name in names}
        return await run_in_threadpool(part_reply, request, "parts/columns.html", columns=found, names=labels)
    except EvidencePackerError as error:
        problem = describe(error, words_of(request).catalog)
        return await run_in_threadpool(part_reply, request, "parts/refused.html", problem=problem)


def _read(sheet: Path, service: Service, tenant: str) -> tuple[SheetColumn, ...]:
    with sheet_guard(service.settings.guard_level) as guard:
        sheets = guard.read(sheet.read_bytes())
    return columns_of(sheets, service.house, kept_columns(service.store, tenant).of(sheets))
