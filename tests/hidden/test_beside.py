"""Words beside what a page draws are not sent: the files are read, put into one bundle, and every part of it is searched."""

from dataclasses import replace

import pytest

from casefile.upload import Upload
from evidence_packer.bind.bundle.words import words_of
from tests.evidence_packer.bundle_parts import bound, exhibits, look_of
from tests.hidden.beside_ways import BESIDE_WAYS, MARK
from tests.hidden.test_hidden import MAGENTA, parts_of, pictures_of
from tests.hidden.ways import VISIBLE

TOLD = {
    "under a polygon that nobody drew", "under a square that nobody drew", "under a thick line that nobody drew",
    "letters beyond their box",
}  # fmt: skip
_FORMS = (MARK.encode(), MARK.encode("utf-16-be"), MARK.encode("utf-16-be").hex().encode())


@pytest.fixture(scope="module")
def read(workshop):
    room = workshop.reading_rooms[0]
    return {way: room.read(Upload(name=f"{way}.pdf", data=make())) for way, make in BESIDE_WAYS.items()}


@pytest.fixture(scope="module")
def bundle(read, house, typesetter):
    made = [
        replace(exhibit, lines=words_of(file.reading, file.prepared))
        for exhibit, file in zip(exhibits(*(file.prepared for file in read.values())), read.values(), strict=True)
    ]
    return bound(tuple(made), look_of(house, typesetter))


def test_nothing_of_it_is_in_the_bundle(bundle):
    parts = list(parts_of(bundle))
    assert len(BESIDE_WAYS) >= 30
    assert [form for form in _FORMS if any(form in part for part in parts)] == []


def test_no_picture_of_it_is_in_the_bundle(bundle):
    for picture in pictures_of(bundle):
        near = picture.resize((max(1, picture.width // 4), max(1, picture.height // 4)))
        assert not any(red > 200 and green < 80 and blue > 200 for _, (red, green, blue) in near.getcolors(10**7)), (
            MAGENTA
        )


def test_what_can_be_seen_is_read(read):
    for way, file in read.items():
        words = file.reading.pages[0].text.split()
        assert [word for word in VISIBLE.split() if word not in words] == [], way


def test_what_was_covered_is_told(read):
    assert {way for way, file in read.items() if any(page.covered_words for page in file.reading.pages)} == TOLD
