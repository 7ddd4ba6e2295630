"""What to do: the recommendation with its reasons, the checklist, the steps, what was assumed."""

from casefile.case import Case
from casefile.coverage import Covered
from casefile.fields.base import any_text
from casefile.platform import Platform, Procedure
from casefile.pointer import resolve
from casefile.wording import Catalog


def recommendation(case: Case, coverage: tuple[Covered, ...], catalog: Catalog) -> tuple[str, list[str]]:
    """``contest``, ``settle``, ``accept`` or ``no_action``, and why in sentences."""
    status = case.claim.status if case.claim else None
    if status in {"closed", "withdrawn"}:
        return "no_action", [catalog.text("report.because.closed")]
    if case.stance == "accept" or case.answer == "accept":
        return "accept", [catalog.text("report.because.accept")]
    against = [c for c in coverage if c.status == "contradicted"]
    lacking = [c for c in coverage if c.required and c.status == "missing"]
    shown = [c for c in coverage if c.status == "shown"]
    words = [(c, catalog.text(f"proposition.{c.proposition}")) for c in coverage]
    if against:
        names = [text for c, text in words if c in against]
        return "settle", [catalog.text("report.because.contradicted", what=catalog.text("report.comma").join(names))]
    if lacking:
        names = [text for c, text in words if c in lacking]
        return "settle", [catalog.text("report.because.missing", what=catalog.text("report.comma").join(names))]
    required = [c for c in coverage if c.required]
    names = [text for c, text in words if c in shown and (c.required or not required)]
    if names:
        return "contest", [
            catalog.text("report.because.shown", what=catalog.text("report.comma").join(dict.fromkeys(names)))
        ]
    return "contest", [catalog.text("report.because.attached")]


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
