"""Sessions that were signed out before their time: whoever replays such a cookie later, after a restart or elsewhere, is nobody."""

import datetime as dt

from sqlalchemy import delete, select

from jobs.records.database import Database
from jobs.records.tables import ended_sessions


class EndedSessions:
    """What every process of a service knows about ended sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def end(self, session_id: str, expires: dt.datetime) -> None:
        """End a session for good; durable on return. Those whose cookie is refused by its age are forgotten."""
        row = {"id": session_id, "expires_at": _written(expires)}
        with self._database.write() as connection:
            connection.execute(delete(ended_sessions).where(ended_sessions.c.expires_at < _written(_now())))
            connection.execute(self._database.insert(ended_sessions).values(**row).on_conflict_do_nothing())

    def has(self, session_id: str) -> bool:
        """Whether this session was ended."""
        with self._database.read() as connection:
            found = connection.execute(select(ended_sessions.c.id).where(ended_sessions.c.id == session_id)).first()
        return found is not None


def _written(time: dt.datetime) -> str:
    return time.astimezone(dt.UTC).isoformat(timespec="seconds")


def _now() -> dt.datetime:
    # An hour of grace, so that a clock that is set back revives nothing.
    return dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
