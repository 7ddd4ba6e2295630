"""The list for the colleague who has to take screenshots again: which one, which page, what must be visible on it."""

from api.form.words import PageWords
from casefile.finding import SEVERITIES
from evidence_packer.report.retakes import FileAgain, files_again
from evidence_packer.report.shape import Report, ReportRefusal


def retake_list(words: PageWords, subject: str, report: Report) -> str:
    """The list as plain text to send on, empty when nothing has to be taken again or added."""
    again = files_again(report)
    taken = [line for file in again if not file.refused for line in _taken_again(words, report, file)]
    lines = [
        *taken,
        *(_sent_again(words, file, file.refused) for file in again if file.refused),
        *_added(words, report),
    ]
    if not lines:
        return ""
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
    return "\n".join([words.catalog.text("retake.head", subject=subject), *numbered, words.catalog.text("retake.foot")])


def _by_page(words: PageWords, again: FileAgain, *, several: bool) -> dict[int | None, list[str]]:
    """Page → what must be visible on it, the heaviest first; a file of one page has no number."""
    found: dict[int | None, list[str]] = {}
    for finding in sorted(again.findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        mine = found.setdefault(finding.page if several else None, [])
        line = words.catalog.text(f"retake.{finding.code}")
        mine += [line] if line not in mine else []
    return found


def _taken_again(words: PageWords, report: Report, again: FileAgain) -> list[str]:
    """One line for each page of a file."""
    exhibit = report.exhibit(again.file)
    kind = exhibit.kind if exhibit else "other"
    several = exhibit is not None and exhibit.pages[1] > exhibit.pages[0]
    text, example = words.catalog.text, words.example(kind)
    return [
        text(
            "retake.again" if example else "retake.again_plain",
            file=text("retake.page", file=again.file, page=page) if page else again.file,
            kind=text(f"kind.{kind}"),
            what=text("retake.and").join(what),
            example=example,
        ).strip()
        for page, what in _by_page(words, again, several=several).items()
    ]


def _sent_again(words: PageWords, again: FileAgain, line: ReportRefusal) -> str:
    """A file that could not be opened, with what to do about it."""
    hint = words.remedy(line.code) or again.findings[0].hint
    return words.catalog.text("retake.refused", file=again.file, reason=line.reason, hint=hint)


def _added(words: PageWords, report: Report) -> list[str]:
    """What is missing altogether, by the first kind that would prove it."""
    missing = {row.needs[0]: row.statement for row in report.coverage if row.status == "missing" and row.needs}
    text = words.catalog.text
    return [
        text("retake.add", kind=text(f"kind.{kind}"), statement=statement, example=words.example(kind)).strip()
        for kind, statement in missing.items()
    ]
