"""Processes killed at random moments under load: nothing acknowledged is lost, nothing is done twice."""

import os
import random
import signal
import sys
import time
import zipfile
from pathlib import Path

import httpx2 as httpx
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fleet import Fleet, accepted, case, chaos, ended, patiently


def test_the_whole_service_killed_under_load(tmp_path):
    with Fleet(tmp_path) as fleet:
        fleet.start("all")
        fleet.ready()
        found = chaos(fleet, ["all"], kills=2, packs=4)
        assert (found["accepted"], found["finished"], found["doubled"], found["lost"]) == (4, 4, 0, 0), found
        archives = list((tmp_path / "data" / "objects" / "packs").rglob("*.zip"))
        assert len(archives) == 4
        for path in archives:
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None


def test_workers_and_the_api_killed_under_load(tmp_path):
    with Fleet(tmp_path) as fleet:
        fleet.start("api")
        fleet.ready()
        for name in ("worker1", "worker2"):
            fleet.start("worker", name)
        found = chaos(fleet, ["worker1", "worker2", "api"], kills=3, packs=4)
        assert (found["accepted"], found["finished"], found["doubled"], found["lost"]) == (4, 4, 0, 0), found


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
        end = time.monotonic() + 90
        while patiently(look)["status"] in {"queued", "running"} and time.monotonic() < end:
            time.sleep(0.2)
        batch = look()
        assert (batch["status"], batch["counts"]) == ("succeeded", {"done": 12})
        packs = httpx.get(f"{fleet.base}/v1/packs?limit=100").json()["items"]
        assert sorted(pack["subject"] for pack in packs) == [f"B-{n:04}" for n in range(12)]


@pytest.mark.long
@pytest.mark.parametrize("roles", [["all"], ["worker1", "api", "worker2"]])
def test_a_hundred_kills(tmp_path, roles):
    with Fleet(tmp_path) as fleet:
        fleet.start("all" if roles == ["all"] else "api")
        fleet.ready()
        for name in roles:
            if name.startswith("worker"):
                fleet.start("worker", name)
        found = chaos(fleet, roles, kills=100, packs=100, rng=random.Random(11))
        assert (found["accepted"], found["doubled"], found["lost"]) == (100, 0, 0), found


@pytest.mark.long
def test_a_worker_that_stops_answering_loses_its_work_to_another(tmp_path):
    with Fleet(tmp_path) as fleet:
        fleet.start("api")
        fleet.ready()
        frozen = fleet.start("worker", "worker1")
        ids = [accepted(fleet.base, case(f"F-{n}", do="sleep", seconds=0.5), f"F-{n}") for n in range(4)]
        time.sleep(6)
        more = [accepted(fleet.base, case(f"G-{n}", do="sleep", seconds=3), f"G-{n}") for n in range(4)]
        time.sleep(3)
        os.kill(frozen.pid, signal.SIGSTOP)
        try:
            fleet.start("worker", "worker2")
            states = ended(fleet.base, ids + more, seconds=120)
            assert set(states.values()) == {"succeeded"}, states
        finally:
            os.kill(frozen.pid, signal.SIGCONT)
