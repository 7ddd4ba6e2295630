"""What is claimed: when, why, for how much, in whose words; and how it was decided. Quoted, never judged."""

from casefile.fields.claim import Claim
from casefile.letter import Proof
from letters.raw import Paragraphs, Raw, paragraph
from letters.scene import Scene


def matter(scene: Scene) -> str:
    """What the platform calls such a case: a claim, a payment dispute, a return request."""
    if scene.case.payment:
        return scene.text("letter.matter.dispute")
    return scene.text("letter.matter.return" if scene.case.return_ else "letter.matter.claim")


def _details(scene: Scene, claim: Claim) -> str:
    reason = f"letter.claim_that.{scene.case.reason}"
    parts = [scene.text("letter.claim_states", reason=scene.text(reason)) if scene.has(reason) else ""]
    parts.append(scene.text("letter.claim_amount", amount=scene.say.money(claim.amount)) if claim.amount else "")
    return scene.text("letter.semicolon").join(part for part in parts if part)


def _opened(scene: Scene, claim: Claim) -> list[Raw]:
    at = claim.opened_at or claim.requested_at
    details = _details(scene, claim)
    if at is None:
        return [scene.plain("letter.claim", "fact", details=details, matter=matter(scene))] if details else []
    what = "claim_opened" if claim.opened_at else "claim_requested"
    shown = scene.point(what, at)
    attached = scene.of_kinds("case_page")
    proof: Proof = "shown" if shown else "attached"
    apart = details if shown or attached else ""
    opened = scene.fact(
        "letter.claim_opened",
        shown or attached,
        proof,
        matter=matter(scene),
        date=scene.say.moment(at),
        details=scene.text("letter.claim_details", details=details) if details and not apart else "",
    )
    return [opened, *([scene.plain("letter.claim_is", "fact", details=apart)] if apart else [])]


def _decided(scene: Scene, claim: Claim) -> list[Raw]:
    found = []
    if claim.decided_at:
        date = scene.say.moment(claim.decided_at)
        found.append(scene.plain("letter.decided", "fact", date=date, matter=matter(scene)))
    words = scene.words(claim.decision, "/claim/decision")
    if words:
        found.append(scene.plain("letter.decision_says", "fact", quote=scene.say.quoted(words)))
    return found


def write(scene: Scene) -> Paragraphs:
    """One paragraph on the claim, one on the decision."""
    claim = scene.case.claim
    if claim is None:
        return []
    sentences = _opened(scene, claim)
    if not claim.points:  # else each point is quoted where it is answered
        words = scene.words(claim.statement, "/claim/statement")
        if words:
            sentences.append(scene.plain("letter.claim_says", "fact", quote=scene.say.quoted(words)))
    return [*paragraph(*sentences), *paragraph(*_decided(scene, claim))]
