"""Which row of a proposition counts, and what a point in time knows."""

import datetime as dt

import pytest

from casefile.coverage import PropositionCoverage, TimelinePoint, row_of


def row(status, of=None, claimed=True, proposition="delivered"):
    return PropositionCoverage(proposition=proposition, needs=(), status=status, required=True, of=of, claimed=claimed)


ROWS = [
    ("the weakest, so that none hides another", [row("shown", "A"), row("missing", "B")], None, "missing"),
    ("what contradicts is weaker than what is missing", [row("missing", "A"), row("contradicted", "B")], None, "contradicted"),
    ("that of the parcel asked for", [row("shown", "A"), row("missing", "B")], "A", "shown"),
    ("of a parcel without a row the weakest of all", [row("shown", "A"), row("attached", "B")], "C", "attached"),
    ("what is not claimed does not count beside what is", [row("shown", "A"), row("missing", "B", claimed=False)], None, "shown"),
    ("where nothing is claimed all count", [row("attached", claimed=False), row("shown", claimed=False)], None, "attached"),
    ("another proposition says nothing", [row("missing", proposition="dispatched"), row("shown")], None, "shown"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "rows", "of", "status"), ROWS, ids=[one[0] for one in ROWS])
def test_the_row_that_counts(why, rows, of, status):
    assert row_of(rows, "delivered", of).status == status


def test_a_proposition_that_nobody_asked_for_has_no_row():
    assert row_of([row("shown")], "refund_made") is None


@pytest.mark.parametrize(
    ("at", "has_time", "moment"),
    [
        ("2026-11-02", False, dt.datetime(2026, 11, 2, tzinfo=dt.UTC)),
        ("2026-11-02T14:22:00", True, dt.datetime(2026, 11, 2, 14, 22, tzinfo=dt.UTC)),
        ("2026-11-02T14:22:00+08:00", True, dt.datetime(2026, 11, 2, 6, 22, tzinfo=dt.UTC)),
    ],
)
def test_what_a_point_in_time_knows(at, has_time, moment):
    point = TimelinePoint(at=at, what="delivered", source="exhibit")
    assert (point.has_time, point.moment) == (has_time, moment)
