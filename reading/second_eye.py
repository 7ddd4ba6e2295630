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
    found = _drawn(document, number, number, ("-r", str(limits.raster_dpi)), limits)
    return found[0] if found else None


def _drawn(
    document: bytes, first: int, last: int, size: tuple[str, str], limits: ReadingLimits
) -> tuple[Image.Image, ...]:
    tool = shutil.which("pdftoppm")
    if tool is None:
        return ()
    bounds = (limits.child_memory, _CPU_SECONDS, 0, _FILES, 0)
    pages = ("-f", str(first), "-l", str(last))
    command = [sys.executable, "-I", "-S", "-c", _BOUND, *map(str, bounds), tool, "-q", "-cropbox", *size, *pages, "-"]
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
        return ()
    return _pictures(done.stdout, limits.raster_pixels) if done.returncode == 0 else ()


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
