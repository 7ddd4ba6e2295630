"""What to do: the recommendation with its reasons, the checklist, the steps, what was assumed."""

from collections.abc import Iterable

from casefile.case import Case
from casefile.coverage import Covered
from casefile.fields.base import any_text
from casefile.platform import Platform, Procedure, SubjectKind
from casefile.pointer import resolve
from casefile.wording import Catalog

_NEGOTIABLE = frozenset({"order", "charge"})
"""Subjects with a buyer on the other side: where proof is missing, money can settle the matter. An appeal cannot be settled."""


def _names(coverage: Iterable[Covered], catalog: Catalog) -> str:
    texts = [catalog.text(f"proposition.{covered.proposition}") for covered in coverage]
    return catalog.text("report.comma").join(dict.fromkeys(texts))


def _why(coverage: tuple[Covered, ...], catalog: Catalog) -> list[str]:
    """What speaks for the case, then what is weak, in sentences; nothing is said of propositions that are only useful."""
    decisive = [covered for covered in coverage if covered.required] or [c for c in coverage if not c.optional]
    found = []
    for status in ("contradicted", "missing", "shown", "attached"):
        group = [c for c in (coverage if status == "contradicted" else decisive) if c.status == status]
        if group:
            found.append(catalog.text(f"report.because.{status}", what=_names(group, catalog)))
    return found


def recommendation(
    case: Case, coverage: tuple[Covered, ...], catalog: Catalog, subject: SubjectKind = "order"
) -> tuple[str, list[str]]:
    """``contest``, ``settle``, ``accept`` or ``no_action``, and why in sentences.

    Closed matters need nothing; the caller's own decision to accept stands; evidence against us, or none for what decides, calls
    for a settlement where there is somebody to settle with; everything else is contested.
    """
    status = case.claim.status if case.claim else None
    if status in {"closed", "withdrawn"}:
        return "no_action", [catalog.text("report.because.closed")]
    if case.stance == "accept" or case.answer == "accept":
        return "accept", [catalog.text("report.because.accept")]
    against = any(covered.status == "contradicted" for covered in coverage)
    lacking = any(covered.required and covered.status == "missing" for covered in coverage)
    because = _why(coverage, catalog)
    if (against or lacking) and subject in _NEGOTIABLE:
        return "settle", because
    return "contest", because or [catalog.text("report.because.nothing_asked")]


def checklist(case: Case, procedure: Procedure, catalog: Catalog) -> list[dict[str, object]]:
    """What a person has to confirm, with what was already confirmed."""
    rows: list[dict[str, object]] = []
    for step in procedure.steps:
        if step.confirm:
            done = case.confirmations.get(step.confirm)
            rows.append(
                {
                    "code": step.confirm,
                    "text": any_text(dict(step.text), catalog.language, "en"),
                    "done": bool(done and done.value),
                    "by": done.by if done else None,
                    "at": done.at.isoformat() if done and done.at else None,
                }
            )
    return rows


def steps(procedure: Procedure, catalog: Catalog) -> list[str]:
    """How to submit on this platform, in order; then what cannot be done here."""
    texts = [any_text(dict(step.text), catalog.language, "en") or "" for step in procedure.steps]
    never = [any_text(dict(step.text), catalog.language, "en") or "" for step in procedure.never]
    return [*texts, *never]


def assumptions(case: Case, platform: Platform, procedure: Procedure, catalog: Catalog) -> list[str]:
    """What was taken for granted: site, language, and limits whose source is weak."""
    found = []
    if case.site is None and len(platform.sites) > 1:
        found.append(catalog.text("report.assumed.site", site=platform.default_site or ""))
    if case.language is None:
        found.append(catalog.text("report.assumed.language", language=platform.site(case.site).language))
    if platform.confidence(procedure.limits.source) not in {"P", "P-old"}:
        found.append(catalog.text("report.assumed.limits", source=platform.sources[procedure.limits.source].title))
    if case.deadline is None and any(
        resolve(case, pointer) for rule in procedure.deadlines for pointer in rule.counts_from
    ):
        found.append(catalog.text("report.assumed.deadline"))
    return found
