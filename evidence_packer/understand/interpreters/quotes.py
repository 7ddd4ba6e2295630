"""Words that the case says somebody wrote, where the file reads them: the only places that may be said to show them."""

from casefile.case import Case
from casefile.statement import QuoteSeen
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.quotations import quotable, quoted_on


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``quotes``: the first place of each."""
    found: list[QuoteSeen] = []
    for pointer, words in quotable(scene.case):
        spans = (quoted_on(words, page, scene.file, scene.house) for page in scene.reading.pages)
        if span := next((span for span in spans if span), None):
            found.append(QuoteSeen(pointer=pointer, span=span))
    return {"quotes": tuple(found)}


def _reads(case: Case) -> object:
    return tuple(quotable(case))


INTERPRETER = Interpreter(name="quotes", interpret=_interpret, gives=("quotes",), reads=_reads)
