"""The blur map is red where the page is blurred and nowhere else."""

import io

import numpy as np
from made_files import encoded, text_picture
from PIL import Image, ImageFilter

from reading.looks.blur_map import blur_map


def red(picture):
    rows = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), np.int16)
    return (rows[:, :, 0] - rows[:, :, 1]).mean()


def test_a_sharp_page_stays_as_it_is_and_a_blurred_one_turns_red():
    page = text_picture("Order 112-4829307-7716253", "Delivered Nov 2, 2026 2:22 PM", "Shipment progress and more")
    sharp = blur_map(encoded(page, "PNG"), 1)
    blurred = blur_map(encoded(page.filter(ImageFilter.GaussianBlur(5)), "PNG"), 1)
    assert red(sharp) < 1
    assert red(blurred) > red(sharp) + 2
    assert max(Image.open(io.BytesIO(sharp)).size) <= 1280


def test_the_map_stands_upright():
    page = text_picture("Turned words on a page")
    assert Image.open(io.BytesIO(blur_map(encoded(page, "PNG"), 6))).size[1] > 640 * 0.9
