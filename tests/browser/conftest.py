"""A running service and a real browser; both end with the tests."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextlib.contextmanager
def served(data, **settings):
    """The address of a service of its own, with its data in ``data``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [ROOT / ".venv/bin/evidence-packer", "serve", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "EVIDENCE_PACKER_WORKERS": "2", "EVIDENCE_PACKER_DATA": str(data / "data"), **settings}
    with (data / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                if urllib.request.urlopen(f"{address}/readyz", timeout=2).status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail((data / "log.txt").read_text())
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """The address of a service with its own data folder."""
    with served(tmp_path_factory.mktemp("service")) as address:
        yield address


@pytest.fixture
def keyed_service(tmp_path_factory):
    """The address of a service that asks for a key, and the key."""
    key = "a-key-of-the-browser-tests-1"
    with served(tmp_path_factory.mktemp("keyed"), EVIDENCE_PACKER_API_KEY=key) as address:
        yield address, key


@pytest.fixture(scope="module")
def browser():
    """Ends with its module: while it runs, its loop belongs to this thread, and no other test could run one of its own."""
    from playwright.sync_api import sync_playwright

    if shutil.which("chromium") is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; `make test` installs it")
        pytest.skip("Chromium is not installed; `make test` installs it")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()


def _is_trouble(said):
    """Whether a line of the console is an error; a row that was removed while an answer about it was under way is none."""
    return said.type == "error" and not re.search(r"oobErrorNoTarget, #(look|thumb|kind|line)-", said.text)


@pytest.fixture
def open_page(browser, service):
    """Opens a path of the service in a fresh context."""
    contexts = []

    def opened(path="/", *, locale="en-US", scripts=True, size=(1280, 900), **more):
        context = browser.new_context(
            locale=locale, java_script_enabled=scripts, viewport={"width": size[0], "height": size[1]}, **more
        )
        context.set_default_timeout(300_000)
        contexts.append(context)
        page = context.new_page()
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("console", lambda said: page.troubles.append(said.text) if _is_trouble(said) else None)
        page.goto(path if path.startswith("http") else service + path)
        return page

    yield opened
    for context in contexts:
        context.close()
