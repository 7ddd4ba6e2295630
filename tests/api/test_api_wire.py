"""What only a real connection shows: a body cut off on the wire, a slow one, a service ended and started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICE = """
import json, sys
sys.path[:0] = [sys.argv[3], sys.argv[4]]
from pathlib import Path
import uvicorn
from fake_trade import TRADE
from api.app import create_app
from api.settings import Settings

if __name__ == "__main__":
    more = json.loads(sys.argv[5])
    settings = Settings(data=Path(sys.argv[1]), workers=1, read_idle_seconds=1.0, wait_seconds=2.0, **more)
    uvicorn.run(create_app(settings, TRADE), port=int(sys.argv[2]), log_level="error", access_log=False)
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    def __init__(self, folder, **settings):
        self.folder = folder
        self.port = free_port()
        script = folder / "service.py"
        script.write_text(SERVICE)
        command = [
            sys.executable,
            script,
            folder / "data",
            self.port,
            ROOT,
            ROOT / "tests" / "jobs",
            json.dumps(settings),
        ]
        self.process = subprocess.Popen([str(part) for part in command])
        for _ in range(2400):
            try:
                if self.get("/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        self.process.kill()
        self.process.wait(10)
        raise AssertionError("the service did not start")

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def raw(self, data, *, close=False):
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as wire:
            wire.sendall(data)
            if close:
                wire.shutdown(socket.SHUT_WR)
            answer = b""
            while chunk := wire.recv(65536):
                answer += chunk
        return answer

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    service = Running(tmp_path_factory.mktemp("running"))
    yield service
    if service.process.poll() is None:
        service.end()


def request(content, length=None, *more):
    head = [
        b"POST /v1/packs HTTP/1.1",
        b"Host: 127.0.0.1",
        b"Content-Type: multipart/form-data; boundary=xx",
        b"Content-Length: %d" % (len(content) if length is None else length),
        b"Connection: close",
        *more,
    ]
    return b"\r\n".join(head) + b"\r\n\r\n" + content


def form(case, end=b"--xx--\r\n"):
    text = json.dumps(case).encode()
    return (
        b'--xx\r\nContent-Disposition: form-data; name="case"\r\n\r\n' + text + b"\r\n"
        b'--xx\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\npicture\r\n' + end
    )


def test_bodies_that_stop_or_drag_keep_nothing(running, a_case):
    whole = form(a_case())
    running.raw(request(whole[:-20], len(whole)), close=True)
    slow = running.raw(request(whole[:-20], len(whole)))
    assert b" 408 " in slow.split(b"\r\n", maxsplit=1)[0]
    assert b"upload-too-slow" in slow
    announced = running.raw(request(b"--xx", 10**12))
    assert b" 413 " in announced.split(b"\r\n", maxsplit=1)[0]
    cut = running.raw(request(form(a_case(), end=b"")))
    assert b"upload-incomplete" in cut
    assert running.get("/v1/packs")[1]["items"] == []
    assert list((running.folder / "data" / "spool").iterdir()) == []
    good = running.raw(request(whole))
    assert b" 201 " in good.split(b"\r\n", maxsplit=1)[0]


def test_a_client_that_leaves_gets_its_pack_all_the_same(running, a_case):
    before = len(running.get("/v1/packs")[1]["items"])
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as wire:
        wire.sendall(request(form(a_case(do="sleep", seconds=1))))
        until(lambda: len(running.get("/v1/packs")[1]["items"]) > before)
    until(lambda: running.get("/v1/packs")[1]["items"][0]["status"] == "succeeded")
    archive = running.get("/v1/packs")[1]["items"][0]["links"]["archive"]
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as wire:
        wire.sendall(f"GET {archive} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert wire.recv(5) == b"HTTP/"
    assert running.get("/healthz")[0] == 200


def test_a_full_queue_answers_without_waiting_for_the_body(tmp_path, a_case):
    service = Running(tmp_path, queue=3, queue_per_tenant=1)
    try:
        for _ in range(4):
            service.raw(request(form(a_case(do="hang")), None, b"Prefer: respond-async"))
        with socket.create_connection(("127.0.0.1", service.port), timeout=10) as wire:
            wire.sendall(request(b"--xx", 50_000_000))
            answer = wire.recv(65536)
        assert b" 429 " in answer.split(b"\r\n", maxsplit=1)[0]
        assert b"retry-after: " in answer
        assert len(service.get("/v1/packs")[1]["items"]) < 4
    finally:
        service.end()


def until(holds, seconds=300):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("how", [pytest.param(signal.SIGKILL, marks=pytest.mark.long), signal.SIGTERM])
def test_what_was_accepted_is_finished_after_a_restart(tmp_path, a_case, how):
    service = Running(tmp_path)
    case = a_case(do="once", mark=str(tmp_path / "started"))
    answer = service.raw(request(form(case), None, b"Prefer: respond-async"))
    assert b" 202 " in answer.split(b"\r\n", maxsplit=1)[0]
    pack_id = json.loads(answer.split(b"\r\n\r\n", maxsplit=1)[1])["id"]
    until((tmp_path / "started").exists)
    service.end(how)
    again = Running(tmp_path)
    try:
        until(lambda: again.get(f"/v1/packs/{pack_id}")[1]["status"] == "succeeded")
        pack = again.get(f"/v1/packs/{pack_id}")[1]
        assert {file["name"] for file in pack["files"]} >= {"originals/a.png"}
    finally:
        again.end()


def test_the_program_serves_and_ends_in_order(tmp_path):
    program = [sys.executable, "-m", "api.commands.command_line", "serve", "--port"]
    environment = {**os.environ, "EVIDENCE_PACKER_DATA": str(tmp_path), "EVIDENCE_PACKER_WORKERS": "1"}
    port = free_port()
    first = subprocess.Popen([*program, str(port)], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        assert f"127.0.0.1:{port}" in first.stderr.readline()
        refused = [(port, 2, "port is in use"), (free_port(), 3, "data folder is in use")]
        for other, code, says in refused:
            second = subprocess.run(
                [*program, str(other)], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert (second.returncode, says in second.stderr, "Traceback" in second.stderr) == (code, True, False)
    finally:
        first.terminate()
        first.communicate(timeout=60)
    assert first.returncode == 0
