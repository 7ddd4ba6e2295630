"""Logs as JSON lines on standard error, the same in the service and in its workers; no customer data is ever passed to them."""

import contextlib
import logging
import sys

import structlog


class _Lines:
    """Writes to whatever standard error is now; it may be replaced while the process lives, and the old one closed."""

    def msg(self, message: str) -> None:
        """Write a line. A log that is full or gone must not end the work it tells of."""
        with contextlib.suppress(OSError, ValueError):
            print(message, file=sys.stderr, flush=True)  # noqa: T201  # this is where log lines leave

    log = debug = info = warning = error = critical = msg


def configure(*, everything: bool = False) -> None:
    """Set up structured logs for this process; ``everything`` also tells what is of use only to who looks for a fault."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if everything else logging.INFO),
        logger_factory=lambda *_: _Lines(),
    )
