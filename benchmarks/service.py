"""What the service adds to a pack: CPU of a pack over HTTP, durably, beside the same job function called directly.

The job itself is stubbed in both, so the difference is the service: parsing, syncing, rows, engine, answer. Also the zip writer beside
the plain library, and a batch's cost per row at two sizes.
"""

import datetime as dt
import io
import json
import os
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "faults"), str(ROOT / "tests" / "jobs")]

COUNT = 30


class Sink(io.RawIOBase):
    """Takes bytes and forgets them."""

    at = 0

    def writable(self):
        return True

    def write(self, chunk):
        self.at += len(chunk)
        return len(chunk)

    def tell(self):
        return self.at


def direct(folder):
    """CPU milliseconds of the job function alone."""
    from fake_trade import make_pack, open_workshop
    from fleet import case

    from casefile.parse import parse_case
    from casefile.upload import Upload
    from jobs.case_work.pack import PackRequest
    from jobs.engine.tasks import write_pack

    bench, sent = open_workshop(), case("D-1")
    start = time.process_time()
    for number in range(COUNT):
        upload, parsed = Upload(name="a.png", data=b"picture"), parse_case(sent)
        pack = make_pack(PackRequest(case=parsed, uploads=(upload,), as_of=dt.datetime.now(dt.UTC)), bench)
        with (folder / f"{number}.zip").open("wb") as sink:
            write_pack(sink, pack, pack.folder)
    return (time.process_time() - start) / COUNT * 1000


def served(folder):
    """CPU milliseconds of the service and its workers for the same, asked over HTTP."""
    import httpx2 as httpx
    from fleet import Fleet, case
    from load import cpu

    sent = [json.dumps(case(f"S-{number}")) for number in range(COUNT + 3)]
    with Fleet(folder) as fleet:
        fleet.start("all")
        fleet.ready()
        process = fleet.processes["all"].pid

        def ask(number):
            files = [("files", ("a.png", b"picture"))]
            assert (
                httpx.post(f"{fleet.base}/v1/packs", data={"case": sent[number]}, files=files, timeout=60).status_code
                == 201
            )

        for number in range(3):
            ask(number)
        time.sleep(2)
        idle, start = cpu(process), time.perf_counter()
        time.sleep(4)
        rate = (cpu(process) - idle) / (time.perf_counter() - start)
        before, start = cpu(process), time.perf_counter()
        for number in range(3, COUNT + 3):
            ask(number)
        spent = cpu(process) - before - rate * (time.perf_counter() - start)
    return spent / COUNT * 1000


def zips():
    """Megabytes a second of CPU: our writer, and the library written to directly."""
    from jobs.records.archive import write_archive

    data = os.urandom(1_000_000)
    start = time.process_time()
    write_archive(Sink(), ((f"{number:04}.bin", data) for number in range(300)))
    ours = 300 / (time.process_time() - start)
    start = time.process_time()
    with zipfile.ZipFile(Sink(), "w", zipfile.ZIP_STORED) as archive:
        for number in range(300):
            archive.writestr(f"{number:04}.bin", data)
    return ours, 300 / (time.process_time() - start)


def main():
    with tempfile.TemporaryDirectory(prefix="service-") as folder:
        alone, whole = direct(Path(folder)), served(Path(folder) / "fleet")
    print(f"a stubbed pack: {alone:.1f} ms CPU called directly, {whole:.1f} ms over HTTP")
    print(f"the service adds {whole - alone:.1f} ms a pack (40 allowed)")
    ours, plain = zips()
    print(
        f"zip writing: {ours:.0f} MB/s a core, the library alone {plain:.0f} MB/s: {ours / plain:.2f} x (300 MB/s wanted)"
    )


if __name__ == "__main__":
    main()
