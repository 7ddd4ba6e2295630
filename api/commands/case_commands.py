"""The commands about one case: everything for it, a judgement alone, the letter alone."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands.command_parts import (
    BLOCKED,
    AsJson,
    CaseFile,
    Files,
    Force,
    Language,
    Now,
    Strict,
    app,
    targets,
    telling,
    terminal_of,
    waking_guard,
    workshop_here,
)


@app.command()
def pack(  # noqa: PLR0913  # each is an option of the command
    case: CaseFile,
    files: Files = None,
    *,
    target: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Where to write")] = Path(),
    language: Language = "en",
    as_json: AsJson = False,
    now: Now = None,
    strict: Strict = False,
) -> None:
    """Check the evidence of one case, build the bundle, write the letter: DIR/<name>/ and DIR/<name>.zip."""
    with waking_guard() as guard:
        from api.commands.direct import request_of, write_pack  # noqa: PLC0415
        from api.request.targets import keep_out  # noqa: PLC0415
        from jobs.case_work.kinds.case_pack import make_pack  # noqa: PLC0415

        terminal = terminal_of(language, plain=as_json)
        with telling(terminal):
            keep_out(target, [case, *(files or [])])
            request = request_of(case, files or [], now=now, language=terminal.catalog.language)
            with workshop_here(guard) as workshop, terminal.progress() as progress:
                made = make_pack(request, workshop, progress)
            blocked = made.verdict == "blocked"
            written = None if strict and blocked else write_pack(made, target)
            if as_json:
                paths = {"folder": str(written.folder), "archive": str(written.archive)} if written else {}
                terminal.json({"verdict": made.verdict, **paths, "report": made.report.plain()})
            else:
                terminal.verdict(made.report)
                terminal.findings(made.report)
            if written:
                terminal.say("written", file=str(written.folder))
                terminal.say("written", file=str(written.archive))
            if blocked:
                raise typer.Exit(BLOCKED)


@app.command()
def check(  # each is an option of the command
    case: CaseFile, files: Files = None, *, language: Language = "en", as_json: AsJson = False, now: Now = None
) -> None:
    """Show what was read in each file, what it proves and what to correct; nothing is written."""
    with waking_guard() as guard:
        from api.commands.direct import request_of  # noqa: PLC0415
        from jobs.case_work.kinds.case_check import check_case  # noqa: PLC0415

        terminal = terminal_of(language, plain=as_json)
        with telling(terminal):
            request = request_of(case, files or [], now=now, language=terminal.catalog.language)
            with workshop_here(guard) as workshop, terminal.progress() as progress:
                report = check_case(request, workshop, progress=progress)
            if as_json:
                terminal.json(report.plain())
            else:
                from api.commands.terminal import readings  # noqa: PLC0415

                readings(terminal, report)
                terminal.verdict(report)
                terminal.findings(report)
            if report.verdict == "blocked":
                raise typer.Exit(BLOCKED)


@app.command()
def letter(
    case: CaseFile,
    *,
    target: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A .pdf, .html or .txt; else the text is printed"),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--letter", metavar="KIND", help="Another kind than the procedure's own, such as follow_up"),
    ] = None,
    force: Force = False,
    language: Language = "en",
    now: Now = None,
) -> None:
    """Write the letter of a case alone, marked as a draft."""
    from api.commands.direct import clock, read_case  # noqa: PLC0415
    from api.request.targets import keep_off  # noqa: PLC0415
    from casefile.errors import RequestFault  # noqa: PLC0415
    from jobs.case_work.kinds.case_letter import write_letter  # noqa: PLC0415

    terminal = terminal_of(language, plain=False)
    with telling(terminal):
        ending = target.suffix.lower() if target else ".txt"
        if ending not in {".pdf", ".html", ".txt"}:
            raise RequestFault("format-not-offered", status=400)
        place = targets(force=force)
        if target is not None:
            keep_off([target], [case])
            place.free(target)
        read = read_case(case)
        read = read.model_copy(update={"letter": kind}) if kind else read
        with workshop_here() as workshop:
            written = write_letter(read, clock(read, now), workshop)
        forms = {".pdf": written.pdf, ".html": written.html.encode(), ".txt": written.text.text.encode()}
        if target is None:
            sys.stdout.write(written.text.text.rstrip("\n") + "\n")
        else:
            place.write(target, forms[ending])
            terminal.say("written", file=str(target))
