"""What to do: the recommendation with its reasons, and what was assumed."""

from collections.abc import Iterable

from casefile.case import Case
from casefile.coverage import PropositionCoverage
from casefile.fields.base import any_text
from casefile.platform import Platform
from casefile.pointer import resolve
from casefile.procedure import Procedure
from casefile.sources import SourceId
from casefile.wording import Catalog
from evidence_packer.judge.check import Dossier
from evidence_packer.report.shape import Recommendation
from evidence_packer.report.texts import value

_NEGOTIABLE = frozenset({"order", "charge"})
"""Subjects with a buyer on the other side: where proof is missing, money can settle the matter. An appeal cannot be settled."""


def proposition_named(covered: PropositionCoverage, catalog: Catalog) -> str:
    """A proposition in words, with the parcel of which it is meant where the case has several."""
    text = catalog.text(f"proposition.{covered.proposition}")
    return catalog.text("report.of_one", what=text, number=covered.of) if covered.of else text


def _names(coverage: Iterable[PropositionCoverage], catalog: Catalog) -> str:
    texts = [proposition_named(covered, catalog) for covered in coverage]
    return catalog.text("report.comma").join(dict.fromkeys(texts))


def _why(coverage: tuple[PropositionCoverage, ...], catalog: Catalog) -> tuple[str, ...]:
    """What speaks for the case, then what is weak, in sentences; nothing is said of propositions that are only useful."""
    decisive = [covered for covered in coverage if covered.required] or [c for c in coverage if not c.optional]
    found = []
    for status in ("contradicted", "missing", "shown", "described", "attached"):
        group = [c for c in (coverage if status == "contradicted" else decisive) if c.status == status]
        if group:
            found.append(catalog.text(f"report.because.{status}", what=_names(group, catalog)))
    return tuple(found)


def recommendation(
    case: Case, coverage: tuple[PropositionCoverage, ...], catalog: Catalog, procedure: Procedure
) -> tuple[Recommendation, tuple[str, ...]]:
    """``contest``, ``settle``, ``accept`` or ``no_action``, and why in sentences.

    Closed matters need nothing; the caller's own decision to accept stands; then the platform's rows decide; a message to the
    buyer looks for a settlement; evidence against us, or none for what decides, calls for one where there is somebody to settle
    with; everything else is contested.
    """
    status = case.claim.status if case.claim else None
    if status in {"closed", "withdrawn"}:
        return "no_action", (catalog.text("report.because.closed"),)
    if case.stance == "accept" or case.answer == "accept":
        return "accept", (catalog.text("report.because.accept"),)
    against = any(covered.status == "contradicted" and covered.claimed for covered in coverage)
    lacking = any(covered.required and covered.status == "missing" for covered in coverage)
    because = _why(coverage, catalog)
    row = next((row for row in procedure.recommend if row.when.holds(case, coverage)), None)
    if row and not (against and row.recommend == "contest"):
        return row.recommend, (any_text(dict(row.because), catalog.language, "en") or "", *because)
    if procedure.audience == "buyer":
        return "settle", (catalog.text("report.because.message"),)
    if (against or lacking) and procedure.subject in _NEGOTIABLE:
        return "settle", because
    return "contest", because or (catalog.text("report.because.nothing_asked"),)


def assumptions(dossier: Dossier, catalog: Catalog) -> tuple[str, ...]:
    """What was taken for granted: site, language, and limits whose source is weak."""
    case, platform, procedure = dossier.case, dossier.platform, dossier.procedure
    found = []
    if case.site is None and len(platform.sites) > 1:
        found.append(catalog.text("report.assumed.site", site=platform.default_site or ""))
    if case.language is None:
        tongue = value(f"@tongue.{dossier.letter_language}", catalog)
        found.append(catalog.text("report.assumed.language", language=tongue))
    if platform.confidence(procedure.limits.source) not in {"P", "P-old"}:
        found.append(
            catalog.text(
                "report.assumed.limits", source=platform.sources[procedure.limits.source].titled(catalog.language)
            )
        )
    if case.deadline is None and any(
        resolve(case, pointer) for rule in procedure.deadlines for pointer in rule.counts_from
    ):
        found.append(catalog.text("report.assumed.deadline"))
    weak = _unverified(platform, procedure, catalog)
    if weak:
        found.append(catalog.text("report.assumed.unverified", parts=catalog.text("report.comma").join(weak)))
    return tuple(found)


def _unverified(platform: Platform, procedure: Procedure, catalog: Catalog) -> list[str]:
    """What of the procedure does not stand on the platform's own pages: dates by name, the rest by what it is."""

    def weak(source: SourceId | None) -> bool:
        return platform.confidence(source) not in {"P", "P-old"}

    rules = [rule for rule in procedure.deadlines if weak(rule.block_source if rule.block_after else rule.warn_source)]
    names = [any_text(dict(rule.name), catalog.language, "en") or "" for rule in rules]
    parts = {
        "limits": weak(procedure.limits.source),
        "evidence": any(weak(row.source) for row in procedure.evidence),
        "steps": any(weak(step.source) for step in (*procedure.steps, *procedure.never)),
    }
    return [*dict.fromkeys(names), *(catalog.text(f"report.part.{part}") for part, holds in parts.items() if holds)]
