"""Was this case, parcel, buyer or letter here before?"""

from collections.abc import Iterator

from casefile.carrier import normalise
from casefile.case import Case
from casefile.deadline import after
from casefile.earlier import EarlierCase, buyer_mark
from casefile.finding import Finding
from casefile.subject import subject_id
from evidence_packer.judge.check import Dossier, Skip

CODE = "earlier-cases"
INPUT = "case"


def _orders(case: Case) -> set[str]:
    return {order for order in (case.order.id if case.order else None, *(line.id for line in case.orders)) if order}


def _numbers(case: Case) -> set[str]:
    return {normalise(parcel.tracking_number) for parcel in case.parcels if parcel.tracking_number}


def _submitted(dossier: Dossier, one: EarlierCase) -> Finding | None:
    subject = subject_id(dossier.case, dossier.procedure.subject)
    same = one.platform == dossier.case.platform and one.procedure == dossier.case.procedure and one.subject == subject
    answered = dossier.case.previous_pack_id or dossier.case.rejections
    if same and one.submitted_at and not one.outcome and not answered:
        return Finding(
            code="already-submitted", severity="warning", pointer="/procedure",
            params={"pack": one.pack_id, "at": one.submitted_at.isoformat(timespec="minutes")},
            rules=("S003-31", "S004-35", "S004-42", "S004-71", "S001-60"),
        )  # fmt: skip
    return None


def _elsewhere(dossier: Dossier, one: EarlierCase) -> Finding | None:
    case = dossier.case
    shared = _orders(case) & set(one.order_ids) or _numbers(case) & {normalise(n) for n in one.tracking_numbers}
    if shared and one.platform != case.platform and not one.outcome:
        return Finding(
            code="disputed-elsewhere", severity="warning",
            params={"pack": one.pack_id, "number": min(shared)}, rules=("S000-44", "S003-37"),
        )  # fmt: skip
    return None


def _reused(dossier: Dossier, one: EarlierCase) -> Finding | None:
    """The same parcel for another order."""
    case = dossier.case
    numbers = _numbers(case) & {normalise(n) for n in one.tracking_numbers}
    if numbers and one.order_ids and _orders(case) and not _orders(case) & set(one.order_ids):
        return Finding(
            code="tracking-number-reused", severity="warning", pointer="/parcels/0/tracking_number",
            params={"number": min(numbers), "order": one.order_ids[0]}, rules=("S003-07",),
        )  # fmt: skip
    return None


def _relapsed(dossier: Dossier, one: EarlierCase) -> Finding | None:
    target = dossier.house.practice.targets.relapse
    if dossier.procedure.subject != "account" or one.outcome != "won" or one.reason != dossier.case.reason:
        return None
    if one.outcome_at and after(one.outcome_at, target.after, dossier.site) > dossier.as_of:
        return Finding(code="relapse", severity="warning", params={"pack": one.pack_id}, rules=target.rules)
    return None


def check(dossier: Dossier) -> Iterator[Finding]:
    """Warnings for a case sent before, a parcel in two cases, a relapse; advice for a buyer who claimed before."""
    if not dossier.earlier:
        raise Skip("no-history")
    for one in dossier.earlier:
        for find in (_submitted, _elsewhere, _reused, _relapsed):
            if finding := find(dossier, one):
                yield finding
    mark = buyer_mark(dossier.case)
    again = [one for one in dossier.earlier if mark and one.buyer == mark]
    if again:
        yield Finding(
            code="buyer-known", severity="advice", pointer="/buyer", params={"count": len(again)},
            rules=("S001-21", "S000-37"),
        )  # fmt: skip
