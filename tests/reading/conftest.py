import pytest

from casefile.upload import Upload
from reading.read import ReadingRoom


@pytest.fixture(scope="session")
def room():
    with ReadingRoom() as room:
        yield room


@pytest.fixture
def read(room):
    def read(data, name="file", **options):
        return room.read(Upload(name=name, data=data), **options)

    return read
