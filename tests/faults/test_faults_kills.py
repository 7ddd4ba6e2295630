"""Processes killed at random moments under load: nothing acknowledged is lost, nothing is done twice."""

import io
import os
import signal
import sys
import time
import zipfile
from pathlib import Path

import httpx2 as httpx
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "jobs"))

from fleet import Fleet, accepted, case, chaos, ended, patiently


@pytest.fixture
def receiver():
    from test_jobs_hooks import Receiver

    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


def test_the_whole_service_killed_under_load(tmp_path, receiver):
    with Fleet(tmp_path, hook_private=True) as fleet:
        fleet.start("all")
        fleet.ready()
        found = chaos(fleet, ["all"], kills=2, packs=6, receiver=receiver)
        assert counts(found) == (6, 6, 0, 0, 0), found
        archives = list((tmp_path / "data" / "objects" / "packs").rglob("*.zip"))
        assert len(archives) == 6
        for path in archives:
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None


def test_workers_and_the_api_killed_under_load(tmp_path, receiver):
    with Fleet(tmp_path, hook_private=True) as fleet:
        fleet.start("api")
        fleet.ready()
        for name in ("worker1", "worker2"):
            fleet.start("worker", name)
        found = chaos(fleet, ["worker1", "api", "worker2"], kills=3, packs=6, receiver=receiver)
        assert counts(found) == (6, 6, 0, 0, 0), found


def test_a_batch_goes_on_after_its_worker_was_killed(tmp_path):
    with Fleet(tmp_path) as fleet:
        fleet.start("all")
        fleet.ready()
        one = case("x")
        rows = "\n".join(f"{one['platform']},{one['procedure']},B-{n:04},sleep,0.3" for n in range(12))
        sheet = f"platform,procedure,order_id,extra.do,extra.seconds\n{rows}\n"
        path = httpx.post(f"{fleet.base}/v1/batches", files={"sheet": ("s.csv", sheet)}).headers["location"]

        def look():
            return httpx.get(f"{fleet.base}{path}", timeout=10).json()

        while patiently(look)["counts"].get("done", 0) < 2:
            time.sleep(0.1)
        fleet.kill("all")
        fleet.start("all")
        end = time.monotonic() + 400
        while patiently(look)["status"] in {"queued", "running"} and time.monotonic() < end:
            time.sleep(0.2)
        batch = look()
        assert (batch["status"], batch["counts"]) == ("succeeded", {"done": 12})
        packs = httpx.get(f"{fleet.base}/v1/packs?limit=100").json()["items"]
        assert sorted(pack["subject"] for pack in packs) == [f"B-{n:04}" for n in range(12)]


@pytest.mark.long
def test_a_batch_of_a_thousand_goes_on_after_kills(tmp_path):
    with Fleet(tmp_path) as fleet:
        fleet.start("api")
        fleet.ready()
        for name in ("worker1", "worker2"):
            fleet.start("worker", name)
        one = case("x")
        rows = "\n".join(f"{one['platform']},{one['procedure']},T-{n:04}" for n in range(1000))
        sheet = f"platform,procedure,order_id\n{rows}\n"
        path = httpx.post(f"{fleet.base}/v1/batches", files={"sheet": ("s.csv", sheet)}).headers["location"]

        def look():
            return httpx.get(f"{fleet.base}{path}?limit=0", timeout=10).json()

        for role, done in (("worker1", 50), ("api", 200), ("worker2", 350), ("worker1", 600)):
            while patiently(look)["counts"].get("done", 0) < done:
                time.sleep(0.2)
            fleet.kill(role)
            fleet.start(role.rstrip("12"), role)
        fleet.ready()
        end = time.monotonic() + 600
        while patiently(look)["status"] in {"queued", "running"} and time.monotonic() < end:
            time.sleep(1)
        batch = look()
        assert (batch["status"], batch["counts"]) == ("succeeded", {"done": 1000})
        assert len(kept_runs(tmp_path)) == 1000
        whole = httpx.get(f"{fleet.base}{path}/archive", timeout=300).content
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            assert archive.testzip() is None
            assert len({name.split("/")[0] for name in archive.namelist() if name.endswith("Evidence.pdf")}) == 1000


@pytest.mark.long
@pytest.mark.parametrize("roles", [["all"], ["worker1", "api", "worker2"]])
def test_a_hundred_kills(tmp_path, receiver, roles):
    with Fleet(tmp_path, hook_private=True) as fleet:
        fleet.start("all" if roles == ["all"] else "api")
        fleet.ready()
        for name in roles:
            if name.startswith("worker"):
                fleet.start("worker", name)
        found = chaos(fleet, roles, kills=100, packs=100, receiver=receiver)
        assert counts(found) == (100, 100, 0, 0, 0), found


def test_a_worker_that_stops_answering_loses_its_work_to_another_and_changes_nothing_when_it_wakes(tmp_path):
    with Fleet(tmp_path, silent_seconds=6) as fleet:
        fleet.start("api")
        fleet.ready()
        frozen = fleet.start("worker", "worker1")
        ids = [accepted(fleet.base, case(f"G-{n}", do="sleep", seconds=3), f"G-{n}") for n in range(3)]
        while not set(states(fleet, ids)) & {"running"}:
            time.sleep(0.1)
        os.kill(frozen.pid, signal.SIGSTOP)
        try:
            fleet.start("worker", "worker2")
            assert set(ended(fleet.base, ids, seconds=400).values()) == {"succeeded"}
            runs = kept_runs(tmp_path)
            before = packs_of(fleet)
        finally:
            os.kill(frozen.pid, signal.SIGCONT)
        time.sleep(5)
        assert packs_of(fleet) == before
        assert kept_runs(tmp_path) == runs
        assert len(runs) == len(ids)
        assert frozen.poll() is None
        late = accepted(fleet.base, case("G-late"), "G-late")
        assert ended(fleet.base, [late]) == {late: "succeeded"}


def counts(found):
    return tuple(found[name] for name in ("accepted", "finished", "doubled", "lost", "untold"))


def states(fleet, ids):
    return [patiently(lambda one=one: httpx.get(f"{fleet.base}/v1/packs/{one}").json()["status"]) for one in ids]


def packs_of(fleet):
    items = httpx.get(f"{fleet.base}/v1/packs?limit=100").json()["items"]
    return sorted((one["id"], one["status"], one["finished_at"]) for one in items)


def kept_runs(folder):
    return sorted(path.name for path in (folder / "data" / "objects" / "packs").rglob("*.zip"))
