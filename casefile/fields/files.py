"""What a case says about each uploaded file."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from casefile.fields.base import LanguageTag, LocalText, Text, Time, Words
from casefile.fields.marks import MarkedLine

Kind = Literal[
    "tracking", "proof_of_delivery", "dispatch", "erp_record", "packing_media", "listing", "order_page",
    "product_photo", "qc_report", "test_report", "messages", "case_page", "notice", "refund_proof",
    "reshipment_proof", "carrier_statement", "buyer_confirmation", "invoice", "authorisation",
    "agent_authorisation", "compliance_document", "contract", "policy_text", "usage_log", "account_record",
    "back_office_log", "prior_orders", "return_document", "return_media", "customs_document", "sop_training",
    "rejection_notice", "translation", "other",
]  # fmt: skip
"""The kinds of evidence, a fixed vocabulary."""

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 of the upright page, each 0 to 1."""

_MAX_PAGES_TEXT = 200
_PAGES = re.compile(r"\s*\d{1,4}(\s*-\s*\d{1,4})?(\s*,\s*\d{1,4}(\s*-\s*\d{1,4})?)*\s*")


def page_numbers(pages: str) -> tuple[int, ...]:
    """The page numbers, from 1, that ``"1-3,7"`` names, in the order written, each once."""
    numbers: dict[int, None] = {}
    for part in pages.split(","):
        first, _, last = part.partition("-")
        numbers.update(dict.fromkeys(range(int(first), int(last or first) + 1)))
    return tuple(numbers)


def _page_range(value: str) -> str:
    if len(value) > _MAX_PAGES_TEXT or not _PAGES.fullmatch(value) or not all(map(_rises, value.split(","))):
        raise PydanticCustomError("pages-malformed", "pages are written like 1-3,7")
    return value


def _rises(part: str) -> bool:
    first, _, last = part.partition("-")
    return 1 <= int(first) <= int(last or first)


def _unit_box(value: Box) -> Box:
    x0, y0, x1, y1 = value
    if not (0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1):
        raise PydanticCustomError("box-malformed", "a box is [x0, y0, x1, y1], each from 0 to 1, x0 < x1 and y0 < y1")
    return value


class Redaction(Words):
    """A place to burn out of one page of a file."""

    page: Annotated[int, Field(ge=1)]
    box: Annotated[Box, AfterValidator(_unit_box)]


class FileEntry(Words):
    """One line of ``files``: what the file is and how to use it."""

    name: Text
    kind: Kind | None = None
    caption: LocalText | None = None
    use: Literal["exhibit", "reference", "exclude"] = "exhibit"
    pages: Annotated[Text, AfterValidator(_page_range)] | None = None
    proves: LocalText | None = None
    language: LanguageTag | None = None
    translation: LocalText | None = None
    redact: tuple[Redaction, ...] = ()
    marks: tuple[MarkedLine, ...] = ()
    order_ids: tuple[Text, ...] = ()
    channel: Literal["on_platform", "email", "phone", "chat_app"] | None = None
    captured_at: Time | None = None
    original_unedited: bool | None = None
