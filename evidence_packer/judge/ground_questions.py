"""The questions that grounds put to a case, each answered with yes, no, or ``None`` where nothing is known. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from casefile.fields.base import any_text
from casefile.fields.payment import Policy
from casefile.ground import Question
from casefile.promptness import dispatched_in_time, not_after
from evidence_packer.judge.footing import Answer, Footing, is_title
from evidence_packer.judge.receiving_questions import RECEIVING

_LIGHTER = 0.15
"""Share of the weight sent from which a return is another thing than a scale's error."""
_GRAMS = 20
_DAYS = re.compile(
    r"(\d{1,3})\s*-?\s*(?:calendar |natural )?"
    r"(?:days?\b|天|日|Tage|jours|días|dias|giorni|일|วัน|dagen|dagar|dni|hari|ngày)",
    re.IGNORECASE,
)
"""A number of days as policies write it."""

_MATCHED = frozenset({"match", "matched", "pass", "passed", "y", "x", "m", "d", "full match", "匹配", "相符", "通过"})
"""How processors write that a check of address or code matched in full."""


def _protected(asked: Footing) -> Answer:
    """A label that the platform sold: protected, not protected, or nobody said."""
    told = [one.claims_protected for one in asked.outbound]
    if not told or any(one.claims_protected is False or one.label_source == "other" for one in asked.outbound):
        return False
    if all(told):
        return True
    return None if all(one.claims_protected or one.label_source == "platform" for one in asked.outbound) else False


def _scanned(asked: Footing) -> Answer:
    due = asked.case.order.ship_by_at if asked.case.order else None
    scans = [one.first_scan_at for one in asked.outbound]
    if due is None or not scans or None in scans:
        return None
    return all(not_after(scan, due) for scan in scans if scan)


def _replaced(asked: Footing) -> Answer:
    remedy = asked.case.remedy
    return asked.replacement is not None or (
        remedy is not None and remedy.type == "replacement" and remedy.status == "done"
    )


def _refunded_before(asked: Footing) -> Answer:
    days = [one.at for one in asked.ledger.refunded]
    opened = asked.claimed_at
    if not asked.ledger.settled or opened is None:
        return False
    return None if None in days else all(day < opened for day in days if day)


def _refunded_after(asked: Footing) -> Answer:
    """The whole sum went back since; what the platform took itself is what the seller contests, and no answer to it."""
    taken = not asked.matter.procedure.chargeback and any(one.by == "platform" for one in asked.ledger.refunded)
    return asked.ledger.settled and _refunded_before(asked) is not True and not taken


def _in_part(asked: Footing) -> Answer:
    net = asked.ledger.net
    return bool(asked.ledger.refunded) and net is not None and net.amount > 0


def _parts_back(asked: Footing) -> Answer:
    """Whether what did not arrive was refunded, as far as its worth is known."""
    worth = asked.ledger.worth(asked.delivered_parts[1])
    enough = worth is None or worth.amount <= asked.ledger.back
    return bool(asked.ledger.refunded) and enough


def _reference(asked: Footing) -> Answer:
    return bool(asked.ledger.refunded) and all(one.reference or one.id for one in asked.ledger.refunded)


def _serials(asked: Footing) -> Answer:
    sent, back = asked.serials
    return not set(sent) & set(back) if sent and back else None


def _weights(asked: Footing) -> Answer:
    back = asked.case.return_
    if back is None or not back.weight_sent_g or back.weight_received_g is None:
        return None
    gap = abs(back.weight_sent_g - back.weight_received_g)
    return gap >= _GRAMS and gap > _LIGHTER * back.weight_sent_g


def _condition_alone(asked: Footing) -> Answer:
    """Whether what came back is told by its condition only: it is the thing that was sent, in another state."""
    back = asked.case.return_
    return bool(back and back.condition) and not (_serials(asked) or _weights(asked))


def _contents(asked: Footing) -> Answer:
    """Whether it is disputed what lay in the parcel: parts are said to be missing, or the seller names its weight."""
    return asked.case.reason == "missing_parts" or any(one.weight_g for one in asked.outbound)


def _refund_accepted(asked: Footing) -> Answer:
    return _in_part(asked) and asked.settled() is not None


def _received(asked: Footing) -> Answer:
    return bool(asked.case.return_ and asked.case.return_.received_at)


def window_until(asked: Footing) -> dt.datetime | None:
    """The last day on which the seller's own policy takes a return, counted from the delivery."""
    policy = asked.case.policies.return_ if asked.case.policies else None
    found = _DAYS.search(any_text(policy.text, "en") or "") if policy else None
    delivered = [one.delivered_at for one in asked.outbound if one.delivered_at]
    return max(delivered) + dt.timedelta(days=int(found[1])) if found and delivered else None


def _return_late(asked: Footing) -> Answer:
    until, back = window_until(asked), asked.case.return_
    wanted = back.requested_at if back else None
    return wanted.date() > until.date() if until and wanted else None


def _claim_late(asked: Footing) -> Answer:
    until, opened = asked.window, asked.claimed_at
    return opened.date() > until.date() if until and opened else None


def shown_policies(asked: Footing) -> tuple[Policy, ...]:
    """The policies with a text that the buyer saw before paying."""
    policies, order, payment = asked.case.policies, asked.case.order, asked.case.payment
    paid = (order.placed_at if order else None) or (payment.captured_at if payment else None)
    every = (policies.refund, policies.cancellation, policies.return_) if policies else ()
    return tuple(one for one in every if one and one.text and one.shown_at and paid and one.shown_at <= paid)


def _policy(asked: Footing) -> Answer:
    return bool(shown_policies(asked)) or (None if asked.case.policies else False)


def _two_orders(asked: Footing) -> Answer:
    own = asked.case.order.id if asked.case.order else None
    return any(one.order_id and one.order_id != own for one in asked.case.related_charges)


def _units(asked: Footing) -> Answer:
    stock = asked.case.inventory
    if stock is None or stock.shipped is None or stock.received is None:
        return None
    return stock.shipped > stock.received


def _value(asked: Footing) -> Answer:
    return bool(asked.case.inventory and asked.case.inventory.unit_cost)


def _supplier(asked: Footing) -> Answer:
    return any(one.name and (one.phone or one.address) for one in asked.case.suppliers)


def _delivered_in_time(asked: Footing) -> Answer:
    due = asked.case.order.deliver_by_at if asked.case.order else None
    times = [one.delivered_at for one in asked.outbound]
    if due is None or not times or None in times:
        return None
    return all(not_after(at, due) for at in times if at)


def _delivered_after_claim(asked: Footing) -> Answer:
    """Whether the parcel came only when the claim was there already."""
    times, opened = [one.delivered_at for one in asked.outbound if one.delivered_at], asked.claimed_at
    return bool(times) and opened is not None and max(times) > opened


def _return_open(asked: Footing) -> Answer:
    """Whether goods should come back and have not."""
    back = asked.case.return_
    return back is not None and back.received_at is None and not back.condition


def _card(asked: Footing) -> Answer:
    """Whether address and security code of the card matched, as processors write it."""
    payment = asked.case.payment
    told = [(payment.avs or "").casefold(), (payment.cvc or "").casefold()] if payment else []
    return bool(told) and all(one in _MATCHED for one in told)


def _fulfilled(asked: Footing) -> Answer:
    return bool(asked.case.order and asked.case.order.fulfilment == "marketplace")


_GONE = frozenset({"lost", "returning", "returned", "cancelled"})


def _claim_early(asked: Footing) -> Answer:
    """Whether the claim came before the last day on which the parcel was due; not where the parcel is gone."""
    due, opened = asked.case.order.deliver_by_at if asked.case.order else None, asked.claimed_at
    if due is None or opened is None:
        return False
    gone = any(fate.state in _GONE for file in asked.files for fate in file.fates)
    return opened.date() < due.date() and not gone


def _arranged(asked: Footing) -> Answer:
    """Whether the buyer was given a way to send the goods back; the number of a request for the money alone is none."""
    back, remedy = asked.case.return_, asked.case.remedy
    label = remedy is not None and remedy.type == "return_label" and remedy.status == "done"
    numbered = back is not None and back.id is not None and back.requested != "refund_only"
    return label or numbered or bool(back and back.tracking_number)


def _return_due(asked: Footing) -> Answer:
    """Whether the buyer knew that the goods have to come back: by the return itself, or by a policy."""
    policies = asked.case.policies
    policy = any(one.kind == "policy_text" for one in asked.plan.exhibits) or bool(policies and policies.return_)
    return _arranged(asked) or policy


def _orders_scanned(asked: Footing) -> Answer:
    """Whether each affected order has a number and a scan of its carrier."""
    orders = asked.case.orders
    return bool(orders) and all(one.tracking_number and (one.first_scan_at or one.delivered_at) for one in orders)


def _listing_answers(asked: Footing) -> Answer:
    """Whether words of the listing are quoted that say more than how the item is called: only they can meet a complaint."""
    points = asked.case.claim.points if asked.case.claim else ()
    return any(one.listing_says and not is_title(asked.case, one.listing_says) for one in points)


def _open_not_due(asked: Footing) -> Answer:
    """Whether what is still open was not due yet when it was claimed."""
    return all(asked.delivered_parts) and _claim_early(asked)


QUESTIONS: Mapping[Question, Callable[[Footing], Answer]] = {
    "label_protected": _protected,
    "scanned_in_time": _scanned,
    "one_parcel": lambda asked: len(asked.outbound) <= 1,
    "several_parcels": lambda asked: len(asked.outbound) > 1,
    "every_parcel": lambda asked: not asked.delivered_parts[1],
    "some_parcels_open": lambda asked: all(asked.delivered_parts),
    "open_parts_refunded": _parts_back,
    "replaced": _replaced,
    "buyer_accepted": lambda asked: asked.accepted() is not None,
    "refunded_before": _refunded_before,
    "refunded_after": _refunded_after,
    "refunded_in_part": _in_part,
    "refund_reference": _reference,
    "serial_differs": _serials,
    "weight_differs": _weights,
    "weight_alone": lambda asked: _weights(asked) is True and not _serials(asked),
    "condition_alone": _condition_alone,
    "contents_disputed": _contents,
    "weighed": lambda asked: any(one.weight_g for one in asked.outbound),
    "refund_accepted": _refund_accepted,
    "return_received": _received,
    "return_late": _return_late,
    "policy_shown_before": _policy,
    "two_orders": _two_orders,
    "prior_payments": lambda asked: bool(asked.case.prior_orders),
    "prior_payments_match": lambda asked: len(asked.qualified[0]) >= 2,
    "claim_late": _claim_late,
    "buyer_withdrew": lambda asked: asked.withdrawn() is not None,
    "units_missing": _units,
    "value_known": _value,
    "supplier_reachable": _supplier,
    "authenticated": lambda asked: bool(asked.case.payment and asked.case.payment.three_ds == "authenticated"),
    "delivered_in_time": _delivered_in_time,
    "delivered_after_claim": _delivered_after_claim,
    "return_open": _return_open,
    "nothing_refunded": lambda asked: not asked.ledger.refunded,
    "refunded": lambda asked: bool(asked.ledger.refunded),
    "card_matched": _card,
    "dispatched_in_time": lambda asked: dispatched_in_time(asked.case),
    "marketplace_fulfilled": _fulfilled,
    "handover_failed": lambda asked: asked.handover() is not None,
    "return_due": _return_due,
    "claim_early": _claim_early,
    "return_arranged": _arranged,
    "wrote_before_claim": lambda asked: asked.wrote() is not None,
    "orders_scanned": _orders_scanned,
    "listing_answers": _listing_answers,
    **RECEIVING,
    "open_not_due": _open_not_due,
}
"""How each question is answered."""
