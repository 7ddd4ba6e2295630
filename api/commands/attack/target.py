"""What is attacked: one service without keys, one with two tenants, the application without a socket; and how to ask them."""

import functools
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.commands.attack.broken import Broken
from api.commands.attack.inside import Inside
from api.commands.attack.running import Running
from api.commands.attack.wire import FORM, LOOPBACK, Headers, Reply, exchange, first_reply, multipart, written
from casefile.house import House
from casefile.plain_case import PlainCase

TENANTS = ("first", "second")
_PATIENCE = 0.05
_SLOWER, _SLOWEST, _NEVER = 10.0, 8.0, 99.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: of the service with keys or the one without, with a tenant's key or none, from which address of loopback."""

    keyed: bool = False
    tenant: str = ""
    source: str = LOOPBACK


KEYED = Caller(keyed=True)
"""Somebody without a key at the service that wants one."""


class AttackTarget:
    """Everything a drill may touch. Made by ``campaign``; services are started with ``start`` and ended with ``close``."""

    def __init__(self, folder: Path, house: House) -> None:
        self.folder = folder
        self.house = house
        self.keys = {tenant: secrets.token_urlsafe(32) for tenant in TENANTS}
        self.refusals: list[Reply] = []
        """Every answer of 400 and above that a drill got."""
        self.end = float("inf")
        """When there is no more patience (monotonic)."""
        self._processes: list[Running] = []
        self._asked_for: dict[str, Reply] = {}
        self.sheet: Mapping[str, Any] = {}
        self.weak: dict[str, Running] = {}
        """Services that must not start, by what is weak."""

    def start(self) -> None:
        """Start the services; they get ready while other drills run."""
        hashes = {tenant: hashlib.sha256(key.encode()).hexdigest() for tenant, key in self.keys.items()}
        self.open = self.launch("open", {"workers": 2})
        self.keyed = self.launch(
            "keyed", {"engine": "direct", "api_keys": ",".join("=".join(pair) for pair in hashes.items())}
        )

    def launch(self, name: str, settings: Mapping[str, str | int | Path]) -> Running:
        """One more process of the service, ended with the others."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        process = Running(folder, settings)
        self._processes.append(process)
        return process

    @functools.cached_property
    def inside(self) -> Inside:
        """An application that answers without a socket."""
        return Inside(self.folder / "inside")

    def close(self) -> None:
        """End everything."""
        threads = [threading.Thread(target=process.end) for process in self._processes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if "inside" in self.__dict__:
            self.inside.close()

    def ask(
        self, method: str, path: str, *, headers: Headers = (), body: bytes = b"", by: Caller | None = None
    ) -> Reply:
        """The answer of a service to a request in these words; the one without keys where no caller is named.

        Raises:
            Broken: nothing was answered.
        """
        by = by or Caller()
        service = self.keyed if by.keyed or by.tenant else self.open
        lines = list(headers)
        names = {name.lower() for name, _ in lines}
        if "host" not in names:
            lines.insert(0, ("host", f"{LOOPBACK}:{service.port}"))
        if by.tenant:
            lines.append(("authorization", f"Bearer {self.keys[by.tenant]}"))
        if body and not names & {"content-length", "transfer-encoding"}:
            lines.append(("content-length", str(len(body))))
        lines.append(("connection", "close"))
        asked = f"{method} {path[:120]}"
        reply = first_reply(asked, exchange(service.port, written(method, path, lines, body), source=by.source))
        if reply.status >= 400:
            self.refusals.append(reply)
        return reply

    def case(self, place: int = 0) -> PlainCase:
        """A small case that some platform takes; ``place`` picks one of the orders that its rules give as examples."""
        for platform in self.house.platforms.values():
            orders = [one.valid for one in platform.identifiers if one.field == "/order/id" and len(one.valid) > 1]
            for name, procedure in platform.procedures.items():
                if orders and procedure.subject == "order":
                    facts = {"schema_version": "1", "platform": platform.id, "procedure": name}
                    return PlainCase({**facts, "order": {"id": orders[0][place]}})
        raise LookupError("no platform has orders")

    def submit(self, name: str, files: Sequence[tuple[str, bytes]], by: Caller | None = None) -> None:
        """Ask for the pack of a small case with these files; ``pack`` waits for it."""
        parts = [
            ("case", None, json.dumps(self.case().json).encode()),
            *(("files", file, data) for file, data in files),
        ]
        lines = [FORM, ("prefer", "respond-async")]
        reply = self.ask("POST", "/v1/packs", headers=lines, body=multipart(parts), by=by)
        self._asked_for[name] = reply.among(200, 201, 202)

    def pack(self, name: str, by: Caller | None = None) -> Reply:
        """The pack that was asked for under this name, when it is done.

        Raises:
            Broken: none was made.
        """
        if (reply := self._asked_for.get(name)) is None:
            raise Broken("no-pack", asked="POST /v1/packs", got="–")
        while reply.json.get("status") in {"queued", "running"} and time.monotonic() < self.end:
            time.sleep(0.1)
            reply = self.ask("GET", f"/v1/packs/{reply.json['id']}", by=by)
        self._asked_for[name] = reply
        if (status := reply.json.get("status")) != "succeeded":
            problem = reply.json.get("problem") or {}
            words = (reply.status, reply.code, status, problem.get("code"))
            raise Broken("no-pack", asked=reply.asked, got=" ".join(str(word) for word in words if word))
        return reply

    def submit_sheet(self, name: str, data: bytes) -> None:
        """Ask for the batch of a spreadsheet; ``sheet`` is what was answered."""
        form = multipart([("sheet", name, data)])
        self.sheet = self.ask("POST", "/v1/batches", headers=[FORM], body=form).among(202).json

    def alive_while(self, work: Callable[[], None], most: float) -> None:
        """Do ``work`` and ask ``/healthz`` all the time.

        Raises:
            Broken: an answer took longer than ``most`` seconds (longer where the machine is slow by itself), or was not 200.
        """
        most = max(most, min(_SLOWEST, _SLOWER * max(self._health_seconds() for _ in range(5))))
        worst, ending = [0.0], threading.Event()

        def watch() -> None:
            while not ending.is_set():
                worst[0] = max(worst[0], self._health_seconds())
                time.sleep(_PATIENCE)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            work()
        finally:
            time.sleep(4 * _PATIENCE)
            ending.set()
            watcher.join()
        if worst[0] > most:
            raise Broken("slow", ms=round(worst[0] * 1000), most=round(most * 1000))

    def _health_seconds(self) -> float:
        start = time.monotonic()
        answer = self.open.asked("/healthz")
        return time.monotonic() - start if answer is not None and answer.status == 200 else _NEVER
