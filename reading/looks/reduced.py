"""The smaller copy of a page that looks are taken at: made once, for sharpness and bar codes alike."""

import numpy as np
import numpy.typing as npt
from PIL import Image

LONG_SIDE = 1600


def reduced(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Rows of grey whose long side is at most ``LONG_SIDE``; the same rows where it is so already."""
    if max(grey.shape) <= LONG_SIDE:
        return grey
    image = Image.fromarray(grey)
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    return np.asarray(image)
