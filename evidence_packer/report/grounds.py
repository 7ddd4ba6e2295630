"""The grounds of a case for the report: which leads and what it asks for, what others lack; and the money behind the request."""

from collections.abc import Iterable

from casefile.casework import Evidence
from casefile.fields.base import Money, any_text
from casefile.ground import Need, StandingGround
from casefile.wording import Catalog
from evidence_packer.judge.check import Dossier
from evidence_packer.report.ground_shape import (
    ReportAsk,
    ReportCitation,
    ReportGround,
    ReportLeading,
    ReportLedger,
    ReportMoneyBack,
    ReportNeed,
    ReportSum,
)

_OF_WHAT_IS_OPEN = frozenset({"deny", "limit"})
_OF_WHAT_IS_DUE = frozenset({"release", "reimburse", "fund"})


def grounds(evidence: Evidence, catalog: Catalog) -> tuple[ReportGround, ...]:
    """Every ground that comes into question, in the order of the evidence."""
    return tuple(
        ReportGround(
            id=one.id,
            name=_name(one, catalog),
            holds=one.holds,
            missing=tuple(_needs(one, one.missing, catalog)),
            exhibits=tuple(ReportCitation(number=cited.number, page=cited.page) for cited in one.citations),
            asks=tuple(key.removeprefix("ground.ask.").split("_")[0] for key in one.requests),
            source=one.ground.sources[one.ground.source].titled(catalog.language),
            confidence=one.ground.sources[one.ground.source].confidence,
        )
        for one in evidence.grounds
    )


def leading(dossier: Dossier, catalog: Catalog, answer: str) -> ReportLeading | None:
    """The ground that leads; ``answer`` is the sentence that the letter opens with."""
    first = dossier.evidence.leading
    if first is None:
        return None
    avoided = (one for one in first.ground.avoid if one.when.holds(dossier.case, dossier.coverage))
    return ReportLeading(
        id=first.id,
        name=_name(first, catalog),
        answer=answer,
        ask=ReportAsk(verb=first.ask.verb, object=first.ask.object, amount=_asked(first, dossier.evidence)),
        needs=tuple(_needs(first, first.ground.needs, catalog)),
        avoid=tuple(any_text(dict(one.text), catalog.language, "en") or one.id for one in avoided),
    )


def ledger(evidence: Evidence) -> ReportLedger:
    """The money of the case."""
    known = evidence.ledger
    return ReportLedger(
        paid=_sum(known.paid),
        refunded=tuple(
            ReportMoneyBack(
                amount=ReportSum(amount=str(one.amount.amount), currency=one.amount.currency),
                at=one.at.isoformat() if one.at else None, id=one.id, reference=one.reference, by=one.by, shown=one.shown,
            )
            for one in known.refunded
        ),
        withheld=_sum(known.withheld),
        disputed=_sum(known.disputed),
        net=_sum(known.net),
    )  # fmt: skip


def _name(one: StandingGround, catalog: Catalog) -> str:
    return any_text(dict(one.ground.name), catalog.language, "en") or one.id


def _needs(one: StandingGround, needs: Iterable[Need], catalog: Catalog) -> Iterable[ReportNeed]:
    lacking = {need.name for need in one.missing}
    for need in needs:
        get = any_text(dict(need.get), catalog.language, "en") or ""
        yield ReportNeed(name=need.name, get=get, decides=not need.helps, met=need.name not in lacking)


def _asked(one: StandingGround, evidence: Evidence) -> ReportSum | None:
    if one.ask.verb in _OF_WHAT_IS_OPEN:
        return _sum(evidence.ledger.net)
    return _sum(evidence.ledger.due) if one.ask.verb in _OF_WHAT_IS_DUE else None


def _sum(money: Money | None) -> ReportSum | None:
    return ReportSum(amount=str(money.amount), currency=money.currency) if money else None
