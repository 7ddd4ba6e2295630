"""A place to write frames that nobody reads, for warming a decoder up before it is locked down."""

import contextlib
import os
from collections.abc import Callable


def discard(write: Callable[[int], None]) -> None:
    """Call ``write`` with a descriptor that forgets; what it raises is forgotten too."""
    descriptor = os.open(os.devnull, os.O_WRONLY)
    try:
        with contextlib.suppress(Exception):
            write(descriptor)
    finally:
        os.close(descriptor)
