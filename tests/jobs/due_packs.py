"""Many finished packs at once, without workers: rows and objects as an accepted and made pack leaves them."""

import datetime as dt
import hashlib

from sqlalchemy import insert, update

from jobs.records.ledger import PackLedger
from jobs.records.pack_id import new_pack_id
from jobs.records.pack_store import Accepted, KeptFile, PackShelf, Result
from jobs.records.tables import packs

ORDER = "112-{:07}-7716253"


def lay(database, store, count, *, tenant="t", at, batch_id=None, size=200):
    """Lay down ``count`` finished packs of this age; their ids."""
    ledger, ids = PackLedger(database), []
    for number in range(count):
        order = ORDER.format(number)
        pack_id = new_pack_id(at + dt.timedelta(milliseconds=number))
        asked = Accepted(
            id=pack_id, tenant=tenant, created_at=at.isoformat(), as_of=at.isoformat(), language="en", strict=False,
            platform="x", procedure="p", subject=order, order_ids=[order], trace="",
            case={"platform": "x", "procedure": "p", "order": {"id": order}, "buyer": {"name": f"Buyer {number}"}},
            uploads=[{"name": f"{order}.png", "bytes": size, "sha256": "0" * 64}],
        )  # fmt: skip
        shelf, data = PackShelf(store, tenant, pack_id), b"z" * size
        store.put(shelf.key("accepted.json"), asked.to_json())
        store.put(shelf.key("runs", "r.zip"), data)
        digest = hashlib.sha256(data).hexdigest()
        file = KeptFile(name=f"originals/{order}.png", role="original", bytes=size, sha256="0" * 64, start=0)
        shelf.keep_result("r", Result(state="succeeded", finished_at=at.isoformat(), files=(file,), folder=order))
        ledger.accept(asked)
        done = {"state": "succeeded", "run": "r", "folder": order, "archive_sha256": digest, "archive_bytes": size}
        with database.write() as connection:
            connection.execute(update(packs).where(packs.c.id == pack_id).values(batch_id=batch_id, **done))
        ids.append(pack_id)
    return ids


def lay_rows(database, tenant, count, *, at):
    """Rows alone, as many as one likes, in one statement; for how a query does among many."""
    rows = [
        {"id": f"{number:026}", "tenant": tenant, "state": "succeeded", "created_at": at.isoformat(), "platform": "x",
         "procedure": "p", "subject": str(number)}
        for number in range(count)
    ]  # fmt: skip
    with database.write() as connection:
        connection.execute(insert(packs), rows)
