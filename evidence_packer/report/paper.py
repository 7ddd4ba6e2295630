"""The report on paper: verdict, what to fix with pictures, coverage with gaps, what was read, what was changed, hashes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casefile.wording import Catalog
from evidence_packer.report.chips import exhibit_chips
from evidence_packer.report.clock import SEGMENTS, clocks, moment
from evidence_packer.report.to_do import Place, counts, problems, retakes
from press.html import Typesetter

_PAPER = {"a4": "A4", "letter": "Letter"}
_STYLES = ("styles/document.css", "report/report.css")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReport:
    """What the paper needs besides the report's data.

    ``crops``: JPEG of the boxed place by (file, page, box); ``changes``: (file, text) of what was turned or removed;
    ``digest``: the case digest; ``originals``: (name, SHA-256).
    """

    body: Mapping[str, Any]
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


def _custody(report: PaperReport) -> list[dict[str, Any]]:
    """Each original with its hash and where its pages stand in the bundle."""
    by_file = {exhibit["file"]: exhibit for exhibit in report.body["exhibits"]}
    return [{"file": name, "sha256": digest, "exhibit": by_file.get(name)} for name, digest in report.originals]


def _checks(body: Mapping[str, Any]) -> dict[str, Any]:
    """How many checks passed and found something, and why some were skipped."""
    states = [check["status"] for check in body["checks"]]
    reasons = dict.fromkeys(check["why"] for check in body["checks"] if check["status"] == "skipped" and check["why"])
    return {
        "passed": states.count("pass"),
        "found": states.count("finding"),
        "skipped": states.count("skipped"),
        "reasons": list(reasons),
    }


def _changes(report: PaperReport) -> dict[str, list[str]]:
    by_file: dict[str, list[str]] = {}
    for file, text in report.changes:
        if text not in by_file.setdefault(file, []):
            by_file[file].append(text)
    return by_file


def _values(report: PaperReport) -> dict[str, Any]:
    body, catalog = report.body, report.catalog
    return {
        "report": body,
        "title": report.title,
        "subject": report.subject,
        "counts": counts(body),
        "problems": problems(body, report.crops),
        "retakes": retakes(body, catalog),
        "clocks": clocks(body["deadlines"], catalog),
        "segments": SEGMENTS,
        "exhibits": [(exhibit, exhibit_chips(exhibit, catalog)) for exhibit in body["exhibits"]],
        "timeline": [(moment(point["at"], catalog), point) for point in body["timeline"]],
        "checks": _checks(body),
        "changes": _changes(report),
        "custody": _custody(report),
        "digest": report.digest,
        "files": [(file, size_text(file["bytes"])) for file in body["files"] if file["role"] != "original"],
    }


def report_pdf(report: PaperReport, typesetter: Typesetter) -> bytes:
    """The operator's report as PDF; the same report gives the same bytes."""
    html = typesetter.render(
        "report/report.html", t=report.catalog.text, language=report.catalog.language, **_values(report)
    )
    return typesetter.pdf(html, styles=_STYLES, variables={"@page": f"size: {_PAPER[report.paper]}"})
