"""What is asked of the child that opens spreadsheets; apart, because both sides of the guard read it."""

from typing import Literal

from casefile.json_model import JsonModel
from jobs.records.batch_values import SheetBlanks


class SheetJob(JsonModel):
    """Read every sheet, write news behind the rows of one, or blank some of its cells.

    ``sheet`` and ``row`` say where the header stands, ``columns`` what our names for its columns are, by place.
    """

    do: Literal["read", "write", "blank"]
    sheet: str = ""
    row: int = 0
    columns: dict[int, str] = {}
    name: str = ""
    blank: SheetBlanks = SheetBlanks()
