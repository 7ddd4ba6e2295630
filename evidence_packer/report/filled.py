"""What the evidence filled in of the case, for the report: each value with its exhibits and why it is believed."""

from collections.abc import Iterable

from casefile.casework import Evidence
from casefile.filling import FilledAt
from casefile.wording import Catalog
from evidence_packer.report.exhibit_shape import rounded
from evidence_packer.report.shape import ReportChoice, ReportFilled, ReportPlace


def _places(evidence: Evidence, found: Iterable[FilledAt]) -> tuple[ReportPlace, ...]:
    places = []
    for at in found:
        exhibit = evidence.plan.of_file(at.file)
        shown = exhibit is not None and at.page in exhibit.source_pages
        cited = exhibit.cite(at.page, (at.box[1] + at.box[3]) / 2) if exhibit and shown else None
        places.append(
            ReportPlace(
                number=cited.number if cited else None,
                page=cited.page if cited else at.page,
                box=rounded(at.box),
                file=at.file,
                text=at.text,
            )
        )
    return tuple(places)


def filled(evidence: Evidence, catalog: Catalog) -> tuple[ReportFilled, ...]:
    """Every field that the evidence fills in, agrees with, or leaves open, in the order of the rules."""
    return tuple(
        ReportFilled(
            pointer=one.pointer,
            value=one.value,
            state=one.state,
            exhibits=_places(evidence, one.at),
            source=catalog.text(f"filled.source.{one.source}"),
            candidates=tuple(
                ReportChoice(value=choice.value, exhibits=_places(evidence, choice.at)) for choice in one.choices
            ),
        )
        for one in evidence.filled
    )
