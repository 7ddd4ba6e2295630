"""How many front sheets a bundle will have, reckoned before anything is laid out. Pure.

Checks and previews name pages that nobody has laid out; a pack lays its front pages out and sets the number right where this
reckoning missed (``jobs/case_work/steps/numbering.py``).
"""

from collections.abc import Iterator

from casefile.casework import Evidence, Matter
from evidence_packer.bind.order import alike

_SHEET = {"a4": 734.0, "letter": 684.0}
"""Height of the text on a sheet, in points."""
_COMPACT, _LINE = 40, 15.6
"""More rows than this are lines of the index, of this height."""
_HEADING, _ROW = 62.0, 21.0
"""Height of a heading with what introduces it, and of a row of one line."""
_TIMES = 24
"""Rows of the timeline at most."""
_EXHIBIT, _AXIS, _PROOF = 38.0, 146.0, 22.0
"""Height of an exhibit in the index, of the timeline's picture, and of a row of the matrix."""


def front_sheets(matter: Matter, evidence: Evidence) -> int:
    """The first page, the comparison where the claim is answered point by point, and what flows behind the index."""
    points = matter.case.claim.points if matter.case.claim else ()
    compared = any(point.answer for point in points)
    if not evidence.plan.exhibits:
        return 1 + compared
    sheets, used, height = 1, 0.0, _SHEET[matter.site.paper]
    for whole, rows in _blocks(matter, evidence):
        need = whole + sum(rows)
        if used and used + need > height:
            sheets, used = sheets + 1, 0.0
        for part in (whole, *rows):
            if used + part > height:
                sheets, used = sheets + 1, 0.0
            used += part
    return 1 + compared + sheets


def _blocks(matter: Matter, evidence: Evidence) -> Iterator[tuple[float, list[float]]]:
    """What flows behind the index, each with the height of its head and of its rows; it stands on one sheet where it can."""
    rows = list(alike(evidence.plan, evidence.coverage))
    yield _HEADING, [_EXHIBIT if len(rows) <= _COMPACT else _LINE] * len(rows)
    to = matter.case.buyer.ship_to if matter.case.buyer else None
    if to and any(row.proposition == "delivered_to_address" and row.status == "shown" for row in evidence.coverage):
        yield _HEADING, [_ROW] * 4
    told = [point for point in evidence.timeline if not point.conflict and point.source != "exif"]
    if len({point.what for point in told}) > 1:
        yield _HEADING + _AXIS, [_ROW] * min(_TIMES, len(told))
    proved = [row for row in evidence.coverage if row.exhibits and row.status in {"shown", "described", "attached"}]
    if proved:
        yield _HEADING + _ROW, [_PROOF] * len(proved)
