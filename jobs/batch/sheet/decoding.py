"""What a guarded child does with a spreadsheet: read its cells, or write the news of a batch into it.

Office files are as untrusted as pictures, so their libraries run only where there is no network, no file and no other process.
What comes back is JSON, or the bytes of a workbook, under a budget.
"""

import datetime as dt
import functools
import io
import itertools
import json
from typing import Any

import openpyxl

from casefile.errors import RequestFault
from jobs.batch.sheet.blanking import blanked
from jobs.batch.sheet.cells import Cell
from jobs.batch.sheet.opening import sheets_of
from jobs.batch.sheet.sheet_job import SheetJob
from jobs.batch.sheet.writing import Place, RowNews, returned
from jobs.records.batch_values import SheetBlanks
from reading import warming
from reading.guarded.channel import write_frame

_ROWS_AT_ONCE = 1_000
_LENGTH = 8
_SAMPLE = "订单号,amount\n1,2\n"


def warm_up() -> None:
    """Read and write small workbooks: a locked-down child cannot import anything."""
    book = openpyxl.Workbook()
    book.active.append(["order_id", "amount", dt.datetime(2026, 1, 1)])  # type: ignore[union-attr]  # noqa: DTZ001  # cells have no zone
    sink = io.BytesIO()
    book.save(sink)
    news = {1: RowNews(cells=("failed", "", "x", "", "", ""), bad={"order_id": "x"})}
    texts = [_SAMPLE.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16")]
    for data in (sink.getvalue(), sink.getvalue()[:200], *texts):
        sheet, blank = "Sheet" if data[:2] == b"PK" else "", SheetBlanks(rows=(2,), needles=("x",))
        write = SheetJob(do="write", name="s.xlsx", sheet=sheet, row=1, columns={0: "order_id"})
        for job, body in (
            (SheetJob(do="read"), data),
            (SheetJob(do="blank", sheet=sheet, row=1, blank=blank), data),
            (write, packed(news, data)),
        ):
            warming.discard(functools.partial(decode, job.to_json(), body))


def warm_up_rest() -> None:
    """There are no rare kinds."""


def decode(job: bytes, data: bytes, result: int) -> None:
    """Answer ``job`` (a ``SheetJob``) over ``data`` in frames: ``sheet`` with rows, ``name`` with a workbook, or ``refused``."""
    try:
        order = SheetJob.model_validate_json(job)
        if order.do == "read":
            _read(data, result)
        elif order.do == "blank":
            write_frame(result, {}, blanked(data, order.sheet, order.row, order.blank))
        else:
            _write(order, data, result)
    except (MemoryError, BrokenPipeError):
        raise
    except RequestFault as fault:
        write_frame(result, {"refused": fault.code, "status": fault.status})
    except Exception:  # noqa: BLE001  # readers of hostile files raise anything
        write_frame(result, {"refused": "sheet-unreadable", "status": 422})


def _read(data: bytes, result: int) -> None:
    for name, rows in sheets_of(data):
        source = iter(rows)
        write_frame(result, {"sheet": name})
        while part := list(itertools.islice(source, _ROWS_AT_ONCE)):
            plain = [[_plain(cell) for cell in row] for row in part]
            write_frame(result, {}, json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode())


def _write(job: SheetJob, data: bytes, result: int) -> None:
    news, sheet = unpacked(data)
    name, made = returned(sheet, job.name, Place(sheet=job.sheet, row=job.row, columns=job.columns), news)
    write_frame(result, {"name": name}, made)


def packed(news: dict[int, RowNews], sheet: bytes) -> bytes:
    """News and sheet as one body."""
    plain = [[number, one.cells, dict(one.bad)] for number, one in news.items()]
    text = json.dumps(plain, ensure_ascii=False).encode()
    return len(text).to_bytes(_LENGTH, "big") + text + sheet


def unpacked(data: bytes) -> tuple[dict[int, RowNews], bytes]:
    """What ``packed`` joined."""
    end = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    found = json.loads(data[_LENGTH:end])
    return {number: RowNews(cells=tuple(cells), bad=bad) for number, cells, bad in found}, data[end:]


def _plain(cell: Cell) -> Any:  # noqa: ANN401  # a JSON value
    """A cell as JSON; what JSON has no value for is a list of its kind and its text."""
    for kind in (dt.datetime, dt.date, dt.time):
        if isinstance(cell, kind):
            return [kind.__name__, cell.isoformat()]
    return ["seconds", cell.total_seconds()] if isinstance(cell, dt.timedelta) else cell


def cell_of(plain: Any) -> Cell:  # noqa: ANN401  # as above
    """The cell that ``_plain`` wrote; anything else is nothing."""
    match plain:
        case str() | int() | float() | bool():
            return plain
        case ["datetime", str(text)]:
            return dt.datetime.fromisoformat(text)
        case ["date", str(text)]:
            return dt.date.fromisoformat(text)
        case ["time", str(text)]:
            return dt.time.fromisoformat(text)
        case ["seconds", float(seconds)]:
            return dt.timedelta(seconds=seconds)
    return None
