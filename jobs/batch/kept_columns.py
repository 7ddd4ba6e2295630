"""What a tenant said of the columns of a sheet, for the next sheet with the same headers; kept until it is erased.

Only headers that somebody named and what they mean are kept, under a fingerprint of all headers: a column called "Ref" of another
sheet may be something else.
"""

import hashlib
import itertools
from collections.abc import Mapping, Sequence

from casefile.json_model import JsonModel
from jobs.batch.sheet.cells import Cell
from jobs.batch.sheet.headers import plain_header
from jobs.batch.sheet.opening import Sheets
from jobs.batch.sheet.table import HEADER_WITHIN
from jobs.records.store import Store

_MOST = 200
"""Sheets of a tenant whose columns are kept; the oldest goes."""


class KeptColumns(JsonModel):
    """Fingerprint of the headers of a sheet → header as it is compared → column, the sheet used last at the end."""

    sheets: dict[str, dict[str, str]] = {}

    def of(self, sheets: Sheets) -> Mapping[str, str]:
        """What was said of the columns of one of these sheets."""
        for _, rows in sheets:
            for row in itertools.islice(rows, HEADER_WITHIN):
                if (said := self.sheets.get(fingerprint(row))) is not None:
                    return said
        return {}


def fingerprint(headers: Sequence[Cell]) -> str:
    """What two sheets with the same headers share."""
    return hashlib.sha256("\n".join(map(plain_header, headers)).strip().encode()).hexdigest()[:32]


def kept_columns(store: Store, tenant: str) -> KeptColumns:
    """What is kept of a tenant's sheets."""
    data = store.get(_key(tenant))
    return KeptColumns.model_validate_json(data) if data else KeptColumns()


def keep_columns(store: Store, tenant: str, headers: Sequence[Cell], said: Mapping[str, str]) -> None:
    """Keep what was said of the columns of a sheet with these headers."""
    there = {plain_header(header) for header in headers}
    mine = {header: column for header, column in said.items() if header in there}
    if not mine:
        return
    kept = dict(kept_columns(store, tenant).sheets)
    kept.pop(fingerprint(headers), None)
    kept[fingerprint(headers)] = mine
    newest = dict(list(kept.items())[-_MOST:])
    store.put(_key(tenant), KeptColumns(sheets=newest).to_json(), replace=True)


def forget_columns(store: Store, tenant: str) -> None:
    """Erase all of it."""
    store.delete([_key(tenant)])


def _key(tenant: str) -> str:
    return f"columns/{tenant}.json"
