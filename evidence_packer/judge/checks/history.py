"""Earlier cases of the tenant: sent before, disputed elsewhere, the same words, an appeal that brings nothing new."""

from collections.abc import Iterator

from casefile.carrier import normalise
from casefile.case import Case
from casefile.deadline import after
from casefile.earlier import EarlierCase, buyer_mark, nearest, word_groups
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.own_words import own_texts
from casefile.subject import subject_id
from evidence_packer.judge.check import CheckOf, Dossier, Skip

ALREADY_SUBMITTED = FindingKind(code="already-submitted", severity="warning", about="history")
DISPUTED_ELSEWHERE = FindingKind(code="disputed-elsewhere", severity="warning", about="history")
TRACKING_NUMBER_REUSED = FindingKind(code="tracking-number-reused", severity="warning", about="history")
RELAPSE = FindingKind(code="relapse", severity="warning", about="history")
BUYER_KNOWN = FindingKind(code="buyer-known", severity="advice", about="history")


def _orders(case: Case) -> set[str]:
    return {order for order in (case.order.id if case.order else None, *(line.id for line in case.orders)) if order}


def _numbers(case: Case) -> set[str]:
    return {normalise(parcel.tracking_number) for parcel in case.parcels if parcel.tracking_number}


def _submitted(dossier: Dossier, one: EarlierCase) -> Finding | None:
    subject = subject_id(dossier.case, dossier.procedure.subject)
    same = one.platform == dossier.case.platform and one.procedure == dossier.case.procedure and one.subject == subject
    answered = dossier.case.previous_pack_id or dossier.case.rejections
    if same and one.submitted_at and not one.outcome and not answered:
        return ALREADY_SUBMITTED.found(
            pointer="/procedure",
            params={"pack": one.pack_id, "at": one.submitted_at.isoformat(timespec="minutes")},
            rules=("S003-31", "S004-35", "S004-42", "S004-71", "S001-60"),
        )
    return None


def _elsewhere(dossier: Dossier, one: EarlierCase) -> Finding | None:
    case = dossier.case
    shared = _orders(case) & set(one.order_ids) or _numbers(case) & {normalise(n) for n in one.tracking_numbers}
    if shared and one.platform != case.platform and not one.outcome:
        return DISPUTED_ELSEWHERE.found(
            params={"pack": one.pack_id, "number": min(shared)}, rules=("S000-44", "S003-37")
        )
    return None


def _reused(dossier: Dossier, one: EarlierCase) -> Finding | None:
    """The same parcel for another order."""
    case = dossier.case
    numbers = _numbers(case) & {normalise(n) for n in one.tracking_numbers}
    if numbers and one.order_ids and _orders(case) and not _orders(case) & set(one.order_ids):
        return TRACKING_NUMBER_REUSED.found(
            pointer="/parcels/0/tracking_number",
            params={"number": min(numbers), "order": one.order_ids[0]},
            rules=("S003-07",),
        )
    return None


def _relapsed(dossier: Dossier, one: EarlierCase) -> Finding | None:
    target = dossier.house.practice.targets.relapse
    if dossier.procedure.subject != "account" or one.outcome != "won" or one.reason != dossier.case.reason:
        return None
    if one.outcome_at and after(one.outcome_at, target.after, dossier.site) > dossier.as_of:
        return RELAPSE.found(params={"pack": one.pack_id}, rules=target.rules)
    return None


def check_earlier_cases(dossier: Dossier) -> Iterator[Finding]:
    """Was this case, parcel, buyer or letter here before?

    Warnings for a case sent before, a parcel in two cases, a relapse; advice for a buyer who claimed before.
    """
    if not dossier.earlier:
        raise Skip("no-history")
    for one in dossier.earlier:
        for find in (_submitted, _elsewhere, _reused, _relapsed):
            if finding := find(dossier, one):
                yield finding
    mark = buyer_mark(dossier.case)
    again = [one for one in dossier.earlier if mark and one.buyer == mark]
    if again:
        yield BUYER_KNOWN.found(pointer="/buyer", params={"count": len(again)}, rules=("S001-21", "S000-37"))


LETTER_ALIKE = FindingKind(code="letter-alike", severity="warning", about="history")
_FEW = 12
"""Word groups below which a text is too short to compare."""


def check_letter_own(dossier: Dossier) -> Iterator[Finding]:
    """Is the letter more than the template of another case?

    A warning when the operator's own words are mostly those of an earlier case of the same tenant.
    """
    own = word_groups(" ".join(text for _, _, text in own_texts(dossier.case)))
    here = (dossier.case.platform, subject_id(dossier.case, dossier.procedure.subject))
    others = [one for one in dossier.earlier if (one.platform, one.subject) != here]
    if len(own) < _FEW or not others:
        raise Skip("nothing-to-compare")
    best = nearest(own, others)
    if best and best[0] >= dossier.house.practice.targets.similar:
        yield LETTER_ALIKE.found(
            params={"share": round(best[0] * 100), "pack": best[1].pack_id, "store": best[1].store or "-"},
            rules=("S000-52", "S001-07", "S001-51", "S003-50"),
        )


APPEAL_PART_MISSING = FindingKind(code="appeal-part-missing", severity="warning")
APPEAL_NOTHING_NEW = FindingKind(code="appeal-nothing-new", severity="blocker")


def check_appeal_new(dossier: Dossier) -> Iterator[Finding]:
    """Does an appeal bring something new: a cause, an improvement, other files?

    Warnings for an appeal without cause or improvement, or with the files of the first submission again; a cause of our own is not
    asked for where the answer is that there was no fault.
    """
    if not dossier.procedure.new_evidence_only:
        raise Skip("no-appeal")
    case, leading = dossier.case, dossier.evidence.leading
    no_fault = leading is not None and "cause" in leading.ground.damages
    for field, given in (("root_causes", case.root_causes), ("actions_taken", case.actions_taken or case.preventions)):
        if not given and not no_fault:
            yield APPEAL_PART_MISSING.found(
                pointer=f"/{field}", params={"field": f"@field./{field}"}, rules=("S001-28", "S003-26")
            )
    earlier = {sha for one in dossier.earlier if one.pack_id == case.previous_pack_id for sha in one.files}
    now = {file.sha256 for file in dossier.facts}
    if earlier and now and now <= earlier:
        yield APPEAL_NOTHING_NEW.found(pointer="/previous_pack_id", rules=("S001-28",)).capped(
            dossier.platform.confidence(dossier.procedure.source)
        )


CHECKS = (
    CheckOf(
        code="earlier-cases",
        judges="case",
        findings=(ALREADY_SUBMITTED, DISPUTED_ELSEWHERE, TRACKING_NUMBER_REUSED, RELAPSE, BUYER_KNOWN),
        run=check_earlier_cases,
    ),
    CheckOf(code="letter-own", judges="case", findings=(LETTER_ALIKE,), run=check_letter_own),
    CheckOf(code="appeal-new", judges="case", findings=(APPEAL_PART_MISSING, APPEAL_NOTHING_NEW), run=check_appeal_new),
)
