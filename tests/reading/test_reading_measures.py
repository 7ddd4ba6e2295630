"""Sharpness, bar codes, text height and perceptual hash on drawn pages."""

import numpy as np
import pytest
import zxingcpp
from made_files import corner_picture, text_picture
from PIL import Image, ImageFilter

from casefile.reading import Line
from reading.looks.barcodes import barcodes
from reading.looks.perceptual_hash import perceptual_hash
from reading.looks.sharpness import edge_width, sharpness
from reading.looks.text_height import text_height

PAGE = text_picture(
    *(f"Line {number} of a page with words enough" for number in range(12)), size=(1200, 900), height=28
)


def grey(image):
    return np.asarray(image.convert("L"))


def blurred(sigma, image=PAGE):
    return image.filter(ImageFilter.GaussianBlur(sigma))


def test_drawn_text_is_sharp_and_blur_is_measured():
    assert sharpness(grey(PAGE)).verdict == "sharp"
    assert edge_width(grey(PAGE)) < 1.8
    assert sharpness(grey(blurred(3))).verdict == "blurred"
    blocks = corner_picture("L", size=(1200, 900)).convert("RGB")
    blocks.paste("black", (100, 100, 500, 500))
    for sigma in (1.0, 2.0, 3.0):
        assert edge_width(grey(blurred(sigma, blocks))) == pytest.approx(2.5 * sigma, rel=0.12)


def test_dark_pages_and_other_sizes_measure_alike():
    dark = Image.eval(PAGE, lambda value: 255 - value)
    assert edge_width(grey(dark)) == pytest.approx(edge_width(grey(PAGE)), abs=0.1)
    double = PAGE.resize((2400, 1800), Image.Resampling.LANCZOS)
    assert sharpness(grey(double)).verdict == "sharp"


def test_noise_is_not_taken_for_sharpness():
    rng = np.random.default_rng(4711)
    soft = grey(blurred(3)).astype(np.int16)
    noisy = np.clip(soft + rng.normal(0, 6, soft.shape), 1, 254).astype(np.uint8)
    assert sharpness(noisy).verdict == "blurred"
    sharp = np.clip(grey(PAGE).astype(np.int16) * 0.9 + 10 + rng.normal(0, 6, soft.shape), 1, 254).astype(np.uint8)
    assert sharpness(sharp).verdict == "sharp"


def test_motion_in_one_direction_counts():
    kernel = np.ones(11) / 11
    moved = np.apply_along_axis(lambda row: np.convolve(row, kernel, "same"), 1, grey(PAGE).astype(float))
    # Thin strokes smear into steps as narrow as themselves, so this is the mildest verdict it may get.
    assert sharpness(moved.astype(np.uint8)).verdict in {"soft", "blurred"}


@pytest.mark.parametrize(
    "page", [np.full((900, 1200), 255, np.uint8), np.zeros((900, 1200), np.uint8), np.zeros((5, 5), np.uint8)]
)
def test_empty_pages_have_no_content(page):
    measured = sharpness(page)
    assert (measured.edge_width, measured.verdict) == (None, "no_content")


def code(text, kind, scale=4):
    symbol = zxingcpp.create_barcode(text, kind)
    return Image.fromarray(np.array(symbol.to_image(scale=scale, add_quiet_zones=True)))


@pytest.mark.parametrize(
    ("kind", "name"),
    [(zxingcpp.BarcodeFormat.Code128, "Code128"), (zxingcpp.BarcodeFormat.QRCode, "QRCode"),
     (zxingcpp.BarcodeFormat.DataMatrix, "DataMatrix"), (zxingcpp.BarcodeFormat.PDF417, "PDF417")],
)  # fmt: skip
@pytest.mark.parametrize("turned", [0, 90])
def test_bar_codes_are_read_with_their_place(kind, name, turned):
    symbol = code("1Z999AA10123456784", kind).rotate(turned, expand=True)
    page = Image.new("L", (1400, 1400), 255)
    page.paste(symbol, (200, 300))
    (seen,) = barcodes(np.asarray(page))
    assert (seen.text, seen.format) == ("1Z999AA10123456784", name)
    x0, y0, x1, y1 = seen.box
    assert 190 / 1400 < x0 < x1 < (210 + symbol.width) / 1400
    assert 290 / 1400 < y0 < y1 < (310 + symbol.height) / 1400


def test_a_small_code_on_a_large_photo_is_found():
    page = Image.new("L", (4000, 3000), 230)
    page.paste(code("JD0146000", zxingcpp.BarcodeFormat.Code128, scale=2), (2500, 1500))
    assert [seen.text for seen in barcodes(np.asarray(page))] == ["JD0146000"]


def test_no_code_is_no_code():
    assert barcodes(grey(PAGE)) == ()


def test_hash_survives_scaling_and_recompression():
    image = corner_picture(size=(900, 700))
    small = image.resize((450, 350))
    distance = (perceptual_hash(grey(image)) ^ perceptual_hash(grey(small))).bit_count()
    assert distance <= 4
    turned = perceptual_hash(grey(image.transpose(Image.Transpose.ROTATE_90)))
    assert (perceptual_hash(grey(image)) ^ turned).bit_count() > 4
    assert 0 <= turned < 2**64


def test_text_height_is_the_size_of_most_of_the_type():
    lines = [Line(text="x" * 40, box=(0, 0.1, 1, 0.1 + 22 / 1000), score=0.9)] * 5
    lines += [Line(text="HEAD", box=(0, 0.5, 1, 0.6), score=0.9), Line(text="?" * 99, box=(0, 0, 1, 1), score=0.2)]
    assert text_height(lines, 1000, from_ocr=True) == 20.0
    assert text_height((), 1000, from_ocr=True) is None
