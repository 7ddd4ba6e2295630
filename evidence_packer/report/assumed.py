"""What was taken for granted: site, language, and values whose source is weak."""

from casefile.fields.base import any_text
from casefile.platform import Platform
from casefile.pointer import resolve
from casefile.procedure import Procedure
from casefile.sources import SourceId
from casefile.wording import Catalog
from evidence_packer.judge.check import Dossier
from evidence_packer.report.texts import value


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
