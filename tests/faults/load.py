"""`make load`: load figures on loopback: file uploads at a fixed rate, the service's own cost a pack, batches, zips.

The work itself is stubbed (a pack of a few bytes, or a pause), so what is measured is the service. Ends by itself within a few
minutes. `make load ROWS=10000` takes a larger batch; `make load ONLY=workers` compares one worker with two.
"""

import concurrent.futures
import json
import os
import socket
import statistics
import sys
import tempfile
import time
import zlib
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import httpx2 as httpx  # noqa: E402  # the path comes first
from fleet import Fleet, case, patiently, post  # noqa: E402  # as above

from jobs.records.composed import Composed, Entry  # noqa: E402  # as above
from jobs.records.store import Store  # noqa: E402  # as above

UPLOAD = os.urandom(200_000)


def cpu(pid):
    """Seconds of CPU of a process and its children, living ones included."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(folder.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def uploads(fleet, *, rate=50, seconds=10):
    """Files put into a draft at a fixed rate, whether or not the answers keep up (an open model)."""
    draft = httpx.post(f"{fleet.base}/v1/drafts").json()["id"]
    start = time.perf_counter()
    with httpx.Client(base_url=fleet.base, limits=httpx.Limits(max_connections=64)) as client:

        def put(number):
            due = start + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            answer = client.put(f"/v1/drafts/{draft}/files/{number % 150}.png", content=UPLOAD, timeout=30)
            return answer.status_code, time.perf_counter() - due

        with concurrent.futures.ThreadPoolExecutor(64) as pool:
            found = list(pool.map(put, range(rate * seconds)))
    times = sorted(seconds for _, seconds in found)
    errors = sum(status >= 400 for status, _ in found)
    p50, p95 = statistics.median(times) * 1000, times[int(len(times) * 0.95)] * 1000
    print(f"uploads of 200 KB    {rate}/s for {seconds} s: p50 {p50:.0f} ms, p95 {p95:.0f} ms, errors {errors}")


def refusals(*, count=200):
    """How long a full queue takes to say no to a request whose body has not been sent yet."""
    with tempfile.TemporaryDirectory(prefix="load-") as folder, Fleet(folder, queue_per_tenant="1") as fleet:
        fleet.start("all")
        fleet.ready()
        for number in range(4):
            post(fleet.base, case(f"Q-{number}", do="sleep", seconds=60), f"Q-{number}")
        times = []
        head = f"POST /v1/packs HTTP/1.1\r\nHost: 127.0.0.1:{fleet.port}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        for _ in range(count):
            with socket.create_connection(("127.0.0.1", fleet.port)) as wire:
                start = time.perf_counter()
                wire.sendall(f"{head}Content-Length: 50000000\r\n\r\n".encode())
                assert b" 429 " in wire.recv(4096)
                times.append(time.perf_counter() - start)
    times.sort()
    print(f"a full queue says no p50 {times[count // 2] * 1000:.0f} ms, p95 {times[int(count * 0.95)] * 1000:.0f} ms")


def packs(fleet, *, count=100):
    """Packs one after another, answered with their result: the service's CPU for each."""
    process = fleet.processes["all"].pid
    order = case("L")
    post(fleet.base, order, "warm")
    time.sleep(1)
    before, start = cpu(process), time.perf_counter()
    for number in range(count):
        files = [("files", ("a.png", b"picture"))]
        answer = httpx.post(
            f"{fleet.base}/v1/packs", data={"case": json.dumps(case(f"L-{number}"))}, files=files, timeout=30
        )
        assert answer.status_code == 201, answer.text
    spent, seconds = cpu(process) - before, time.perf_counter() - start
    idle = cpu(process)
    time.sleep(5)
    idle = (cpu(process) - idle) / 5
    own = (spent - idle * seconds) / count
    print(
        f"cost a pack          {own * 1000:.1f} ms CPU in the service and its workers ({idle * 100:.1f} % of a core when idle)"
    )


def sheet_of(rows, *, work=""):
    """A sheet of so many small cases; ``work`` is what the stub does with each."""
    one = case("x")
    do, _, seconds = work.partition(" ")
    lines = "".join(f"{one['platform']},{one['procedure']},R{rows}-{n:06},{do},{seconds}\n" for n in range(rows))
    return ("s.csv", f"platform,procedure,order_id,extra.do,extra.seconds\n{lines}")


def done(fleet, sheet):
    """Seconds until a batch is done."""
    start = time.perf_counter()
    path = httpx.post(f"{fleet.base}/v1/batches", files={"sheet": sheet}, timeout=60).headers["location"]
    while True:
        found = patiently(lambda: httpx.get(f"{fleet.base}{path}?limit=0", timeout=30).json())
        if found["status"] not in {"queued", "running"}:
            failed = [
                one for one in httpx.get(f"{fleet.base}{path}", timeout=30).json()["rows"] if one["status"] != "done"
            ]
            assert found["counts"] == {"done": found["progress"]["rows"]}, failed
            return time.perf_counter() - start
        time.sleep(1)


def memory(pid):
    """Megabytes a process holds, and the most it ever held."""
    status = (Path("/proc") / str(pid) / "status").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) // 1000 for line in status if line.startswith(("VmRSS", "VmHWM"))}
    return found["VmRSS"], found["VmHWM"]


def batch(fleet, *, rows):
    """One batch of small cases: rows a second, CPU and memory; what the service costs while it idles is taken off."""
    process = fleet.processes["all"].pid
    idle = cpu(process)
    time.sleep(4)
    idle = (cpu(process) - idle) / 4
    before = cpu(process)
    seconds = done(fleet, sheet_of(rows))
    spent = cpu(process) - before - idle * seconds
    now, most = memory(process)
    print(
        f"batch of {rows:<11} {rows / seconds:.0f} rows/s, {spent:.1f} s CPU, {spent / rows * 1000:.1f} ms a row, "
        f"service {now} MB (most {most} MB)"
    )
    return spent


def workers(*, rows=80):
    """The same batch with one worker and with two, one slot each; the work is a pause, so that only the service shares cores."""
    seconds = []
    for names in (["worker1"], ["worker1", "worker2"]):
        with tempfile.TemporaryDirectory(prefix="load-") as folder, Fleet(folder, workers="1") as fleet:
            fleet.start("api")
            fleet.ready()
            for name in names:
                fleet.start("worker", name)
            done(fleet, sheet_of(len(names) * 4))
            seconds.append(done(fleet, sheet_of(rows, work="sleep 0.5")))
    print(f"one worker, two      {seconds[0]:.1f} s, {seconds[1]:.1f} s: {seconds[0] / seconds[1]:.2f} x")


def zips():
    """Stored objects through the zip that is put together as it is fetched."""
    with tempfile.TemporaryDirectory(prefix="zips-") as folder:
        store, data = Store(f"file://{folder}"), os.urandom(1_000_000)
        crc, entries = zlib.crc32(data), []
        for number in range(200):
            store.put(f"{number:04}", data)
            entries.append(Entry(name=f"{number:04}.bin", length=len(data), crc=crc, key=f"{number:04}"))
        start = time.process_time()
        size = sum(len(chunk) for chunk in Composed(entries).chunks(store))
        print(f"zip as it is fetched {size / 1e6 / (time.process_time() - start):.0f} MB/s a core")


def main(rows, only):
    if only in {"", "workers"}:
        workers()
    if only == "workers":
        return 0
    with tempfile.TemporaryDirectory(prefix="load-") as folder, Fleet(folder) as fleet:
        fleet.start("all")
        fleet.ready()
        time.sleep(2)
        if not only:
            uploads(fleet)
            packs(fleet)
            refusals()
        done(fleet, sheet_of(8))  # every worker process has imported what sheets need
        spent = {count: batch(fleet, rows=count) for count in (100, 1000, rows)}
        if rows > 1000:
            each = (spent[1000] - spent[100]) / 900, (spent[rows] - spent[1000]) / (rows - 1000)
            print(
                f"one more row         {each[0] * 1000:.1f} ms up to 1000, {each[1] * 1000:.1f} ms after: {each[1] / each[0]:.2f} x"
            )
    zips()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(os.environ.get("ROWS") or 1000), os.environ.get("ONLY", "")))
