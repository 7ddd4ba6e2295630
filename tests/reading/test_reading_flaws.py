"""Pictures that were made badly are told apart from those that only look unusual."""

import io

import numpy as np
import pytest
from made_files import text_picture
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from casefile.reading import Line
from reading.looks.exposure import exposure
from reading.looks.flaws import flaws

TEXT = tuple(f"Line {number} of a page with words enough" for number in range(8))
PAGE = text_picture(*TEXT, size=(1200, 640), height=32)
LINES = tuple(
    Line(text=text, box=(35 / 1200, (36 + 64 * row) / 640, 700 / 1200, (84 + 64 * row) / 640), score=0.98)
    for row, text in enumerate(TEXT)
)


def told(image, lines=LINES):
    return [flaw.what for flaw in flaws(np.asarray(image.convert("L")), lines)]


def packed(image, kind, quality):
    sink = io.BytesIO()
    image.save(sink, kind, quality=quality)
    return Image.open(io.BytesIO(sink.getvalue())).convert("RGB")


def photographed(image, gain=0.85, noise=5):
    """As a camera sees it: lit unevenly, with noise."""
    rng = np.random.default_rng(11)
    pixels = np.asarray(image, np.float32) * np.linspace(gain, gain * 1.1, image.width)[None, :, None]
    return Image.fromarray((pixels + rng.normal(0, noise, pixels.shape)).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize(
    "image",
    [
        PAGE,
        ImageOps.invert(PAGE),
        ImageOps.invert(PAGE).point(lambda value: 20 + value // 4),
        packed(PAGE, "JPEG", 60),
        packed(PAGE, "WEBP", 60),
        packed(PAGE.resize((840, 448), Image.Resampling.BILINEAR), "JPEG", 60),
        Image.new("RGB", (1200, 640), "white"),
    ],
    ids=["light", "dark", "dark and dim", "jpeg", "webp", "scaled down", "blank"],
)
def test_screenshots_as_people_send_them_have_no_flaw(image):
    assert told(image) == []


@pytest.mark.parametrize("times", [2, 3])
def test_an_enlarged_screenshot_is_known(times):
    image = PAGE.resize((1200 * times, 640 * times), Image.Resampling.BILINEAR)
    (flaw,) = flaws(np.asarray(image.convert("L")), LINES)
    assert flaw.what == "enlarged"
    assert flaw.amount == pytest.approx(times, rel=0.3)
    assert flaws(np.asarray(image.convert("L")), LINES, whole=False) == ()


@pytest.mark.parametrize("size", [(2160, 640), (1200, 1152)])
def test_a_stretched_screenshot_is_known(size):
    (flaw,) = flaws(np.asarray(PAGE.resize(size, Image.Resampling.BICUBIC).convert("L")), LINES)
    assert flaw.what == "stretched"
    assert flaw.amount == pytest.approx(1.8, rel=0.25)


def test_photographs_are_judged_by_their_light():
    assert told(photographed(PAGE)) == []
    assert told(photographed(PAGE, gain=0.18, noise=2)) == ["too_dark"]
    pale = PAGE.point(lambda value: 180 + value // 5)
    assert told(photographed(pale, gain=1.0, noise=2), ()) == ["too_bright"]
    assert told(photographed(pale, gain=1.0, noise=2)) == []  # its words were read


def test_goods_on_a_white_ground_are_no_overexposure():
    image = Image.new("RGB", (1200, 900), "white")
    pen = ImageDraw.Draw(image)
    pen.ellipse((420, 200, 780, 700), fill=(236, 236, 232))
    pen.ellipse((430, 210, 640, 500), fill=(205, 205, 200))
    assert told(image.filter(ImageFilter.GaussianBlur(1)), ()) == []


def reflected(image):
    down, across = np.mgrid[0 : image.height, 0 : image.width]
    distance = np.hypot(across - image.width * 0.4, down - image.height * 0.5)
    light = np.clip(1.6 - distance / 110, 0, 1)[..., None] * 330
    return Image.fromarray((np.asarray(image, np.float32) + light).clip(0, 255).astype(np.uint8))


def test_a_lamp_among_the_words_is_told_with_its_place():
    paper = photographed(PAGE, gain=0.65, noise=3)
    (flaw,) = flaws(np.asarray(reflected(paper).convert("L")), LINES)
    assert flaw.what == "reflection"
    x0, y0, x1, y1 = flaw.box
    assert x0 < 0.4 < x1
    assert y0 < 0.5 < y1
    beside = tuple(Line(text=line.text, box=(0.8, 0.9, 1, 0.95), score=0.98) for line in LINES)
    assert told(reflected(paper), beside) == []


def test_white_paper_is_no_reflection():
    desk = Image.new("RGB", (1200, 900), (110, 90, 80))
    desk.paste("white", (300, 250, 900, 650))
    assert exposure(np.asarray(photographed(desk, gain=1.1).convert("L"))).reflections == ()
