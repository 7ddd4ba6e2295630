"""That the same documents went through the platform's messages as well: printed only when they did."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One sentence with the time, where the case says when they were sent; a form without attachments needs it."""
    sent = scene.case.submission.messages_sent_at if scene.case.submission else None
    if sent is None or not scene.request.plan.exhibits:
        return []
    return paragraph(scene.plain("letter.sent_in_messages", "argument", date=scene.say.moment(sent)))
