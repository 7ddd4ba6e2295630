"""Words beside the words: remarks in a content stream, and marked content that says what is to be copied in place of what is drawn.

Marks keep their tag and their number; whatever else they hold is seen by nobody.
"""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Operator, Stream

_MARKED = re.compile(rb"<<(.*?)>>\s*(?:BDC|DP)\b", re.DOTALL)
_PLAIN_MARK = re.compile(
    rb"(?:\s|/MCID\s+\d+|/(?:Type|Subtype)\s*/(?:Pagination|Layout|Page|Background|Header|Footer|Watermark)|/BBox\s*\[[^\]]*\])*"
)


def talks(content: bytes) -> bool:
    """Whether a content stream holds remarks, or marks with words."""
    return b"%" in content or any(not _PLAIN_MARK.fullmatch(inside) for inside in _MARKED.findall(content))


def without_marks(drawing: pikepdf.Page | Stream) -> bytes:
    """The content of ``drawing`` without remarks, and with tags instead of marks that hold words."""
    return pikepdf.unparse_content_stream(list(_bare_operations(drawing)))


def _bare_operations(
    drawing: pikepdf.Page | Stream,
) -> Iterator[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]:
    for operation in pikepdf.parse_content_stream(drawing):
        if isinstance(operation, pikepdf.ContentStreamInlineImage):
            yield operation
            continue
        operands, operator = operation.operands, str(operation.operator)
        if operator == "BDC" and isinstance(operands[-1], Dictionary):
            yield pikepdf.ContentStreamInstruction([operands[0]], Operator("BMC"))
        elif operator == "DP":
            yield pikepdf.ContentStreamInstruction([operands[0]], Operator("MP"))
        else:
            yield operation
