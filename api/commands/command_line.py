"""The command line: the same work as the service, on files. Heavy parts are imported when a command needs them.

Results go to standard output, progress and errors to standard error. Exit codes: 0 done, 1 crash, 2 usage, 3 blocked,
4 a batch that is only partly done.
"""

import importlib
import sys

from api.commands.command_parts import app, terminal_of
from api.commands.verbosity import choose, taken
from jobs.collecting import seldom

__all__ = ["app", "asked_language", "main"]

_GROUPS = {"keys"}
"""Commands that only hold others."""


for _module in (
    "case_commands",
    "proposing",
    "looking_commands",
    "batch_commands",
    "operations",
):  # the order of the help
    importlib.import_module(f"api.commands.{_module}")


def main() -> None:
    """Entry point of the program. ``--lang`` may stand before the command, and turns the help over too."""
    from casefile.errors import DataFault  # noqa: PLC0415  # keeps --help fast, here and below

    seldom()
    wanted, given = taken(sys.argv[1:])
    choose(wanted)
    language, arguments = asked_language(given)
    try:
        if language in {None, "en"}:
            app(args=arguments)
        else:
            from api.commands.help_texts import translated  # noqa: PLC0415

            translated(app, terminal_of(language or "", plain=True).catalog)(args=arguments)
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


if __name__ == "__main__":
    main()
