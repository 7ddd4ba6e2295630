"""A guess at how many pages a PDF has, good enough to choose between answering at once and answering 202.

Nothing else depends on it: the real count comes from the guarded reading. No PDF library touches the file here; the text of the
file is searched, object streams are inflated up to a fixed size.
"""

import re
import zlib
from pathlib import Path

_MAX_BYTES = 40_000_000
_MAX_INFLATED = 4_000_000
_COUNT = re.compile(rb"/Count\s+(\d{1,6})\b")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,300}?stream\r?\n", re.DOTALL)


def guessed_pages(path: Path) -> int:
    """Pages of the file when it is a PDF, else 1 (a picture is one page)."""
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES)
    if b"%PDF-" not in data[:1024]:
        return 1
    texts = [data, *_object_streams(data)]
    counts = [int(number) for text in texts for number in _COUNT.findall(text)]
    return max([1, *counts, sum(len(_PAGE.findall(text)) for text in texts)])


def _object_streams(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    left = _MAX_INFLATED
    for match in _OBJECT_STREAM.finditer(data):
        if left <= 0:
            break
        try:
            text = zlib.decompressobj().decompress(data[match.end() : match.end() + _MAX_INFLATED], left)
        except zlib.error:
            continue
        found.append(text)
        left -= len(text)
    return found
