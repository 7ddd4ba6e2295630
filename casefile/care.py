"""Work on one file that fails in a way nobody foresaw: the file is named, so that only it is left out and the pack still comes.

``about`` stands around what is done for one file; ``jobs/case_work/steps/sparing.py`` makes the whole again without the files
it named. Faults of the request, of the data and of the machine (a full disk, no guard) are nobody's file and pass through.
"""

import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from casefile.errors import EvidencePackerError, ProofFault

UNFIT = "file-unfit"
"""The code under which such a file is named as not included."""

_log = structlog.get_logger("care")


class FileFailed(Exception):
    """What was to be done for ``file`` failed; the cause is the exception that this one comes from."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class Strictness:
    """Whether failures are let through instead of costing one file; tests say so, to see every programming error."""

    raising = False


STRICT = Strictness()


def is_of_a_file(error: Exception) -> bool:
    """Whether a file may be the cause: a failed proof, or what we did not raise ourselves and the machine neither."""
    of_the_machine = isinstance(error, OSError) and error.errno is not None
    ours = isinstance(error, EvidencePackerError) and not isinstance(error, ProofFault)
    return not STRICT.raising and not of_the_machine and not ours


@contextmanager
def about(file: str) -> Iterator[None]:
    """What is done inside is done for ``file``.

    Raises:
        FileFailed: it failed; the failure is in the log with its places.
    """
    try:
        yield
    except FileFailed:
        raise
    except Exception as error:
        if not is_of_a_file(error):
            raise
        log_failure("file-failed", error)
        raise FileFailed(file) from error


failures: Counter[str] = Counter()
"""How often this process logged a failure, by event; ``/metrics`` shows it."""


def log_failure(event: str, error: BaseException, **values: object) -> None:
    """Log where ``error`` arose (file, line, function), never its message: messages may quote the customer. Counted too."""
    failures[event] += 1
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rsplit('/', maxsplit=2)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    _log.error(event, error=type(error).__name__, code=getattr(error, "code", None), places=places, **values)
