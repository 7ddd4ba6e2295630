"""Which propositions the evidence proves, on which page; or what contradicts them. Pure.

``shown`` needs every datum read inside one exhibit of a right kind; a right kind without the datum is ``attached``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from casefile.case import Case
from casefile.citation import BundlePlan, Citation
from casefile.coverage import CoverageStatus, PropositionCoverage
from casefile.facts import Detail, FileFacts, Spot, TimestampSeen
from casefile.platform import Platform
from casefile.procedure import Procedure
from casefile.promptness import dispatched_in_time
from casefile.rules import EvidenceRule
from evidence_packer.judge.contradictions import contradicted
from evidence_packer.understand.moments import same_day


@dataclass(frozen=True, slots=True)
class _Witness:
    """One exhibit asked about a proposition."""

    case: Case
    facts: FileFacts


def _plainest(spots: Iterable[Spot]) -> Spot | None:
    """On the first page that has one, the largest: a heading rather than an address bar."""
    return min(spots, key=lambda spot: (spot.page, -spot.tall), default=None)


def _tracking(witness: _Witness) -> Spot | None:
    return _plainest(Spot.of(seen) for seen in witness.facts.tracking_numbers if seen.matches)


def _delivered(witness: _Witness) -> Spot | None:
    return next((Spot.of(seen) for seen in witness.facts.statuses if seen.status in {"delivered", "signed"}), None)


def _printed(facts: FileFacts) -> Iterator[TimestampSeen]:
    """The times of the page itself: the clock of a screen proves nothing about the parcel."""
    return (seen for seen in facts.timestamps if not seen.desktop_clock)


def _delivered_date(witness: _Witness) -> Spot | None:
    moments = [p.delivered_at for p in witness.case.parcels if p.delivered_at and p.direction != "return"]
    return next((Spot.of(seen) for seen in _printed(witness.facts) for m in moments if same_day(seen, m)), None)


def _dispatched_date(witness: _Witness) -> Spot | None:
    case = witness.case
    parcels = [m for p in case.parcels if p.direction != "return" for m in (p.dispatched_at, p.first_scan_at)]
    orders = [m for o in case.orders for m in (o.dispatched_at, o.first_scan_at)]
    moments = [moment for moment in (*parcels, *orders) if moment]
    return next((Spot.of(seen) for seen in _printed(witness.facts) for m in moments if same_day(seen, m)), None)


def _order_id(witness: _Witness) -> Spot | None:
    return _plainest(Spot.of(seen) for seen in witness.facts.order_ids if seen.matches)


def _refunded(witness: _Witness) -> Spot | None:
    spot = next((Spot.of(seen) for seen in witness.facts.statuses if seen.status == "refunded"), None)
    return spot or next((Spot.of(seen) for seen in witness.facts.amounts if seen.matches), None)


def _contact(witness: _Witness) -> Spot | None:
    """A platform's own message page with a date: the exchange itself."""
    off_platform = witness.facts.context.chat not in {"on_platform", "none"}
    entry = witness.case.entry(witness.facts.file)
    if off_platform or (entry and entry.channel not in {None, "on_platform", "email"}):
        return None
    return next(map(Spot.of, _printed(witness.facts)), None)


def _postcode(witness: _Witness) -> Spot | None:
    return next((Spot.of(p) for p in witness.facts.places if p.matches and p.part == "postal_code"), None)


def _amount(witness: _Witness) -> Spot | None:
    return next((Spot.of(seen) for seen in witness.facts.amounts if seen.matches), None)


def _signed(witness: _Witness) -> Spot | None:
    return next((Spot.of(seen) for seen in witness.facts.statuses if seen.status == "signed"), None)


def _settled(witness: _Witness) -> Spot | None:
    """The money back, or the parcel that replaces the first."""
    return _refunded(witness) or _tracking(witness)


def _passed(witness: _Witness) -> Spot | None:
    return next((Spot.of(seen) for seen in witness.facts.statuses if seen.status == "passed"), None)


def _use_time(witness: _Witness) -> Spot | None:
    moments = [entry.at for entry in witness.case.access_log if entry.at]
    return next((Spot.of(seen) for seen in _printed(witness.facts) for m in moments if same_day(seen, m)), None)


def _detail(what: Detail) -> Callable[[_Witness], Spot | None]:
    def read(witness: _Witness) -> Spot | None:
        return next((Spot.of(seen) for seen in witness.facts.details if seen.what == what), None)

    return read


DATA: Mapping[str, Callable[[_Witness], Spot | None]] = {
    "tracking_number": _tracking,
    "delivered": _delivered,
    "delivered_date": _delivered_date,
    "dispatched_date": _dispatched_date,
    "order_id": _order_id,
    "refunded": _refunded,
    "buyer_contact": _contact,
    "postal_code": _postcode,
    "amount": _amount,
    "signed": _signed,
    "settled": _settled,
    "passed": _passed,
    "use_time": _use_time,
    "buyer": _detail("buyer"),
    "listing": _detail("listing"),
    "policy": _detail("policy"),
    "paper": _detail("paper"),
}
"""Datum → where in the file it was read, or ``None``."""


def _stated(case: Case, evidence: EvidenceRule) -> str:
    """What is stated: a dispatch in time only where the dates of the case say so, else a dispatch."""
    unknown = evidence.proposition == "dispatched_on_time" and not dispatched_in_time(case)
    return "dispatched" if unknown and not _late(case) else evidence.proposition


def _late(case: Case) -> bool:
    """Whether the claim is about lateness, and the dates of the case admit it."""
    return case.reason == "late_shipment" and dispatched_in_time(case) is False


def _opposite(witness: _Witness, evidence: EvidenceRule) -> Spot | None:
    """Where the file speaks against the proposition."""
    if evidence.proposition == "dispatched_on_time" and _late(witness.case):
        return _dispatched_date(witness)
    return contradicted(witness.case, witness.facts, evidence.data)


def _covered(
    case: Case, evidence: EvidenceRule, platform: Platform, facts: tuple[FileFacts, ...], plan: BundlePlan
) -> PropositionCoverage:
    shown: list[tuple[Citation, tuple[Spot, ...]]] = []
    attached: list[tuple[Citation, tuple[Spot, ...]]] = []
    against: list[tuple[Citation, tuple[Spot, ...]]] = []
    for file in facts:
        exhibit = plan.of_file(file.file)
        if exhibit is None or file.kind not in evidence.kinds:
            continue
        witness = _Witness(case, file)
        read = [DATA[datum](witness) for datum in evidence.data]
        spots = tuple(spot for spot in read if spot)
        opposite = _opposite(witness, evidence)
        if opposite:
            against.append((exhibit.cite(opposite.page, opposite.height), (opposite,)))
        elif read and len(spots) == len(read):
            last = max(spots, key=lambda spot: (spot.page, spot.height))
            shown.append((exhibit.cite(last.page, last.height), spots))
        else:
            attached.append((exhibit.cite(), spots))
    cited = against or shown or attached
    status: CoverageStatus = "contradicted" if against else "shown" if shown else "attached" if attached else "missing"
    return PropositionCoverage(
        proposition=_stated(case, evidence),
        needs=evidence.kinds,
        status=status,
        required=evidence.required,
        optional=evidence.optional,
        exhibits=tuple(citation for citation, _ in cited),
        spots=tuple(spots for _, spots in cited),
        source=evidence.source,
        confidence=platform.confidence(evidence.source),
    )


def cover(
    case: Case, platform: Platform, procedure: Procedure, facts: tuple[FileFacts, ...], plan: BundlePlan
) -> tuple[PropositionCoverage, ...]:
    """How far the evidence carries each proposition of the case's reason, in the platform file's order.

    Behind them what the letter states in any case and an exhibit happens to show: no one asks for it, so it is never missing.
    """
    asked = [_covered(case, evidence, platform, facts, plan) for evidence in procedure.needed(case)]
    told = [_covered(case, evidence, platform, facts, plan) for evidence in procedure.told_anyway(case)]
    shown = [replace(covered, required=False, optional=True) for covered in told if covered.status == "shown"]
    return (*asked, *shown)
