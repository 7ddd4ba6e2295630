"""Rich text (RTF): its words, tables and pictures on pages."""

from collections.abc import Iterator

from reading.intake import DecodeJob, Intake, Opened, Page
from reading.office import paper, rich_text


def score(head: bytes) -> float:
    r"""``{\rtf``."""
    return 0.9 if head.startswith(b"{\\rtf") else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """What it shows.

    Raises:
        Refusal: ``text-too-long``, ``pdf-too-many-pages``.
    """
    return paper.opened(rich_text.blocks(data), job)


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    return paper.pages(rich_text.blocks(data), job)


def samples() -> tuple[bytes, ...]:
    """Passage in two alphabets."""
    return (rb"{\rtf1\ansi\ansicpg936 Order \u24050?\u31614?\u25910?\par 2026\par}",)


INTAKE = Intake(
    name="rich_text",
    media_type="application/rtf",
    extensions=("rtf",),
    score=score,
    open=open,
    samples=samples,
    pages=pages,
    rare=True,
)
