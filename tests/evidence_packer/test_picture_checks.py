"""What the checks say of pictures: how they were made, printed, named, and sent twice."""

import random

import pytest

from casefile.facts import PlacedText
from casefile.reading import Flaw
from evidence_packer.judge import same_picture
from evidence_packer.judge.check import Output, Printed
from evidence_packer.judge.checks.files import near_duplicates
from reading.looks import same_look
from reading.looks.same_look import same_looks

from .conftest import BLURRED, BOX, SHARP, TRACKING, file, good_tracking


def test_how_a_picture_was_made(found):
    assert found(good_tracking(flaws=((1, Flaw(what="stretched", amount=1.6)),)))["picture-stretched"] == "warning"
    enlarged = ((1, Flaw(what="enlarged", amount=2.4)),)
    assert found(good_tracking(flaws=enlarged))["picture-enlarged"] == "advice"
    assert "picture-enlarged" not in found(good_tracking(flaws=enlarged, sharpness=(BLURRED,)))
    assert (
        found(good_tracking(flaws=((1, Flaw(what="reflection", amount=0, box=BOX)),)))["photo-reflection"] == "warning"
    )


def test_what_the_bundle_makes_of_a_picture(found):
    outputs = (Output(name="a.pdf", format="pdf", bytes=9, pages=3),)

    def printed(**shown):
        return found(good_tracking("a.png"), outputs=outputs, printed=(Printed(file="a.png", page=2, **shown),))

    assert printed(type_pixels=6.0, sharpness=SHARP)["page-lost-in-bundle"] == "warning"
    assert printed(type_pixels=14.0, sharpness=BLURRED)["page-lost-in-bundle"] == "warning"
    assert printed(type_pixels=14.0, type_points=2.9)["type-small-in-bundle"] == "advice"
    fine = printed(type_pixels=14.0, type_points=5.5, sharpness=SHARP)
    assert not {"page-lost-in-bundle", "type-small-in-bundle"} & set(fine)


def test_a_name_that_misleads(found):
    assert found(good_tracking("a.pdf", changes=("extension-corrected",)))["file-name-misleads"] == "advice"
    assert "file-name-misleads" not in found(good_tracking("a.png"))


def page_of(name, rows, **facts):
    """A page of words: (text, left, top) from 0 to 1."""
    texts = tuple(PlacedText(text=text, box=(x, y, x + 0.2, y + 0.02)) for text, x, y in rows)
    return good_tracking(name, texts=texts, **facts)


ROWS = [(text, 0.1 + 0.05 * (place % 3), 0.1 + 0.07 * place) for place, text in enumerate(
    ("Tracking", TRACKING, "Delivered", "Nov 2, 2026, 2:22 PM", "Columbus", "Out for delivery", "Nov 2, 2026, 8:05 AM", "Picked up",
     "Oct 30, 2026, 6:11 PM"))]  # fmt: skip


def test_a_part_cut_out_is_a_near_duplicate(found):
    cut = [(text, (x - 0.05) / 0.8, (y - 0.15) / 0.75) for text, x, y in ROWS[1:]]
    assert found(page_of("a.png", ROWS), page_of("b.png", cut))["exhibit-near-duplicate"] == "warning"


def test_another_parcel_and_an_earlier_state_are_no_duplicates(found):
    other = [(text.replace(TRACKING, "1Z12345E0205271688"), x, y) for text, x, y in ROWS]
    earlier = [row for row in ROWS if row[0] not in {"Delivered", "Nov 2, 2026, 2:22 PM", "Columbus"}]
    later = [(text, x, y if place < 2 else y - 0.2) for place, (text, x, y) in enumerate(earlier)]
    for rows in (other, earlier, later):
        assert "exhibit-near-duplicate" not in found(page_of("a.png", ROWS), page_of("b.png", rows))


def cells(shade):
    return bytes(shade(x, y) for y in range(32) for x in range(32) for _ in range(3))


def test_photographs_are_known_again(found):
    def photo(name, shade, size=(1600, 1200)):
        return file(name, "product_photo", thumbprint=cells(shade), pages=(size,), has_text=False)

    whole = photo("a.jpg", lambda x, y: 255 if (x - 16) ** 2 + (y - 14) ** 2 < 90 else 4 * x + 2 * y)
    smaller = photo("b.jpg", lambda x, y: 253 if (x - 16) ** 2 + (y - 14) ** 2 < 90 else 4 * x + 2 * y + 1, (800, 600))
    other = photo("c.jpg", lambda x, y: 255 if abs(x - 16) + abs(y - 18) < 9 else 4 * x + 2 * y)
    assert found(whole, smaller)["exhibit-near-duplicate"] == "warning"
    assert "exhibit-near-duplicate" not in found(whole, other)


def test_words_are_folded_once_a_file_however_many_there_are(monkeypatch):
    folded = []
    real = same_picture._lines
    monkeypatch.setattr(same_picture, "_lines", lambda file: folded.append(file.file) or real(file))
    files = [page_of(f"{number}.png", [(f"Parcel {10**11 + number * 7919}", 0.1, 0.05), *ROWS]) for number in range(40)]
    assert not list(near_duplicates(files))
    assert sorted(folded) == sorted(file.file for file in files)


def test_each_copy_is_named_once_with_the_first():
    files = [page_of(f"{number}.png", ROWS) for number in range(5)]
    assert list(near_duplicates(files)) == [(f"{number}.png", "0.png") for number in range(1, 5)]


def scene(seed):
    draw = random.Random(seed)
    spots = [(draw.randrange(32), draw.randrange(32), draw.randrange(4, 12), draw.randrange(256)) for _ in range(9)]

    def shade(x, y):
        return max((c for a, b, r, c in spots if (x - a) ** 2 + (y - b) ** 2 < r * r), default=40)

    return shade


def test_a_part_of_a_photograph_is_found_among_many_others():
    """Three quarters of its width and height, from the upper left corner."""
    shades = [scene(seed) for seed in range(30)]
    pictures = [(cells(shade), 4 / 3) for shade in shades]
    part = cells(lambda x, y: shades[7](int((x + 0.5) * 0.75), int((y + 0.5) * 0.75)))
    copy = bytes(min(255, value + 1) for value in cells(shades[3]))
    found = same_looks([*pictures, (part, 4 / 3), (copy, 4 / 3), (copy, 3 / 4)])
    assert found == {(7, 30), (3, 31)}
    assert same_looks([]) == same_looks(pictures[:1]) == frozenset()
    assert same_looks([(bytes(3072), 1.0), (bytes(3072), 1.0)]) == frozenset()


@pytest.fixture
def forgotten():
    same_look._LATELY.clear()
    same_look._compared.cache_clear()


def test_pictures_that_came_one_by_one_are_told_as_those_that_came_together(forgotten, monkeypatch):
    shades = [scene(seed) for seed in range(8)]
    part = cells(lambda x, y: shades[7](int((x + 0.5) * 0.75), int((y + 0.5) * 0.75)))
    pictures = [(cells(shade), 4 / 3) for shade in shades]
    pictures = [(part, 4 / 3), *pictures, pictures[4], (bytes(min(255, v + 1) for v in pictures[0][0]), 4 / 3)]
    for count in range(2, len(pictures) + 1):
        found = same_looks(pictures[:count])
    assert found == {(0, 8), (5, 9), (1, 10)}
    monkeypatch.setattr(same_look, "_Pairs", None)  # nothing is compared anew
    last = len(pictures) - 1
    assert same_looks(pictures[::-1]) == {(last - b, last - a) for a, b in found}
    assert same_looks(pictures[:9]) == {(0, 8)}
