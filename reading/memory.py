"""Readings kept in memory, so that form, check and pack of one file read it once.

Bounded by bytes, the least recently used goes first. Nothing is kept on disk.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from casefile.reading import PreparedImage, ReadFile


def weight(file: ReadFile) -> int:
    """About how many bytes a read file holds."""
    rasters = () if isinstance(file.prepared, PreparedImage) else file.prepared.rasters
    lines = sum(200 + 2 * len(line.text) for page in file.reading.pages for line in page.lines)
    pictures = sum(len(picture.data) for _, picture in rasters) + sum(map(len, file.previews))
    return len(file.prepared.data) + pictures + lines


class ReadingMemory:
    """Read files by key, at most ``budget`` bytes of them (0 keeps none). Threads may share it."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._files: OrderedDict[Hashable, ReadFile] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable) -> ReadFile | None:
        """The file read under this key, if it is still there."""
        with self._lock:
            if key not in self._files:
                return None
            self._files.move_to_end(key)
            return self._files[key]

    def keep(self, key: Hashable, file: ReadFile) -> None:
        """Remember ``file``; one that alone is over the budget is not kept, nor one whose reading was cut short."""
        size = weight(file)
        if size > self._budget or not file.reading.whole:
            return
        with self._lock:
            if key in self._files:
                self._bytes -= weight(self._files.pop(key))
            self._files[key] = file
            self._bytes += size
            while self._bytes > self._budget:
                self._bytes -= weight(self._files.popitem(last=False)[1])
