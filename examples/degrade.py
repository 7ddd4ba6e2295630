"""Turns clean pictures into what people really upload: photographs of labels, blurred scans, recompressed screenshots.

Everything is numpy and Pillow with a fixed seed, so the same source gives the same picture.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter, ImageOps

Size = tuple[int, int]


def screenshot(source: Path, out: Path, *, quality: int = 90) -> None:
    """A screenshot as saved by the system: PNG as it is (stripped and packed), or JPEG of ``quality``."""
    image = Image.open(source).convert("RGB")
    if out.suffix == ".png":
        image.save(out, optimize=True)
    else:
        image.save(out, quality=quality, subsampling=2)


def blurred(source: Path, out: Path, *, radius: float, seed: int = 1, quality: int = 80) -> None:
    """A scan out of focus: Gaussian blur of ``radius`` pixels, uneven light and a little sensor noise."""
    image = Image.open(source).convert("RGB").filter(ImageFilter.GaussianBlur(radius))
    pixels = np.asarray(image, np.float32) * _light(image.size, 0.93, 1.0)[..., None]
    _save(_noisy(pixels, 1.6, seed), out, quality)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """How a sheet was photographed.

    ``corners`` are where the sheet's corners land (clockwise from top left, 0 to 1 of the picture). ``taken_at`` goes into
    EXIF. ``turned`` stores the pixels lying on their side with an orientation tag, as telephones do.
    """

    size: Size
    corners: list[list[float]]
    taken_at: str | None = None
    ground: str = "cardboard"
    seed: int = 1
    quality: int = 84
    turned: bool = False


def photograph(source: Path, out: Path, **how: Any) -> None:
    """A telephone photograph of a printed sheet lying on something; ``how`` are the fields of ``Photo``."""
    photo = Photo(**how)
    size, seed = tuple(photo.size), photo.seed
    sheet = Image.open(source).convert("RGB")
    places = [(x * size[0], y * size[1]) for x, y in photo.corners]
    base = GROUNDS[photo.ground](size, seed)
    paper, mask = _laid(sheet, size, places)
    shadow = np.asarray(mask.filter(ImageFilter.GaussianBlur(16)), np.float32) / 255
    base *= (1 - 0.45 * np.roll(shadow, (10, 7), (0, 1)))[..., None]
    grain = _fibres(size, seed + 7, 1.1)[..., None]
    sheet_pixels = np.asarray(paper, np.float32) * np.array([0.985, 0.975, 0.95]) + grain
    alpha = np.asarray(mask, np.float32)[..., None] / 255
    pixels = (base * (1 - alpha) + sheet_pixels * alpha) * _light(size, 0.78, 1.05)[..., None]
    soft = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    _save(_noisy(np.asarray(soft, np.float32), 2.4, seed + 3), out, photo.quality, photo.taken_at, turned=photo.turned)


def _save(pixels: np.ndarray, out: Path, quality: int, taken_at: str | None = None, *, turned: bool = False) -> None:
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    exif = Image.Exif()
    if turned:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[0x0112] = 6
    if taken_at:
        moment = dt.datetime.fromisoformat(taken_at)
        details = exif.get_ifd(0x8769)
        details[0x9003] = moment.strftime("%Y:%m:%d %H:%M:%S")
        details[0x9011] = moment.strftime("%z")[:3] + ":" + moment.strftime("%z")[3:]
    if out.suffix == ".png":
        image.save(out, optimize=True)
    else:
        image.save(out, quality=quality, subsampling=2, exif=exif)


def _noisy(pixels: np.ndarray, strength: float, seed: int) -> np.ndarray:
    return pixels + np.random.default_rng(seed).normal(0, strength, pixels.shape)


def _light(size: Size, low: float, high: float) -> np.ndarray:
    """Light that falls off from the upper left, and a weak vignette."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    x, y = x / size[0], y / size[1]
    slope = high - (high - low) * (0.35 * x + 0.65 * y)
    return slope * (1 - 0.16 * ((x - 0.5) ** 2 + (y - 0.5) ** 2))


def _fibres(size: Size, seed: int, strength: float, stretch: float = 1.0) -> np.ndarray:
    """Smooth noise on three scales, longer along x by ``stretch``: the grain of paper and board."""
    noise = np.random.default_rng(seed)
    total = np.zeros((size[1], size[0]), np.float32)
    for step, weight in ((2, 1.0), (7, 1.4), (60, 2.2)):
        small = noise.normal(0, 1, (size[1] // step + 2, int(size[0] / step / stretch) + 2)).astype(np.float32)
        total += weight * np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC))
    return strength * total


def _cardboard(size: Size, seed: int) -> np.ndarray:
    """A brown box with fine flutes, fibres and a strip of clear tape."""
    y = np.arange(size[1], dtype=np.float32)[:, None]
    flutes = 1.6 * np.sin(y / 5.2) + 1.2 * np.sin(y / 31)
    board = np.array([182, 145, 104], np.float32) + (flutes + _fibres(size, seed, 2.0, 2.2))[..., None]
    left, right = int(size[0] * 0.44), int(size[0] * 0.57)
    board[:, left:right] = board[:, left:right] * 0.93 + 13
    board[:, [left, left + 1, right - 1, right]] += 22
    return board


def _table(size: Size, seed: int) -> np.ndarray:
    """A grey packing table."""
    return np.array([126, 130, 133], np.float32) + _fibres(size, seed, 1.8, 2.0)[..., None]


GROUNDS: dict[str, Callable[[Size, int], np.ndarray]] = {"cardboard": _cardboard, "table": _table}


def _laid(sheet: Image.Image, size: Size, places: list[tuple[float, float]]) -> tuple[Image.Image, Image.Image]:
    """``sheet`` drawn in perspective with its corners at ``places``, and the mask of where it lies."""
    width, height = sheet.size
    edge = 4  # a margin that is no paper softens the outline, as a lens does
    corners = [(edge, edge), (width + edge, edge), (width + edge, height + edge), (edge, height + edge)]
    rows, values = [], []
    for (x, y), (u, v) in zip(places, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    warp = tuple(np.linalg.solve(np.array(rows, float), np.array(values, float)))
    how = (size, Image.Transform.PERSPECTIVE, warp, Image.Resampling.BICUBIC)
    paper = ImageOps.expand(sheet, edge, fill=sheet.getpixel((1, 1)))
    return paper.transform(*how), ImageOps.expand(Image.new("L", sheet.size, 255), edge, fill=0).transform(*how)


FINISHES: dict[str, Callable[..., None]] = {"screenshot": screenshot, "blurred": blurred, "photograph": photograph}
