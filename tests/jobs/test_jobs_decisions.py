"""The tables of decisions about work: which errors pass by themselves, and when a webhook is tried again."""

import errno
import sqlite3

import obstore.exceptions
import psycopg
import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from jobs.notify.hook_sending import SCHEDULE
from jobs.records.storage_errors import is_transient, is_unstorable, meaning
from tests.cases import rows


def postgres(state, driver):
    kind = type("Told", (getattr(psycopg, driver),), {"sqlstate": property(lambda self: state or None)})
    return kind("the text says nothing")


def error_of(row):
    """The error, and as the database layer hands it on."""
    if "os" in row:
        return OSError(getattr(errno, row["os"]), "told by the system")
    if "store" in row:
        return getattr(obstore.exceptions, row["store"])(row.get("text", ""))
    if "postgres" in row:
        return postgres(row["postgres"], row.get("driver", "OperationalError"))
    error = sqlite3.OperationalError("the text says nothing")
    error.sqlite_errorcode = getattr(sqlite3, row["sqlite"]) + 256 * row.get("more", 0)
    return error


@pytest.mark.parametrize("row", rows(__file__, "storage_errors"))
def test_what_an_error_means(row):
    error = error_of(row)
    assert meaning(error) == row.get("means")
    assert is_transient(error) is (row.get("means") in {"disk-full", "storage-away"})
    if "sqlite" in row or "postgres" in row:
        assert meaning(DBAPIError("SELECT 1", None, error)) == row.get("means")


def test_what_is_no_error_of_storage():
    assert meaning(ValueError("database is locked")) is None
    assert meaning(OSError("without a number")) is None
    assert meaning(sqlite3.OperationalError("without a code")) is None


@pytest.mark.parametrize(
    ("error", "unstorable"),
    [
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "half a character"), True),
        (OverflowError("a number too large"), True),
        (psycopg.errors.StringDataRightTruncation("too long"), True),
        (DBAPIError("INSERT", None, psycopg.errors.StringDataRightTruncation("too long")), True),
        (psycopg.errors.UndefinedColumn("nope"), False),
        (DBAPIError("INSERT", None, psycopg.errors.UndefinedColumn("nope")), False),
        (sqlite3.OperationalError("disk I/O error"), False),
        (ValueError("a fault of ours"), False),
    ],
)
def test_what_a_database_cannot_keep_is_the_value_s_own_fault(error, unstorable):
    assert is_unstorable(error) is unstorable


def test_a_pool_that_is_full_and_a_lost_connection_pass():
    assert meaning(PoolTimeout("pool")) == "storage-away"
    lost = DBAPIError("SELECT 1", None, ValueError(), connection_invalidated=True)
    assert meaning(lost) == "storage-away"


def test_a_webhook_is_tried_for_three_days_at_growing_distances():
    assert len(SCHEDULE) == 9
    assert list(SCHEDULE) == sorted(SCHEDULE)
    assert (SCHEDULE[0], SCHEDULE[-1]) == (5, 24 * 3600)
    assert 72 * 3600 <= sum(SCHEDULE) <= 96 * 3600
