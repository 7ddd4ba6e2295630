"""The grounds of a case for the report: which hold, what the others lack, and where each comes from."""

from casefile.casework import Evidence
from casefile.fields.base import any_text
from casefile.wording import Catalog
from evidence_packer.report.shape import ReportCitation, ReportGround, ReportNeed


def grounds(evidence: Evidence, catalog: Catalog) -> tuple[ReportGround, ...]:
    """Every ground that comes into question, in the order of the evidence."""
    return tuple(
        ReportGround(
            id=one.id,
            name=any_text(dict(one.ground.name), catalog.language, "en") or one.id,
            holds=one.holds,
            missing=tuple(
                ReportNeed(
                    name=need.name, get=any_text(dict(need.get), catalog.language, "en") or "", decides=not need.helps
                )
                for need in one.missing
            ),
            exhibits=tuple(ReportCitation(number=cited.number, page=cited.page) for cited in one.citations),
            asks=tuple(key.removeprefix("ground.ask.").split("_")[0] for key in one.requests),
            source=one.ground.sources[one.ground.source].titled(catalog.language),
            confidence=one.ground.sources[one.ground.source].confidence,
        )
        for one in evidence.grounds
    )
