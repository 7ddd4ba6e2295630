"""The seller's authorisation of an agent: who, for what, from when."""

from casefile.subject import subject_id
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """Three legal sentences and a line to sign on; without the agent's name nothing."""
    agent = scene.case.submitted_by.name if scene.case.submitted_by else None
    seller = scene.case.seller
    company = (seller.name or seller.store) if seller else None
    if not agent or not company:
        scene.left("/submitted_by/name" if not agent else "/seller/name", "name-missing")
        return []
    found = subject_id(scene.case, scene.request.procedure.subject) or ""
    platform = scene.name(scene.request.platform.name)
    names = {"seller": company, "agent": agent, "platform": platform}
    given = scene.plain(f"letter.authorise.{scene.request.procedure.subject}", "legal", id=found, **names)
    scope = scene.plain("letter.authorise_scope", "legal")
    since = scene.plain("letter.authorise_from", "legal", date=scene.say.day(scene.request.as_of.date()))
    return [*paragraph(given, scope, since), *paragraph(scene.plain("letter.sign_here", "legal"))]
