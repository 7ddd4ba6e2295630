import datetime as dt
import hashlib
from pathlib import Path

import pytest
from fake_trade import TRADE

from casefile.errors import RequestFault
from casefile.upload import Upload
from jobs.case_work.workshop import Workshop
from jobs.engine.job_functions import JobFunctions, lookup
from jobs.engine.tasks import build, describe, letter_page
from jobs.faults import JobError, JobFault
from jobs.records.pack_store import Accepted, PackShelf, ReceivedFile
from jobs.records.store import Store


def silent(stage, share):
    pass


def test_every_name_of_the_trade_leads_to_a_function():
    trade = JobFunctions()
    for name in (trade.open_workshop, trade.make_pack, trade.check_case, trade.write_letter, trade.letter_page):
        assert callable(lookup(name))


def test_a_worker_describes_its_guard():
    with Workshop.open() as workshop:
        found = describe(workshop, silent)
    assert found.guard_level >= 1
    assert set(found.refused).isdisjoint(found.allowed)


@pytest.fixture
def shelf(tmp_path):
    store = Store(f"file://{tmp_path}/objects")
    shelf = PackShelf(store, "t", "0" * 26)
    data = tmp_path / "a"
    data.write_bytes(b"picture")
    now = dt.datetime(2026, 11, 19, tzinfo=dt.UTC).isoformat()
    file = ReceivedFile(name="a.png", path=data, bytes=7, sha256="6" * 64)
    asked = Accepted(
        id=shelf.id, tenant="t", created_at=now, as_of=now, language="en", strict=False, platform="x", procedure="p",
        subject="1", order_ids=["1"], case={"platform": "x", "procedure": "p", "order": {"id": "1"}},
        uploads=[{"name": "a.png", "bytes": 7, "sha256": hashlib.sha256(b"picture").hexdigest()}],
    )  # fmt: skip
    shelf.accept(asked, (file,))
    return shelf


def run(shelf, name):
    return build(None, silent, make=TRADE.make_pack, url=shelf.store.url, tenant="t", pack_id=shelf.id, run=name)


@pytest.fixture
def workshop_of_the_fake(monkeypatch):
    import fake_trade

    bench = fake_trade.Bench()
    monkeypatch.setattr(
        "jobs.engine.tasks.lookup", lambda name: lambda *given: lookup(name)(given[0], bench, *given[2:])
    )


def test_two_runs_never_touch_each_others_objects(shelf, workshop_of_the_fake):
    first, second = run(shelf, "first"), run(shelf, "second")
    assert (first.result.state, first.run, first.result.report) == ("succeeded", "first", None)
    assert first.marks == (("evidence", "tracking"),)
    shelf.drop_run(second.run)
    assert [key.rsplit("/")[-1] for key in shelf.store.under(shelf.key("runs"))] == ["first.json", "first.zip"]
    assert shelf.result("first").report.verdict == "ready"


def test_originals_are_found_again_by_their_hashes(shelf, workshop_of_the_fake):
    built = run(shelf, "first")
    shelf.drop_uploads()
    (upload,) = shelf.originals(shelf.accepted(), shelf.result(built.run))
    assert (upload.name, upload.data) == ("a.png", b"picture")


def test_a_pack_that_is_gone_is_not_found(tmp_path):
    names = {"url": f"file://{tmp_path}/objects", "tenant": "t", "pack_id": "0" * 26}
    with pytest.raises(RequestFault, match="pack-not-found"):
        build(None, silent, make=TRADE.make_pack, run="r", **names)
    with pytest.raises(RequestFault, match="pack-not-found"):
        letter_page(None, silent, page=TRADE.letter_page, run="r", **names)


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (RequestFault("site-unknown", platform="p", allowed="a"), "site-unknown", 422),
        (JobFault("job-timeout", seconds=3), "job-timeout", 500),
        (JobFault("job-stopped"), "job-stopped", 503),
        (ValueError("a customer's name"), "job-failed", 500),
    ],
)
def test_troubles_cross_processes_and_records_unchanged(error, code, status):
    trouble = JobError.of(error)
    again = JobError.from_plain(trouble.plain()).error()
    assert (again.code, again.status) == (code, status)
    assert again.params == trouble.params
    assert "customer" not in str(trouble)


def test_a_workshop_that_waits_wakes_its_guard_and_its_reader():
    with Workshop.open_awake() as workshop:
        picture = (Path(__file__).resolve().parents[2] / "examples/item-not-received/messages.png").read_bytes()
        read = workshop.reading_rooms[0].read(Upload(name="messages.png", data=picture))
        assert read.reading.pages[0].lines
