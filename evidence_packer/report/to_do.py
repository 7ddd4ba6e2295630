"""What a person has to do, in the order of doing it: pages to take again, and what is wrong by weight with its pictures."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casefile.finding import Severity
from casefile.wording import Catalog
from evidence_packer.report.retakes import FileAgain, files_again
from evidence_packer.report.shape import Report, ReportFinding

Place = tuple[str | None, int, tuple[float, ...]]
_RANKS: dict[Severity, int] = {"blocker": 0, "warning": 1, "advice": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Retake:
    """One file to take or fetch again: what is wrong with it, and how to do it better."""

    file: str
    reasons: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProblem:
    """What is wrong in one place, or the same thing several times: severity, pairs of (title, cure), why, where, the picture of it.

    ``picture`` is a data address; ``file`` is ``None`` where the title names it already.
    """

    severity: Severity
    lines: tuple[tuple[str, str], ...]
    details: tuple[str, ...]
    file: str | None = None
    page: int | None = None
    picture: str | None = None


def _problem(finding: ReportFinding, crops: Mapping[Place, bytes]) -> ReportProblem:
    crop = crops.get((finding.file, finding.page or 1, tuple(finding.box or ())))
    named = finding.file and finding.file in finding.title
    return ReportProblem(
        severity=finding.severity,
        lines=((finding.title, finding.hint),),
        details=(finding.detail,),
        file=None if named else finding.file,
        page=finding.page,
        picture="data:image/jpeg;base64," + base64.b64encode(crop).decode("ascii") if crop else None,
    )


def _one(problems: Sequence[ReportProblem]) -> ReportProblem:
    """The same thing found several times, listed once."""
    lines = dict.fromkeys(line for problem in problems for line in problem.lines)
    details = dict.fromkeys(detail for problem in problems for detail in problem.details)
    return ReportProblem(severity=problems[0].severity, lines=tuple(lines), details=tuple(details))


def problems(body: Report, crops: Mapping[Place, bytes]) -> list[ReportProblem]:
    """What the checks found, blockers first; findings of one check that belong to no file are listed together."""
    found: list[ReportProblem] = []
    for check in body.checks:
        loose: dict[Severity, list[ReportProblem]] = {}
        for finding in check.findings:
            if finding.file:
                found.append(_problem(finding, crops))
            else:
                loose.setdefault(finding.severity, []).append(_problem(finding, crops))
        found += [_one(group) for group in loose.values()]
    return sorted(found, key=lambda problem: _RANKS[problem.severity])


def counts(body: Report) -> dict[Severity, int]:
    """How many findings of each severity there are."""
    severities = [finding.severity for finding in body.findings]
    return {severity: severities.count(severity) for severity in _RANKS}


def _retake(again: FileAgain, catalog: Catalog) -> Retake:
    if line := again.refused:
        key = f"not_included.{line.code}.hint"
        hint = catalog.text(key, file=line.file) if catalog.has(key) else ""
        return Retake(file=again.file, reasons=(line.reason,), hints=(hint,) if hint else ())
    said = {finding.title: finding.hint for finding in again.findings}
    return Retake(
        file=again.file, reasons=tuple(said), hints=tuple(dict.fromkeys(hint for hint in said.values() if hint))
    )


def retakes(body: Report, catalog: Catalog) -> list[Retake]:
    """Files to take or fetch again, in the order of the exhibits, then those that could not be used at all."""
    return [_retake(again, catalog) for again in files_again(body)]
