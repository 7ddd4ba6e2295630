"""What every test may use: the data folders, fonts of the project only, one typesetter."""

import signal

import pytest

from api.settings import prepare_fonts
from casefile.care import STRICT
from casefile.discovery import load_house

LONGEST_SECONDS = 600
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
