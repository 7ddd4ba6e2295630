"""How pressing a deadline is, on every page alike."""

import datetime as dt

import pytest

from api.form.due import due_now
from api.form.words import PageWords
from evidence_packer.report.shape import ReportDeadline

NOW = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("warn", "block", "tone", "left"),
    [
        ("2026-11-17T00:00:00+00:00", "2026-11-18T11:59:00+00:00", "bad", "over"),
        (None, "2026-11-18T12:00:00+00:00", "warn", "left"),
        (None, "2026-11-19T11:00:00+00:00", "warn", "left"),
        (None, "2026-11-19T12:00:00+00:00", "", "left"),
        ("2026-11-18T12:00:00+00:00", "2026-11-28T12:00:00+00:00", "warn", "left"),
        ("2026-11-18T12:01:00+00:00", "2026-11-28T12:00:00+00:00", "", "left"),
        ("2026-11-18T11:00:00+00:00", None, "bad", "over"),
    ],
)
def test_tone_of_a_deadline(house, warn, block, tone, left):
    words = PageWords(house.catalogs.of("en"), house)
    due = ReportDeadline(name="Answer", warn_at=warn, block_at=block, hours_left=1.0)
    seen = due_now(due, words, "UTC", NOW)
    assert seen.tone == tone
    assert (words.left(-1).split()[-1] in seen.left) is (left == "over")


@pytest.mark.parametrize("hours_left", [5, None])
def test_what_does_not_run_is_not_shown(house, hours_left):
    due = ReportDeadline(name="x", block_at=None if hours_left else "2026-11-19", hours_left=hours_left)
    assert due_now(due, PageWords(house.catalogs.of("en"), house), "UTC", NOW) is None
