"""What follows from the evidence, in one sentence."""

from collections.abc import Sequence

from casefile.coverage import PropositionCoverage
from letters.language_formatter import opened
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_CONTAINED = {"delivered": {"dispatched", "handed_to_carrier", "tracking_is_ours", "order_placed"}}
"""Propositions that need no mention once a weightier one is shown."""

_DONE = {"action_shown", "refund_made", "reshipped"}
"""Propositions that say what the seller has done."""


def _decisive(scene: LetterContext) -> Sequence[PropositionCoverage]:
    """The propositions that are shown, each once, without those that another one contains."""
    shown = {c.proposition: c for c in scene.request.coverage if c.status == "shown"}
    contained = {less for more, others in _CONTAINED.items() if more in shown for less in others}
    return [c for name, c in shown.items() if name not in contained and scene.has(f"letter.that.{name}")]


def _accepted(scene: LetterContext) -> str:
    """What was done counts as done, what is offered as an offer."""
    if scene.said & _DONE:
        return "letter.conclusion_accept"
    return "letter.conclusion_accept_offer" if scene.case.remedy else "letter.conclusion_accept_only"


def write(scene: LetterContext) -> Paragraphs:
    """It rests on what is shown, else on what is enclosed."""
    if scene.accepts:
        return paragraph(scene.plain(_accepted(scene), "argument"))
    decisive = _decisive(scene)
    if not decisive:
        enclosed = bool(scene.request.plan.exhibits)
        return paragraph(scene.plain("letter.conclusion_enclosed", "argument")) if enclosed else []
    cites = tuple(sorted({min(c.exhibits) for c in decisive}))
    statements = scene.say.listed([scene.text(f"letter.that.{c.proposition}") for c in decisive])
    text = scene.text("letter.conclusion_shown", statements=statements, cites=scene.citing.all(cites))
    return paragraph(Raw(text=opened(text), sentence_class="argument", proof="shown", exhibits=cites, essential=True))
