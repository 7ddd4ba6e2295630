"""Which packs and batches have a row at all, and which is the newest: their ids are times."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from jobs.records.database import Database
from jobs.records.pack_id import is_pack_id
from jobs.records.tables import batches, packs


def known_ids(database: Database, ids: Iterable[str]) -> set[str]:
    """Those of these ids that have a row, erased or not."""
    wanted = list(ids)
    with database.read() as connection:
        return {
            found
            for table in (packs, batches)
            for found in connection.scalars(select(table.c.id).where(table.c.id.in_(wanted)))
        }


def newest_id(database: Database) -> str:
    """The newest id there is; nothing where there is none."""
    with database.read() as connection:
        return max(connection.scalar(select(func.max(table.c.id))) or "" for table in (packs, batches))


def newer_than_rows(names: Iterable[str], database: Database) -> int:
    """How many jobs are newer than every row there is: then an older copy was laid over the database.

    A copy from before the first row has no tables yet, and knows none of them.
    """
    ids = {name.partition(".")[0] for name in names}
    ids = {one for one in ids if is_pack_id(one)}
    try:
        newest, known = newest_id(database), known_ids(database, ids)
    except DBAPIError:
        return len(ids)
    return sum(one > newest for one in ids - known)
