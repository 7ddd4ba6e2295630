"""Judges a case's evidence without making or keeping anything."""

import base64
from dataclasses import replace
from typing import Any, Literal

from casefile.earlier import EarlierCase
from evidence_packer.judge.check import Check
from evidence_packer.judge.known_checks import checks
from evidence_packer.report.report import report
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.crops import crops
from jobs.case_work.steps.judge import dossier_of, judged
from jobs.case_work.steps.sparing import sparing
from jobs.case_work.steps.study import Study, read, studied
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
) -> dict[str, Any]:
    """The report without files. ``scope``: ``file`` judges the files alone, ``case`` the rest.

    With ``pictures`` every finding that names a place carries ``picture``, a JPEG data address of the boxed crop.
    """
    found = read(request, workshop, progress)

    def check(out: frozenset[str]) -> dict[str, Any]:
        known = studied(request, workshop.house, found.without(out))
        return _checked(known, request.earlier, workshop, scope, pictures=pictures)

    return sparing(tuple(found.read), check)


def _checked(
    known: Study, earlier: tuple[EarlierCase, ...], workshop: Workshop, scope: Scope, *, pictures: bool
) -> dict[str, Any]:
    written = write(known, workshop) if scope != "file" else None
    dossier = replace(dossier_of(known, written), earlier=earlier)
    files = {check.code for check in checks() if _judges_files(check)}
    asked = (result for result in judged(dossier) if scope == "all" or (result.code in files) is (scope == "file"))
    results = tuple(asked)
    catalog = known.house.catalogs.of(known.language)
    body = report(dossier, results, catalog, known.captions(known.letter_language))
    if pictures:
        cut = crops(known, body)
        for check in body["checks"]:
            for finding in check["findings"]:
                crop = cut.get((finding["file"], finding["page"] or 1, tuple(finding["box"] or ())))
                if crop:
                    finding["picture"] = "data:image/jpeg;base64," + base64.b64encode(crop).decode("ascii")
    return body
