"""Which propositions the evidence proves, on which page; or what contradicts them. Pure.

``shown`` needs every datum read inside one exhibit of a right kind; a right kind without the datum is ``attached``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casefile.case import Case
from casefile.citation import BundlePlan, Citation
from casefile.coverage import CoverageStatus, Covered
from casefile.facts import FileFacts
from casefile.platform import Evidence, Platform, Procedure
from evidence_packer.moments import same_day

_RETURNED = {"returned", "lost"}


@dataclass(frozen=True, slots=True)
class _Witness:
    """One exhibit asked about a proposition."""

    case: Case
    facts: FileFacts


def _tracking(witness: _Witness) -> int | None:
    return next((seen.page for seen in witness.facts.tracking_numbers if seen.matches), None)


def _delivered(witness: _Witness) -> int | None:
    return next((seen.page for seen in witness.facts.statuses if seen.status in {"delivered", "signed"}), None)


def _delivered_date(witness: _Witness) -> int | None:
    moments = [p.delivered_at for p in witness.case.parcels if p.delivered_at and p.direction != "return"]
    return next((seen.page for seen in witness.facts.timestamps for m in moments if same_day(seen, m)), None)


def _dispatched_date(witness: _Witness) -> int | None:
    case = witness.case
    parcels = [m for p in case.parcels if p.direction != "return" for m in (p.dispatched_at, p.first_scan_at)]
    orders = [m for o in case.orders for m in (o.dispatched_at, o.first_scan_at)]
    moments = [moment for moment in (*parcels, *orders) if moment]
    return next((seen.page for seen in witness.facts.timestamps for m in moments if same_day(seen, m)), None)


def _order_id(witness: _Witness) -> int | None:
    return next((seen.page for seen in witness.facts.order_ids if seen.matches), None)


def _refunded(witness: _Witness) -> int | None:
    page = next((seen.page for seen in witness.facts.statuses if seen.status == "refunded"), None)
    return page or next((seen.page for seen in witness.facts.amounts if seen.matches), None)


def _contact(witness: _Witness) -> int | None:
    """A platform's own message page with a date: the exchange itself."""
    off_platform = witness.facts.context.chat not in {"on_platform", "none"}
    entry = witness.case.entry(witness.facts.file)
    if off_platform or (entry and entry.channel not in {None, "on_platform", "email"}):
        return None
    return next((seen.page for seen in witness.facts.timestamps), None)


def _postcode(witness: _Witness) -> int | None:
    return next((p.page for p in witness.facts.places if p.matches and p.part == "postal_code"), None)


def _amount(witness: _Witness) -> int | None:
    return next((seen.page for seen in witness.facts.amounts if seen.matches), None)


def _any_text(witness: _Witness) -> int | None:
    return 1 if witness.facts.has_text else None


DATA: Mapping[str, Callable[[_Witness], int | None]] = {
    "tracking_number": _tracking,
    "delivered": _delivered,
    "delivered_date": _delivered_date,
    "dispatched_date": _dispatched_date,
    "order_id": _order_id,
    "refunded": _refunded,
    "buyer_contact": _contact,
    "postal_code": _postcode,
    "amount": _amount,
    "any_text": _any_text,
}
"""Datum → the page of the file on which it was read, or ``None``."""


def _contradicted(witness: _Witness, data: tuple[str, ...]) -> int | None:
    """The page on which the exhibit says the opposite of one of the data, or ``None``."""
    facts = witness.facts
    if "postal_code" in data:
        page = next((p.page for p in facts.places if not p.matches and p.part == "postal_code"), None)
        if page:
            return page
    if "delivered" in data and not any(seen.status == "delivered" for seen in facts.statuses):
        return next((seen.page for seen in facts.statuses if seen.status in _RETURNED), None)
    return None


def _covered(
    case: Case, evidence: Evidence, platform: Platform, facts: tuple[FileFacts, ...], plan: BundlePlan
) -> Covered:
    shown: list[Citation] = []
    attached: list[Citation] = []
    against: list[Citation] = []
    for file in facts:
        exhibit = plan.of_file(file.file)
        if exhibit is None or file.kind not in evidence.kinds:
            continue
        witness = _Witness(case, file)
        pages = [DATA[datum](witness) for datum in evidence.data]
        page = _contradicted(witness, evidence.data)
        if page:
            against.append(exhibit.cite(page))
        elif pages and all(pages):
            shown.append(exhibit.cite(max(page for page in pages if page)))
        else:
            attached.append(exhibit.cite())
    cited = against or shown or attached
    status: CoverageStatus = "contradicted" if against else "shown" if shown else "attached" if attached else "missing"
    return Covered(
        proposition=evidence.proposition,
        needs=evidence.kinds,
        status=status,
        required=evidence.required,
        optional=evidence.optional,
        exhibits=tuple(cited),
        source=evidence.source,
        confidence=platform.confidence(evidence.source),
    )


def cover(
    case: Case, platform: Platform, procedure: Procedure, facts: tuple[FileFacts, ...], plan: BundlePlan
) -> tuple[Covered, ...]:
    """How far the evidence carries each proposition of the case's reason, in the platform file's order."""
    fulfilment = case.order.fulfilment if case.order else None
    return tuple(
        _covered(case, evidence, platform, facts, plan)
        for evidence in procedure.evidence_for(case.reason)
        if fulfilment is None or fulfilment not in evidence.unless_fulfilled_by
    )
