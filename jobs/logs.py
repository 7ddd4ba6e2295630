"""Logs as JSON lines on standard error, the same in the service and in its workers; no customer data is ever passed to them."""

import logging
import sys

import structlog


def configure() -> None:
    """Set up structured logs for this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # Looked up per line: standard error may be replaced while the process lives, and the old one closed.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
