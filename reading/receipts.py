"""How far a page was read: which engine, how much of its writing, how surely, and which script was only seen."""

from casefile.fields.files import Box
from casefile.reading import Line, Receipt
from casefile.text_folding import DECIDES
from reading.ocr.second_engines import SCRIPTS, in_script

_SECOND = 0.6
_LEAST_CHARS = 2
"""A single sign is an icon as often as writing."""


def receipt(
    lines: tuple[Line, ...], engines: tuple[str, ...], script: str | None = None, foreign: tuple[Line, ...] = ()
) -> Receipt:
    """The receipt of a page with these lines; ``foreign`` are those in a ``script`` that nobody here reads."""
    written = [line for line in lines if len(line.text) >= _LEAST_CHARS]
    unsure = [line for line in written if not _sure(line) or (script and line in foreign)]
    whole, lost = _area(written), _area(unsure)
    chars = sum(len(line.text) for line in lines)
    score = sum(line.score * len(line.text) for line in lines) / chars if chars else None
    return Receipt(
        engine="+".join(dict.fromkeys(engines)),
        read_share=round(1 - lost / whole, 3) if whole else 1.0,
        score=None if score is None else round(score, 3),
        unread_script=script,
        unread_box=_around(unsure) if unsure else None,
    )


def _sure(line: Line) -> bool:
    """Whether a line was read well by whoever reads its script: the second engine gives lower scores for the same."""
    return line.score >= (_SECOND if any(in_script(line.text, language) for language in SCRIPTS) else DECIDES)


def _area(lines: list[Line]) -> float:
    return sum((line.box[2] - line.box[0]) * (line.box[3] - line.box[1]) for line in lines)


def _around(lines: list[Line]) -> Box:
    boxes = [line.box for line in lines]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
