"""How a letter begins: who speaks, what it answers, what was sent before, and what is claimed."""

import dataclasses
import datetime as dt

from casefile.fields.claim import Claim
from letters import grounded, told
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import DAMAGING, Paragraphs, Raw, paragraph


@block
def on_behalf(scene: LetterContext) -> Paragraphs:
    """Who makes the statement for the seller, where an agent does, with the authorisation.

    One sentence, or none where the seller speaks.
    """
    by = scene.case.submitted_by
    seller = scene.case.seller
    company = (seller.name or seller.store) if seller else None
    if by is None or by.role != "agent" or not (by.name and company):
        return []
    cites = scene.of_files(by.authorisation) or scene.of_kinds("agent_authorisation")
    return paragraph(scene.known("letter.on_behalf", cites, shown=False, agent=by.name, seller=company))


@block
def asked(scene: LetterContext) -> Paragraphs:
    """The message of the platform that the letter answers.

    The latest dated message of the platform, quoted.
    """
    dated = [(c.at, place, c) for place, c in enumerate(scene.case.contacts) if c.at and c.from_ == "platform"]
    if not dated:
        return []
    at, place, contact = max(dated, key=lambda one: one[0])
    words = scene.words(contact.text, f"/contacts/{place}/text")
    if not words:
        return []
    quote, date = scene.say.quoted(words), scene.say.moment(at)
    return paragraph(scene.known("letter.you_wrote", scene.of_files(contact.files), shown=False, date=date, text=quote))


@block
def earlier(scene: LetterContext) -> Paragraphs:
    """What was already sent in this matter, and since when an answer is awaited.

    One paragraph: the submission with its case id, the wait in days.
    """
    submission = scene.case.submission
    if submission is None:
        return []
    sent = None
    if submission.at:
        key = "letter.sent" + ("_case" if submission.case_id else "")
        sent = scene.known(key, (), shown=False, date=scene.say.moment(submission.at), id=submission.case_id or "")
    waiting = None
    if submission.waiting_since:
        days = (scene.request.as_of - submission.waiting_since).days
        key = "letter.waiting" + ("_days" if days > 1 else "")
        waiting = scene.known(key, (), shown=False, date=scene.say.moment(submission.waiting_since), days=days)
    return paragraph(sent, waiting)


def _event(scene: LetterContext, key: str, point: str, at: dt.datetime) -> Raw:
    shown = scene.point(point, at)
    cites = shown or scene.of_kinds("case_page")
    return scene.known(f"letter.{key}.{scene.matter}", cites, shown=bool(shown), date=told.moment(scene.say, at))


def _opened(scene: LetterContext, claim: Claim) -> Raw | None:
    if "claimed_at" in scene.told:
        return None  # the answer has named its day
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


@block
def claim(scene: LetterContext) -> Paragraphs:
    """What is claimed, when, in whose words, and how it was decided. Quoted, never judged.

    One paragraph on the claim, one on the decision.
    """
    claim = scene.case.claim
    if claim is None:
        return []
    said = None
    if grounded.damaged(scene, "complaint"):
        return [*paragraph(_opened(scene, claim)), *paragraph(*_decided(scene, claim))]
    if not any(scene.can_say(point.answer) for point in claim.points):  # else each point is quoted where it is answered
        words = scene.words(claim.statement, "/claim/statement")
        said = scene.plain("letter.claim_says", "fact", quote=scene.say.quoted(words)) if words else None
        said = dataclasses.replace(said, worth=DAMAGING) if said and grounded.leading(scene) else said
    return [*paragraph(_opened(scene, claim), said), *paragraph(*_decided(scene, claim))]
