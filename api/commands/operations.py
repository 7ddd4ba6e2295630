"""The commands of whoever runs the service: workers, keys, a look at what is kept, a person erased, backup and restore."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.command_parts import BLOCKED, AsJson, Language, app, telling, terminal_of

if TYPE_CHECKING:
    from api.service import Service

keys_app = typer.Typer(help="API keys: add, list, revoke.", no_args_is_help=True)
app.add_typer(keys_app, name="keys")


@app.command()
def worker(
    *,
    workers: Annotated[int, typer.Option(min=0, max=256, help="Processes; 0: one per processor")] = 0,
    language: Language = "en",
) -> None:
    """Do the work that API processes accept; start as many of these on as many machines as needed."""
    from api.service import Service  # noqa: PLC0415  # keeps --help fast, here and below
    from api.settings import Settings  # noqa: PLC0415
    from jobs.engine.job_functions import JobFunctions  # noqa: PLC0415
    from jobs.logs import configure  # noqa: PLC0415

    terminal = terminal_of(language, plain=False)
    with telling(terminal):
        configure()
        settings = Settings(role="worker")
        service = Service(settings.model_copy(update={"workers": workers or settings.workers}), JobFunctions())
        ending = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ending.set())
        service.start()
        terminal.tell("working", slots=service.settings.slots)
        ending.wait()
        service.close()


@contextmanager
def _opened() -> "Iterator[Service]":
    """The service's data, without workers or engine."""
    from api.service import Service  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415
    from jobs.engine.job_functions import JobFunctions  # noqa: PLC0415

    service = Service(Settings(role="worker"), JobFunctions())
    try:
        service.open_database()
        yield service
    finally:
        service.database.close()


@app.command("check-store")
def check_store(
    *,
    delete_orphans: Annotated[bool, typer.Option("--delete-orphans", help="Remove objects without a row")] = False,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Compare rows, objects and hashes; exit code 3 when they do not agree. Remove orphans only while no service runs."""
    from jobs.records.store_check import examine  # noqa: PLC0415

    terminal = terminal_of(language, plain=as_json)
    with telling(terminal), _opened() as service:
        found = list(examine(service.database, service.store))
        if as_json:
            terminal.json([{"code": one.code, "key": one.key} for one in found])
        for one in found:
            terminal.say(f"store.{one.code}", object=one.key)
        if not found:
            terminal.say("store.agrees")
        if delete_orphans:
            gone = [one.key for one in found if one.code == "object-without-row"]
            service.store.delete(gone)
            found = [one for one in found if one.key not in gone]
        if found:
            raise typer.Exit(BLOCKED)


@app.command()
def backup(
    target: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where to copy to; run again to bring it up to date")
    ],
    *,
    language: Language = "en",
) -> None:
    """Copy rows and objects while the service runs."""
    from api.settings import Settings  # noqa: PLC0415
    from jobs.records.backup import back_up  # noqa: PLC0415

    terminal = terminal_of(language, plain=False)
    with telling(terminal), _opened() as service:
        copied = back_up(Settings().data / "app.db", service.store, target)
        terminal.say("backup.done", count=copied, folder=str(target))


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that backup wrote")],
    *,
    language: Language = "en",
) -> None:
    """Lay a backup into an empty data folder and compare rows, objects and hashes."""
    from api.settings import Settings  # noqa: PLC0415
    from jobs.records.backup import restore as lay_back  # noqa: PLC0415
    from jobs.records.store_check import examine  # noqa: PLC0415

    terminal = terminal_of(language, plain=False)
    with telling(terminal):
        count = lay_back(source, Settings().data)
        with _opened() as service:
            damage = [one for one in examine(service.database, service.store) if one.code != "object-without-row"]
            for one in damage:
                terminal.say(f"store.{one.code}", object=one.key)
        terminal.say("restore.done", count=count, folder=str(Settings().data))
        if damage:
            raise typer.Exit(BLOCKED)


@app.command()
def erase(
    *,
    order_id: Annotated[str, typer.Option(help="What carries this order")] = "",
    email: Annotated[str, typer.Option(help="What carries this e-mail address")] = "",
    name: Annotated[str, typer.Option(help="What carries this name")] = "",
    tenant: Annotated[str, typer.Option(help="Whose data")] = "local",
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Erase a person out of everything of a tenant and print the receipt; running services need not be stopped."""
    from api.http.people import person_of  # noqa: PLC0415

    terminal = terminal_of(language, plain=as_json)
    with telling(terminal):
        person = person_of(order_id, email, name)
        with _opened() as service:
            receipt = service.people.erase(tenant, person)
        if as_json:
            terminal.json(receipt.plain())
        terminal.say("erased", id=receipt.id, **receipt.counts)
        for batch_id in receipt.later:
            terminal.say("erased.later", batch=batch_id)
        for one in receipt.unsearched:
            terminal.say(f"erased.unsearched.{one.what}", packs=one.packs)


@keys_app.command("add")
def add_key(
    tenant: Annotated[str, typer.Argument(help="Whose key it is")],
    *,
    scope: Annotated[list[str] | None, typer.Option(help="read, write or admin; may be given more than once")] = None,
    test: Annotated[bool, typer.Option("--test", help="A key for trying: made-up answers, nothing is kept")] = False,
    language: Language = "en",
) -> None:
    """Make a key and print it once; only its hash is kept."""
    terminal = terminal_of(language, plain=False)
    with telling(terminal), _opened() as service:
        first = not service.api_keys.ever() and not service.settings.keys
        key = service.api_keys.add(tenant, tuple(scope or ("read", "write")), test=test)
        typer.echo(key)
        if first:
            terminal.tell("keys.first")


@keys_app.command("list")
def list_keys(*, language: Language = "en", as_json: AsJson = False) -> None:
    """List keys: tenant, first signs, scopes."""
    terminal = terminal_of(language, plain=as_json)
    with telling(terminal), _opened() as service:
        found = service.api_keys.listed()
        if as_json:
            terminal.json([one.plain() for one in found])
            return
        for one in found:
            typer.echo(f"{one.id}  {one.tenant:20} {one.prefix}…  {' '.join(one.scopes)}  {one.kind}")


@keys_app.command("revoke")
def revoke_key(
    key_id: Annotated[str, typer.Argument(help="The id that list shows")], *, language: Language = "en"
) -> None:
    """Revoke a key; from now on it opens nothing, and neither do the sessions opened with it."""
    from casefile.errors import RequestFault  # noqa: PLC0415

    terminal = terminal_of(language, plain=False)
    with telling(terminal), _opened() as service:
        if not service.api_keys.revoke(key_id):
            raise RequestFault("key-not-found", status=404)
        if not service.api_keys.in_force() and not service.settings.keys:
            terminal.tell("keys.none_left")
