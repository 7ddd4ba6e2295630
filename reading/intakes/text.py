"""Plain text (notes, exported chats, CSV): set in the project's fonts on as many A4 pages as it needs."""

import csv
from collections.abc import Iterator

from reading.intake import HEAD, DecodeJob, Intake, Opened, Page, Refusal
from reading.later_types import later_type
from reading.office import paper
from reading.office.blocks import Table, table
from reading.pictures import lettering, sheets
from reading.plain_text import bounded, clean, decoded, looks_like_text

_EXTENSIONS = ("txt", "csv", "tsv", "tab", "log", "md", "text", "srt", "json")
_TABLES = ("csv", "tsv", "tab", "xls")
"""Endings of tables; back offices give the last one to text with tabs."""
_SIGNS = ",;\t|"


def score(head: bytes) -> float:
    """Readable characters that are no other known type; anything with a signature is a better guess."""
    return 0.1 if later_type(head) is None and looks_like_text(head[:HEAD]) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The text on pages. Text under the name of a picture or document is a broken file, not a text.

    Raises:
        Refusal: ``text-too-long``, ``pdf-too-many-pages``, ``file-type-unknown``.
    """
    if job.extension and job.extension not in (*_EXTENSIONS, *_TABLES):
        raise Refusal("file-type-unknown")
    if (found := _table(data, job)) is not None:
        return paper.opened([found], job)
    written = _pages(data, job)
    sizes = [(sheets.WIDTH, sheets.HEIGHT)] * len(written)
    return sheets.opened(lambda number: lettering.drawn(written[number - 1]), sizes, job, ("text-set",))


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    if (found := _table(data, job)) is not None:
        return paper.pages([found], job)
    written = _pages(data, job)
    return sheets.pages(lambda number: lettering.drawn(written[number - 1]), len(written), job)


def _table(data: bytes, job: DecodeJob) -> Table | None:
    """What stands in columns under the name of a table; ``None`` of anything else."""
    if job.extension not in _TABLES:
        return None
    text = bounded(decoded(data).lstrip("\ufeff"), job.limits.text_characters)
    head = text.split("\n", 1)[0]
    sign = max(_SIGNS, key=head.count)
    rows = list(csv.reader(text.splitlines(), delimiter=sign)) if sign in head else []
    return table(rows) if max(map(len, rows), default=0) > 1 else None


def _pages(data: bytes, job: DecodeJob) -> list[list[lettering.LetteredRow]]:
    text = bounded(clean(decoded(data)), job.limits.text_characters)
    width = sheets.WIDTH - 2 * lettering.MARGIN
    rows = [row for line in text.split("\n") for row in lettering.wrapped(line, lettering.USUAL, width)]
    written = lettering.paged(rows)
    if len(written) > job.limits.pdf_pages:
        raise Refusal("pdf-too-many-pages", pages=len(written), allowed=job.limits.pdf_pages)
    return written


def samples() -> tuple[bytes, ...]:
    """Several scripts, encodings and lengths."""
    told = "Order 112-4829307-7716253 已签收 配達完了 배송완료 จัดส่งสำเร็จ\n" * 3
    return (told.encode(), told.encode("utf-16"))


INTAKE = Intake(
    name="text",
    media_type="text/plain",
    extensions=_EXTENSIONS,
    score=score,
    open=open,
    samples=samples,
    pages=pages,
    rare=True,
)
