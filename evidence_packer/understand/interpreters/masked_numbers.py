"""The case's own numbers where a page shows only part of them: they tie the page to nothing.

Part may be replaced by signs (``1Z99****6784``, ``112-xxxxxxx-7716253``), or lie under a bar, a blur or a mosaic, or beyond the
edge of the picture; then only the beginning, the end, or both of it were read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casefile import text_folding
from casefile.fields.files import Box
from casefile.personal_facts import MaskedSeen
from casefile.reading import Line
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import (
    InterpretContext,
    Interpreter,
    own_numbers,
    own_order_ids,
    own_tracking_numbers,
)
from evidence_packer.understand.layout import beside

_SIGNS = r"(?:[*•●○◦◯〇＊∗·…#×█■▇▒░_]{2,}|[xX]{3,}|\.{3,})"
_MASKED = re.compile(
    rf"(?P<head>[A-Za-z0-9-]{{0,24}}?)(?:{_SIGNS}-?)+(?P<tail>[A-Za-z0-9-]{{0,24}})(?![A-Za-z0-9])", re.IGNORECASE
)
_PIECE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9-]{2,28}[A-Za-z0-9](?![A-Za-z0-9])")
_DATE = re.compile(r"(20)?\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_LEAST_SHOWN = 4
_LEAST_LENGTH = 8
_LEAST_ALONE, _SHARE_ALONE = 6, 0.4
"""Signs, and share of the number, that a beginning or end must have to be known as part of it."""


@dataclass(frozen=True, slots=True)
class _Part:
    number: str
    text: str
    box: Box


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``masked_numbers``: what is shown, and the own number it is part of."""
    own = (*own_order_ids(scene.case, scene.file), *(number for number, _ in own_tracking_numbers(scene.case)))
    numbers = {
        number: text_folding.number(number) for number in own if len(text_folding.number(number)) >= _LEAST_LENGTH
    }
    found = [
        MaskedSeen(text=part.text, number=part.number, box=part.box, page=page.number)
        for page in scene.reading.pages
        for line in page.lines
        for part in (*_signs(line, numbers), *_pieces(line, page.lines, numbers))
    ]
    return {"masked_numbers": tuple(dict.fromkeys(found))}


def _signs(line: Line, numbers: dict[str, str]) -> Iterator[_Part]:
    """Numbers whose middle or ends stand there as signs."""
    for match in _MASKED.finditer(line.text):
        head, tail = text_folding.number(match["head"]), text_folding.number(match["tail"])
        if len(head) + len(tail) < _LEAST_SHOWN:
            continue
        for number, whole in numbers.items():
            if whole.startswith(head) and whole.endswith(tail) and len(head) + len(tail) < len(whole):
                yield _Part(number, match[0], line.part(*match.span()))


def _pieces(line: Line, lines: tuple[Line, ...], numbers: dict[str, str]) -> Iterator[_Part]:
    """Numbers of which a beginning or an end stands there alone, or both with a gap between."""
    for match in _PIECE.finditer(line.text):
        shown = text_folding.number(match[0])
        for number, whole in numbers.items():
            if len(shown) >= len(whole) or not (whole.startswith(shown) or whole.endswith(shown)):
                continue
            box = line.part(*match.span())
            if whole.startswith(shown) and (end := _end_beside(line, lines, whole[len(shown) :])):
                yield _Part(number, f"{match[0]} … {end.text}", (*box[:3], max(box[3], end.box[3])))
            elif _known(shown, whole):
                yield _Part(number, match[0], box)


def _end_beside(line: Line, lines: tuple[Line, ...], rest: str) -> Line | None:
    end = beside(line, lines)
    shown = text_folding.number(end.text) if end else ""
    return end if _LEAST_SHOWN <= len(shown) < len(rest) and rest.endswith(shown) else None


def _known(shown: str, whole: str) -> bool:
    return len(shown) >= max(_LEAST_ALONE, _SHARE_ALONE * len(whole)) and not _DATE.fullmatch(shown)


INTERPRETER = Interpreter(name="masked_numbers", interpret=_interpret, gives=("masked_numbers",), reads=own_numbers)
