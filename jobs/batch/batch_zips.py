"""The numbered zips of a batch, put together from its rows whenever they are fetched; a row without a pack is only in the index.

A zip refers to the packs of its rows: nothing is copied, and what is erased is in no later zip.
"""

import csv
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from jobs.records.batch_ledger import BatchLedger, BatchView
from jobs.records.batch_values import BatchPart, PackEntry, SheetMade, row_made, row_work
from jobs.records.composed import Composed, Entry
from jobs.records.store import Store

PART_ENTRIES = 50_000
PART_BYTES = 2_000_000_000
_SPARE = 400
"""Room for the last pack of a part, which is never cut in two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchZips:
    """The zips of every tenant's batches."""

    ledger: BatchLedger
    store: Store

    def plan(self, batch_id: str, sheet: SheetMade, *, hashed: bool) -> list[BatchPart]:
        """The parts of a batch: name, rows from ``first`` to ``last``, bytes and digest; SHA-256 of the bytes if ``hashed``."""
        spans = list(self._spans(batch_id))
        stem = re.sub(r"[^\w\-]+", "_", Path(sheet.name).stem.removesuffix("_result")) or "batch"
        parts = []
        for number, (first, last) in enumerate(spans, start=1):
            name = f"{stem}.zip" if len(spans) == 1 else f"{stem}_{number:03d}.zip"
            made = self._composed(batch_id, first, last, sheet if number == len(spans) else None)
            sha256 = self._sha256(made) if hashed else None
            digest = made.digest
            parts.append(BatchPart(name=name, first=first, last=last, bytes=made.bytes, digest=digest, sha256=sha256))
        return parts

    def _sha256(self, made: Composed) -> str:
        digest = hashlib.sha256()
        for chunk in made.chunks(self.store):
            digest.update(chunk)
        return digest.hexdigest()

    def part(self, view: BatchView, number: int) -> tuple[Composed, str]:
        """Part ``number`` (from 1) as it is now, and its entity tag: the SHA-256 of its bytes while nothing of it is erased."""
        part = view.parts[number - 1]
        sheet = view.result.sheet if number == len(view.parts) else None
        made = self._composed(view.id, part.first, part.last, sheet)
        return made, part.sha256 if part.sha256 and part.digest == made.digest else made.digest

    def _spans(self, batch_id: str) -> Iterator[tuple[int, int]]:
        """First and last row of each part, whole packs each."""
        first, last, entries, size = 1, 0, 0, 0
        for row in self.ledger.rows(batch_id):
            if last >= first and (entries >= PART_ENTRIES - _SPARE or size >= PART_BYTES):
                yield first, last
                first, entries, size = row.number, 0, 0
            for entry in row_made(row).entries:
                entries, size = entries + 1, size + entry.bytes
            last = row.number
        yield first, last

    def _composed(self, batch_id: str, first: int, last: int, sheet: SheetMade | None) -> Composed:
        entries, seen = [], self.ledger.folders_before(batch_id, first)
        index = io.StringIO(newline="")
        table = csv.writer(index)
        table.writerow(("row", "subject", "status", "verdict", "folder", "bundle", "sha256"))
        for row in self.ledger.rows(batch_id, after=first - 1):
            if row.number > last:
                break
            table.writerow(_index_row(row))
            folder = (row.folder or "").casefold()
            if folder and folder not in seen:  # the same pack twice, which has the same folder, is one folder
                seen.add(folder)
                made = row_made(row)
                entries += [self._entry(row.folder, str(made.archive), one) for one in made.entries]
        if sheet is not None:
            entries.append(Entry.of(sheet.name, self.store.get(sheet.key) or b""))
        entries.append(Entry.of("index.csv", b"\xef\xbb\xbf" + index.getvalue().encode()))
        return Composed(entries)

    def _entry(self, folder: str, key: str, one: PackEntry) -> Entry:
        crc = one.crc
        if crc is None:  # a pack of an earlier release
            crc = 0
            for chunk in self.store.chunks(key, one.start, one.bytes):
                crc = zlib.crc32(chunk, crc)
        return Entry(name=f"{folder}/{one.name}", length=one.bytes, crc=crc, key=key, start=one.start)


def _index_row(row: Row[Any]) -> tuple[str, ...]:
    rows = " ".join(map(str, row_work(row).rows))
    values = (rows, row.subject, row.state, row.verdict, row.folder, row_made(row).bundle, row.sha256)
    return tuple(
        f"'{text}" if (text := str(value or "")).startswith(("=", "+", "-", "@")) else text for value in values
    )
