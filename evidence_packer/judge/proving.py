"""Whether one exhibit proves a proposition of one subject: by what it says, and with what it has to show beside that. Pure.

``shown`` needs the statement itself, about this very thing. A page that speaks of the thing and says something else does not
count at all; one that says the opposite speaks against it; one of which nothing was understood is attached.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from casefile.anchors import prints_minute
from casefile.facts import Detail, Spot, TimestampSeen
from casefile.fields.files import Kind
from casefile.rules import EvidenceRule
from casefile.statement import PARCEL_STATES, REFUND_STATES, Fate, Statement
from evidence_packer.judge.contradictions import against_delivery, signed_by_another
from evidence_packer.judge.money_back import refund_says
from evidence_packer.judge.parcel_fates import MOVED, meanings
from evidence_packer.judge.subjects import Subject, replacements
from evidence_packer.judge.testimony import ATTACHED, Testimony, said
from evidence_packer.judge.witness import Witness
from evidence_packer.judge.word_given import word_given
from evidence_packer.understand.moments import on_day_of, same_day

_PHOTOGRAPHS: frozenset[Kind] = frozenset({"product_photo", "packing_media", "return_media"})
OWN_RECORDS: frozenset[Kind] = frozenset({"erp_record", "back_office_log"})
"""Records of the seller, which date a dispatch without being a carrier's page."""


def _plainest(spots: Iterable[Spot]) -> Spot | None:
    """On the first page that has one, the largest: a heading rather than an address bar."""
    return min(spots, key=lambda spot: (spot.page, -spot.tall), default=None)


def _number(witness: Witness, _: Subject) -> Spot | None:
    return _plainest(Spot.of(seen) for seen in witness.facts.tracking_numbers if seen.matches)


def _order_id(witness: Witness, _: Subject) -> Spot | None:
    return _plainest(Spot.of(seen) for seen in witness.facts.order_ids if seen.matches)


def _printed(witness: Witness) -> Iterator[TimestampSeen]:
    """The times of the page itself: the clock of a screen proves nothing about the parcel."""
    return (seen for seen in witness.facts.timestamps if not seen.desktop_clock)


def _dispatched(witness: Witness, subject: Subject) -> Spot | None:
    """The carrier's dated step, or what the seller's record states, of the day on which the parcel left; no label's date."""
    orders = [m for order in witness.case.orders for m in (order.dispatched_at, order.first_scan_at)]
    parcels = [m for parcel in subject.parcels for m in (parcel.dispatched_at, parcel.first_scan_at)]
    moments = [moment for moment in (*parcels, *orders) if moment]
    steps = [one for one in witness.states(subject) if one.says in MOVED and one.at]
    told = (Spot.of(one) for one in steps if any(on_day_of(str(one.at), moment) for moment in moments))
    fields = (seen for seen in witness.facts.fields if seen.name == "shipped_at" and witness.facts.kind != "dispatch")
    labelled = (Spot.of(seen) for seen in fields if any(on_day_of(seen.value, moment) for moment in moments))
    own = [one for one in _printed(witness) if any(same_day(one, m) for m in moments)]
    own = own if witness.facts.kind in OWN_RECORDS else []
    # The minute itself; without it the last step of the day, for a parcel leaves after it was picked and packed.
    latest = sorted(own, key=lambda one: str(one.at), reverse=True)
    printed = map(Spot.of, sorted(latest, key=lambda one: not any(prints_minute(one, m) for m in moments)))
    return next((spot for spots in (told, labelled, printed) for spot in spots), None)


def _address(witness: Witness, _: Subject) -> Spot | None:
    """The postcode, or the street with its house number, of the buyer's address."""
    places = witness.facts.places
    if any(place.part == "house_number" and not place.matches for place in places):
        return None
    return next(
        (Spot.of(p) for part in ("postal_code", "street") for p in places if p.matches and p.part == part), None
    )


def _amount(witness: Witness, _: Subject) -> Spot | None:
    return next((Spot.of(seen) for seen in witness.facts.amounts if seen.matches), None)


def _signed(witness: Witness, _: Subject) -> Spot | None:
    if signer := witness.facts.stated("signer"):
        return Spot.of(signer)
    return next((Spot.of(seen) for seen in witness.facts.statuses if seen.status == "signed"), None)


def _passed(witness: Witness, _: Subject) -> Spot | None:
    return next((Spot.of(seen) for seen in witness.facts.statuses if seen.status == "passed"), None)


def _use_time(witness: Witness, _: Subject) -> Spot | None:
    moments = [entry.at for entry in witness.case.access_log if entry.at]
    return next((Spot.of(seen) for seen in _printed(witness) for m in moments if same_day(seen, m)), None)


def _other_charge(witness: Witness, _: Subject) -> Spot | None:
    """The number of the other order or charge, which is not the disputed one; two charges of one order are no two orders."""
    own = witness.case.order.id if witness.case.order else None
    charges = witness.case.related_charges
    if charges and all(charge.order_id == own for charge in charges):
        return None
    ids = {charge.order_id for charge in charges if charge.order_id} - {own}
    order = next((Spot.of(seen) for seen in witness.facts.order_ids if seen.value in ids), None)
    return order or _detail("charge")(witness, Subject())


def _detail(what: Detail) -> Callable[[Witness, Subject], Spot | None]:
    def read(witness: Witness, _: Subject) -> Spot | None:
        return next((Spot.of(seen) for seen in witness.facts.details if seen.what == what), None)

    return read


def _goods(witness: Witness, subject: Subject) -> Spot | None:
    """Where the goods of the case are named; a case that names none has nothing to compare, and the result stands alone."""
    order = witness.case.order
    return _detail("goods")(witness, subject) if order and order.items else _passed(witness, subject)


DATA: Mapping[str, Callable[[Witness, Subject], Spot | None]] = {
    "tracking_number": _number,
    "order_id": _order_id,
    "dispatched_date": _dispatched,
    "address": _address,
    "amount": _amount,
    "signed": _signed,
    "passed": _passed,
    "use_time": _use_time,
    "other_charge": _other_charge,
    "buyer": _detail("buyer"),
    "listing": _detail("listing"),
    "policy": _detail("policy"),
    "paper": _detail("paper"),
    "serial": _detail("serial"),
    "weight": _detail("weight"),
    "goods": _goods,
}
"""Datum, or whose words are quoted → where in the file it was read, or ``None``."""


def testimony(rule: EvidenceRule, subject: Subject, witness: Witness) -> Testimony | None:
    """What the exhibit says of the proposition; ``None`` where it is none of its witnesses."""
    found = _heard(rule, subject, witness)
    if found and found.outcome == "shown" and witness.idle:
        return replace(found, outcome="attached")
    entry = witness.case.entry(witness.facts.file)
    if found == ATTACHED and witness.facts.kind in _PHOTOGRAPHS and entry and entry.proves:
        return replace(found, outcome="described")
    return found


def _heard(rule: EvidenceRule, subject: Subject, witness: Witness) -> Testimony | None:
    says = frozenset(rule.says)
    if rule.about == "message":
        return word_given(rule, witness)
    if rule.about == "claim":
        return _settled(rule, subject, witness)
    if says & REFUND_STATES:
        return refund_says(rule, subject, witness)
    if says & PARCEL_STATES:
        return _of_parcel(rule, subject, witness)
    if witness.of_others(subject) and rule.about == "parcel":
        return None
    return _with_data(rule, subject, witness, ATTACHED)


def _settled(rule: EvidenceRule, subject: Subject, witness: Witness) -> Testimony | None:
    """The money back, or the parcel that replaces the first: whichever the page is about."""
    again = Subject(numbers=replacements(witness.case))
    if again.numbers and witness.tells(again):
        return _of_parcel(rule, again, witness)
    return refund_says(rule, subject, witness)


def _with_data(rule: EvidenceRule, subject: Subject, witness: Witness, found: Testimony) -> Testimony:
    """``found`` is shown where every datum stands in the exhibit too."""
    wanted = (*rule.data, *((rule.quote,) if rule.quote and rule.quote != "contact" else ()))
    read = [DATA[datum](witness, subject) for datum in wanted]
    spots = (*found.spots, *(spot for spot in read if spot))
    whole = rule.provable and all(read) and (bool(found.statements) or not rule.says)
    return replace(found, outcome="shown" if whole else "attached", spots=tuple(dict.fromkeys(spots)))


def _of_parcel(rule: EvidenceRule, subject: Subject, witness: Witness) -> Testimony | None:
    fate = witness.fate(subject)
    if fate is None and witness.of_others(subject):
        return None
    if fate is None or (fate.state == "info_received" and witness.facts.kind in OWN_RECORDS | {"dispatch"}):
        return _unfolded(rule, subject, witness)
    if fate.unclear and fate.against is None:
        return replace(ATTACHED, statements=(fate.decided_by,))
    return _agreed([_of_fate(rule, meant, subject, witness) for meant in meanings(fate)], fate)


def _agreed(told: list[Testimony | None], fate: Fate) -> Testimony | None:
    """What holds in every meaning of an unclear page; it shows nothing that one of them denies."""
    outcomes = {one.outcome if one else None for one in told}
    if len(outcomes) == 1:
        return told[0]
    if outcomes & {"shown", "attached"}:
        return said("attached", _decided(fate))
    return next((one for one in told if one), None)


def _of_fate(rule: EvidenceRule, fate: Fate, subject: Subject, witness: Witness) -> Testimony | None:
    opposed = _opposed(rule, fate, witness)
    if opposed or fate.state not in rule.says:
        return opposed
    if fate.state == "delivered" and rule.to and (fate.to or "unknown") not in rule.to:
        return said("attached", _decided(fate))
    return _with_data(rule, subject, witness, said("attached", _telling(rule, fate, subject, witness)))


def _decided(fate: Fate) -> Statement:
    """The statement that decides, with the recipient that the page as a whole tells."""
    return replace(fate.decided_by, to=fate.to or fate.decided_by.to)


def _telling(rule: EvidenceRule, fate: Fate, subject: Subject, witness: Witness) -> Statement:
    """The statement that is cited: of a delivery the one that decides, of a hand-over the first step."""
    if rule.says == ("delivered",):
        return _decided(fate)
    steps = [one for one in witness.states(subject) if one.says in rule.says and one.at]
    return min(steps, key=lambda one: str(one.at), default=fate.decided_by)


def _unfolded(rule: EvidenceRule, subject: Subject, witness: Witness) -> Testimony:
    """A page that says nothing of the parcel: attached, but for the seller's own dated record of a dispatch."""
    if witness.facts.kind in OWN_RECORDS and "dispatched_date" in rule.data:
        return _with_data(rule.model_copy(update={"says": ()}), subject, witness, ATTACHED)
    opposed = against_delivery(rule, None, witness)
    return Testimony(outcome="contradicted", spots=(opposed,)) if opposed else ATTACHED


def _opposed(rule: EvidenceRule, fate: Fate, witness: Witness) -> Testimony | None:
    """What speaks against it: the parcel's fate, to whom it went, where, or who signed."""
    if fate.state in rule.unless or (fate.state == "delivered" and fate.to in rule.not_to):
        return said("contradicted", _decided(fate))
    spot = against_delivery(rule, fate, witness)
    if spot is None and "signed" in rule.data:
        spot = signed_by_another(witness.case, witness.facts)
    return Testimony(outcome="contradicted", spots=(spot,), statements=(_decided(fate),)) if spot else None
