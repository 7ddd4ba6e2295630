"""What was already sent in this matter, and since when an answer is awaited."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph: the submission with its case id, the wait in days."""
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
