"""Which propositions the evidence proves, of which parcel, on which page; or what contradicts them. Pure.

Each exhibit of a right kind is heard (``proving.py``); the state of a parcel or a refund is the last that any of them tells. What
contradicts beats what shows, and a page that speaks against us proves nothing else of the same thing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from casefile.case import Case
from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.coverage import CoverageStatus, Idle, PropositionCoverage
from casefile.facts import FileFacts
from casefile.platform import Platform
from casefile.procedure import Procedure
from casefile.promptness import dispatched_in_time
from casefile.rules import EvidenceRule
from casefile.statement import Statement
from evidence_packer.judge.proving import DATA, testimony
from evidence_packer.judge.subjects import Subject, subjects
from evidence_packer.judge.testimony import Testimony
from evidence_packer.judge.witness import Witness

_NEXT_DOOR = frozenset({"neighbour", "locker"})
_STRONGEST: tuple[CoverageStatus, ...] = ("contradicted", "shown", "described", "attached")


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one exhibit said."""

    exhibit: PlannedExhibit
    told: Testimony

    @property
    def cited(self) -> Citation:
        """The page to look at: where the last of its data stands."""
        if not self.told.spots or self.told.outcome in {"attached", "described"}:
            return self.exhibit.cite()
        last = max(self.told.spots, key=lambda spot: (spot.page, spot.height))
        return self.exhibit.cite(last.page, last.height)


def _stated(case: Case, evidence: EvidenceRule) -> str:
    """What is stated: a dispatch in time only where the dates of the case say so, else a dispatch."""
    unknown = evidence.proposition == "dispatched_on_time" and not dispatched_in_time(case)
    return "dispatched" if unknown and not _late(case) else evidence.proposition


def _late(case: Case) -> bool:
    """Whether the claim is about lateness, and the dates of the case admit it."""
    return case.reason == "late_shipment" and dispatched_in_time(case) is False


def _opposite(evidence: EvidenceRule, subject: Subject, witness: Witness) -> Testimony | None:
    """A dispatch that the page dates too late for a claim about lateness."""
    if evidence.proposition != "dispatched_on_time" or not _late(witness.case):
        return None
    spot = DATA["dispatched_date"](witness, subject)
    return Testimony(outcome="contradicted", spots=(spot,)) if spot else None


def _overcome(heard: list[_Heard]) -> list[_Heard]:
    """Without what a later page has overtaken: a failed attempt before the delivery that another exhibit dates."""
    later = [str(one.told.at) for one in heard if one.told.outcome == "shown" and one.told.at]
    newest = max(later, default="")
    return [one for one in heard if not (one.told.outcome == "contradicted" and one.told.at and one.told.at < newest)]


@dataclass(frozen=True, slots=True)
class _Court:
    """The exhibits of a case as witnesses."""

    case: Case
    platform: Platform
    witnesses: tuple[tuple[Witness, PlannedExhibit], ...]

    def rows(self, rule: EvidenceRule) -> Iterable[PropositionCoverage]:
        """One row, or one a parcel where the case has several."""
        return (self._row(rule, subject) for subject in subjects(self.case, rule))

    def _row(self, rule: EvidenceRule, subject: Subject) -> PropositionCoverage:
        heard = _overcome([
            _Heard(exhibit, told)
            for witness, exhibit in self.witnesses
            if witness.facts.kind in rule.kinds
            and (told := _opposite(rule, subject, witness) or testimony(rule, subject, witness))
        ])  # fmt: skip
        outcomes = {one.told.outcome for one in heard}
        status: CoverageStatus = next((outcome for outcome in _STRONGEST if outcome in outcomes), "missing")
        cited = [one for one in heard if one.told.outcome == status]
        return PropositionCoverage(
            proposition=rule.proposition,
            needs=rule.kinds,
            status=status,
            required=rule.required and subject.claimed,
            optional=rule.optional or not subject.claimed,
            exhibits=tuple(one.cited for one in cited),
            spots=tuple(one.told.spots for one in cited),
            statements=tuple(one.told.statements for one in cited),
            of=subject.of,
            claimed=subject.claimed,
            source=rule.source,
            confidence=self.platform.confidence(rule.source),
        )


def heard(
    case: Case, platform: Platform, facts: tuple[FileFacts, ...], plan: BundlePlan, rules: Iterable[EvidenceRule]
) -> tuple[PropositionCoverage, ...]:
    """How far the evidence carries propositions that no row of the platform asks for."""
    court = _court(case, platform, facts, plan)
    return tuple(row for rule in rules for row in court.rows(rule))


def _court(case: Case, platform: Platform, facts: tuple[FileFacts, ...], plan: BundlePlan) -> _Court:
    witnesses = ((Witness(case=case, platform=platform, facts=file), plan.of_file(file.file)) for file in facts)
    return _Court(case, platform, tuple((witness, exhibit) for witness, exhibit in witnesses if exhibit))


def _against(rows: Iterable[PropositionCoverage]) -> frozenset[tuple[int, str | None]]:
    """Exhibits that speak against us, with the parcel of which they do.

    A delivery next door is one, though not to the address: the page that tells it speaks against the address alone.
    """
    known = tuple(rows)
    shown = {one for row in known if row.status == "shown" for one in _said_by(row)}
    return frozenset(
        (number, of)
        for row in known
        if row.status == "contradicted"
        for number, of, told in _said_by(row)
        if not (_next_door(told) and (number, of, told) in shown)
    )


def _said_by(row: PropositionCoverage) -> Iterator[tuple[int, str | None, tuple[Statement, ...]]]:
    return ((c.number, row.of, told) for c, told in zip(row.exhibits, row.statements, strict=True))


def _next_door(told: tuple[Statement, ...]) -> bool:
    return bool(told) and all(one.says == "delivered" and one.to in _NEXT_DOOR for one in told)


def _without(row: PropositionCoverage, against: frozenset[tuple[int, str | None]]) -> PropositionCoverage:
    """The row without exhibits that speak against us in the same matter."""
    if row.status not in {"shown", "described"}:
        return row
    kept = [
        n for n, c in enumerate(row.exhibits) if (c.number, row.of) not in against and (c.number, None) not in against
    ]
    if not kept:
        return replace(row, status="attached")
    return replace(
        row,
        exhibits=tuple(row.exhibits[n] for n in kept),
        spots=tuple(row.spots[n] for n in kept),
        statements=tuple(row.statements[n] for n in kept),
    )


def cover(
    case: Case, platform: Platform, procedure: Procedure, facts: tuple[FileFacts, ...], plan: BundlePlan
) -> tuple[PropositionCoverage, ...]:
    """How far the evidence carries each proposition of the case's reason, in the platform file's order.

    Behind them what the letter states in any case and an exhibit happens to show: no one asks for it, so it is never missing.
    """
    court = _court(case, platform, facts, plan)
    asked = [row for rule in procedure.needed(case) for row in court.rows(rule)]
    told = [row for rule in procedure.told_anyway(case) for row in court.rows(rule)]
    against = _against(asked)
    named = {rule.proposition: _stated(case, rule) for rule in procedure.evidence}
    asked = [replace(_without(row, against), proposition=named[row.proposition]) for row in asked]
    more = [replace(row, required=False, optional=True) for row in told if _told(case, _without(row, against))]
    return (*asked, *more)


def _told(case: Case, row: PropositionCoverage) -> bool:
    """Whether it is told though nobody asks: it is shown, or the case states it and a page denies it, and then the letter must not.

    A parcel that came back was delivered before.
    """
    if row.status != "contradicted":
        return row.status == "shown"
    back = any(one.says in {"returned", "returning"} for told in row.statements for one in told)
    refunded = bool(case.refunds) or (case.remedy is not None and case.remedy.status == "done")
    delivered = row.claimed and any(parcel.delivered_at for parcel in case.parcels)
    return {"refund_made": refunded, "delivered": delivered and not back}.get(row.proposition, False)


def idle_files(
    case: Case,
    platform: Platform,
    facts: tuple[FileFacts, ...],
    plan: BundlePlan,
    coverage: Iterable[PropositionCoverage],
) -> Mapping[str, Idle]:
    """File → why it proves nothing: without a number of the case, older than its order, or speaking against us."""
    against = {number for number, of in _against(coverage) if of is None}
    found: dict[str, Idle] = {}
    for file in facts:
        exhibit = plan.of_file(file.file)
        idle = Witness(case=case, platform=platform, facts=file).idle
        if idle:
            found[file.file] = idle
        elif exhibit and exhibit.number in against:
            found[file.file] = "contradicts"
    return found
