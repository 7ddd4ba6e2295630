"""The whole made without the files that it cannot be made with: each becomes a named refusal, and the others come through.

A failure that names its file (``casefile/care.py``) costs that file. One that names none is looked for by making the whole with
the first files only, twice as exactly each time, until the file is found with which it begins to fail; where the whole fails
without any file as well, the fault is ours and is told as it is.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from casefile.care import FileFailed, is_of_a_file, log_failure

_MOST_SEARCHES = 3
"""Files that are looked for; a case with more of them has another fault."""

T = TypeVar("T")
Make = Callable[[frozenset[str]], T]
"""Makes the whole without the files of these names."""


def sparing(files: Sequence[str], make: Make[T]) -> T:
    """What ``make`` gives without the files that make it fail.

    Args:
        files: every file that may be left out, in order.
        make: makes the whole; called again without each file that failed.
    """
    out: frozenset[str] = frozenset()
    searches = 0
    while True:
        try:
            return make(out)
        except Exception as error:
            named = error.file if isinstance(error, FileFailed) else None
            if named is not None and named in out:
                raise
            if named is None:
                if not is_of_a_file(error) or searches == _MOST_SEARCHES:
                    raise
                log_failure("file-sought", error)
                searches += 1
                named = _first_to_fail([name for name in files if name not in out], out, make)
            if named is None:
                raise
            out |= {named}


def _first_to_fail(files: Sequence[str], out: frozenset[str], make: Make[T]) -> str | None:
    """The file with which the whole begins to fail, in the order of ``files``; ``None`` where it fails without any."""
    good, bad = -1, len(files)  # how many of the first files it can be made with, and cannot
    while bad - good > 1:
        some = (good + bad) // 2 if good >= 0 else 0
        if _fails(make, out | frozenset(files[some:])):
            bad = some
        else:
            good = some
    return files[bad - 1] if bad else None


def _fails(make: Make[T], out: frozenset[str]) -> bool:
    try:
        make(out)
    except Exception:  # noqa: BLE001  # whatever it is, it is looked for, and was told already
        return True
    return False
