"""The command line: the same work as the service, on files. Heavy parts are imported when a command needs them.

Results go to standard output, progress and errors to standard error. Exit codes: 0 done, 1 crash, 2 usage, 3 blocked,
4 a batch that is only partly done.
"""

import functools
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.terminal import Terminal
    from casefile.house import House
    from jobs.workshop import Workshop
    from reading.guard import Guard

BLOCKED = 3
_GROUPS = {"keys"}
"""Commands that only hold others."""
_MARKS = {True: "[green]✓[/]", False: "[bold red]✕[/]"}

app = typer.Typer(
    name="evidence-packer",
    help="Checks the evidence of a marketplace dispute, builds the named PDF bundle and writes the letter.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CaseFile = Annotated[
    Path,
    typer.Argument(
        metavar="CASE.json", help="The case as JSON, or a folder with case.json and its files; - reads standard input"
    ),
]
Files = Annotated[list[Path] | None, typer.Argument(metavar="FILES…", help="The evidence files, or folders of them")]
Language = Annotated[str, typer.Option("--lang", help="Language of messages and of the report: en or zh-Hans")]
"""Also understood before the command; see ``main``."""
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON")]
Now = Annotated[
    str | None, typer.Option("--now", help="The moment to judge deadlines at, like 2026-11-19T09:00:00-05:00")
]
Strict = Annotated[bool, typer.Option("--strict", help="Write no files while there is a blocker")]


def main() -> None:
    """Entry point of the program. ``--lang`` may stand before the command, and turns the help over too."""
    from casefile.errors import DataFault  # noqa: PLC0415  # keeps --help fast, here and below

    for module in ("api.looking_commands", "api.batch_commands", "api.operations"):
        importlib.import_module(module)
    language, arguments = asked_language(sys.argv[1:])
    try:
        if language in {None, "en"}:
            app(args=arguments)
        else:
            from api.help_texts import translated  # noqa: PLC0415

            translated(app, _terminal(language or "", plain=True).catalog)(args=arguments)
    except DataFault as fault:
        sys.stderr.write(f"{fault}\n")
        raise SystemExit(fault.exit_code) from None


def asked_language(arguments: list[str]) -> tuple[str | None, list[str]]:
    """The language of ``--lang`` wherever it stands, and the arguments with it after the command, where it is declared."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            pair = arguments[place : place + 2]
        elif argument.startswith("--lang="):
            pair = [argument]
        else:
            continue
        rest = arguments[:place] + arguments[place + len(pair) :]
        command = next((at for at, word in enumerate(rest) if not word.startswith("-")), None)
        if command is not None and rest[command] in _GROUPS:
            command = next((at for at in range(command + 1, len(rest)) if not rest[at].startswith("-")), None)
        if command is not None:
            rest[command + 1 : command + 1] = pair
        return pair[-1].removeprefix("--lang="), rest
    return None, arguments


def _terminal(language: str, *, plain: bool) -> "Terminal":
    from api.language import choose  # noqa: PLC0415
    from api.terminal import Terminal  # noqa: PLC0415

    return Terminal(choose(_house().catalogs, language, None), plain=plain)


@functools.cache
def _house() -> "House":
    from casefile.discovery import load_house  # noqa: PLC0415

    return load_house()


@contextmanager
def _waking_guard() -> "Iterator[Guard]":
    """A guard that starts while this process still imports what else it needs."""
    from reading.guard import Guard  # noqa: PLC0415
    from reading.limits import ReadingLimits  # noqa: PLC0415

    with Guard(ReadingLimits()) as guard:
        guard.wake()
        yield guard


@contextmanager
def _telling(terminal: "Terminal") -> Iterator[None]:
    """Turn every error into words and its exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as error:
        raise typer.Exit(terminal.error(error)) from error


@contextmanager
def _workshop(guard: "Guard | None" = None) -> "Iterator[Workshop]":
    from api.settings import Settings, prepare_fonts  # noqa: PLC0415
    from jobs.workshop import Workshop  # noqa: PLC0415

    prepare_fonts(Settings().cache)
    with Workshop.open_alone(_house(), guard) as workshop:
        yield workshop


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
    with _waking_guard() as guard:
        from api.direct import request_of, write_pack  # noqa: PLC0415
        from jobs.kinds.case_pack import make_pack  # noqa: PLC0415

        terminal = _terminal(language, plain=as_json)
        with _telling(terminal):
            request = request_of(case, files or [], now=now, language=terminal.catalog.language)
            with _workshop(guard) as workshop, terminal.progress() as progress:
                made = make_pack(request, workshop, progress)
            blocked = made.verdict == "blocked"
            written = None if strict and blocked else write_pack(made, target)
            if as_json:
                paths = {"folder": str(written.folder), "archive": str(written.archive)} if written else {}
                terminal.json({"verdict": made.verdict, **paths, "report": made.report})
            else:
                terminal.verdict(made.report)
                terminal.findings(made.report)
            if written:
                terminal.say("written", file=written.folder)
                terminal.say("written", file=written.archive)
            if blocked:
                raise typer.Exit(BLOCKED)


@app.command()
def check(  # each is an option of the command
    case: CaseFile, files: Files = None, *, language: Language = "en", as_json: AsJson = False, now: Now = None
) -> None:
    """Show what was read in each file, what it proves and what to correct; nothing is written."""
    with _waking_guard() as guard:
        from api.direct import request_of  # noqa: PLC0415
        from jobs.kinds.case_check import check_case  # noqa: PLC0415

        terminal = _terminal(language, plain=as_json)
        with _telling(terminal):
            request = request_of(case, files or [], now=now, language=terminal.catalog.language)
            with _workshop(guard) as workshop, terminal.progress() as progress:
                report = check_case(request, workshop, progress=progress)
            if as_json:
                terminal.json(report)
            else:
                from api.terminal import readings  # noqa: PLC0415

                readings(terminal, report)
                terminal.verdict(report)
                terminal.findings(report)
            if report["verdict"] == "blocked":
                raise typer.Exit(BLOCKED)


@app.command()
def letter(
    case: CaseFile,
    *,
    target: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A .pdf, .html or .txt; else the text is printed"),
    ] = None,
    language: Language = "en",
    now: Now = None,
) -> None:
    """Write the letter of a case alone, marked as a draft."""
    from api.direct import clock, read_case, write_file  # noqa: PLC0415
    from casefile.errors import RequestFault  # noqa: PLC0415
    from jobs.kinds.case_letter import write_letter  # noqa: PLC0415

    terminal = _terminal(language, plain=False)
    with _telling(terminal):
        ending = target.suffix.lower() if target else ".txt"
        if ending not in {".pdf", ".html", ".txt"}:
            raise RequestFault("format-not-offered", status=400)
        read = read_case(case)
        with _workshop() as workshop:
            written = write_letter(read, clock(read, now), workshop)
        forms = {".pdf": written.pdf, ".html": written.html.encode(), ".txt": written.text.text.encode()}
        if target is None:
            sys.stdout.write(written.text.text.rstrip("\n") + "\n")
        else:
            write_file(target, forms[ending])
            terminal.say("written", file=target)


if __name__ == "__main__":
    main()
