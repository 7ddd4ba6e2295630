"""What the command line shows: tables on standard output, progress and errors on standard error.

The one translator of errors for the terminal; with ``--json`` nothing but JSON goes to standard output.
"""

import json
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from api.commands.verbosity import quiet, verbose
from api.request.problems import describe
from casefile.errors import DataFault, EvidencePackerError
from casefile.labels import field_name
from casefile.text_value import TextValue
from casefile.wording import Catalog
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.exhibit_shape import ReportExhibit
from evidence_packer.report.shape import Report, ReportFinding
from jobs.engine.job_functions import Progress as Told
from jobs.faults import understood
from jobs.records.verification import Verification

_TONES = {
    "blocker": "bold red", "warning": "yellow", "advice": "cyan", "ready": "bold green", "review": "bold yellow",
    "blocked": "bold red", "shown": "green", "described": "yellow", "attached": "yellow", "contradicted": "bold red",
    "missing": "red",
}  # fmt: skip
_WIDTH = 160
"""Columns where the output goes to a file or a pipe."""
_STAGES = ("read", "letter", "bundle", "report")
_SEVERITIES = ("blocker", "warning", "advice")
_SIGNS = {"blocker": "✕", "warning": "!", "advice": "·"}
_MOST_VALUES = 3
_TOLD_BESIDE_KIND = "proposed_kind"
"""Role of the finding that says why a kind is proposed: it stands beside the kind."""


class Terminal:
    """Speaks one language, to a person or (``plain``) to a program."""

    def __init__(self, catalog: Catalog, *, plain: bool) -> None:
        self.catalog = catalog
        self.plain = plain
        watched = sys.stdout.isatty()
        self._out = Console(highlight=False, soft_wrap=not watched, width=None if watched else _WIDTH)
        self._err = Console(stderr=True, highlight=False)

    def say(self, key: str, **values: TextValue) -> None:
        """One line of the catalog on standard output."""
        if not self.plain and not quiet():
            self._out.print(escape(self.catalog.text(f"cli.{key}", values)))

    def line(self, markup: str) -> None:
        """One line of markup on standard output, seen at once."""
        self._out.print(markup)
        sys.stdout.flush()

    def tell(self, key: str, **values: TextValue) -> None:
        """One line of the catalog on standard error, unless only results are wanted."""
        if not quiet():
            self._err.print(escape(self.catalog.text(f"cli.{key}", values)))

    def json(self, value: object) -> None:
        """``value`` as JSON on standard output."""
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def table(self, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], title: str | None = None) -> None:
        """A table; ``columns`` are keys, cells may hold markup."""
        heading = escape(self.catalog.text(f"cli.{title}")) if title else None
        table = Table(box=SIMPLE_HEAD, title=heading, title_justify="left", title_style="bold", pad_edge=False)
        for column in columns:
            table.add_column(self.catalog.text(f"cli.{column}"), overflow="fold")
        for row in rows:
            table.add_row(*row)
        self._out.print(table)

    def toned(self, name: str, key: str) -> str:
        """The text of ``key`` in the tone of ``name``, as markup."""
        return f"[{_TONES.get(name, 'none')}]{escape(self.catalog.text(key))}[/]"

    def verdict(self, report: Report) -> None:
        """The verdict of a report in one line."""
        name = report.verdict
        self._out.print(self.catalog.text("cli.verdict", verdict=self.toned(name, f"verdict.{name}")))

    def verification(self, result: Verification) -> None:
        """What became of the files of a pack: the verdict, then every file that does not agree."""
        for pack in result.packs:
            wrong = [file for file in pack.files if file.state not in {"intact", "not_given"}]
            rows = [("[bold red]✕[/]", escape(file.path), escape(file.text)) for file in wrong]
            count = sum(file.state == "intact" for file in pack.files)
            self.say("verified", folder=pack.folder or ".", count=count, digest=pack.case_digest or "–")
            if rows:
                self.table(("col.status", "col.file", "col.finding"), rows)
        mark = "[green]✓[/]" if result.intact else "[bold red]✕[/]"
        self._out.print(f"{mark} [bold]{escape(result.text)}[/]")
        self._out.print(escape(result.note))

    def findings(self, report: Report) -> None:
        """The findings of a report, the heaviest first."""
        found = list(report.findings)
        found.sort(key=lambda finding: _SEVERITIES.index(finding.severity))
        if not found:
            self.say("findings.none")
            return
        rows = [
            (
                self.toned(finding.severity, f"severity.{finding.severity}"),
                escape(self._where(finding)),
                f"[bold]{escape(finding.title)}[/]\n{escape(finding.detail)}",
                escape(finding.hint),
            )
            for finding in found
        ]
        self.table(("col.severity", "col.where", "col.finding", "col.do"), rows)

    def _where(self, finding: ReportFinding) -> str:
        if not finding.file:
            pointer = finding.pointer
            return field_name(pointer, self.catalog) if pointer else ""
        if not finding.page:
            return finding.file
        return self.catalog.text("cli.page", file=finding.file, page=finding.page)

    def error(self, error: BaseException) -> int:
        """``error`` on standard error, in words; the exit code it stands for."""
        error = understood(error) or error
        for line in self._lines(error):
            self._err.print(line)
        return error.exit_code if isinstance(error, EvidencePackerError) else 1

    def _lines(self, error: BaseException) -> list[str]:
        text = self.catalog.text
        if isinstance(error, EvidencePackerError) and text(f"error.{error.code}.title") != f"error.{error.code}.title":
            parts = [text(f"error.{error.code}.{part}", error.params) for part in ("title", "detail", "hint")]
            faults = describe(error, self.catalog).errors
            if isinstance(error, DataFault):
                faults = ()
            lines = [f"[bold red]{escape(parts[0])}[/]", escape(" ".join(parts[1:]))]
            return lines + [f"  [bold]{escape(fault.pointer or '/')}[/]  {escape(fault.message)}" for fault in faults]
        return [f"[bold red]{escape(text('error.internal-error.title'))}[/]", *map(escape, _places(error))]

    @contextmanager
    def progress(self) -> Iterator[Told]:
        """A bar on standard error while the work lasts, where somebody watches."""
        if quiet() or not sys.stderr.isatty():
            yield _unwatched
            return
        columns = TextColumn("{task.description}"), BarColumn(bar_width=32)
        with Progress(*columns, console=self._err, transient=True) as bar:
            task = bar.add_task(self.catalog.text("cli.stage.read"), total=len(_STAGES))

            def told(stage: str, share: float) -> None:
                done = (_STAGES.index(stage) if stage in _STAGES else 0) + share
                bar.update(task, completed=done, description=self.catalog.text(f"cli.stage.{stage}"))

            yield told

    @contextmanager
    def rows(self) -> Iterator[Callable[[Any], None]]:
        """A bar over the rows of a batch, where somebody watches; call it with the batch as it is."""
        if not sys.stderr.isatty():
            yield lambda _: None
            return
        columns = TextColumn("{task.description}"), BarColumn(bar_width=32), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, console=self._err, transient=True) as bar:
            task = bar.add_task(self.catalog.text("cli.stage.read"), total=None)

            def told(view: Any) -> None:  # noqa: ANN401  # a batch
                done = sum(count for state, count in view.counts.items() if state not in {"queued", "running"})
                key = "cli.stage.rows" if done < view.rows or not view.rows else "cli.stage.zip"
                bar.update(task, total=view.rows or None, completed=done, description=self.catalog.text(key))

            yield told


def _places(error: BaseException) -> list[str]:
    """Where an error of ours arose, for whoever is asked to help; what it says may quote the case, so only ``-v`` tells it."""
    if verbose():
        return "".join(traceback.format_exception(error)).splitlines()
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [type(error).__name__, *(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]


def _unwatched(stage: str, share: float) -> None:
    _ = stage, share


def readings(terminal: Terminal, report: Report) -> None:
    """What was read in each exhibit of a report, and what the evidence proves."""
    found = list(report.findings)
    rows = [_reading(terminal, exhibit, found) for exhibit in report.exhibits]
    columns = ("col.number", "col.file", "col.kind", "col.numbers", "col.times", "col.sharpness", "col.problems")
    terminal.table(columns, rows, "exhibits")
    if report.not_included:
        lines = [(escape(line.file), escape(line.reason)) for line in report.not_included]
        terminal.table(("col.file", "col.finding"), lines, "not_included")
    proved = [(terminal.toned(row.status, f"coverage.{row.status}"), escape(row.statement)) for row in report.coverage]
    terminal.table(("col.status", "col.statement"), proved, "coverage")


def _reading(terminal: Terminal, exhibit: ReportExhibit, found: list[ReportFinding]) -> tuple[str, ...]:
    """The row of one exhibit."""
    text, facts = terminal.catalog.text, exhibit.facts
    sharpness = facts.sharpness.verdict
    numbers = _once([*(seen.value for seen in facts.order_ids), *(seen.value for seen in facts.tracking_numbers)])
    problems = [one for one in found if one.file == exhibit.file and kind_of(one.code).role != _TOLD_BESIDE_KIND]
    problems.sort(key=lambda finding: _SEVERITIES.index(finding.severity))
    return (
        str(exhibit.number),
        escape(exhibit.file),
        _kind(terminal, exhibit),
        escape("\n".join(numbers[:_MOST_VALUES])),
        escape("\n".join(_once([seen.text for seen in facts.timestamps])[:_MOST_VALUES])),
        escape(text(f"cli.sharpness.{sharpness}")),
        "\n".join(_problem(one) for one in problems) or "[green]✓[/]",
    )


def _problem(finding: ReportFinding) -> str:
    severity = finding.severity
    return f"[{_TONES[severity]}]{_SIGNS[severity]} {escape(finding.title)}[/]"


def _kind(terminal: Terminal, exhibit: ReportExhibit) -> str:
    """The kind of an exhibit; of a proposed one, why it is proposed."""
    text = terminal.catalog.text
    kind = text(f"kind.{exhibit.kind}")
    if not exhibit.kind_proposed:
        return escape(kind)
    why = text(f"kind_reason.{exhibit.kind_reason}")
    words = ", ".join(exhibit.kind_words)
    reason = f"{why}: {words}" if words else why
    return f"{escape(text('cli.proposed', kind=kind))}\n[dim]{escape(reason)}[/]"


def _once(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts))
