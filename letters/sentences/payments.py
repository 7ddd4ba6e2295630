"""The money: the disputed payment, other charges and orders of the same buyer, and what was refunded."""

from casefile.anchors import Anchor
from casefile.fields.payment import PriorOrder, RelatedCharge
from casefile.letter import Proof
from letters import printed, told
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_PAGES = ("order_page", "invoice", "back_office_log", "account_record", "usage_log")
"""Kinds of exhibits that print when a payment was taken."""


@block
def payment(scene: LetterContext) -> Paragraphs:
    """The disputed payment: when it was captured and what the card checks said.

    One paragraph, or none.
    """
    payment = scene.case.payment
    if payment is None:
        return []
    captured = None
    if payment.captured_at:
        date = told.moment(scene.say, payment.captured_at)
        cites = printed.minute(scene, payment.captured_at, *_PAGES)
        captured = scene.fact("letter.captured", cites, "shown", date=date)
        if payment.charge_id:
            number = told.number(payment.charge_id)
            named = scene.fact("letter.captured_id", cites, "shown", id=number, date=date)
            captured = named if named.proof == "shown" or captured.proof != "shown" else captured
    checks = [f"AVS {payment.avs}"] if payment.avs else []
    checks += [f"CVC {payment.cvc}"] if payment.cvc else []
    if payment.three_ds:
        checks.append("3-D Secure " + scene.text(f"letter.three_ds.{payment.three_ds}"))
    listed = scene.text("letter.semicolon").join(checks)
    return paragraph(captured, scene.fact("letter.card_checks", (), "record", checks=listed) if checks else None)


_LISTED = 5
"""Earlier orders named one by one; the exhibits hold the rest."""


def _charge(scene: LetterContext, charge: RelatedCharge, place: int) -> Raw | None:
    identifier = charge.charge_id or charge.order_id
    if not (identifier and charge.at):
        return None
    paid_for = scene.words(charge.paid_for, f"/related_charges/{place}/paid_for")
    parts = [charge.order_id if charge.charge_id else None, scene.say.money(charge.amount) if charge.amount else None]
    details = scene.text("letter.semicolon").join(part for part in (paid_for, *parts) if part)
    return _cited(scene, "letter.related_charge", "charges_distinct", identifier, scene.say.moment(charge.at), details)


def _cited(scene: LetterContext, key: str, proposition: str, identifier: str, date: str, details: str) -> Raw:
    covered = scene.covered(proposition)
    known = covered is not None and covered.status in {"shown", "attached"}
    bracket = scene.text("letter.details", details=details) if details else ""
    cites = covered.exhibits if covered and known else ()
    return scene.fact(key, cites, "attached", id=identifier, date=date, details=bracket)


def _same(scene: LetterContext, prior: PriorOrder) -> list[str]:
    buyer = scene.case.buyer
    common = {
        "account": bool(buyer and prior.account_id and prior.account_id == buyer.account_id),
        "ip": bool(buyer and prior.ip and prior.ip == buyer.ip),
        "device": bool(buyer and prior.device_id and prior.device_id == buyer.device_id),
        "address": bool(prior.same_address),
        "undisputed": prior.disputed is False,
    }
    return [scene.text(f"letter.same.{name}") for name, holds in common.items() if holds]


def _prior(scene: LetterContext, prior: PriorOrder) -> Raw | None:
    identifier = prior.order_id or prior.charge_id
    if not (identifier and prior.at):
        return None
    amount = [scene.say.money(prior.amount)] if prior.amount else []
    details = scene.text("letter.semicolon").join(amount + _same(scene, prior))
    return _cited(scene, "letter.prior_order", "authorised_buyer", identifier, scene.say.moment(prior.at), details)


@block
def history(scene: LetterContext) -> Paragraphs:
    """Other charges and earlier orders of the same buyer, each with what it has in common with this one.

    One list of charges, one of earlier orders.
    """
    charges = [_charge(scene, charge, place) for place, charge in enumerate(scene.case.related_charges)]
    priors = [_prior(scene, prior) for prior in scene.case.prior_orders[:_LISTED]]
    return [*paragraph(*charges, listed=True), *paragraph(*priors, listed=True)]


@block
def refunded(scene: LetterContext) -> Paragraphs:
    """Money already returned, each refund with its day and document.

    One paragraph: every dated refund; what no exhibit shows is stated as our record.
    """
    covered = scene.covered("refund_made")
    if scene.against("refund_made") or ("refunded_at" in scene.told and len(scene.case.refunds) < 2):
        return []
    known = covered is not None and covered.status in {"shown", "attached"}
    sentences: list[Raw] = []
    for refund in scene.case.refunds:
        if refund.at and refund.amount:
            cites = (*scene.point("refund", refund.at), *(covered.exhibits if covered and known else ()))
            shown = covered is not None and covered.status == "shown"
            details = scene.text("letter.details", details=refund.id) if refund.id else ""
            proof: Proof = "shown" if shown else "attached"
            sentences.append(
                scene.fact(
                    "letter.refunded",
                    tuple(dict.fromkeys(cites)),
                    proof,
                    amount=told.money(scene.say, refund.amount),
                    date=told.moment(scene.say, refund.at),
                    details=told.details(details, Anchor.number(refund.id or "")),
                )
            )
    if sentences:
        scene.said.add("refund_made")
    return paragraph(*sentences)
