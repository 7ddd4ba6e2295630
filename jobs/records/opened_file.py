"""The file of a SQLite database as it was when it was opened: is it still in its place, and does it still begin as it did?

Connections would not notice: they write into a log beside the file, and read what they remember.
"""

import os
from pathlib import Path

_BEGINNING = 20
"""Bytes that stay as long as the file is this database: what it is, size of pages, versions (SQLite file format, 1.3)."""


class DatabaseFile:
    """``path``, held open. It is closed only after the last connection of this process: closing drops the locks on the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        found = os.fstat(self._descriptor)
        self._identity = found.st_dev, found.st_ino
        self._largest = found.st_size
        self._begins = self._beginning()

    def is_in_place(self) -> bool:
        """Whether the file at the path is the one that was opened."""
        try:
            found = self._path.stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self._identity

    def is_overwritten(self) -> bool:
        """Whether it begins in another way than before, or became shorter, which this database never does."""
        size = os.fstat(self._descriptor).st_size
        if size < self._largest or self._beginning() != self._begins:
            return True
        self._largest = size
        return False

    def _beginning(self) -> bytes:
        return os.pread(self._descriptor, _BEGINNING, 0)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)
