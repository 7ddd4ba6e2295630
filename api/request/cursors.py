"""The cursor of every list: the id of the last thing on the page before."""

from casefile.errors import RequestFault
from jobs.records.pack_id import is_pack_id


def check_cursor(cursor: str | None) -> None:
    """Let a list start after ``cursor``.

    Raises:
        RequestFault: ``cursor-wrong`` (422): it is no id that a list has given.
    """
    if cursor is not None and not is_pack_id(cursor):
        raise RequestFault("cursor-wrong", status=422)
