"""What an attack finds, line by line as each drill ends, or as JSON; progress on standard error where somebody watches."""

import json
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
    """Attack, tell of each drill as it ends whether it held; whether everything held."""
    signal.signal(signal.SIGTERM, _end)
    found: list[DrillOutcome] = []
    for one in _watched(terminal):
        if terminal.plain:
            _write("[\n" if not found else ",\n", _entry(terminal, one))
        else:
            terminal.line(_line(terminal, one))
        found.append(one)
    if terminal.plain:
        _write("\n]\n")
    terminal.say("attack.result", held=sum(one.held for one in found), count=len(found))
    return all(one.held for one in found)


def _write(*parts: str) -> None:
    sys.stdout.writelines(parts)
    sys.stdout.flush()


def _end(number: int, frame: object) -> None:
    """Leave in order, so that services and folder of the attack go as well."""
    _ = frame
    raise SystemExit(128 + number)


def _why(terminal: Terminal, one: DrillOutcome) -> str:
    return "" if one.held else terminal.catalog.text(f"drill.why.{one.why}", one.values)


def _entry(terminal: Terminal, one: DrillOutcome) -> str:
    """One entry of the JSON list, on one line."""
    tries, seconds = terminal.catalog.text(f"drill.{one.name}"), round(one.seconds, 1)
    told = {"name": one.name, "tries": tries, "held": one.held, "why": _why(terminal, one) or None, "seconds": seconds}
    return json.dumps(told, ensure_ascii=False)


def _line(terminal: Terminal, one: DrillOutcome) -> str:
    text = terminal.catalog.text
    status = f"[green]✓ {text('drill.held')}[/]" if one.held else f"[bold red]✕ {text('drill.broken')}[/]"
    why = f"\n    [bold]{escape(_why(terminal, one))}[/]" if not one.held else ""
    return f"{status}  {one.seconds:5.1f} s  {escape(one.name):26}{escape(text(f'drill.{one.name}'))}{why}"


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
