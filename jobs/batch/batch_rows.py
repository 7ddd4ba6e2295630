"""The rows of a batch made into packs: extract the files, accept a pack, wait for it, record how it went.

A row names its pack before the pack is accepted, so a kill at any moment leaves either no pack or one that the row knows.
"""

import contextlib
import datetime as dt
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from casefile.care import log_failure
from casefile.house import House
from casefile.parse import parse_case
from casefile.subject import subject_id
from casefile.turn import due_at
from evidence_packer.report.shape import ReportFinding
from jobs.batch.batch_archive import Members, opened
from jobs.batch.batch_names import keys_of, letter_print
from jobs.batch.batches import Batches
from jobs.engine.pack_view import PackView
from jobs.engine.packs import Packs
from jobs.faults import JobError
from jobs.records.batch_ledger import OPEN
from jobs.records.batch_values import BatchOptions, CellNote, PackEntry, RowEnd, RowMade, RowNotes, row_work
from jobs.records.ledger import RowOver
from jobs.records.pack_id import new_pack_id
from jobs.records.pack_store import Accepted, KeptUpload, ReceivedFile
from jobs.records.storage_errors import is_transient

_LATER = 5.0
"""Seconds until a row is tried again that met a full disk or a silent server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsWorker:
    """Who does rows: the batches they stand in, the packs they become, the data folders."""

    batches: Batches
    packs: Packs
    house: House

    def do(self, tenant: str, batch_id: str, numbers: Sequence[int] | None = None) -> bool:
        """Do those of these rows that are not done, or every one, as many at a time as there are slots; in the order they are due.

        Raises:
            JobFault: ``job-stopped``.
        """
        if numbers is None:
            numbers = [row.number for row in self.batches.ledger.turns(batch_id) if row.open]
        key = keys_of(tenant, batch_id)["archive"]
        options = self.batches.ledger.options(batch_id)
        with contextlib.ExitStack() as stack:
            here = self.packs.store.size(key) is not None
            members = stack.enter_context(opened(self.packs.store, key)) if here else None
            pool = stack.enter_context(ThreadPoolExecutor(self.batches.slots + 1))
            pending: list[Any] = []
            for row in self.batches.ledger.some_rows(batch_id, numbers):
                pending.append(pool.submit(self._row, tenant, row, members, options))
                if len(pending) > 2 * self.batches.slots:
                    pending.pop(0).result()
                    if self.batches.ledger.state(batch_id) not in OPEN:
                        break
            for future in pending:
                future.result()
        return True

    def _row(self, tenant: str, row: Row[Any], members: Members | None, options: BatchOptions) -> None:
        pack_id = ""
        while not pack_id:
            if self.batches.ledger.state(row.batch_id) not in OPEN:
                return
            try:
                pack_id = self._accepted(tenant, row, members, options)
            except RowOver:
                return
            except Exception as error:  # noqa: BLE001  # one row may fail in any way; the others go on
                if not is_transient(error):
                    log_failure("row-failed", error, job=row.batch_id)
                    self._failed(row, "failed", JobError.of(error), options)
                    return
                self.batches.pause(_LATER)
        while self.packs.do(tenant, pack_id) == "queued":
            self.batches.pause(_LATER)
        view = self.packs.view(tenant, pack_id)
        if isinstance(view, PackView):
            self._tell(row, view, options)

    def _accepted(self, tenant: str, row: Row[Any], members: Members | None, options: BatchOptions) -> str:
        if row.pack_id and self.packs.ledger.row(tenant, row.pack_id) is not None:
            return str(row.pack_id)
        if row.pack_id:
            self.packs.shelf(tenant, row.pack_id).forget()
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        pack_id = new_pack_id(dt.datetime.now(dt.UTC))
        if not self.batches.ledger.begin_row(row, pack_id):
            raise RowOver
        with tempfile.TemporaryDirectory(prefix="row-") as folder:
            files = tuple(
                members.fetch(member, name, Path(folder) / f"{place:04}")
                for place, (member, name) in enumerate(row_work(row).members)
                if members is not None
            )
            self.packs.accept(self._asked(tenant, pack_id, row, files, options, now), files, batch_id=row.batch_id)
        return pack_id

    def _asked(
        self,
        tenant: str,
        pack_id: str,
        row: Row[Any],
        files: tuple[ReceivedFile, ...],
        options: BatchOptions,
        now: dt.datetime,
    ) -> Accepted:  # one request
        plain = row_work(row).case
        case = parse_case(plain)
        platform = self.house.platforms[case.platform]
        procedure = platform.procedures[case.procedure]
        return Accepted(
            id=pack_id, tenant=tenant, created_at=now.isoformat(), as_of=options.as_of,
            language=options.language, strict=False, platform=case.platform, procedure=case.procedure,
            subject=subject_id(case, procedure.subject) or "", order_ids=(case.order.id,) if case.order and case.order.id else (),
            case=plain, uploads=tuple(KeptUpload(name=file.name, bytes=file.bytes, sha256=file.sha256) for file in files),
            due_at=due_at(case, platform, procedure), trace=options.trace,
        )  # fmt: skip

    def _tell(self, row: Row[Any], view: PackView, options: BatchOptions) -> None:
        result = view.result
        if result is None:
            return
        if result.state != "succeeded" or result.report is None:
            problem = JobError.from_plain(result.problem) if result.problem else JobError(code="job-failed")
            self._failed(row, result.state, problem, options)
            return
        findings = tuple(result.report.findings)
        bundle = next((file for file in result.files if file.role == "bundle"), None)
        letter = next((file for file in result.files if file.role == "letter_text"), None)
        text = (
            self.packs.store.read(str(result.archive), letter.start, letter.bytes).decode("utf-8", "replace")
            if letter
            else ""
        )
        before = row_work(row).told
        made = RowMade(
            archive=result.archive,
            entries=tuple(PackEntry(name=f.name, start=f.start, bytes=f.bytes, crc=f.crc) for f in result.files),
            bundle=f"{result.folder}/{bundle.name}" if bundle else "",
            letter=letter_print(text) if text else "",
            told=RowNotes(
                errors=_notes(findings, "blocker"), warnings=(*before.warnings, *_notes(findings, "warning"))
            ),
        )
        sha256 = bundle.sha256 if bundle else ""
        end = RowEnd(state="done", verdict=result.verdict, folder=result.folder, sha256=sha256, made=made)
        self.batches.ledger.end_row(row, end)

    def _failed(self, row: Row[Any], state: str, trouble: JobError, options: BatchOptions) -> None:
        """Record that a row became no pack, and why."""
        catalog = self.house.catalogs.of(options.language)
        message = catalog.text(f"error.{trouble.code}.title", trouble.params)
        told = RowNotes(errors=(CellNote(code=trouble.code, message=message),), warnings=row_work(row).told.warnings)
        self.batches.ledger.end_row(row, RowEnd(state=state, made=RowMade(told=told)))


def _notes(findings: Iterable[ReportFinding], severity: str) -> tuple[CellNote, ...]:
    return tuple(
        CellNote(code=one.code, message=f"{one.title} ({one.file})" if one.file else one.title)
        for one in findings
        if one.severity == severity
    )
