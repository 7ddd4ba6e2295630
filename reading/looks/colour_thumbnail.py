"""A picture in 32 by 32 cells of colour: enough to know a copy, a scaled copy or a cut-out of it again, and to show nothing."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from casefile.reading import THUMB_SIDE, Thumbprint


def thumbprint(pixels: npt.NDArray[np.uint8]) -> Thumbprint:
    """The cells of a picture (rows of grey or RGB, upright), whatever its proportions."""
    small = Image.fromarray(pixels).resize((THUMB_SIDE, THUMB_SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    return small.convert("RGB").tobytes()
