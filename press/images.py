"""Pictures for people: a boxed crop, and a smaller copy where a limit asks for one. Works on cleaned pictures only."""

import io

from PIL import Image, ImageDraw, ImageOps

from press.pdf.pictures import Picture

_ACCENT = (200, 60, 20)
_LIMIT = 60_000_000


def _opened(data: bytes, orientation: int) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = _LIMIT
    image: Image.Image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    image = image.convert("RGB")
    turns = {2: (Image.Transpose.FLIP_LEFT_RIGHT,), 3: (Image.Transpose.ROTATE_180,), 4: (Image.Transpose.FLIP_TOP_BOTTOM,),
             5: (Image.Transpose.TRANSPOSE,), 6: (Image.Transpose.ROTATE_270,), 7: (Image.Transpose.TRANSVERSE,),
             8: (Image.Transpose.ROTATE_90,)}  # fmt: skip
    for turn in turns.get(orientation, ()):
        image = image.transpose(turn)
    return image


def boxed_crop(data: bytes, orientation: int, box: tuple[float, float, float, float], width: int = 640) -> bytes:
    """The surroundings of ``box`` (0 to 1 of the upright picture) as a JPEG of about ``width`` pixels, the box outlined."""
    image = _opened(data, orientation)
    x0, y0, x1, y1 = (edge * size for edge, size in zip(box, (*image.size, *image.size), strict=True))
    wide = max((x1 - x0) * 1.9, image.width * 0.28)
    tall = max((y1 - y0) * 5, wide * 0.22)
    left = min(max(0, (x0 + x1 - wide) / 2), max(0, image.width - wide))
    top = min(max(0, (y0 + y1 - tall) / 2), max(0, image.height - tall))
    area = (round(left), round(top), round(min(image.width, left + wide)), round(min(image.height, top + tall)))
    crop = image.crop(area)
    line = max(2, crop.width // 200)
    pad = line * 2
    ImageDraw.Draw(crop).rectangle(
        (x0 - area[0] - pad, y0 - area[1] - pad, x1 - area[0] + pad, y1 - area[1] + pad), outline=_ACCENT, width=line
    )
    if crop.width > width:
        crop = crop.resize((width, max(1, round(crop.height * width / crop.width))), Image.Resampling.LANCZOS)
    sink = io.BytesIO()
    crop.save(sink, "JPEG", quality=82)
    return sink.getvalue()


def smaller(picture: Picture, long_side: int, quality: int) -> Picture:
    """The picture upright as a JPEG whose longer side is at most ``long_side`` pixels."""
    image = (
        ImageOps.contain(_opened(picture.data, picture.orientation), (long_side, long_side))
        if max(picture.width, picture.height) > long_side
        else _opened(picture.data, picture.orientation)
    )
    sink = io.BytesIO()
    image.save(sink, "JPEG", quality=quality, optimize=True)
    return Picture(data=sink.getvalue(), format="jpeg", width=image.width, height=image.height)
