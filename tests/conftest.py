"""What every test may use: the data folders, fonts of the project only, one typesetter."""

import pytest

from api.settings import prepare_fonts
from casefile.care import STRICT
from casefile.discovery import load_house


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
