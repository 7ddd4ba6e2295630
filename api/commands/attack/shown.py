"""What an attack found, as a table or as JSON; progress on standard error where somebody watches."""

import signal
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from api.commands.attack.campaign import attack, drills
from api.commands.attack.drill import DrillOutcome
from api.commands.terminal import Terminal


def show(terminal: Terminal) -> bool:
    """Attack, tell what held and what broke; whether everything held."""
    signal.signal(signal.SIGTERM, _end)
    found = list(_watched(terminal))
    if terminal.plain:
        terminal.json([_plain(terminal, one) for one in found])
    else:
        terminal.table(("col.status", "col.part", "col.tried", "col.finding"), [_row(terminal, one) for one in found])
        terminal.say("attack.result", held=sum(one.held for one in found), count=len(found))
    return all(one.held for one in found)


def _end(number: int, frame: object) -> None:
    """Leave in order, so that services and folder of the attack go as well."""
    _ = frame
    raise SystemExit(128 + number)


def _why(terminal: Terminal, one: DrillOutcome) -> str:
    return "" if one.held else terminal.catalog.text(f"drill.why.{one.why}", one.values)


def _plain(terminal: Terminal, one: DrillOutcome) -> dict[str, object]:
    tries, seconds = terminal.catalog.text(f"drill.{one.name}"), round(one.seconds, 1)
    return {"name": one.name, "tries": tries, "held": one.held, "why": _why(terminal, one) or None, "seconds": seconds}


def _row(terminal: Terminal, one: DrillOutcome) -> tuple[str, ...]:
    text = terminal.catalog.text
    status = f"[green]✓ {text('drill.held')}[/]" if one.held else f"[bold red]✕ {text('drill.broken')}[/]"
    return status, escape(one.name), escape(text(f"drill.{one.name}")), escape(_why(terminal, one))


def _watched(terminal: Terminal) -> Iterator[DrillOutcome]:
    if not sys.stderr.isatty():
        yield from attack()
        return
    columns = TextColumn("{task.description}"), BarColumn(bar_width=32), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(terminal.catalog.text("cli.attack.title"), total=len(drills()))
        for one in attack():
            bar.update(task, advance=1)
            yield one
