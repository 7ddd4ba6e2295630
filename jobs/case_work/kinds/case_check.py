"""Judges a case's evidence without making or keeping anything."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from casefile.earlier import EarlierCase
from evidence_packer.judge.check import Check
from evidence_packer.judge.known_checks import checks
from evidence_packer.report.report import report
from evidence_packer.report.shape import Report, ReportFinding
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.casework import Casework, read, set_against
from jobs.case_work.steps.crops import Place, crops
from jobs.case_work.steps.judge import dossier_of, judged
from jobs.case_work.steps.sparing import sparing
from jobs.case_work.steps.taking import Progress, silent
from jobs.case_work.steps.write import write
from jobs.case_work.workshop import Workshop

Scope = Literal["all", "file", "case"]


def _judges_files(check: Check) -> bool:
    """Whether the check judges files by themselves, without the case as a whole."""
    return check.judges == "facts" or all(kind.about == "file" for kind in check.findings)


def check_case(
    request: PackRequest,
    workshop: Workshop,
    scope: Scope = "all",
    *,
    pictures: bool = False,
    progress: Progress = silent,
) -> Report:
    """The report without files. ``scope``: ``file`` judges the files alone, ``case`` the rest.

    With ``pictures`` every finding that names a place carries ``picture``, a JPEG data address of the boxed crop.
    """
    found = read(request, workshop, progress)

    def check(out: frozenset[str]) -> Report:
        work = set_against(request, workshop.house, found.without(out))
        return _checked(work, request.earlier, workshop, scope, pictures=pictures)

    return sparing(tuple(found.read), check)


def _checked(
    work: Casework, earlier: tuple[EarlierCase, ...], workshop: Workshop, scope: Scope, *, pictures: bool
) -> Report:
    written = write(work, workshop) if scope != "file" else None
    dossier = replace(dossier_of(work, written), earlier=earlier)
    files = {check.code for check in checks() if _judges_files(check)}
    asked = (result for result in judged(dossier) if scope == "all" or (result.code in files) is (scope == "file"))
    results = tuple(asked)
    catalog = work.house.catalogs.of(work.language)
    body = report(dossier, results, catalog, work.captions())
    return _with_pictures(body, crops(work, body)) if pictures else body


def _with_pictures(body: Report, cut: Mapping[Place, bytes]) -> Report:
    """The report whose findings carry the picture of the place they name."""

    def pictured(finding: ReportFinding) -> ReportFinding:
        crop = cut.get((finding.file, finding.page or 1, tuple(finding.box or ())))
        if not crop:
            return finding
        address = "data:image/jpeg;base64," + base64.b64encode(crop).decode("ascii")
        return finding.model_copy(update={"picture": address})

    checks = (check.model_copy(update={"findings": tuple(map(pictured, check.findings))}) for check in body.checks)
    return body.model_copy(update={"checks": tuple(checks)})
