"""Other charges and earlier orders of the same buyer, each with what it has in common with this one."""

from casefile.fields.payment import PriorOrder, RelatedCharge
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_TOLD = 5
"""Earlier orders told one by one; the exhibits hold the rest."""


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


def write(scene: LetterContext) -> Paragraphs:
    """One list of charges, one of earlier orders."""
    charges = [_charge(scene, charge, place) for place, charge in enumerate(scene.case.related_charges)]
    priors = [_prior(scene, prior) for prior in scene.case.prior_orders[:_TOLD]]
    return [*paragraph(*charges, listed=True), *paragraph(*priors, listed=True)]
