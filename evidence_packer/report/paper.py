"""The report on paper: verdict, what to fix with pictures, coverage with gaps, what was read, what was changed, hashes."""

from collections.abc import Mapping
from dataclasses import dataclass

from casefile.wording import Catalog
from evidence_packer.report.chips import exhibit_chips
from evidence_packer.report.clock import SEGMENTS, clocks, moment
from evidence_packer.report.exhibit_shape import ReportExhibit
from evidence_packer.report.shape import Report
from evidence_packer.report.to_do import Place, counts, named_some, problems, retakes
from press.html import Typesetter

_PAPER = {"a4": "A4", "letter": "Letter"}
_LARGE = 40
"""From more exhibits than this they stand as a list at the end, one line each."""
_STYLES = ("styles/document.css", "report/report.css")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReport:
    """What the paper needs besides the report's data.

    ``crops``: JPEG of the boxed place by (file, page, box); ``changes``: (file, text) of what was turned or removed;
    ``digest``: the case digest; ``originals``: (name, SHA-256).
    """

    body: Report
    title: str
    subject: str
    crops: Mapping[Place, bytes]
    changes: tuple[tuple[str, str], ...]
    originals: tuple[tuple[str, str], ...]
    digest: str
    catalog: Catalog
    paper: str = "a4"


def size_text(count: int) -> str:
    """A number of bytes for people: ``1.2 MB``, ``15 KB``."""
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1000))} KB"


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalOnPaper:
    """An original with its hash, and the exhibit that was made of it."""

    file: str
    sha256: str
    exhibit: ReportExhibit | None


def _custody(report: PaperReport) -> list[OriginalOnPaper]:
    return [
        OriginalOnPaper(file=name, sha256=digest, exhibit=report.body.exhibit(name))
        for name, digest in report.originals
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCounts:
    """How many checks passed and found something, and why some were skipped."""

    passed: int
    found: int
    skipped: int
    reasons: tuple[str, ...]


def _checks(body: Report) -> CheckCounts:
    states = [check.status for check in body.checks]
    reasons = dict.fromkeys(check.why for check in body.checks if check.status == "skipped" and check.why)
    return CheckCounts(
        passed=states.count("pass"),
        found=states.count("finding"),
        skipped=states.count("skipped"),
        reasons=tuple(reasons),
    )


def _changes(report: PaperReport) -> dict[str, list[str]]:
    by_file: dict[str, list[str]] = {}
    for file, text in report.changes:
        if text not in by_file.setdefault(file, []):
            by_file[file].append(text)
    return by_file


def _alike(report: PaperReport) -> list[tuple[str, str]]:
    """What was done to many files: the text, and the files."""
    by_text: dict[str, list[str]] = {}
    for file, text in report.changes:
        by_text.setdefault(text, []).append(file)
    return [(text, named_some(tuple(dict.fromkeys(files)), report.catalog)) for text, files in by_text.items()]


def report_pdf(report: PaperReport, typesetter: Typesetter) -> bytes:
    """The operator's report as PDF; the same report gives the same bytes."""
    body, catalog = report.body, report.catalog
    exhibits = [(exhibit, exhibit_chips(exhibit, catalog)) for exhibit in body.exhibits]
    html = typesetter.render(
        "report/report.html",
        t=catalog.text,
        language=catalog.language,
        report=body,
        title=report.title,
        subject=report.subject,
        counts=counts(body),
        problems=problems(body, report.crops, catalog),
        retakes=retakes(body, catalog),
        clocks=clocks(body.deadlines, catalog),
        segments=SEGMENTS,
        exhibits=exhibits if len(exhibits) <= _LARGE else [],
        listed=exhibits if len(exhibits) > _LARGE else [],
        timeline=[(moment(point.at, catalog), point) for point in body.timeline],
        checks=_checks(body),
        changes=_changes(report),
        alike=_alike(report) if len(exhibits) > _LARGE else [],
        custody=[row for row in _custody(report) if len(exhibits) <= _LARGE or row.exhibit is None],
        hashes=dict(report.originals),
        digest=report.digest,
        files=[(file, size_text(file.bytes)) for file in body.files if file.role != "original"],
    )
    return typesetter.pdf(html, styles=_STYLES, variables={"@page": f"size: {_PAPER[report.paper]}"})
