"""What worked: plain counts of outcomes, of the evidence that was there, and of why files were refused. No rates, no advice."""

from typing import Any

from sqlalchemy import Row, Select, func, select

from jobs.records.database import Database
from jobs.records.tables import pack_marks, packs

_MOST = 2_000
"""Rows of one table of the answer; there are far fewer combinations in practice."""


class Insights:
    """Counts over the packs of one tenant. Erased packs count: their rows hold no buyer's data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, tenant: str, *, platform: str | None = None, since: str | None = None) -> dict[str, Any]:
        """The tables of the answer.

        Args:
            tenant: whose packs.
            platform: only packs for this platform.
            since: only packs accepted at or after this time (ISO 8601, UTC).
        """
        where = (packs.c.tenant == tenant) & packs.c.state.in_(("succeeded", "failed"))
        if platform is not None:
            where &= packs.c.platform == platform
        if since is not None:
            where &= packs.c.created_at >= since
        outcome = func.coalesce(packs.c.outcome_name, "open").label("outcome")
        about = (packs.c.platform, packs.c.procedure, packs.c.reason)
        number = func.count().label("packs")
        marked = select(pack_marks.c.value, number).join(packs, packs.c.id == pack_marks.c.pack_id).where(where)
        evidence = (
            select(*about, pack_marks.c.value.label("kind"), outcome, number)
            .join(packs, packs.c.id == pack_marks.c.pack_id)
            .where(where & (pack_marks.c.what == "evidence"))
            .group_by(*about, pack_marks.c.value, outcome)
        )
        return {
            "packs": self._rows(
                select(packs.c.state, packs.c.verdict, number).where(where).group_by(packs.c.state, packs.c.verdict)
            ),
            "outcomes": self._rows(select(*about, outcome, number).where(where).group_by(*about, outcome)),
            "evidence": self._rows(evidence),
            "refused": _named(
                self._rows(marked.where(pack_marks.c.what == "refused").group_by(pack_marks.c.value)), "code"
            ),
            "findings": _named(
                self._rows(marked.where(pack_marks.c.what == "finding").group_by(pack_marks.c.value)), "code"
            ),
        }

    def _rows(self, wanted: Select[Any]) -> list[dict[str, Any]]:
        with self._database.read() as connection:
            found: list[Row[Any]] = list(connection.execute(wanted.limit(_MOST)))
        rows = [dict(row._mapping) for row in found]  # noqa: SLF001  # the library's public name for it
        return sorted(rows, key=lambda row: [-row["packs"], *(str(value or "") for value in row.values())])


def _named(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [{name: row["value"], "packs": row["packs"]} for row in rows]
