"""A document opened together with new streams whose bytes stay where they are until it is saved.

The library copies the bytes of a stream that is added to a document, but not those of the file that it has open. So the streams
are shown to it as an update at the end of that file (ISO 32000-2, 7.5.6): a hundred photographs are then in memory once, not twice.
"""

import bisect
import io
import itertools
from collections.abc import Sequence
from typing import BinaryIO, cast

import pikepdf

Pieces = Sequence[bytes | memoryview]
"""The raw data of one stream, in pieces that need not be joined."""


class _Joined(io.RawIOBase):
    """Pieces of bytes read as one file."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = [memoryview(piece) for piece in pieces]
        self._starts = list(itertools.accumulate(map(len, self._pieces), initial=0))
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._starts[-1]}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # callers give a memory view
        filled, place = 0, bisect.bisect_right(self._starts, self._at) - 1
        while filled < len(buffer) and place < len(self._pieces):
            start = self._at - self._starts[place]
            piece = self._pieces[place][start : start + len(buffer) - filled]
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
            place += 1
        return filled


def open_holding(document: bytes, streams: Sequence[Pieces]) -> tuple[pikepdf.Pdf, tuple[pikepdf.Object, ...]]:
    """``document`` opened, and an indirect stream object for each of ``streams``; their dictionaries are the caller's to fill."""
    if not streams:
        return pikepdf.open(io.BytesIO(document)), ()
    with pikepdf.open(io.BytesIO(document)) as plain:
        root, first = plain.Root.objgen, len(plain.objects) + 1
        first = max(first, int(plain.trailer.Size))
    pieces: list[bytes | memoryview] = [document, b"\n"]
    at, places = len(document) + 1, []
    for number, stream in enumerate(streams, start=first):
        head = b"%d 0 obj\n<</Length %d>>\nstream\n" % (number, sum(map(len, stream)))
        places.append(at)
        pieces += [head, *stream, b"\nendstream\nendobj\n"]
        at += sum(map(len, (head, *stream, pieces[-1])))
    before = int(document.rpartition(b"startxref")[2].split()[0])
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root %d %d R/Prev %d>>\n" % (first + len(streams), *root, before)
    pieces.append(b"xref\n%d %d\n%s%sstartxref\n%d\n%%%%EOF\n" % (first, len(streams), rows, trailer, at))
    pdf = pikepdf.open(cast("BinaryIO", _Joined(pieces)))
    return pdf, tuple(pdf.get_object(number, 0) for number in range(first, first + len(streams)))
