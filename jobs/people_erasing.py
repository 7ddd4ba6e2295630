"""A person erased: every pack, row of a batch, sheet, draft, event, key and memory of a tenant that tells of one, and a receipt.

The receipt says what went by ids and counts, and what was not looked through. Of the person it holds a hash alone, salted with the
receipt's own id, so that whoever knows whom it was about can check it and nobody else can guess.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from casefile.plain_case import PlainCase
from jobs.erasing import Erasing
from jobs.records.batch_ledger import OPEN
from jobs.records.batch_values import BatchResult
from jobs.records.drafts import Drafts
from jobs.records.erased_rows import Gone, erase_rows
from jobs.records.pack_id import new_pack_id
from jobs.records.people import SOMEWHERE, WHOLE, Person, marks_of
from jobs.records.receipt import ErasureReceipt, Unsearched
from jobs.records.tables import batch_rows, batches, draft_files, drafts, erasures, packs, people

_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    packs: tuple[str, ...]
    rows: Mapping[str, tuple[int, ...]]
    drafts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleErasing:
    """Erases a person out of everything of one tenant."""

    erasing: Erasing
    drafts: Drafts

    def erase(self, tenant: str, person: Person) -> ErasureReceipt:
        """Erase what carries one of the person's marks; the receipt, which is kept too.

        Packs that are being made are ended first. A batch that runs goes on without the person's rows; its sheet is cleaned when
        it ends (``later``), as its rows are at once.
        """
        found = self._found(tenant, person)
        running = self._end_running(found)
        later = self._erase_rows(person, found)
        gone = self.erasing.packs([(tenant, one) for one in found.packs], keep=(), again=running)
        touched = sorted({*gone.batches, *found.rows})
        self.erasing.refresh_all(tenant, [one for one in touched if one not in later])
        for draft_id in found.drafts:
            self.drafts.forget(tenant, draft_id)
        self.erasing.tell(tenant)
        receipt = self._receipt(tenant, person, found, gone, touched, later)
        self.erasing.settle()
        return receipt

    def _found(self, tenant: str, person: Person) -> _Found:
        mine = (people.c.tenant == tenant) & people.c.mark.in_(person.marks(tenant))
        with self.erasing.database.read() as connection:
            marked = list(connection.execute(select(people.c.target_id, people.c.number).where(mine)))
        rows: dict[str, set[int]] = {}
        for row in marked:
            if row.number != WHOLE:
                rows.setdefault(row.target_id, set()).add(row.number)
        for batch_id in self._named_batches(tenant, person):
            rows.setdefault(batch_id, set()).add(SOMEWHERE)
        return _Found(
            packs=tuple(sorted({row.target_id for row in marked if row.number == WHOLE})),
            rows={batch_id: tuple(sorted(numbers)) for batch_id, numbers in rows.items()},
            drafts=tuple(self._drafts(tenant, person)),
        )

    def _named_batches(self, tenant: str, person: Person) -> list[str]:
        """Batches whose sheet, or a file of which that belongs to no row, is called after the person."""
        mine = (batches.c.tenant == tenant) & batches.c.erased_at.is_(None)
        wanted = select(batches.c.id, batches.c.sheet_name, batches.c.result).where(mine)
        found = []
        with self.erasing.database.read() as connection:
            for row in connection.execute(wanted):
                plan = BatchResult.kept(row.result or {}).plan
                names = [row.sheet_name, *(plan.unmatched_files if plan else ())]
                if any(person.named_in(name) for name in names):
                    found.append(row.id)
        return found

    def _drafts(self, tenant: str, person: Person) -> list[str]:
        wanted, marks = select(drafts.c.id, drafts.c.case).where(drafts.c.tenant == tenant), set(person.marks(tenant))
        named = select(draft_files.c.draft_id, draft_files.c.name).join(drafts, drafts.c.id == draft_files.c.draft_id)
        with self.erasing.database.read() as connection:
            typed = list(connection.execute(wanted))
            files = list(connection.execute(named.where(drafts.c.tenant == tenant)))
        found = {row.id for row in typed if marks & marks_of(tenant, PlainCase(row.case)) or _tells(row.case, person)}
        return sorted(found | {row.draft_id for row in files if person.named_in(row.name)})

    def _end_running(self, found: _Found) -> frozenset[str]:
        open_: set[str] = set()
        for at in range(0, len(found.packs), _PAGE):
            states = self.erasing.packed.ledger.states(found.packs[at : at + _PAGE])
            open_ |= {pack_id for pack_id, state in states.items() if state in OPEN}
        for pack_id in open_:
            self.erasing.packed.end(pack_id)
        return frozenset(open_)

    def _erase_rows(self, person: Person, found: _Found) -> list[str]:
        """Erase rows of batches; which batches still run."""
        later, needles = [], list(person.folded.values())
        with self.erasing.database.write() as connection:
            for batch_id, numbers in found.rows.items():
                wanted = select(batch_rows.c.batch_id, batch_rows.c.number, batch_rows.c.work)
                mine = (batch_rows.c.batch_id == batch_id) & batch_rows.c.number.in_(numbers)
                rows = list(connection.execute(wanted.where(mine)))
                erase_rows(connection, rows)
                there = connection.execute(select(batches).where(batches.c.id == batch_id).with_for_update()).one()
                values: dict[str, Any] = {"needles": sorted({*(there.needles or []), *needles})}
                values |= {} if rows else {"stale": batches.c.stale + 1}
                if person.named_in(there.sheet_name):
                    values["sheet_name"] = "sheet." + there.sheet_name.rpartition(".")[2]
                connection.execute(update(batches).where(batches.c.id == batch_id).values(**values))
                if there.state in OPEN:
                    later.append(batch_id)
        return later

    def _receipt(  # what went
        self, tenant: str, person: Person, found: _Found, gone: Gone, touched: list[str], later: list[str]
    ) -> ErasureReceipt:
        now = dt.datetime.now(dt.UTC)
        receipt_id = new_pack_id(now)
        query = json.dumps(person.folded, sort_keys=True, ensure_ascii=False)
        rows = sum(len([n for n in numbers if n != SOMEWHERE]) for numbers in found.rows.values())
        receipt = ErasureReceipt(
            id=receipt_id,
            erased_at=now.isoformat(timespec="seconds"),
            query_kinds=tuple(sorted(person.folded)),
            query_sha256=hashlib.sha256(f"{receipt_id}\n{query}".encode()).hexdigest(),
            packs=tuple(gone.packs),
            batches=tuple(touched),
            drafts=tuple(found.drafts),
            counts={
                "packs": len(gone.packs), "batch_rows": max(rows, len(self._rows_of(gone))), "batches": len(touched),
                "drafts": len(found.drafts), "events": gone.events, "idempotency_keys": gone.keys,
            },
            later=tuple(later), unsearched=self._unsearched(tenant),
        )  # fmt: skip
        with self.erasing.database.write() as connection:
            connection.execute(
                insert(erasures).values(id=receipt_id, tenant=tenant, at=receipt.erased_at, receipt=receipt.plain())
            )
        return receipt

    def _unsearched(self, tenant: str) -> tuple[Unsearched, ...]:
        """What of the packs that are left was not looked through: a person is found by the fields of a case that name one."""
        left = (packs.c.tenant == tenant) & packs.c.erased_at.is_(None)
        marked = select(people.c.target_id).where(people.c.tenant == tenant, people.c.number == WHOLE)
        with self.erasing.database.read() as connection:
            kept = int(connection.scalar(select(func.count()).select_from(packs).where(left)) or 0)
            alone = select(func.count()).select_from(packs).where(left, packs.c.id.not_in(marked))
            unmarked = int(connection.scalar(alone) or 0)
        found = {"packs-without-marks": unmarked, "free-text": kept, "file-contents": kept}
        return tuple(Unsearched.kept({"what": what, "packs": count}) for what, count in found.items() if count)

    def _rows_of(self, gone: Gone) -> list[str]:
        found: list[str] = []
        for at in range(0, len(gone.packs), _PAGE):
            wanted = select(batch_rows.c.pack_id).where(batch_rows.c.pack_id.in_(gone.packs[at : at + _PAGE]))
            with self.erasing.database.read() as connection:
                found += connection.scalars(wanted)
        return found

    def receipts(self, tenant: str, *, after: str | None, limit: int) -> tuple[tuple[ErasureReceipt, ...], bool]:
        """The receipts of a tenant from the newest on, older than the id ``after``; and whether there are more."""
        wanted = select(erasures.c.receipt).where(erasures.c.tenant == tenant)
        if after is not None:
            wanted = wanted.where(erasures.c.id < after)
        with self.erasing.database.read() as connection:
            found = list(connection.scalars(wanted.order_by(erasures.c.id.desc()).limit(limit + 1)))
        return tuple(ErasureReceipt.kept(one) for one in found[:limit]), len(found) > limit


def _tells(value: Any, person: Person) -> bool:  # noqa: ANN401  # any JSON value
    """Whether a text of a draft names the person: what is still being typed stands in fields of any name."""
    if isinstance(value, str):
        return person.named_in(value)
    if isinstance(value, Mapping):
        return any(person.named_in(str(key)) or _tells(one, person) for key, one in value.items())
    return isinstance(value, list | tuple) and any(_tells(one, person) for one in value)
