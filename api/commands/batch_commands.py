"""The batch commands: many cases from a spreadsheet, and the spreadsheet to fill in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.command_parts import AsJson, Force, Language, Now, app, targets, telling, terminal_of

if TYPE_CHECKING:
    from api.commands.terminal import Terminal
    from jobs.records.batch_ledger import BatchView

PARTIAL, BLOCKED = 4, 3
Default = Annotated[str | None, typer.Option(help="For rows that do not say")]


@app.command()
def batch(  # noqa: PLR0913  # each is an option of the command
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="xlsx, xls, ods, csv or tsv")],
    source: Annotated[Path | None, typer.Argument(metavar="FOLDER_OR_ZIP", help="The evidence files")] = None,
    *,
    target: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.zip", help="Where to write")] = Path(
        "batch.zip"
    ),
    platform: Default = None,
    site: Default = None,
    procedure: Default = None,
    reason: Default = None,
    letter_language: Default = None,
    columns: Annotated[str | None, typer.Option("--map", help='What columns mean: "店铺=site; Ref=order_id"')] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "--check", help="Read and match everything, build nothing")
    ] = False,
    only_failed: Annotated[bool, typer.Option("--only-failed", help="Leave out rows whose _status is done")] = False,
    force: Force = False,
    workers: Annotated[int, typer.Option(min=0, max=64, help="Processes; 0: one per processor")] = 0,
    language: Language = "en",
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """Make a pack for every case of a spreadsheet: OUT.zip, and beside it SHEET_result with what became of each row."""
    from api.commands.batching import LocalBatch, archive_of, check_targets, received, run_batch  # noqa: PLC0415  # keeps --help fast
    from api.ocr_choice import chosen_ocr  # noqa: PLC0415  # as above
    from api.settings import Settings  # noqa: PLC0415  # as above
    from jobs.batch.batches import BatchRequest  # noqa: PLC0415  # as above

    terminal = terminal_of(language, plain=as_json)
    with telling(terminal):
        settings = Settings()
        place = targets(force=force)
        check_targets(sheet, source, target, place)
        given = {
            "platform": platform,
            "site": site,
            "procedure": procedure,
            "reason": reason,
            "language": letter_language,
            "map": columns,
        }
        with archive_of(source) as archive:
            asked = BatchRequest(
                sheet=received(sheet),
                archive=archive,
                defaults={name: value for name, value in given.items() if value},
                language=terminal.catalog.language,
                dry_run=dry_run,
                only_failed=only_failed,
                as_of=_moment(now),
            )
            with terminal.rows() as watch:
                slots = workers or settings.slots
                job = LocalBatch(
                    asked=asked, target=target, place=place, slots=slots, guard_level=settings.guard_level,
                    ocr=chosen_ocr(settings),
                )  # fmt: skip
                made = run_batch(job, watch)
        _tell(terminal, made.view, [*made.archives, *([made.sheet] if made.sheet else [])], as_json=as_json)
        if code := exit_code(made.view):
            raise typer.Exit(code)


def exit_code(view: "BatchView") -> int:
    """0: every row is done; 4: some are not; 3: all are done but one is blocked."""
    if set(view.counts) - {"done", "queued"}:
        return PARTIAL
    return BLOCKED if view.verdicts.get("blocked") else 0


def _moment(now: str | None) -> str | None:
    from api.commands.direct import moment  # noqa: PLC0415  # as above

    return None if now is None else moment(now).isoformat()


def _tell(terminal: "Terminal", view: "BatchView", paths: list[Path], *, as_json: bool) -> None:
    from jobs.records.batch_values import BatchPlan  # noqa: PLC0415  # as above

    plan = view.result.plan or BatchPlan()
    if as_json:
        terminal.json(
            {
                "rows": view.rows,
                "counts": dict(view.counts),
                "verdicts": dict(view.verdicts),
                "files": [str(path) for path in paths],
                "unmatched_files": list(plan.unmatched_files),
                "open_files": [one.plain() for one in plan.open_files],
                "unknown_columns": list(plan.unknown_columns),
                "left_rows": list(plan.left_rows),
                "other_sheets": list(plan.other_sheets),
            }
        )
        return
    terminal.say("batch.rows", count=view.rows, export=plan.export)
    if plan.left_rows:
        terminal.say("batch.left_rows", rows=", ".join(map(str, plan.left_rows[:20])), count=len(plan.left_rows))
    if plan.other_sheets:
        terminal.say("batch.other_sheets", sheets=", ".join(plan.other_sheets[:20]))
    for state, count in sorted(view.counts.items()):
        terminal.say("batch.state", state=terminal.catalog.text(f"row.{state}"), count=count)
    for verdict, count in sorted(view.verdicts.items()):
        terminal.say("batch.verdict", verdict=terminal.catalog.text(f"verdict.{verdict}"), count=count)
    told = {one.file: one.message for one in plan.open_files}
    for name in plan.unmatched_files[:20]:
        if name in told:
            terminal.say("batch.open", message=told[name])
        else:
            terminal.say("batch.unmatched", file=name)
    for path in paths:
        terminal.say("written", file=str(path))


@app.command("batch-template")
def batch_template(
    platform: Annotated[str | None, typer.Option(help="Only this platform's choices")] = None,
    *,
    target: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE.xlsx", help="Where to write; - prints it")
    ] = Path("batch-template.xlsx"),
    force: Force = False,
    language: Language = "en",
) -> None:
    """Write the spreadsheet to fill in."""
    from casefile.discovery import load_house  # noqa: PLC0415  # as above
    from casefile.errors import RequestFault  # noqa: PLC0415  # as above
    from jobs.batch.sheet.template import template  # noqa: PLC0415  # as above

    terminal = terminal_of(language, plain=False)
    with telling(terminal):
        house, place = load_house(), targets(force=force)
        if str(target) != "-":
            place.free(target)
        if platform is not None and platform not in house.platforms:
            raise RequestFault("platform-unknown", allowed=", ".join(sorted(house.platforms)))
        data = template(house, terminal.catalog, house.platforms[platform] if platform else None)
        if str(target) == "-":
            sys.stdout.buffer.write(data)
        else:
            place.write(target, data)
            terminal.say("written", file=str(target))
