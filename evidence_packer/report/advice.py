"""What to do: the recommendation from grounds and money, with its reasons, and what would change it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casefile.amounts import amount_in_words
from casefile.babel_locale import babel_locale
from casefile.casework import Evidence, Matter
from casefile.coverage import PropositionCoverage, row_of
from casefile.fields.base import Money, any_text
from casefile.ground import yields
from casefile.procedure import Recommendation as Rule
from casefile.wording import Catalog
from evidence_packer.report.shape import Recommendation

_KEPT = frozenset({"agent", "reception", "locker", "pickup_point"})
"""Who keeps a parcel until the buyer collects it."""
_NEGOTIABLE = frozenset({"order", "charge"})
"""Subjects with a buyer on the other side: where proof is missing, money can settle the matter. An appeal cannot be settled."""


def _lacks(covered: PropositionCoverage) -> frozenset[str]:
    """In which states a required proposition is lacking: of a signature, whatever shows none."""
    return frozenset({"missing", "attached"} if covered.proposition == "signed_for" else {"missing"})


def proposition_named(covered: PropositionCoverage, catalog: Catalog) -> str:
    """A proposition in words, with the parcel of which it is meant where the case has several."""
    text = catalog.text(f"proposition.{covered.proposition}")
    return catalog.text("report.of_one", what=text, number=covered.of) if covered.of else text


def _names(coverage: Iterable[PropositionCoverage], catalog: Catalog) -> str:
    texts = [proposition_named(covered, catalog) for covered in coverage]
    return catalog.text("report.comma").join(dict.fromkeys(texts))


def _why(evidence: Evidence, catalog: Catalog) -> tuple[str, ...]:
    """What speaks for the case, then what is weak, in sentences; nothing is said of propositions that are only useful.

    Nor of those that are missing and that the leading ground does without.
    """
    leading, coverage = evidence.leading, evidence.coverage
    if leading:
        coverage = tuple(c for c in coverage if c.status != "missing" or leading.asks_for(c.proposition))
        coverage = tuple(c for c in coverage if c.status == "shown" or c.proposition not in leading.ground.concedes)
    decisive = [covered for covered in coverage if covered.required] or [c for c in coverage if not c.optional]
    found = []
    for status in ("contradicted", "missing", "shown", "described", "attached"):
        group = [c for c in (coverage if status == "contradicted" else decisive) if c.status == status]
        if group:
            found.append(catalog.text(f"report.because.{status}", what=_names(group, catalog)))
    return tuple(found)


Advised = tuple[Recommendation, tuple[str, ...]]
"""What to do, and why in sentences."""


def recommendation(matter: Matter, evidence: Evidence, catalog: Catalog) -> Advised:
    """What to do about the matter, and why in sentences.

    Closed matters need nothing; the caller's own decision to accept stands; a shut way leads to the open one. A ground that holds
    is argued, whatever a row of the platform would give away; else the platform's rows decide. A parcel that is on its way and not
    late yet is waited for. Without a ground, evidence against us, or none for what decides, calls for a settlement, or, where the
    bank holds the money, for the cheapest way to lose; everything else is contested.
    """
    return _Adviser(matter, evidence, catalog).advised()


@dataclass(frozen=True, slots=True)
class _Adviser:
    matter: Matter
    evidence: Evidence
    catalog: Catalog

    def advised(self) -> Advised:
        """The first step that knows what to do."""
        steps = (self._decided, self._shut, self._argued, self._ruled, self._awaited, self._lost)
        why = _why(self.evidence, self.catalog) or (self.catalog.text("report.because.nothing_asked"),)
        return next((found for step in steps if (found := step())), ("contest", why))

    def _decided(self) -> Advised | None:
        """Closed, or accepted by the caller; a plan for what was the carrier's doing accepts nothing."""
        case = self.matter.case
        if case.claim and case.claim.status in {"closed", "withdrawn"}:
            return "no_action", (self.catalog.text("report.because.closed"),)
        leading = self.evidence.leading
        accepts = "accept" in {case.stance, case.answer} and not (leading and leading.excuses)
        return ("accept", (self.catalog.text("report.because.accept"),)) if accepts else None

    def _shut(self) -> Advised | None:
        """The way that is open instead of this one, where the platform's file shuts it."""
        for stop in self.matter.procedure.stops:
            other = self.matter.platform.procedures.get(stop.instead or "")
            holds = stop.when.holds(self.matter.case, self.evidence.coverage)
            if other and stop.severity == "blocker" and holds:
                told = self.catalog.text("report.because.instead", name=self._text(other.name))
                return "other_route", (self._text(stop.text), told)
        return None

    def _argued(self) -> Advised | None:
        """The ground that leads; a row of the platform comes before it that does not give up for want of evidence."""
        leading, row = self.evidence.leading, self._row()
        if leading is None or (row and row.recommend != "contest" and not yields(row, leading)):
            return None
        advice = leading.ground.advice
        told = [self.catalog.text("report.because.ground", name=self._text(leading.ground.name))]
        told += [self._text(row.because)] if row and row.recommend == advice else []
        told += self._sum() if advice == "settle" else []
        return advice, (*told, *_why(self.evidence, self.catalog))

    def _ruled(self) -> Advised | None:
        """The platform's own row; it contests nothing that the evidence speaks against."""
        row = self._row()
        if row is None or (row.recommend == "contest" and self._against):
            return None
        more = self._change() if row.recommend in {"accept", "settle"} else ()
        return row.recommend, (self._text(row.because), *_why(self.evidence, self.catalog), *more)

    def _awaited(self) -> Advised | None:
        """A parcel that moves and is not late yet; nobody has to decide before it is."""
        case, rows = self.matter.case, self.evidence.coverage
        due = case.order.deliver_by_at if case.order else None
        moves, there = row_of(rows, "handed_to_carrier"), row_of(rows, "delivered")
        open_ = there is not None and there.status in {"missing", "contradicted"}
        moving = moves is not None and moves.status == "shown" and not case.refunds
        late = due is None or due < self.matter.as_of or self.matter.procedure.chargeback
        if due is None or late or not (moving and open_):
            return None
        return "wait", (self.catalog.text("report.because.moving", day=due.date().isoformat()),)

    def _lost(self) -> Advised | None:
        """How to lose the least, where nothing carries the case."""
        procedure, rows = self.matter.procedure, self.evidence.coverage
        lacking = any(covered.required and covered.status in _lacks(covered) for covered in rows)
        if procedure.audience == "buyer":
            return "settle", (self.catalog.text("report.because.message"),)
        if not (self._against or lacking or self._unfound) or procedure.subject not in _NEGOTIABLE:
            return None
        because = _why(self.evidence, self.catalog)
        if procedure.seeks == "reimbursement":
            return "accept", (*because, self.catalog.text("report.because.lose_filing"), *self._change())
        if procedure.chargeback:
            return "accept", (*because, self.catalog.text("report.because.lose_chargeback"), *self._change())
        return "settle", (*because, *self._sum(), self.catalog.text("report.because.lose_order"), *self._change())

    @property
    def _against(self) -> bool:
        return any(covered.status == "contradicted" and covered.claimed for covered in self.evidence.coverage)

    @property
    def _unfound(self) -> bool:
        """Whether a parcel is lost for which no ground makes another answer."""
        seeks, leading = self.matter.procedure.seeks, self.evidence.leading
        return self.matter.case.reason == "lost_in_transit" and seeks == "decision" and leading is None

    def _row(self) -> Rule | None:
        case, rows = self.matter.case, self.evidence.coverage
        return next((row for row in self.matter.procedure.recommend if row.when.holds(case, rows)), None)

    def _sum(self) -> list[str]:
        """How much is at stake at most: the worth of what is open, else what of the sum was not refunded."""
        leading = self.evidence.leading
        worth = leading.values.get("open_value") if leading else None
        net = worth if isinstance(worth, Money) else self.evidence.ledger.net
        if net is None or not net.amount:
            return []
        money = amount_in_words(net, babel_locale(self.catalog.language))
        return [self.catalog.text("report.because.at_most", sum=money)]

    def _change(self) -> list[str]:
        """What evidence would change it: what the ground lacks that lacks the least."""
        short = [one for one in self.evidence.grounds if one.lacking]
        nearest = min(short, key=lambda one: (len(one.lacking), -one.ground.weight), default=None)
        gets = [self._text(need.get) for need in nearest.lacking] if nearest else []
        gets = [self.catalog.text(f"report.because.left_{where}")] if (where := self._left()) else gets
        return [self.catalog.text("report.because.change", get=" ".join(gets))] if gets else []

    def _left(self) -> str | None:
        """With whom the carrier left the parcel, where that was not the address of the order."""
        address = row_of(self.evidence.coverage, "delivered_to_address")
        if address is None or address.status != "contradicted":
            return None
        fates = [fate for file in self.evidence.files for fate in file.fates if fate.state == "delivered"]
        found = {str(fate.to) for fate in fates}
        return "neighbour" if "neighbour" in found else "elsewhere" if found & _KEPT else None

    def _text(self, text: Mapping[str, str]) -> str:
        return any_text(dict(text), self.catalog.language, "en") or ""
