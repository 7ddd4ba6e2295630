"""What every test may use: the data folders, fonts of the project only, one typesetter."""

import pytest

from api.settings import prepare_fonts
from casefile.discovery import load_house


@pytest.fixture(scope="session", autouse=True)
def _fonts(tmp_path_factory):
    prepare_fonts(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="session")
def house():
    return load_house()


@pytest.fixture(scope="session")
def typesetter(house):
    from press.html import Typesetter

    return Typesetter(house.templates)
