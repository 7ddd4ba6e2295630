"""The second eye: pages of a rewritten document drawn by Poppler, a program of its own, to be compared with PDFium's drawing.

Poppler meets only what the guard handed back, in a process with limits of memory, time and files, without our
environment. Where it is not installed one eye looked, and the file says so.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping

from PIL import Image

from reading.limits import ReadingLimits
from reading.pictures import compared

_HEADER = re.compile(rb"P6\s+(\d{1,5})\s+(\d{1,5})\s+255\s")
_BOUND = (
    "import ctypes, os, resource, sys\n"
    "ctypes.CDLL(None).prctl(1, 9)\n"  # PR_SET_PDEATHSIG
    "for name, most in zip(('AS', 'CPU', 'FSIZE', 'NOFILE', 'CORE'), map(int, sys.argv[1:6])):\n"
    "    resource.setrlimit(getattr(resource, 'RLIMIT_' + name), (most, most))\n"
    "os.execv(sys.argv[6], sys.argv[6:])\n"
)
_TYPE_DPI = 150
_FILES, _CPU_SECONDS, _WALL_SECONDS = 64, 15, 90.0


def there() -> bool:
    """Whether a second eye can look."""
    return shutil.which("pdftoppm") is not None


def drawings(document: bytes, first: int, last: int, limits: ReadingLimits) -> Mapping[int, Image.Image]:
    """Pages ``first`` to ``last`` of a rewritten document, small; without those that Poppler does not draw."""
    found = _drawn(document, first, last, ("-scale-to", str(compared.SIDE)), limits)
    return dict(enumerate(found, start=first)) if len(found) == last - first + 1 else {}


def whole(document: bytes, number: int, limits: ReadingLimits) -> Image.Image | None:
    """One page as large as a page is drawn that takes the place of another."""
    return _one(document, number, limits.raster_dpi, limits)


def legible(document: bytes, number: int, limits: ReadingLimits) -> Image.Image | None:
    """One page as large as its type can be read on."""
    return _one(document, number, _TYPE_DPI, limits)


def _one(document: bytes, number: int, dpi: float, limits: ReadingLimits) -> Image.Image | None:
    found = _drawn(document, number, number, ("-r", str(dpi)), limits)
    return found[0] if found else None


def texts(document: bytes, first: int, last: int, limits: ReadingLimits) -> Mapping[int, str]:
    """What a reader copies from pages ``first`` to ``last``."""
    said = _run("pdftotext", document, (*_pages(first, last), "-enc", "UTF-8", "-", "-"), limits)
    found = said.decode("utf-8", "replace").split("\f")[:-1]
    return dict(enumerate(found, start=first)) if len(found) == last - first + 1 else {}


def _pages(first: int, last: int) -> tuple[str, ...]:
    return ("-f", str(first), "-l", str(last))


def _drawn(
    document: bytes, first: int, last: int, size: tuple[str, str], limits: ReadingLimits
) -> tuple[Image.Image, ...]:
    words = ("-cropbox", *size, *_pages(first, last), "-")
    return _pictures(_run("pdftoppm", document, words, limits), limits.raster_pixels)


def _run(program: str, document: bytes, words: tuple[str, ...], limits: ReadingLimits) -> bytes:
    """What the program writes; nothing where it is not there, or fails."""
    tool = shutil.which(program)
    if tool is None:
        return b""
    bounds = (limits.child_memory, _CPU_SECONDS, 0, _FILES, 0)
    command = [sys.executable, "-I", "-S", "-c", _BOUND, *map(str, bounds), tool, "-q", *words]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter, then one program without a shell
            command,
            input=document,
            capture_output=True,
            check=False,
            timeout=_WALL_SECONDS,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout if done.returncode == 0 else b""


def _pictures(data: bytes, most_pixels: int) -> tuple[Image.Image, ...]:
    """The pictures that stand one behind the other; none when anything else stands there."""
    found: list[Image.Image] = []
    at = 0
    while match := _HEADER.match(data, at):
        width, height = int(match[1]), int(match[2])
        end = match.end() + 3 * width * height
        if not 0 < width * height <= 2 * most_pixels or end > len(data):
            return ()
        found.append(Image.frombytes("RGB", (width, height), data[match.end() : end]))
        at = end
    return tuple(found) if at == len(data) else ()
