"""What the texts of grounds name: moments, sums, counts and words of the case, by name, only where known. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from casefile import text_folding
from casefile.as_printed import of_clock, of_day
from casefile.fields.base import LocalText, Money
from casefile.fields.order import Parcel
from casefile.fields.people import Address
from casefile.ground import Value, ValueName
from evidence_packer.judge.footing import Footing, is_title
from evidence_packer.judge.ground_questions import QUESTIONS, shown_policies, window_until
from evidence_packer.judge.receiving import ToldLine

Named = Iterator[tuple[ValueName, Value | None]]


def values(asked: Footing) -> Mapping[str, Value]:
    """Every value that is known, by name."""
    sources = (_parcels, _again, _money, _returned, _use, _payments, _stock, _papers, _words)
    found = {name: value for source in sources for name, value in source(asked)}
    return {name: value for name, value in found.items() if value not in (None, "", (), {})}


def _local(text: LocalText | None) -> Value | None:
    return text


def _last(parcels: tuple[Parcel, ...]) -> Parcel | None:
    return max(parcels, key=lambda one: str(one.delivered_at or ""), default=None)


def _parcels(asked: Footing) -> Named:
    order, parcels = asked.case.order, asked.outbound
    there, open_ = asked.delivered_parts
    known = tuple(one for one in parcels if one.tracking_number in there)
    parcel = _last(known or parcels)
    scans = [one.first_scan_at for one in parcels if one.first_scan_at]
    yield "count", len(parcels) or None
    yield "deliver_by_at", order.deliver_by_at if order else None
    yield "ship_by_at", order.ship_by_at if order else None
    yield "first_scan_at", max(scans) if scans and len(scans) == len(parcels) else None
    yield "item", _local(order.items[0].name) if order and len(order.items) == 1 else None
    yield "order", order.id if order else None
    yield "town", _town(asked)
    if there and open_:
        yield "parcel_number", ", ".join(there)
        yield "delivered_count", len(there) if len(there) > 1 else None
        yield "open_number", ", ".join(open_)
        yield "open_value", asked.ledger.worth(open_)
    if parcel:
        yield "carrier", parcel.carrier or ("letter.the_carrier",)
        yield "number", parcel.tracking_number
        yield "delivered_at", parcel.delivered_at
        yield "delivered_to", parcel.delivered_to
        yield "signed_by", parcel.signed_by
        yield "parcel_weight", parcel.weight_g


_TELL_DELIVERY = frozenset({"tracking", "proof_of_delivery", "carrier_statement"})


def _town(asked: Footing) -> Address | None:
    """Where the parcel came as far as carriers' pages say: town and postcode, where none of them prints the street too."""
    to = asked.case.buyer.ship_to if asked.case.buyer else None
    if to is None or not (to.city and to.postal_code):
        return None
    streets = [text_folding.squeezed(line) for line in to.lines]
    printed = [
        text_folding.squeezed(line.text) for file in asked.files if file.kind in _TELL_DELIVERY for line in file.texts
    ]
    return None if any(street and street in line for street in streets for line in printed) else to


def _again(asked: Footing) -> Named:
    parcel, remedy = asked.replacement, asked.case.remedy
    carrier = (parcel.carrier if parcel else None) or (remedy.carrier if remedy else None)
    word = asked.accepted()
    yield "replacement_carrier", carrier
    got = remedy.received_at if remedy and remedy.type == "replacement" else None
    yield "replacement_at", (parcel.delivered_at if parcel else None) or got
    yield "accepted_at", _moment(word.at) if word else None
    yield "accepted_words", word.words if word else None


def _moment(at: str | None) -> dt.datetime | None:
    """A moment as a page prints it: a day alone stays a day, a local time a local time."""
    if not at:
        return None
    moment = dt.datetime.fromisoformat(at)
    if "T" not in at:
        return of_day(moment.date(), dt.UTC)
    return moment if moment.tzinfo else of_clock(moment, dt.UTC)


def _day(at: dt.datetime | None) -> dt.datetime | None:
    """A day that was reckoned: no hour of it is told."""
    return of_day(at.date(), at.tzinfo or dt.UTC) if at else None


def received(told: ToldLine | None) -> Mapping[str, Value]:
    """How the buyer got the goods, in the words of the page."""
    if told is None:
        return {}
    at = _moment(told.at)
    return {"received_words": told.words, "received_at": at} if at else {"carrier_weight": told.words}


def _money(asked: Footing) -> Named:
    ledger = asked.ledger
    currency = ledger.disputed.currency if ledger.disputed else None
    dated = [one for one in ledger.refunded if one.at]
    last = max(dated, key=lambda one: str(one.at), default=None)
    yield "refunded", Money(amount=ledger.back, currency=currency) if ledger.back and currency else None
    yield "refunded_at", last.at if last else None
    named = [one.reference or one.id for one in ledger.refunded]
    yield "reference", ", ".join(one for one in named if one) or None
    yield "disputed", ledger.due
    yield "net", ledger.net
    yield "claimed_at", asked.claimed_at
    yield "platform", dict(asked.matter.platform.name)


def _returned(asked: Footing) -> Named:
    back, (sent, received) = asked.case.return_, asked.serials
    if back is None:
        return
    if QUESTIONS["serial_differs"](asked):
        yield "serial_sent", ", ".join(sent)
        yield "serial_received", ", ".join(received)
    if QUESTIONS["weight_differs"](asked):
        yield "weight_sent", back.weight_sent_g
        yield "weight_received", back.weight_received_g
    yield "condition", _local(back.condition)
    yield "return_at", back.received_at
    yield "requested_at", back.requested_at
    yield "window_until", _day(window_until(asked))


def _use(asked: Footing) -> Named:
    times = sorted(one.at for one in asked.case.access_log if one.at)
    opened = asked.claimed_at
    later = [at for at in times if opened and at > opened]
    policy = next(iter(shown_policies(asked)), None)
    yield "used_at", max(later or times, default=None)
    yield "use_count", len(later or times) or None
    yield "ip", asked.case.buyer.ip if asked.case.buyer and QUESTIONS["same_ip"](asked) else None
    yield "policy_at", policy.shown_at if policy else None
    yield "policy_where", policy.where if policy else None
    if asked.window:
        yield "window_until", _day(asked.window)


def _payments(asked: Footing) -> Named:
    own = asked.case.order.id if asked.case.order else None
    other = next((one for one in asked.case.related_charges if one.order_id and one.order_id != own), None)
    good, shared = asked.qualified
    days = sorted(one.at for one in good if one.at)
    yield "other_order", other.order_id if other else None
    yield "other_amount", other.amount if other else None
    yield "prior_first", days[0] if len(days) > 1 else None
    yield "prior_second", days[-1] if len(days) > 1 else None
    yield "elements", tuple(f"ground.element.{name}" for name in shared)


def _stock(asked: Footing) -> Named:
    stock = asked.case.inventory
    if stock is None:
        return
    missing = stock.shipped - stock.received if stock.shipped and stock.received is not None else stock.claimed
    yield "shipped", stock.shipped
    yield "received", str(stock.received) if stock.received is not None else None
    yield "missing", missing
    yield "unit_cost", stock.unit_cost
    yield "shipment", stock.shipment_id
    yield "removal", stock.removal_order_id
    yield "goods", stock.fnsku or stock.sku or stock.asin
    if stock.unit_cost and missing:
        total = stock.unit_cost.amount * Decimal(missing)
        yield "value", Money(amount=total, currency=stock.unit_cost.currency)


def _papers(asked: Footing) -> Named:
    suppliers = asked.case.suppliers
    names = dict.fromkeys(one.name for one in suppliers if one.name)
    counts = [one.quantity for one in suppliers if one.quantity]
    invoices = [one for one in suppliers if one.invoice_number or one.files]
    yield "supplier", next(iter(names)) if len(names) == 1 else None
    yield "units", sum(counts) if counts and len(counts) == len(invoices) else None
    yield "invoices", len(invoices) or None
    linked = asked.case.account.linked if asked.case.account else ()
    yield "linked", ", ".join(linked) or None
    yield "only_order", asked.case.orders[0].id if len(asked.case.orders) == 1 else None
    only = asked.case.orders[0] if len(asked.case.orders) == 1 else None
    yield "scanned_at", only.first_scan_at if only else None
    yield "due_at", only.ship_by_at if only else None
    yield "orders", len(asked.case.orders) if len(asked.case.orders) > 1 else None


def _words(asked: Footing) -> Named:
    offered, wrote = asked.handover(), asked.wrote()
    yield "offered_at", _moment(offered.at) if offered and not offered.waited else None
    yield "offered_words", offered.words if offered and not offered.waited else None
    yield "waited_at", _moment(offered.at) if offered and offered.waited else None
    yield "wrote_at", _moment(wrote.at) if wrote else None
    yield "wrote_words", wrote.words if wrote else None
    points = asked.case.claim.points if asked.case.claim else ()
    listed = (one.listing_says for one in points if one.listing_says and not is_title(asked.case, one.listing_says))
    yield "listing_words", _local(next(listed, None))
    settled = asked.settled()
    yield "settled_words", settled.words if settled else None
    yield "settled_at", _moment(settled.at) if settled else None
    word = asked.withdrawn()
    agreed = asked.case.withdrawal
    yield "agreed_words", word.words if word else None
    own = (agreed.buyer_confirmed_at or agreed.agreed_at) if agreed else None
    yield "agreed_at", (_moment(word.at) if word else None) or own
