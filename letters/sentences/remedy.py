"""What was offered or done for the buyer; only dated proof makes it done."""

from casefile.fields.order import Remedy
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def _promised(scene: LetterContext, remedy: Remedy) -> str:
    """An offer with its time: made on a day that is past, or to be carried out by one that is not."""
    if remedy.status == "accepted" or remedy.at is None:
        return f"letter.remedy_{remedy.status}"
    return "letter.remedy_offered_by" if remedy.at > scene.request.as_of else "letter.remedy_offered_dated"


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph, or none. A remedy called done without date and document stays out, and this is told."""
    remedy = scene.case.remedy
    if remedy is None:
        return []
    what = scene.text(f"letter.remedy.{remedy.type}")
    if remedy.amount:
        what = scene.text("letter.remedy_amount", what=what, amount=scene.say.money(remedy.amount))
    cites = scene.of_files(remedy.files)
    if remedy.status != "done":
        date = scene.say.moment(remedy.at) if remedy.at else ""
        return paragraph(scene.plain(_promised(scene, remedy), "commitment", what=what, date=date))
    if not (remedy.at and (cites or scene.request.draft)):
        scene.left("/remedy", "remedy-unproved")
        return []
    scene.said.update({"refund_made", "reshipped"})
    done = scene.fact("letter.remedy_done", cites, "attached", what=what, date=scene.say.moment(remedy.at))
    return paragraph(done)
