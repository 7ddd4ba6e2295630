"""A picture for people: where a page is blurred, drawn over the page in red, so that nobody has to believe a number."""

import io

import numpy as np
from PIL import Image, ImageOps

from reading.looks.sharpness import SHARP_UP_TO, SOFT_UP_TO, TILE, tile_widths

_WORST = 2 * SOFT_UP_TO
_STRONGEST = 0.55
_RED = (214, 40, 40)


def blur_map(data: bytes, orientation: int, width: int = 640) -> bytes:
    """The cleaned picture as a JPEG of at most ``width`` pixels, each place the redder the wider its edges are."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
        image = _upright(opened, orientation)
    tiles = tile_widths(np.asarray(image.convert("L")))
    strength = np.clip((np.nan_to_num(tiles, nan=0.0) - SHARP_UP_TO) / (_WORST - SHARP_UP_TO), 0, 1) * _STRONGEST * 255
    mask = Image.fromarray(strength.astype(np.uint8)).resize(
        (tiles.shape[1] * TILE, tiles.shape[0] * TILE), Image.Resampling.BILINEAR
    )
    small = ImageOps.contain(image, (width, width * 2))
    scale = min(1.0, 1600 / max(image.size))
    covered = (round(image.width * scale), round(image.height * scale))
    mask = mask.crop((0, 0, *covered)).resize(small.size, Image.Resampling.BILINEAR)
    small.paste(Image.new("RGB", small.size, _RED), mask=mask)
    sink = io.BytesIO()
    small.save(sink, "JPEG", quality=80)
    return sink.getvalue()


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    plain = image.convert("RGB")
    plain.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(plain)
