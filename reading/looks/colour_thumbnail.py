"""A picture in 32 by 32 cells of colour: enough to know a copy, a scaled copy or a cut-out of it again, and to show nothing."""

from PIL import Image

from casefile.reading import THUMB_SIDE, Thumbprint


def thumbprint(picture: Image.Image) -> Thumbprint:
    """The cells of a picture (grey or RGB, upright), whatever its proportions."""
    small = picture.resize((THUMB_SIDE, THUMB_SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    return small.convert("RGB").tobytes()
