"""Decoding a picture to its last row, and drawing the tiny pictures that warm decoders up."""

import io
from typing import Any

from PIL import Image

from reading.intake import Refusal


def load(image: Image.Image) -> None:
    """Decode every row.

    Raises:
        Refusal: ``file-truncated`` when rows are missing, ``file-unreadable`` for any other fault of the bytes.
    """
    try:
        image.load()
    except MemoryError:
        raise
    except Exception as error:
        cut = any(word in str(error).lower() for word in ("truncated", "unexpected end", "incomplete", "end of file"))
        raise Refusal("file-truncated" if cut else "file-unreadable") from error


def sample(mode: str, kind: str, **options: Any) -> bytes:  # noqa: ANN401  # what the encoder takes
    """A picture of 16 by 8 pixels, encoded as ``kind``."""
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((16, 8)).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()
