import datetime as dt
import io
import zipfile

import pytest
from fake_trade import TRADE

from jobs.batch.batches import Batches
from jobs.engine.pack_view import Erased
from jobs.engine.packs import Packs
from jobs.engine.workers import PoolLimits, WorkerPool
from jobs.erasing import Erasing
from jobs.faults import AlreadyAsked, JobFault
from jobs.records.database import Database
from jobs.records.ledger import KeyClaim, PackLedger
from jobs.records.notes import SubmissionRecord
from jobs.records.pack_filter import PackFilter
from jobs.records.pack_id import is_pack_id, new_pack_id
from jobs.records.pack_store import Accepted, ReceivedFile
from jobs.records.store import Store

NOW = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def pool():
    pool = WorkerPool(TRADE.open_workshop, PoolLimits(slots=2))
    pool.start()
    yield pool
    pool.close()


def ledger_in(folder):
    database = Database(f"sqlite:///{folder}/app.db")
    database.migrate()
    return PackLedger(database)


@pytest.fixture
def packs(pool, tmp_path):
    ledger = ledger_in(tmp_path)
    yield Packs(ledger, Store(f"file://{tmp_path}/objects"), pool, TRADE, seconds=15)
    ledger.database.close()


def accept(
    packs, tmp_path, *, order="112-4829307-7716253", data=b"picture", strict=False, tenant="t", claim=None, **extra
):
    path = tmp_path / f"upload-{len(data)}"
    path.write_bytes(data)
    case = {"platform": "x", "procedure": "p", "order": {"id": order}, "extra": extra}
    asked = Accepted(
        id=new_pack_id(dt.datetime.now(dt.UTC)),
        tenant=tenant,
        created_at=NOW.isoformat(),
        as_of=NOW.isoformat(),
        language="en",
        strict=strict,
        platform="x",
        procedure="p",
        subject=order,
        order_ids=[order],
        case=case,
        uploads=[{"name": "a.png", "bytes": len(data), "sha256": "0" * 64}],
    )
    packs.accept(asked, (ReceivedFile(name="a.png", path=path, bytes=len(data), sha256="0" * 64),), claim)
    return asked.id


def test_ids_sort_by_time_and_differ():
    first, second = new_pack_id(NOW), new_pack_id(NOW + dt.timedelta(seconds=1))
    assert is_pack_id(first)
    assert first < second
    assert new_pack_id(NOW) != first
    assert not is_pack_id("../../etc")


def test_a_pack_is_made_and_kept(packs, tmp_path):
    pack_id = accept(packs, tmp_path)
    assert packs.view("t", pack_id).state == "queued"
    assert packs.run("t", pack_id).result(30) == "succeeded"
    view = packs.view("t", pack_id)
    assert (view.state, view.result.verdict, view.result.folder) == ("succeeded", "ready", "112-4829307-7716253_p")
    archive = packs.store.get(view.result.archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.read("112-4829307-7716253_p/originals/a.png") == b"picture"
    file = view.result.file("a.png")
    assert packs.store.read(view.result.archive, file.start, file.bytes) == b"picture"
    assert packs.ledger.unfinished() == []
    assert packs.store.under(f"packs/t/{pack_id}/uploads") == []


def test_another_tenant_sees_nothing(packs, tmp_path):
    pack_id = accept(packs, tmp_path)
    assert packs.view("other", pack_id) is None
    assert packs.view("t", "..") is None


def test_the_same_pack_again_keeps_its_folder_and_another_is_the_second_version(packs, tmp_path):
    def folder(data):
        pack_id = accept(packs, tmp_path, data=data)
        packs.run("t", pack_id).result(30)
        return packs.view("t", pack_id).result.folder

    first = folder(b"one")
    assert folder(b"one") == first
    assert folder(b"three") == f"{first}_v2"
    assert folder(b"three") == f"{first}_v2"
    assert folder(b"fifth") == f"{first}_v3"


@pytest.mark.parametrize(
    ("do", "code"), [("crash", "job-crashed"), ("raise", "job-failed"), ("refuse", "procedure-unknown")]
)
def test_a_failure_is_recorded_with_its_reason_and_the_uploads_stay(packs, tmp_path, do, code):
    pack_id = accept(packs, tmp_path, do=do)
    with pytest.raises(Exception, match=code):
        packs.run("t", pack_id).result(30)
    view = packs.view("t", pack_id)
    assert (view.state, view.result.problem["code"]) == ("failed", code)
    assert "secret" not in str(view.result.problem)
    assert len(packs.store.under(f"packs/t/{pack_id}/uploads")) == 1
    assert packs.ledger.unfinished() == []


def test_strict_keeps_no_files_of_a_blocked_pack(packs, tmp_path):
    pack_id = accept(packs, tmp_path, strict=True, verdict="blocked")
    assert packs.run("t", pack_id).result(30) == "failed"
    result = packs.view("t", pack_id).result
    assert (result.problem["code"], result.files, result.verdict) == ("case-blocked", (), "blocked")
    assert result.report.checks[0].findings


def test_cancelling_a_running_pack(packs, tmp_path):
    pack_id = accept(packs, tmp_path, do="hang")
    ended = packs.run("t", pack_id)
    packs.cancel(packs.view("t", pack_id))
    with pytest.raises(JobFault, match="job-cancelled"):
        ended.result(30)
    assert packs.view("t", pack_id).state == "cancelled"
    assert packs.ledger.unfinished() == []


def test_erasing_leaves_hashes_and_the_submission(packs, tmp_path):
    pack_id = accept(packs, tmp_path)
    packs.run("t", pack_id).result(30)
    packs.note_submission(packs.view("t", pack_id), SubmissionRecord(case_id="CASE-1"))
    packs.shelf("t", pack_id).keep_screenshot(b"png")
    batches = Batches(packs.ledger.database, packs.store, packs._pool, 1)
    Erasing(packs.ledger.database, packs, batches).pack(packs.view("t", pack_id))
    left = packs.view("t", pack_id)
    assert isinstance(left, Erased)
    assert {"bundle", "original"} <= {file.role for file in left.remains.files}
    assert not any("name" in file for file in left.remains.plain()["files"])
    keys = packs.store.under(f"packs/t/{pack_id}")
    assert [key.rsplit("/")[-2] for key in keys] == ["screenshots"]
    assert packs.page("t", limit=9) == ([], False)


def test_listing_by_order_from_the_newest(packs, tmp_path):
    ids = [accept(packs, tmp_path, order="A-1") for _ in range(3)]
    accept(packs, tmp_path, order="B-2")
    views, more = packs.page("t", PackFilter(order_id=" a-1"), limit=2)
    assert ({view.id for view in views} < set(ids), more) == (True, True)
    rest, more = packs.page("t", PackFilter(order_id="A-1"), after=views[-1].id, limit=2)
    assert (len(rest), more) == (1, False)
    assert {view.id for view in [*views, *rest]} == set(ids)
    assert len(packs.page("t", limit=9)[0]) == 4


def test_what_was_not_finished_is_run_again_at_start(tmp_path):
    mark = tmp_path / "started"
    url, ledger = f"file://{tmp_path}/objects", ledger_in(tmp_path)
    pool = WorkerPool(TRADE.open_workshop, PoolLimits(slots=1))
    first = Packs(ledger, Store(url), pool, TRADE)
    pool.start()
    pack_id = accept(first, tmp_path, do="once", mark=str(mark))
    ended = first.run("t", pack_id)
    while not mark.exists():
        assert not ended.done()
    pool.close()
    with pytest.raises(JobFault, match="job-stopped"):
        ended.result(10)
    assert first.view("t", pack_id).state == "queued"

    again = WorkerPool(TRADE.open_workshop, PoolLimits(slots=1))
    second = Packs(ledger, Store(url), again, TRADE)
    again.start()
    try:
        assert second.resume() == 1
        again.ticket(pack_id).future.result(30)
        while second.view("t", pack_id).state != "succeeded":
            pass
    finally:
        again.close()
    assert second.resume() == 0
    ledger.database.close()


def test_a_pack_that_takes_its_worker_down_every_time_is_given_up(packs, tmp_path):
    pack_id = accept(packs, tmp_path)
    assert [packs.ledger.begin(pack_id) for _ in range(26)] == [True] * 25 + [False]
    assert packs.resume() == 1
    assert packs.view("t", pack_id).result.problem["code"] == "job-crashed"


def test_a_worker_that_dies_once_costs_no_pack(packs, tmp_path):
    pack_id = accept(packs, tmp_path, do="crash-once", mark=str(tmp_path / "crashed"))
    assert packs.run("t", pack_id).result(30) == "succeeded"


def test_the_second_of_two_runs_changes_nothing(packs, tmp_path):
    pack_id = accept(packs, tmp_path)
    packs.run("t", pack_id).result(30)
    view = packs.view("t", pack_id)
    assert not packs.ledger.finish(pack_id, view.result.model_copy(update={"state": "failed"}))
    assert packs.view("t", pack_id) == view


def test_a_key_is_taken_with_the_pack_or_not_at_all(packs, tmp_path):
    claim = KeyClaim(route="/v1/packs", key_sha256="0" * 64, fingerprint="1" * 64)
    first = accept(packs, tmp_path, claim=claim)
    with pytest.raises(AlreadyAsked):
        accept(packs, tmp_path, claim=claim)
    assert [row.id for row in packs.ledger.unfinished()] == [first]
    assert {key.split("/")[2] for key in packs.store.under("packs/t")} == {first}


def test_what_passes_never_uses_up_the_attempts_of_a_pack(packs, tmp_path):
    pack_id = accept(packs, tmp_path)
    for _ in range(40):
        assert packs.ledger.begin(pack_id)
        packs.ledger.requeue(pack_id)
    assert packs.view("t", pack_id).stage == "postponed"
    assert packs.run("t", pack_id).result(30) == "succeeded"


def test_a_fault_of_ours_at_the_beginning_is_tried_three_times(packs, tmp_path, monkeypatch):
    pack_id, tries = accept(packs, tmp_path), []

    def broken(_):
        tries.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr(packs.ledger, "begin", broken)
    waiting = packs.waiters.wait(pack_id)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            packs.begin("t", pack_id, False)
        assert packs.ledger.row("t", pack_id).state == "queued"
    packs.begin("t", pack_id, False)
    assert waiting.exception(1).code == "job-failed"
    row = packs.ledger.row("t", pack_id)
    assert (row.state, row.problem["code"], len(tries)) == ("failed", "job-failed", 3)
    assert packs.ledger.unfinished() == []
