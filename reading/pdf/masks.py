"""Pictures with a mask: what the mask hides is still in the picture, so it is painted white there."""

from pikepdf import Name, PdfImage, Stream
from PIL import Image

_SEEN = 26
"""Levels of 255 from which on something shows through."""
_EVEN = 24
_MOST_PIXELS = 24_000_000


def bare_picture(stream: Stream) -> bytes | None:
    """RGB rows of the picture without what its mask hides; ``None`` where the mask hides nothing to speak of.

    Raises:
        ValueError: it cannot be told.
    """
    mask, stencil = stream.get(Name.SMask), stream.get(Name.Mask)
    veil = mask if isinstance(mask, Stream) else stencil
    if not isinstance(veil, Stream):
        return None
    if int(stream.Width) * int(stream.Height) > _MOST_PIXELS:
        raise ValueError("too large")
    try:
        base = PdfImage(stream).as_pil_image().convert("RGB")
        shown = PdfImage(veil).as_pil_image().convert("L")
    except Exception as error:
        raise ValueError("unreadable") from error
    if veil is stencil and not isinstance(mask, Stream) and veil.get(Name.Decode) is None:
        shown = shown.point(lambda level: 255 - level)
    shown = shown.resize(base.size, Image.Resampling.NEAREST)
    hidden = shown.point(lambda level: 255 if level < _SEEN else 0)
    if hidden.getbbox() is None:
        return None
    grey = base.convert("L")
    levels = [place for place, count in enumerate(grey.histogram(hidden)) if count]
    if levels[-1] - levels[0] <= _EVEN:
        return None
    base.paste((255, 255, 255), (0, 0, *base.size), hidden)
    return base.tobytes()
