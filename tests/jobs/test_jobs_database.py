import datetime as dt
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from casefile.errors import RequestFault
from jobs.records.database import Database
from jobs.records.drafts import DraftChanged, DraftContent, DraftLimits, Drafts, NameTaken
from jobs.records.pack_store import ReceivedFile
from jobs.records.storage_errors import meaning
from jobs.records.store import Store
from jobs.records.tables import metadata

NOW = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/app.db")
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def drafts(database, tmp_path):
    return Drafts(database, Store(f"file://{tmp_path}/objects"), DraftLimits(files=3, bytes=100, drafts=2))


def received(tmp_path, name, data):
    path = tmp_path / "upload"
    path.write_bytes(data)
    return ReceivedFile(name=name, path=path, bytes=len(data), sha256=f"{sum(data):064x}")


def test_migrations_make_exactly_the_tables_of_the_code(database):
    with database.write() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert set(metadata.tables) < set(inspect(database.engine).get_table_names())
    database.migrate()


def test_what_was_committed_survives_a_power_cut(database):
    with database.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_draft_is_typed_and_saved_over_the_version_that_was_read(drafts):
    draft = drafts.create("t", DraftContent({"platform": "x"}), NOW)
    saved = drafts.save("t", draft.id, 1, DraftContent({"platform": "y"}), NOW)
    assert (saved.version, saved.case) == (2, {"platform": "y"})
    with pytest.raises(DraftChanged):
        drafts.save("t", draft.id, 1, DraftContent({"platform": "z"}), NOW)
    assert drafts.save("t", draft.id, None, DraftContent({}), NOW).version == 3


def test_files_come_and_go_without_touching_the_text(drafts, tmp_path):
    draft = drafts.create("t", DraftContent({}), NOW)
    drafts.put_file("t", draft.id, received(tmp_path, "b.png", b"one"), NOW)
    drafts.put_file("t", draft.id, received(tmp_path, "a.png", b"two"), NOW, "tracking")
    drafts.put_file("t", draft.id, received(tmp_path, "b.png", b"one, replaced"), NOW)
    there = drafts.get("t", draft.id)
    assert [(file.name, file.bytes) for file in there.files] == [("b.png", 13), ("a.png", 3)]
    assert (there.version, there.file("a.png").about) == (1, {"kind": "tracking"})
    fetched = drafts.fetch(there, tmp_path)
    assert [file.path.read_bytes() for file in fetched] == [b"one, replaced", b"two"]
    drafts.remove_file("t", draft.id, "a.png")
    assert [file.name for file in drafts.get("t", draft.id).files] == ["b.png"]


def test_a_draft_has_bounds(drafts, tmp_path):
    draft = drafts.create("t", DraftContent({}), NOW)
    with pytest.raises(RequestFault, match="draft-too-large"):
        drafts.put_file("t", draft.id, received(tmp_path, "a.png", b"x" * 101), NOW)
    for name in ("a", "b", "c"):
        drafts.put_file("t", draft.id, received(tmp_path, name, b"x"), NOW)
    with pytest.raises(RequestFault, match="too-many-files"):
        drafts.put_file("t", draft.id, received(tmp_path, "d", b"x"), NOW)
    drafts.create("t", DraftContent({}), NOW)
    with pytest.raises(RequestFault, match="drafts-too-many"):
        drafts.create("t", DraftContent({}), NOW)


def test_another_tenant_has_no_such_draft(drafts):
    draft = drafts.create("t", DraftContent({}), NOW)
    with pytest.raises(RequestFault, match="draft-not-found"):
        drafts.get("other", draft.id)
    with pytest.raises(RequestFault, match="draft-not-found"):
        drafts.delete("other", draft.id)
    assert drafts.page("other", after=None, limit=9) == ([], False)


def test_what_nobody_touched_for_two_weeks_is_removed(drafts, tmp_path):
    old, kept = (
        drafts.create("t", DraftContent({}), NOW),
        drafts.create("t", DraftContent({}), NOW + dt.timedelta(days=1)),
    )
    drafts.put_file("t", old.id, received(tmp_path, "a.png", b"one"), NOW)
    assert drafts.expire(NOW + dt.timedelta(days=14, hours=1)) == 1
    assert [draft.id for draft in drafts.page("t", after=None, limit=9)[0]] == [kept.id]
    assert drafts._store.under("drafts") == []


def test_many_writers_wait_for_each_other(drafts):
    draft = drafts.create("t", DraftContent({}), NOW)
    faults = []

    def write():
        try:
            for _ in range(10):
                drafts.save("t", draft.id, None, DraftContent({}), NOW)
        except Exception as fault:  # noqa: BLE001  # whatever went wrong is the finding
            faults.append(fault)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert drafts.get("t", draft.id).version == 81


def test_nothing_is_written_into_a_file_that_was_moved_away_or_replaced(database, drafts, tmp_path):
    kept = drafts.create("t", DraftContent({}), NOW)
    (tmp_path / "app.db").rename(tmp_path / "away.db")
    for do in (lambda: drafts.create("t", DraftContent({}), NOW), lambda: drafts.get("t", kept.id)):
        with pytest.raises(DBAPIError) as fault:
            do()
        assert meaning(fault.value) == "storage-away"
    (tmp_path / "app.db").write_bytes(b"")
    with pytest.raises(DBAPIError):
        drafts.create("t", DraftContent({}), NOW)
    (tmp_path / "away.db").replace(tmp_path / "app.db")
    assert drafts.get("t", kept.id).id == kept.id
    drafts.create("t", DraftContent({}), NOW)


def test_a_file_takes_no_place_that_came_to_be_taken(drafts, tmp_path):
    draft = drafts.create("t", DraftContent({}), NOW)
    drafts.put_file("t", draft.id, received(tmp_path, "a.png", b"one"), NOW, over=False)
    with pytest.raises(NameTaken):
        drafts.put_file("t", draft.id, received(tmp_path, "a.png", b"two"), NOW, over=False)
    (kept,) = drafts.get("t", draft.id).files
    assert (kept.bytes, kept.sha256) == (3, f"{sum(b'one'):064x}")
