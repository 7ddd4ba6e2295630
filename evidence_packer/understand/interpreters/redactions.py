"""Whether what the case asked to burn out is gone: the file is read after burning, and no word may stand under a box."""

from casefile.case import Case
from casefile.fields.files import Box
from casefile.personal_facts import LeakSeen
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter

_UNDER = 0.6
"""A word lies under a box when this much of it does."""
_LEAST_SCORE = 0.5


def _under(line: Box, box: Box) -> bool:
    across = min(line[2], box[2]) - max(line[0], box[0])
    down = min(line[3], box[3]) - max(line[1], box[1])
    area = (line[2] - line[0]) * (line[3] - line[1])
    return across > 0 and down > 0 and area > 0 and across * down > _UNDER * area


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``redactions`` (how many boxes were asked for) and ``leaks`` (words read under one of them)."""
    asked = scene.entry.redact if scene.entry else ()
    leaks = [
        LeakSeen(box=line.box, page=page.number)
        for page in scene.reading.pages
        for line in page.lines
        for redaction in asked
        if redaction.page == page.number and line.score >= _LEAST_SCORE and _under(line.box, redaction.box)
    ]
    return {"redactions": len(asked), "leaks": tuple(leaks)}


def _reads(case: Case) -> object:
    return case.files


INTERPRETER = Interpreter(
    as_it_lies=True, name="redactions", interpret=_interpret, gives=("redactions", "leaks"), reads=_reads
)
