"""What the commands share: the program itself, the options they have alike, errors as words, the workshop."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.verbosity import Verbosity, choose, verbose

if TYPE_CHECKING:
    from api.commands.terminal import Terminal
    from api.request.targets import WriteTargets
    from casefile.house import House
    from jobs.case_work.workshop import Workshop
    from reading.guarded.guard import Guard

BLOCKED = 3


def _tell_version(asked: bool) -> None:  # as the library calls it
    if asked:
        typer.echo(f"evidence-packer {version('evidence-packer')}")
        raise typer.Exit


app = typer.Typer(
    name="evidence-packer",
    help="Checks the evidence of a marketplace dispute, builds the named PDF bundle and writes the letter.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the release and end", is_eager=True, callback=_tell_version)
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but results and errors")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done, and where it fails")] = False,
) -> None:
    """Options of every command."""
    _ = version
    if quiet or verbose:
        choose(Verbosity.QUIET if quiet else Verbosity.VERBOSE)


CaseFile = Annotated[
    Path,
    typer.Argument(
        metavar="CASE.json", help="The case as JSON, or a folder with case.json and its files; - reads standard input"
    ),
]
Files = Annotated[list[Path] | None, typer.Argument(metavar="FILES…", help="The evidence files, or folders of them")]


def spoken(tag: str) -> str:
    """A language that messages are written in; the one of every command is not looked up.

    Raises:
        typer.BadParameter: there are no messages in it.
    """
    if tag == "en":
        return tag
    known = house().catalogs.spoken
    base = tag.replace("_", "-").split("-", maxsplit=1)[0].lower()
    if base not in {one.split("-", maxsplit=1)[0].lower() for one in known}:
        raise typer.BadParameter(f"{tag!r}: messages are written in {', '.join(sorted(known))}")
    return tag


Language = Annotated[
    str,
    typer.Option("--lang", help="Language of messages and of the report: en or zh-Hans", callback=spoken),
]
"""Also understood before the command; see ``main``."""
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON")]
Now = Annotated[
    str | None, typer.Option("--now", help="The moment to judge deadlines at, like 2026-11-19T09:00:00-05:00")
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is not a result of ours")]
Strict = Annotated[bool, typer.Option("--strict", help="Write no files while there is a blocker")]


def terminal_of(language: str, *, plain: bool) -> "Terminal":
    """The terminal in this language; ``plain`` leaves standard output to data."""
    from api.commands.terminal import Terminal  # noqa: PLC0415
    from api.request.language import choose  # noqa: PLC0415

    return Terminal(choose(house().catalogs, language, None), plain=plain)


@functools.cache
def house() -> "House":
    """The data folders, read once."""
    from casefile.discovery import load_house  # noqa: PLC0415

    return load_house()


def targets(*, force: bool = False) -> "WriteTargets":
    """What this command may write."""
    from api.request.targets import WriteTargets  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415

    return WriteTargets(Settings().notes, force=force)


@contextmanager
def waking_guard() -> "Iterator[Guard]":
    """A guard that starts while this process still imports what else it needs."""
    from reading.guarded.guard import Guard  # noqa: PLC0415
    from reading.limits import ReadingLimits  # noqa: PLC0415

    with Guard(ReadingLimits()) as guard:
        guard.wake()
        yield guard


@contextmanager
def telling(terminal: "Terminal") -> Iterator[None]:
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
def workshop_here(guard: "Guard | None" = None) -> "Iterator[Workshop]":
    """The workshop of one command, closed after it."""
    from api.ocr_choice import chosen_ocr  # noqa: PLC0415
    from api.settings import Settings, prepare_fonts  # noqa: PLC0415
    from jobs.case_work.workshop import Workshop  # noqa: PLC0415
    from jobs.logs import configure  # noqa: PLC0415

    configure(everything=verbose())
    settings = Settings()
    prepare_fonts(settings.cache)
    with Workshop.open_alone(house(), guard, chosen_ocr(settings)) as workshop:
        if guard is not None:
            guard.accept(settings.guard_level)
        yield workshop
