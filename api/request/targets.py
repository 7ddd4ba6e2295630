"""Where the command line may write: never onto an input or into a folder of inputs, never over a file that is not a result of ours.

A result is whole or not there: it grows under another name and is renamed. What was written where is remembered as hashes alone, so
that a result nobody touched may be replaced by the next one, and a file of somebody else's, or one that was edited, may not.
"""

import contextlib
import hashlib
import os
import shutil
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path

from casefile import text_folding
from casefile.errors import RequestFault

_INDEX = ("index.csv", b"\xef\xbb\xbfrow,subject,status")
"""What a zip of a batch begins its list of packs with."""


def keep_off(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Refuse outputs that are an input or would lie in a folder of inputs.

    Two names are one file when they lead to one (links of either kind), or differ in case or Unicode form alone.

    Raises:
        RequestFault: ``target-is-input`` or ``target-in-input``.
    """
    given = [path for path in inputs if str(path) != "-"]
    for output in outputs:
        for source in given:
            if _same(output, source):
                raise RequestFault("target-is-input", status=400, file=str(output))
            if _inside(output, source):
                raise RequestFault("target-in-input", status=400, file=str(output), folder=str(source))


def keep_out(folder: Path, inputs: Iterable[Path]) -> None:
    """Refuse to fill ``folder`` when it is one of the input folders or lies in one; files beside it are no matter.

    Raises:
        RequestFault: ``target-in-input``.
    """
    for source in inputs:
        if str(source) != "-" and source.is_dir() and (_same(folder, source) or _inside(folder, source)):
            raise RequestFault("target-in-input", status=400, file=str(folder), folder=str(source))


def _same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        if one.samefile(other):
            return True
    return _folded(one) == _folded(other)


def _inside(path: Path, folder: Path) -> bool:
    """Whether ``path`` would lie somewhere below ``folder``."""
    return len(_folded(path)) > len(_folded(folder)) and _folded(path)[: len(_folded(folder))] == _folded(folder)


def _folded(path: Path) -> tuple[str, ...]:
    """The parts of the real path, without difference of case and Unicode form."""
    return tuple(text_folding.file_name(part) for part in Path(os.path.realpath(path)).parts)


class WriteTargets:
    """Files that one command writes. ``notes`` is a folder for what was written where; ``None`` remembers nothing."""

    def __init__(self, notes: Path | None, *, force: bool = False) -> None:
        self._notes = notes
        self._force = force

    def free(self, path: Path) -> None:
        """Refuse a path that something stands at which is not a result of ours as we left it.

        Raises:
            RequestFault: ``target-taken``.
        """
        if path.is_dir() or (os.path.lexists(path) and not self._force and not self._ours(path)):
            raise RequestFault("target-taken", status=400, file=str(path))

    def _ours(self, path: Path) -> bool:
        try:
            return self._noted(path) == _digest(path) or _is_batch(path)
        except OSError:
            return False

    def write(self, path: Path, data: bytes | Path | Iterable[bytes]) -> None:
        """Write bytes, all at once or as they come, or a copy of a file, to ``path``; whole or not at all.

        The same contents again change nothing.


        Raises:
            RequestFault: ``target-taken`` or ``folder-not-writable``.
        """
        growing = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with growing.open("xb") as sink:
                if isinstance(data, Path):
                    with data.open("rb") as source:
                        shutil.copyfileobj(source, sink, 1 << 20)
                else:
                    sink.writelines([data] if isinstance(data, bytes) else data)
                sink.flush()
                os.fsync(sink.fileno())
            if not (path.is_file() and _digest(path) == _digest(growing)):
                self.free(path)
                growing.replace(path)
        except OSError:
            raise RequestFault("folder-not-writable", status=400, folder=str(path.parent)) from None
        finally:
            growing.unlink(missing_ok=True)
        self._note(path)

    def _place(self, path: Path) -> Path | None:
        if self._notes is None:
            return None
        return self._notes / hashlib.sha256(os.path.realpath(path).encode("utf-8", "surrogateescape")).hexdigest()

    def _noted(self, path: Path) -> str:
        place = self._place(path)
        with contextlib.suppress(OSError):
            return place.read_text(encoding="ascii") if place else ""
        return ""

    def _note(self, path: Path) -> None:
        place = self._place(path)
        if place is not None:
            with contextlib.suppress(OSError):
                place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                place.write_text(_digest(path), encoding="ascii")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_batch(path: Path) -> bool:
    """Whether a file is the zip of a batch, whoever made it."""
    name, start = _INDEX
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as index:
            return index.read(len(start)) == start
    except (KeyError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
