"""What was refused, and our answer to each reason with its exhibits."""

from casefile.fields.claim import Rejection, RejectionReason
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, RawParagraph, paragraph


def _refusal(scene: LetterContext, rejection: Rejection) -> Raw | None:
    if rejection.at is None:
        return None
    cites = scene.of_files([rejection.file] if rejection.file else [])
    key = "letter.refused" + ("_id" if rejection.submission_id else "")
    date = scene.say.moment(rejection.at)
    return scene.known(key, cites, shown=False, date=date, id=rejection.submission_id or "")


def _row(scene: LetterContext, reason: RejectionReason, pointer: str) -> RawParagraph | None:
    answer = scene.own(reason.answer, "argument", f"{pointer}/answer", reason.files)
    if answer is None:
        if not reason.answer:
            scene.left(f"{pointer}/answer", "not-answered")
        return None
    given = scene.words(reason.text, f"{pointer}/text")
    cells = (
        (0, scene.plain("letter.reason_given", "fact", quote=scene.say.quoted(given)) if given else None),
        (1, answer),
    )
    kept = [(column, cell) for column, cell in cells if cell]
    return RawParagraph(
        sentences=tuple(cell for _, cell in kept),
        cells=tuple(column for column, _ in kept),
        table=(scene.text("letter.column.reason"), scene.text("letter.column.answer")),
        together=True,
    )


def write(scene: LetterContext) -> Paragraphs:
    """Per refusal its date and a table of reason and answer; a reason without an answer stays out and is told."""
    found: Paragraphs = []
    for place, rejection in enumerate(scene.case.rejections):
        rows = [_row(scene, reason, f"/rejections/{place}/reasons/{n}") for n, reason in enumerate(rejection.reasons)]
        found += [*paragraph(_refusal(scene, rejection)), *(row for row in rows if row)]
    return found
