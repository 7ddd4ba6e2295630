"""Which packs and batches have a row at all, and which is the newest: their ids are times."""

from collections.abc import Iterable

from sqlalchemy import func, select

from jobs.records.database import Database
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
