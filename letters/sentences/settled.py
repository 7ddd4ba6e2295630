"""The buyer's agreement: to withdraw, and that the matter is settled. Never more than what was recorded."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph: agreed, applied for, confirmed, each with its time."""
    withdrawal = scene.case.withdrawal
    if withdrawal is None:
        return []
    cites = scene.of_files(withdrawal.files) or scene.of_kinds("buyer_confirmation")
    steps = (
        ("agreed", withdrawal.agreed_at),
        ("applied", withdrawal.applied_at),
        ("confirmed", withdrawal.buyer_confirmed_at),
    )
    return paragraph(
        *(scene.fact(f"letter.{step}", cites, "attached", date=scene.say.moment(at)) for step, at in steps if at)
    )
