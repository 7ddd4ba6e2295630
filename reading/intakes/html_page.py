"""A saved page (HTML), also under the name of a spreadsheet as many back offices export them: its words and tables on pages."""

import re
from collections.abc import Iterator

from reading.intake import DecodeJob, Intake, Opened, Page
from reading.later_types import later_type
from reading.office import markup, paper
from reading.plain_text import CHARSET, decoded

_FRAGMENT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(table|div|head|body|meta|style)\b", re.IGNORECASE)


def score(head: bytes) -> float:
    """The beginning of a page or of a part of one."""
    return 0.5 if later_type(head) == "HTML" or _FRAGMENT.match(head) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The page as it reads, without anything that it would fetch.

    Raises:
        Refusal: ``text-too-long``, ``pdf-too-many-pages``.
    """
    return paper.opened(markup.blocks(_text(data)), job)


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    return paper.pages(markup.blocks(_text(data)), job)


def _text(data: bytes) -> str:
    told = CHARSET.search(data[:4096])
    return decoded(data, told[1].decode("ascii") if told else None)


def samples() -> tuple[bytes, ...]:
    """A page with what pages have."""
    body = "<h1>Order</h1><p>已签收</p><ul><li>1</li></ul><table><tr><th>A</th><td>B</td></tr></table>"
    return (f"<!doctype html><html><meta charset=utf-8><body>{body}</body></html>".encode(),)


INTAKE = Intake(
    name="html_page",
    media_type="text/html",
    extensions=("html", "htm", "xhtml"),
    score=score,
    open=open,
    samples=samples,
    pages=pages,
    rare=True,
)
