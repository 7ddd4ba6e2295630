"""dHash: 64 bits that stay nearly the same when a picture is scaled, recompressed or slightly cropped.

Each bit says whether a cell of an 8 by 9 grid is brighter than its right neighbour. Two readings with few differing bits are
near duplicates; the distance that counts is the check's business.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image


def perceptual_hash(grey: npt.NDArray[np.uint8]) -> int:
    """The 64-bit dHash of a page (rows of grey, upright)."""
    small = np.asarray(Image.fromarray(grey).resize((9, 8), Image.Resampling.BOX), dtype=np.int16)
    bits = (small[:, :-1] > small[:, 1:]).flatten()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")
