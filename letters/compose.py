"""A case becomes a letter: the kind's sections, filled by sentence blocks, numbered through. Pure.

The same request in another language gives the same sentences under the same numbers, so that a reading copy can be laid beside
the letter.
"""

import functools
from collections.abc import Callable, Mapping
from itertools import count

import letters.sentences as plug_ins
from casefile.discovery import modules
from casefile.letter import Letter, Paragraph, Section, Sentence
from letters.kind import LetterKind
from letters.scene import LetterRequest, Paragraphs, Raw, Scene

__all__ = ["LetterRequest", "compose"]


@functools.cache
def _blocks() -> Mapping[str, Callable[[Scene], Paragraphs]]:
    return {module.__name__.rsplit(".", maxsplit=1)[-1]: module.write for module in modules(plug_ins)}


def _numbered(raw: Raw, number: int) -> Sentence:
    return Sentence(
        number=number,
        text=raw.text,
        sentence_class=raw.sentence_class,
        proof=raw.proof,
        exhibits=raw.exhibits,
        own_words=raw.own_words,
    )


def _sections(scene: Scene, kind: LetterKind) -> tuple[Section, ...]:
    numbers = count(1)
    sections = []
    for plan in kind.sections:
        paragraphs = [p for block in plan.blocks for p in _blocks()[block](scene) if p]
        if paragraphs:
            made = tuple(Paragraph(sentences=tuple(_numbered(raw, next(numbers)) for raw in p)) for p in paragraphs)
            sections.append(Section(id=plan.id, title=scene.text(f"letter.section.{plan.id}"), paragraphs=made))
    return tuple(sections)


def _reference(scene: Scene) -> tuple[tuple[str, str], ...]:
    case = scene.case
    amount = case.claim.amount if case.claim and case.claim.amount else case.order.total if case.order else None
    rows = (
        ("order", case.order.id if case.order else None),
        ("charge", case.payment.charge_id if case.payment else None),
        ("dispute", case.payment.dispute_id if case.payment else None),
        ("account", case.account.merchant_id if case.account else None),
        ("claim", case.claim.id if case.claim else None),
        ("case", case.submission.case_id if case.submission else None),
        ("notice", case.notice.id if case.notice else None),
        ("reason", scene.text(f"reason.{case.reason}") if case.reason else None),
        ("amount", scene.money(amount) if amount else None),
    )
    return tuple((scene.text(f"letter.reference.{name}"), value) for name, value in rows if value)


def _signature(scene: Scene) -> tuple[str, ...]:
    seller = scene.case.seller
    if seller is None:
        return ()
    signatory = seller.signatory
    person = ", ".join(part for part in (signatory.name, signatory.title) if part) if signatory else None
    lines = (person, seller.contact if not person else None, seller.store, seller.name)
    return tuple(dict.fromkeys(line for line in lines if line))


def _enclosures(scene: Scene) -> tuple[str, ...]:
    request = scene.request
    key = "letter.enclosure_draft" if request.draft else "letter.enclosure"
    return tuple(
        scene.text(
            key if exhibit.first_page == exhibit.last_page else key + "_pages",
            number=exhibit.number,
            caption=request.captions.get(exhibit.file, ""),
            page=exhibit.first_page,
            last=exhibit.last_page,
        )
        for exhibit in request.plan.exhibits
    )


def compose(request: LetterRequest, kind: LetterKind) -> Letter:
    """The letter of ``kind`` for the request, in its language.

    Raises:
        ProofFault: a citation does not resolve in the plan.
    """
    scene = Scene(request=request)
    sections = _sections(scene, kind)
    platform = scene.name(request.platform.name)
    subject = request.case.order.id if request.case.order and request.case.order.id else None
    return Letter(
        kind=kind.id,
        language=request.language,
        addressee=scene.text("letter.addressee", platform=platform),
        subject=scene.text(
            "letter.subject_id" if subject else "letter.subject",
            procedure=scene.name(request.procedure.name),
            id=subject or "",
        ),
        salutation=scene.text("letter.salutation", platform=platform),
        reference=_reference(scene),
        sections=sections,
        closing=scene.text("letter.closing"),
        signature=_signature(scene),
        enclosures=_enclosures(scene),
        left_out=tuple(dict.fromkeys(scene.left_out)),
        draft=request.draft,
        date=scene.day(request.as_of),
    )
