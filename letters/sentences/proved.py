"""Whatever else the exhibits show for this reason, one sentence a proposition."""

from casefile.coverage import PropositionCoverage
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def _fails(covered: PropositionCoverage) -> bool:
    return covered.status == "contradicted" or (covered.status == "missing" and covered.required)


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph: shown propositions that no other sentence has carried; required ones that fail are told."""
    found = []
    firsts: dict[str, PropositionCoverage] = {}
    for covered in scene.request.coverage:
        if covered.proposition not in scene.said:
            firsts.setdefault(covered.proposition, covered)
    for covered in firsts.values():
        that = f"letter.that.{covered.proposition}"
        if covered.status == "shown" and scene.has(that):
            words = scene.text(that)
            found.append(scene.fact("letter.proved", covered.exhibits, "shown", essential=covered.required, that=words))
        elif _fails(covered) and not scene.request.draft:
            scene.withhold(covered)
    return paragraph(*found)
