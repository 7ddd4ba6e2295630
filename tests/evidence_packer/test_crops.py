"""The picture of a place: there is one however thin the page is, and wherever on it the place lies."""

import io

import pytest
from PIL import Image

from press.images import boxed_crop, detail
from tests.reading.made_files import encoded

PLACES = [(0, 0, 1, 1), (1, 1, 1, 1), (0, 0, 0, 0), (0.4, 0.4, 0.6, 0.5), (0, 0.999, 1, 1)]


@pytest.mark.parametrize("size", [(1, 2000), (2000, 1), (3, 3), (400, 300)])
@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_a_picture(size, place):
    data = encoded(Image.new("RGB", size, "white"), "PNG")
    assert min(Image.open(io.BytesIO(boxed_crop(data, 1, place))).size) >= 1
    if place[2] > place[0]:
        assert min(Image.open(io.BytesIO(detail(data, 1, place, (120, 90)))).size) >= 1
