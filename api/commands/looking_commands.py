"""The commands that only look or serve: platforms and their rules, a pack verified, this machine tried, the service itself."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.command_parts import BLOCKED, AsJson, Language, app, telling, terminal_of


@app.command()
def platforms(
    platform: Annotated[str | None, typer.Argument(help="Show one platform's rules in full, as JSON")] = None,
    *,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """List the platforms and their procedures, or show the rules of one."""
    from rich.markup import escape  # noqa: PLC0415

    from api.http.platforms_in_brief import brief  # noqa: PLC0415
    from api.http.service_answers import PlatformBriefs  # noqa: PLC0415
    from casefile.discovery import load_house  # noqa: PLC0415
    from casefile.errors import RequestFault  # noqa: PLC0415

    terminal = terminal_of(language, plain=as_json)
    with telling(terminal):
        known = load_house().platforms
        if platform is not None:
            if platform not in known:
                raise RequestFault("platform-unknown", allowed=", ".join(sorted(known)))
            terminal.json(known[platform].model_dump(mode="json"))
            return
        items = [brief(known[key], terminal.catalog.language) for key in sorted(known)]
        if as_json:
            terminal.json(PlatformBriefs(items=tuple(items)).plain())
            return
        rows = [
            (
                f"[bold]{escape(item.id)}[/]\n{escape(item.name)}",
                escape("\n".join(f"{one.id}  {one.name}" for one in item.procedures)),
                escape(" ".join(item.sites)),
            )
            for item in items
        ]
        terminal.table(("col.platform", "col.procedures", "col.sites"), rows)


@app.command()
def verify(
    pack: Annotated[
        Path, typer.Argument(metavar="PACK.zip", help="A pack: its archive, its folder or its manifest.json")
    ],
    *,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say of every file of a pack whether it is what it was when the pack was sealed; needs no network."""
    from api.commands.direct import verified  # noqa: PLC0415

    terminal = terminal_of(language, plain=as_json)
    with telling(terminal):
        result = verified(pack, terminal.catalog)
        if as_json:
            terminal.json(result.plain())
        else:
            terminal.verification(result)
        if not result.intact:
            raise typer.Exit(BLOCKED)


@app.command()
def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on")] = None,
    language: Language = "en",
) -> None:
    """Serve the HTTP API and the upload form."""
    from api.serving import serve as run  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415

    terminal = terminal_of(language, plain=False)
    with telling(terminal):
        settings = Settings()
        given = {"host": host, "port": port}
        run(settings.model_copy(update={name: value for name, value in given.items() if value is not None}), terminal)


@app.command()
def doctor(
    *,
    attack: Annotated[
        bool,
        typer.Option("--attack", help="Try to break into this installation, on throw-away data, for about a minute"),
    ] = False,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Try every part on this machine: rules, fonts, letters, text recognition, the guard of uploads, the data folder."""
    from rich.markup import escape  # noqa: PLC0415

    from api.commands.doctor import examine  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415

    terminal = terminal_of(language, plain=as_json)
    with telling(terminal):
        if attack:
            from api.commands.attack.shown import show  # noqa: PLC0415  # loads the service

            raise typer.Exit(0 if show(terminal) else BLOCKED)
        answers = list(examine(Settings(), terminal.catalog))
        if as_json:
            terminal.json([{"name": one.name, "works": one.works, "found": one.found} for one in answers])
        else:
            rows = [
                (
                    "[green]✓[/]" if one.works else "[bold red]✕[/]",
                    terminal.catalog.text(f"cli.doctor.{one.name}"),
                    escape(one.found),
                )
                for one in answers
            ]
            terminal.table(("col.status", "col.part", "col.finding"), rows)
        if not all(one.works for one in answers):
            raise typer.Exit(BLOCKED)
