"""What follows from the evidence: what else it shows, the conclusion, what we ask for."""

from collections.abc import Sequence

from casefile.citation import Citation
from casefile.coverage import PropositionCoverage
from casefile.letter import Proof
from letters import grounded
from letters.blocks import block
from letters.language_formatter import bare, opened
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _fails(covered: PropositionCoverage) -> bool:
    return covered.status == "contradicted" or (covered.status == "missing" and covered.required)


@block
def proved(scene: LetterContext) -> Paragraphs:
    """Whatever else the exhibits show for this reason, one sentence a proposition.

    One paragraph: shown propositions that no other sentence has carried; required ones that fail are listed as left out.
    """
    found = []
    firsts: dict[str, PropositionCoverage] = {}
    for covered in scene.request.coverage:
        if covered.proposition not in scene.said:
            firsts.setdefault(covered.proposition, covered)
    for covered in firsts.values():
        if not _needed(scene, covered):
            continue
        that = f"letter.that.{covered.proposition}"
        if covered.status == "described":
            found += _described(scene, covered)
        elif covered.status == "shown" and scene.has(that):
            words = scene.text(that)
            found.append(scene.fact("letter.proved", covered.exhibits, "shown", essential=covered.required, that=words))
        elif _fails(covered) and not scene.request.draft:
            scene.withhold(covered)
    return paragraph(*found)


_OF_FIRST_PARCEL = {
    "delivered",
    "delivered_to_address",
    "handed_to_carrier",
    "tracking_is_ours",
    "dispatched",
    "dispatched_on_time",
    "item_as_listed",
    "item_photo",
}
_SIDE = {"order_placed", "buyer_answered", "tracking_is_ours", "dispatched"}
"""Propositions that decide nothing: not said beside a ground that leads."""


def _needed(scene: LetterContext, covered: PropositionCoverage) -> bool:
    """Whether a proposition is worth a sentence of its own: all where no ground leads, else what decides and does not damage."""
    if not grounded.leading(scene):
        return True
    if covered.proposition == "refund_made" and any(one.at and one.amount for one in scene.case.refunds):
        return False  # each refund is told with its day
    spared = covered.proposition in _OF_FIRST_PARCEL and grounded.damaged(scene, "first_parcel")
    return not spared and covered.proposition not in _SIDE


def _described(scene: LetterContext, covered: PropositionCoverage) -> list[Raw]:
    """What the seller says that its photographs show, each once, in the seller's words where the letter's language has them."""
    found = []
    for citation in covered.exhibits:
        exhibit = scene.request.plan.at(citation.number, citation.page)
        entry = scene.case.entry(exhibit.file) if exhibit else None
        place = scene.case.files.index(entry) if entry else 0
        words = scene.words(entry.proves if entry else None, f"/files/{place}/proves")
        if not words or f"described/{citation.number}" in scene.said:
            continue
        scene.said.add(f"described/{citation.number}")
        cites = scene.citing.all([citation])
        text = scene.text("letter.described_words", cites=cites, words=opened(bare(words)))
        found.append(
            Raw(text=text, sentence_class="fact", proof="described", exhibits=(citation,), essential=covered.required)
        )
    that = f"letter.that.{covered.proposition}"
    if not found and scene.has(that) and not any(f"described/{c.number}" in scene.said for c in covered.exhibits):
        clause = scene.text(that)
        found.append(
            scene.fact("letter.proved", covered.exhibits, "described", essential=covered.required, that=clause)
        )
    return found


_CONTAINED = {"delivered": {"dispatched", "handed_to_carrier", "tracking_is_ours", "order_placed"}}
"""Propositions that need no mention once a weightier one is shown."""

_DONE = {"action_shown", "refund_made", "reshipped"}
"""Propositions that say what the seller has done."""


def _decisive(scene: LetterContext) -> Sequence[PropositionCoverage]:
    """What is shown, without what a weightier proposition contains; of several parcels a row each."""
    shown = [c for c in scene.request.coverage if c.status == "shown" and scene.has(f"letter.that.{c.proposition}")]
    names = {covered.proposition for covered in shown}
    contained = {less for more, others in _CONTAINED.items() if more in names for less in others}
    return [covered for covered in shown if covered.proposition not in contained]


def _parted(scene: LetterContext, covered: PropositionCoverage) -> bool:
    """Whether a proposition holds of some parcels only, so that each has to be named."""
    rows = [row for row in scene.request.coverage if row.proposition == covered.proposition]
    return any(row.status != "shown" for row in rows)


def _in_time(scene: LetterContext, covered: PropositionCoverage) -> tuple[Citation, ...]:
    """The pages of a dispatch that print until when the order had to leave; without one it is no dispatch in time."""
    due = scene.case.order.ship_by_at if scene.case.order else None
    pages = ((cited, scene.request.page(cited)) for cited in covered.exhibits if due)
    made_without = not scene.request.facts
    return tuple(cited for cited, page in pages if made_without or (due and page and page.dates("ship_by", due.date())))


def _leading(scene: LetterContext, covered: PropositionCoverage) -> Citation:
    timed = _in_time(scene, covered) if covered.proposition == "dispatched_on_time" else ()
    return min(timed or covered.exhibits)


def _that(scene: LetterContext, covered: PropositionCoverage) -> str:
    late_known = covered.proposition != "dispatched_on_time" or _in_time(scene, covered)
    that = scene.text(f"letter.that.{covered.proposition if late_known else 'dispatched'}")
    parted = covered.of if _parted(scene, covered) else None
    return that + scene.text("letter.details", details=parted) if parted else that


def _accepted(scene: LetterContext) -> str:
    """What was done counts as done, what is offered as an offer."""
    if scene.said & _DONE:
        return "letter.conclusion_accept"
    return "letter.conclusion_accept_offer" if scene.case.remedy else "letter.conclusion_accept_only"


@block
def conclusion(scene: LetterContext) -> Paragraphs:
    """What follows from the evidence: one sentence on what is shown, one on what photographs are said to show.

    It rests on these, else on what is enclosed.
    """
    if scene.accepts:
        return paragraph(scene.plain(_accepted(scene), "argument"))
    if grounded.leading(scene):  # the letter began with what decides
        return []
    decisive, seen = _decisive(scene), _seen(scene)
    if not decisive and not seen:
        points = scene.case.claim.points if scene.case.claim else ()
        answered = any(scene.can_say(point.answer) for point in points)
        enclosed = bool(scene.request.plan.exhibits) and not answered
        return paragraph(scene.plain("letter.conclusion_enclosed", "argument")) if enclosed else []
    return paragraph(
        _concluded(scene, "letter.conclusion_shown", decisive, "shown"),
        _concluded(scene, "letter.conclusion_described", seen, "described"),
    )


def _seen(scene: LetterContext) -> Sequence[PropositionCoverage]:
    """What the seller describes of photographs, where no exhibit shows it."""
    shown = {covered.proposition for covered in scene.request.coverage if covered.status == "shown"}
    return [
        covered
        for covered in scene.request.coverage
        if covered.status == "described"
        and covered.proposition not in shown
        and scene.has(f"letter.that.{covered.proposition}")
    ]


def _concluded(scene: LetterContext, key: str, rows: Sequence[PropositionCoverage], proof: Proof) -> Raw | None:
    if not rows:
        return None
    cites = tuple(sorted({_leading(scene, covered) for covered in rows}))
    statements = scene.say.listed(list(dict.fromkeys(_that(scene, covered) for covered in rows)))
    text = scene.text(key, statements=statements, cites=scene.citing.all(cites))
    return Raw(text=opened(text), sentence_class="argument", proof=proof, exhibits=cites, essential=True)
