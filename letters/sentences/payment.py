"""The disputed payment: when it was captured and what the card checks said."""

from letters import printed
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph

_PAGES = ("order_page", "invoice", "back_office_log", "account_record", "usage_log")
"""Kinds of exhibits that print when a payment was taken."""


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph, or none."""
    payment = scene.case.payment
    if payment is None:
        return []
    captured = None
    if payment.captured_at:
        date = scene.say.moment(payment.captured_at)
        key = "letter.captured" + ("_id" if payment.charge_id else "")
        cites = printed.minute(scene, payment.captured_at, *_PAGES)
        captured = scene.fact(key, cites, "shown", id=payment.charge_id or "", date=date)
    checks = [f"AVS {payment.avs}"] if payment.avs else []
    checks += [f"CVC {payment.cvc}"] if payment.cvc else []
    if payment.three_ds:
        checks.append("3-D Secure " + scene.text(f"letter.three_ds.{payment.three_ds}"))
    listed = scene.text("letter.semicolon").join(checks)
    return paragraph(captured, scene.fact("letter.card_checks", (), "record", checks=listed) if checks else None)
