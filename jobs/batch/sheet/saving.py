"""Workbooks saved without a file system: the library writes each sheet to a temporary file, which a guarded child does not have."""

import io
import zipfile
from typing import Any

import openpyxl
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


class _InMemory(ExcelWriter):
    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401  # the library has no types of its own
        """As the library's, with the sheet in memory."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001  # the method it stands for does the same
        ws._drawing.charts = ws._charts  # noqa: SLF001  # as above
        ws._drawing.images = ws._images  # noqa: SLF001  # as above
        sink = io.BytesIO()
        writer: Any = WorksheetWriter(ws, out=sink)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001  # as above
        self._archive.writestr(  # type: ignore[attr-defined]  # the base class sets it
            ws.path[1:], sink.getvalue()
        )
        self.manifest.append(ws)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of ``book``."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _InMemory(book, archive).write_data()
    return sink.getvalue()
