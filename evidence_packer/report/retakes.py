"""Which files have to be taken or fetched again, and why: one answer for the form's list and for the printed report."""

from dataclasses import dataclass

from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.shape import Report, ReportFinding, ReportRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAgain:
    """One file to take again for its ``findings``, or to fetch again because it could not be used: ``refused`` is its line."""

    file: str
    findings: tuple[ReportFinding, ...]
    refused: ReportRefusal | None = None


def files_again(report: Report) -> tuple[FileAgain, ...]:
    """The files whose findings a new picture settles, in the order of the exhibits, then those that could not be used."""
    by_file: dict[str, list[ReportFinding]] = {exhibit.file: [] for exhibit in report.exhibits}
    lines = {line.file: line for line in report.not_included}
    refused = []
    for finding in report.findings:
        kind = kind_of(finding.code)
        if kind.retake and finding.file:
            by_file.setdefault(finding.file, []).append(finding)
        elif kind.role == "refused_file" and finding.file in lines:
            refused.append(FileAgain(file=finding.file, findings=(finding,), refused=lines[finding.file]))
    taken = (FileAgain(file=file, findings=tuple(found)) for file, found in by_file.items() if found)
    return (*taken, *refused)
