"""What a person has to do, in the order of doing it: pages to take again, and what is wrong by weight with its pictures."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casefile.finding import Severity
from casefile.wording import Catalog
from evidence_packer.report.retakes import FileAgain, files_again
from evidence_packer.report.shape import Report, ReportFinding

Place = tuple[str | None, int, tuple[float, ...]]
_RETAKES = 8
"""So many files are told to be taken again each in a row of its own."""
_MANY, _SHOWN, _NAMED = 5, 2, 24
"""In more files than this the same is shown in so many, and so many of the others are named."""
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


def problems(body: Report, crops: Mapping[Place, bytes], catalog: Catalog) -> list[ReportProblem]:
    """What the checks found, blockers first; findings of one check that belong to no file are listed together.

    What is found in many files is shown in the first of them; the others are named.
    """
    found: list[ReportProblem] = []
    for check in body.checks:
        loose: dict[Severity, list[ReportProblem]] = {}
        alike: dict[tuple[str, Severity], list[ReportFinding]] = {}
        for finding in check.findings:
            if finding.file:
                alike.setdefault((finding.code, finding.severity), []).append(finding)
            else:
                loose.setdefault(finding.severity, []).append(_problem(finding, crops))
        for findings in alike.values():
            found += _shortened(findings, crops, catalog)
        found += [_one(group) for group in loose.values()]
    return sorted(found, key=lambda problem: _RANKS[problem.severity])


def _shortened(
    findings: Sequence[ReportFinding], crops: Mapping[Place, bytes], catalog: Catalog
) -> list[ReportProblem]:
    if len(findings) <= _MANY:
        return [_problem(finding, crops) for finding in findings]
    rest = findings[_SHOWN:]
    names = dict.fromkeys(str(finding.file) for finding in rest)
    more = ReportProblem(
        severity=rest[0].severity,
        lines=((catalog.text("report.same_in", count=len(names)), rest[0].hint),),
        details=(named_some(tuple(names), catalog),),
    )
    return [*(_problem(finding, crops) for finding in findings[:_SHOWN]), more]


def named_some(names: Sequence[str], catalog: Catalog) -> str:
    """The first names, and how many more there are."""
    told = catalog.text("report.comma").join(names[:_NAMED])
    left = len(names) - _NAMED
    return catalog.text("report.and_more", names=told, count=left) if left > 0 else told


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
    found = [_retake(again, catalog) for again in files_again(body)]
    if len(found) <= _RETAKES:
        return found
    rest = [again.file for again in found[_RETAKES:]]
    more = Retake(file=catalog.text("report.same_in", count=len(rest)), reasons=(named_some(rest, catalog),), hints=())
    return [*found[:_RETAKES], more]
