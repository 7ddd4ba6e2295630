"""A picture that was moved while it was taken is known at every angle; type, bars and lines by themselves are not taken for it."""

import math

import numpy as np
import pytest
from made_files import font
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from reading.looks.shake import widened_by_shake
from reading.looks.sharpness import sharpness

ANGLES = (0, 30, 45, 60, 90, 120, 135, 150)
TEXT = "Nov 2, 2026 Delivered, front door 112-4829307-7716253"
CHINESE = "2026年11月2日 包裹已签收 订单 112-4829307"


def page(text=TEXT, size=20, face=""):
    image = Image.new("L", (900, 500), 255)
    pen = ImageDraw.Draw(image)
    letters = ImageFont.truetype(f"fonts/EvidenceSans{face}-Regular.ttf", size) if face else font(size)
    for row in range(500 // (2 * size) - 1):
        pen.text((40, 30 + row * 2 * size), text, font=letters, fill=20)
    return image


def shaken(image, length, angle):
    """The mean of the picture moved along a line of ``length`` pixels."""
    steps = 4 * length
    total = np.zeros((image.height, image.width), np.float32)
    for step in range(steps):
        way = (step / (steps - 1) - 0.5) * length
        move = (1, 0, way * math.cos(math.radians(angle)), 0, 1, way * math.sin(math.radians(angle)))
        total += np.asarray(
            image.transform(image.size, Image.Transform.AFFINE, move, Image.Resampling.BILINEAR, fillcolor=255)
        )
    return np.rint(total / steps).astype(np.uint8)


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize(("text", "face"), [(TEXT, ""), (CHINESE, "SC")])
def test_a_shake_is_seen_at_every_angle(angle, text, face):
    image = page(text, face=face)
    soft, blurred = (sharpness(shaken(image, length, angle)) for length in (6, 12))
    assert soft.verdict != "sharp"
    assert blurred.verdict == "blurred"
    assert blurred.edge_width > soft.edge_width


@pytest.mark.parametrize("angle", ANGLES)
def test_a_tremble_is_none(angle):
    assert sharpness(shaken(page(), 1, angle)).verdict == "sharp"


def bars(step=9):
    image = Image.new("L", (900, 500), 255)
    pen = ImageDraw.Draw(image)
    for place, x in enumerate(range(40, 860, step)):
        pen.rectangle((x, 40, x + 1 + place * 7 % 5, 460), fill=0)
    return image


def ruled(text=TEXT):
    image = page(text)
    pen = ImageDraw.Draw(image)
    for y in range(20, 500, 20):
        pen.line((20, y, 880, y), fill=120, width=2)
    return image


@pytest.mark.parametrize(
    "image",
    [
        page(), page(CHINESE, face="SC"), page(size=14), page(size=34), page().rotate(12, fillcolor=255),
        page().rotate(45, fillcolor=255), page().resize((600, 333)), page().filter(ImageFilter.GaussianBlur(1.5)),
        Image.new("L", (900, 500), 255), Image.new("L", (20, 20), 0),
    ],
)  # fmt: skip
def test_type_in_any_position_is_not_taken_for_shaken(image):
    assert widened_by_shake(np.asarray(image, np.int16)) == 1


@pytest.mark.parametrize(
    "image",
    [
        page("IIII llll 1111 |||| HHHH"), page("-- == __ ---- ==== EEEE"), bars(), bars().rotate(90),
        *(bars().rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) for angle in (10, 30, 45, 60)), ruled(),
    ],
)  # fmt: skip
def test_what_has_one_direction_by_itself_is_sharp(image):
    assert sharpness(np.asarray(image)).verdict in {"sharp", "no_content"}


def test_noise_is_no_shake():
    noise = np.random.default_rng(3).normal(0, 8, (500, 900))
    assert widened_by_shake((np.asarray(page(), np.float32) + noise).clip(0, 255).astype(np.int16)) == 1
