"""What is claimed, when, in whose words, and how it was decided. Quoted, never judged."""

import datetime as dt

from casefile.fields.claim import Claim
from letters import printed
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _event(scene: LetterContext, key: str, point: str, at: dt.datetime) -> Raw:
    shown = scene.point(point, at)
    cites = shown or scene.of_kinds("case_page")
    return scene.known(f"letter.{key}.{scene.matter}", cites, shown=bool(shown), date=printed.moment(scene, shown, at))


def _opened(scene: LetterContext, claim: Claim) -> Raw | None:
    if claim.opened_at:
        return _event(scene, "opened", "claim_opened", claim.opened_at)
    if claim.requested_at:
        return _event(scene, "opened", "claim_requested", claim.requested_at)
    return None


def _decided(scene: LetterContext, claim: Claim) -> list[Raw | None]:
    words = scene.words(claim.decision, "/claim/decision")
    return [
        _event(scene, "decided", "claim_decided", claim.decided_at) if claim.decided_at else None,
        scene.plain("letter.decision_says", "fact", quote=scene.say.quoted(words)) if words else None,
    ]


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph on the claim, one on the decision."""
    claim = scene.case.claim
    if claim is None:
        return []
    said = None
    if not any(scene.can_say(point.answer) for point in claim.points):  # else each point is quoted where it is answered
        words = scene.words(claim.statement, "/claim/statement")
        said = scene.plain("letter.claim_says", "fact", quote=scene.say.quoted(words)) if words else None
    return [*paragraph(_opened(scene, claim), said), *paragraph(*_decided(scene, claim))]
