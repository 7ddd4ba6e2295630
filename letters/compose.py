"""A case becomes a letter: the kind's sections, filled by sentence blocks, numbered through. Pure.

The same request in another language gives the same sentences under the same numbers, so that a reading copy can be laid beside
the letter.
"""

from collections.abc import Mapping
from itertools import count

from casefile.letter import Letter, Paragraph, Section, Sentence
from letters.blocks import blocks
from letters.edits import with_edits
from letters.frame import addressee, day, enclosures, reference, salutation, sender, signature, subject
from letters.grounded import leading
from letters.kind import LetterKind
from letters.letter_context import LetterContext
from letters.letter_request import LetterRequest
from letters.lines import parted
from letters.raw import Paragraphs, Raw, RawParagraph, without_echo
from letters.zones import said_once

__all__ = ["LetterRequest", "compose"]


def _written(scene: LetterContext, kind: LetterKind) -> Mapping[str, Paragraphs]:
    """Every block's paragraphs; those that look back are written when the others have spoken."""
    found: dict[str, Paragraphs] = {}
    for last in (False, True):
        for section in kind.sections:
            for name in section.blocks:
                if blocks()[name].last is last:
                    found[name] = with_edits(scene, name, without_echo(blocks()[name].write(scene)))
                    scene.cited.update(c.number for p in found[name] for raw in p.sentences for c in raw.exhibits)
    return found


def _numbered(raw: Raw, number: int) -> Sentence:
    return Sentence(
        number=number,
        text=raw.text,
        sentence_class=raw.sentence_class,
        proof=raw.proof,
        exhibits=raw.exhibits,
        own_words=raw.own_words,
        essential=raw.essential,
        anchors=raw.anchors,
        rests_on=raw.rests_on,
        worth=raw.worth,
    )


def _paragraph(raw: RawParagraph, numbers: "count[int]") -> Paragraph:
    return Paragraph(
        sentences=tuple(_numbered(sentence, next(numbers)) for sentence in raw.sentences),
        listed=raw.listed,
        together=raw.together,
        table=raw.table,
        cells=raw.cells,
        key=raw.key,
    )


def _planned(scene: LetterContext) -> bool:
    """Whether the case has a plan of its own; a notice that asks for papers is answered without one."""
    case = scene.case
    return bool(case.root_causes or case.actions_taken or case.preventions)


def _sections(scene: LetterContext, kind: LetterKind) -> tuple[Section, ...]:
    limits = [n for n in (kind.paragraph_lines, scene.request.procedure.limits.paragraph_lines) if n]
    most = min(limits, default=None)
    written = _written(scene, kind)
    numbers = count(1)
    sections = []
    for plan in kind.sections:
        raws = parted([p for block in plan.blocks for p in written[block]], most)
        if raws:
            apt = not plan.otherwise or any(written[name] for name in plan.names)
            title = scene.text(f"letter.section.{plan.id if apt else plan.otherwise}") if plan.titled else ""
            made = tuple(_paragraph(raw, numbers) for raw in raws)
            sections.append(Section(id=plan.id, title=title, paragraphs=made))
        elif plan.needed and not leading(scene) and not (written.get("answers") and not _planned(scene)):
            scene.left(scene.text(f"letter.section.{plan.id}"), "section-empty")
    return tuple(sections)


def compose(request: LetterRequest, kind: LetterKind) -> Letter:
    """The letter of ``kind`` for the request, in its language.

    Raises:
        ProofFault: a citation does not resolve in the plan.
    """
    scene = LetterContext(request=request, kind=kind)
    letter = Letter(
        kind=kind.id,
        language=request.language,
        addressee=addressee(scene),
        subject=subject(scene),
        salutation=salutation(scene),
        reference=reference(scene),
        sections=_sections(scene, kind),
        closing=scene.text("letter.closing") if kind.signed else "",
        signature=signature(scene),
        sender=sender(scene),
        enclosures=enclosures(scene),
        left_out=tuple(dict.fromkeys(scene.left_out)),
        draft=request.draft,
        date=day(scene),
        answer=next(iter(scene.answers), ""),
        editable=tuple(scene.editable),
    )
    return said_once(letter, lambda zone: scene.text("letter.zone_of_all", zone=zone))
