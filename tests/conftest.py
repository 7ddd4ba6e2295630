"""What every test may use: the data folders, fonts of the project only, one typesetter."""

import os
import signal

import pytest

from api.settings import prepare_fonts
from casefile.care import STRICT
from casefile.discovery import load_house

LONGEST_SECONDS = 1_200
"""What waits for something that will never come ends as a failure with a name, not as a run that hangs."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    def end(*_):
        raise TimeoutError(f"{item.nodeid} goes on after {LONGEST_SECONDS} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(0 if item.get_closest_marker("long") else LONGEST_SECONDS)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session", autouse=True)
def _fonts(tmp_path_factory):
    prepare_fonts(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="session", autouse=True)
def _place_for_sockets(tmp_path_factory):
    """Where a login would have made one; servers that tests start warn when there is none."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))


@pytest.fixture(scope="session", autouse=True)
def _every_error_is_seen():
    """What would cost a user one file is an error here."""
    STRICT.raising = True


@pytest.fixture
def lenient(monkeypatch):
    """Failures cost one file, as they do for users."""
    monkeypatch.setattr(STRICT, "raising", False)


@pytest.fixture(scope="session")
def house():
    return load_house()


@pytest.fixture(scope="session")
def typesetter(house):
    from press.html import Typesetter

    return Typesetter(house.templates)


@pytest.fixture(scope="session")
def workshop():
    """Everything a pack needs, warm; for all tests that make whole ones. It keeps what it read."""
    from jobs.case_work.workshop import Workshop

    with Workshop.open(readers=2) as opened:
        yield opened


FIRST = (
    "faults/test_faults_kills", "browser/test_form_with_", "security/test_hostile_files", "browser/test_form_without_",
    "test_examples", "security/test_security_erasing", "security/test_security_doors", "api/test_api_wire", "test_every_pack",
    "test_any_pack", "security/test_security_targets", "faults/", "security/", "api/test_api_batches", "api/test_api_schema",
)  # fmt: skip
"""What takes long is begun first, so that the last file to end is a short one; files go to the workers in this order."""


def pytest_collection_modifyitems(items):
    def place(item):
        name = item.nodeid.removeprefix("tests/")
        return next((place for place, start in enumerate(FIRST) if name.startswith(start)), len(FIRST))

    items.sort(key=place)
