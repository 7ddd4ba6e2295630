"""The help of the command line in another language: the English of the commands is replaced, key by key, before it is shown.

Help is written where the commands are, in English; only a reader of another language pays for reading the catalogs.
"""

from typing import Any

import typer.rich_utils
from typer.main import get_command

from casefile.wording import Catalog

_HELP_OPTION = "help"


def translated(app: typer.Typer, catalog: Catalog) -> Any:  # noqa: ANN401  # the library's own command type
    """The command of ``app`` with its help in the language of ``catalog``."""
    command = get_command(app)
    typer.rich_utils.OPTIONS_PANEL_TITLE = catalog.text("cli.help.panel.options")
    typer.rich_utils.COMMANDS_PANEL_TITLE = catalog.text("cli.help.panel.commands")
    typer.rich_utils.ARGUMENTS_PANEL_TITLE = catalog.text("cli.help.panel.arguments")
    typer.rich_utils.ERRORS_PANEL_TITLE = catalog.text("cli.help.panel.errors")
    command.help = catalog.text("cli.app")
    _parameters(command, "app", catalog)
    for name, part in command.commands.items():  # type: ignore[attr-defined]
        part.help = catalog.text(f"cli.help.{name}")
        _parameters(part, name, catalog)
    return command


def _parameters(command: Any, name: str, catalog: Catalog) -> None:  # noqa: ANN401  # as above
    for parameter in command.params:
        for key in (f"cli.help.{name}.{parameter.name}", f"cli.help.any.{parameter.name}"):
            if catalog.has(key):
                parameter.help = catalog.text(key)
                break
    option = command.get_help_option(typer.Context(command, help_option_names=["-h", "--help"]))
    if option is not None:
        option.help = catalog.text(f"cli.help.any.{_HELP_OPTION}")
