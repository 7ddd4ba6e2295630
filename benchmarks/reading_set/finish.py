"""What happens to a screenshot or a sheet before it is uploaded: recompression, scaling, blur, a telephone's photograph."""

import io
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def jpeg(image: Image.Image, quality: int) -> Image.Image:
    sink = io.BytesIO()
    image.save(sink, "JPEG", quality=quality, subsampling=2)
    return Image.open(io.BytesIO(sink.getvalue())).convert("RGB")


def scaled(image: Image.Image, share: float) -> Image.Image:
    return image.resize(
        (max(1, round(image.width * share)), max(1, round(image.height * share))), Image.Resampling.BILINEAR
    )


def blurred(image: Image.Image, sigma: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(sigma))


def shaken(image: Image.Image, length: int) -> Image.Image:
    pixels = np.asarray(image, np.float32)
    return Image.fromarray(np.mean([np.roll(pixels, step, 1) for step in range(length)], axis=0).astype(np.uint8))


def noisy(image: Image.Image, deviation: float, seed: int) -> Image.Image:
    pixels = np.asarray(image, np.float32) + np.random.default_rng(seed).normal(
        0, deviation, (image.height, image.width, 1)
    )
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def messenger(image: Image.Image, dice: random.Random) -> Image.Image:
    long = 1280 if image.width > image.height else 1920
    share = min(1.0, long / max(image.size))
    return jpeg(scaled(image, share), dice.randint(45, 70))


def covered(image: Image.Image, box: tuple[int, int, int, int], how: str) -> Image.Image:
    copy = image.copy()
    left, top, right, bottom = box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3
    if how == "black":
        ImageDraw.Draw(copy).rectangle((left, top, right, bottom), fill="black")
    elif how == "mosaic":
        part = copy.crop((left, top, right, bottom))
        part = part.resize((max(1, part.width // 10), max(1, part.height // 10))).resize(
            part.size, Image.Resampling.NEAREST
        )
        copy.paste(part, (left, top))
    elif how == "blur":
        copy.paste(
            copy.crop((left, top, right, bottom)).filter(ImageFilter.GaussianBlur((bottom - top) / 3)), (left, top)
        )
    else:
        middle = (left + right) // 2
        ImageDraw.Draw(copy).rectangle((middle, top, right, bottom), fill="black")
    return copy


def photographed(image: Image.Image, size: tuple[int, int], dice: random.Random) -> tuple[Image.Image, float]:
    """The picture as a telephone sees it on a table or a screen, and the scale at which it appears."""
    share = min(size[0] / image.width, size[1] / image.height) * dice.uniform(0.8, 0.95)
    width, height = image.width * share, image.height * share
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    wobble = lambda: dice.uniform(-0.025, 0.025) * min(size)  # noqa: E731
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    corners = [(x + wobble(), y + wobble()) for x, y in corners]
    big = image.resize((round(width), round(height)), Image.Resampling.LANCZOS) if share < 1 else image
    coefficients = _perspective(corners, big.size)
    laid = big.convert("RGBA").transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    ground = Image.new("RGB", size, (dice.randint(60, 150),) * 3)
    ground.paste(laid, mask=laid.getchannel("A"))
    rows = np.linspace(dice.uniform(0.75, 1.0), dice.uniform(0.9, 1.08), size[1], dtype=np.float32)[:, None, None]
    lit = (np.asarray(ground, np.float32) * rows * np.array([1.0, 0.985, 0.96], np.float32)).clip(0, 255)
    return Image.fromarray(lit.astype(np.uint8)), share


def _perspective(corners: list[tuple[float, float]], size: tuple[int, int]) -> list[float]:
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, ((0, 0), (size[0], 0), (size[0], size[1]), (0, size[1])), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return list(np.linalg.solve(np.array(rows, float), np.array(right, float)))
