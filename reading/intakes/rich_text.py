"""Rich text (RTF): its words on pages."""

from collections.abc import Iterator

from reading.intake import DecodeJob, Intake, Opened, Page, Refusal
from reading.office import paper
from reading.office.blocks import Block, Passage
from reading.plain_text import clean

try:
    from striprtf.striprtf import rtf_to_text
except ImportError:
    rtf_to_text = None  # type: ignore[assignment]  # left out of this installation


def score(head: bytes) -> float:
    r"""``{\rtf``."""
    return 0.9 if head.startswith(b"{\\rtf") else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The words.

    Raises:
        Refusal: ``text-too-long``, ``pdf-too-many-pages``.
    """
    return paper.opened(_blocks(data), job)


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    return paper.pages(_blocks(data), job)


def _blocks(data: bytes) -> Iterator[Block]:
    if rtf_to_text is None:
        raise Refusal("file-type-later", type="RTF")
    text = clean(rtf_to_text(data.decode("latin-1"), errors="ignore"))  # type: ignore[no-untyped-call]  # the library has no types
    yield from (Passage(line) for line in text.strip().split("\n"))


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
