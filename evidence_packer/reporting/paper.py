"""The report on paper: verdict, what to fix with pictures, coverage with gaps, what was read, what was changed, hashes."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casefile.wording import Catalog
from press.html import Typesetter

_PAPER = {"a4": "A4", "letter": "Letter"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReport:
    """What the paper needs besides the report's data.

    ``crops``: JPEG of the boxed place by (file, page, box); ``changes``: (file, text) of what was turned or removed;
    ``digest``: the case digest; ``originals``: (name, SHA-256).
    """

    body: Mapping[str, Any]
    title: str
    subject: str
    crops: Mapping[tuple[str, int, tuple[float, ...]], bytes]
    changes: tuple[tuple[str, str], ...]
    originals: tuple[tuple[str, str], ...]
    digest: str
    catalog: Catalog
    paper: str = "a4"


def _findings(report: PaperReport) -> list[dict[str, Any]]:
    ranks = {"blocker": 0, "warning": 1, "advice": 2}
    found = []
    for check in report.body["checks"]:
        for finding in check["findings"]:
            key = (finding["file"], finding["page"], tuple(finding["box"] or ()))
            crop = report.crops.get(key)
            picture = "data:image/jpeg;base64," + base64.b64encode(crop).decode("ascii") if crop else None
            found.append({**finding, "picture": picture})
    return sorted(found, key=lambda finding: ranks[finding["severity"]])


def report_pdf(report: PaperReport, typesetter: Typesetter) -> bytes:
    """The operator's report as PDF; the same report gives the same bytes."""
    html = typesetter.render(
        "report/report.html",
        report=report.body,
        title=report.title,
        subject=report.subject,
        findings=_findings(report),
        changes=report.changes,
        originals=report.originals,
        digest=report.digest,
        t=report.catalog.text,
        language=report.catalog.language,
    )
    return typesetter.pdf(
        html,
        styles=("styles/document.css", "report/report.css"),
        variables={"@page": f"size: {_PAPER[report.paper]}"},
    )
