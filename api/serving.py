"""Runs the HTTP service in this process: one listener, workers beside it, an orderly end."""

import contextlib
import functools
import resource
import signal
import socket
import sys

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.commands.terminal import Terminal
from api.request.connections import ConnectionLimits, Connections
from api.request.forwarded import KnownProxies, Networks, networks
from api.request.wire import Wire
from api.service import Service
from api.settings import Settings, SettingsFault
from casefile.errors import RequestFault
from jobs.collecting import spare
from jobs.logs import configure

_HEADER_BYTES = 16_384
_OWN_FILES = 1_000
"""Open files besides connections: database, store, pipes to the workers."""

_TURN_SECONDS = 0.001
"""A thread that computes gives way to the loop after so long; five times as long, twenty of them make a tenth of a second."""


def serve(settings: Settings, terminal: Terminal) -> None:
    """Serve until the process is told to end.

    Raises:
        SettingsFault: the service would be open to others without a key, its secret is damaged, or ``addresses-malformed``.
        StorageFault: its data folder is in use, damaged, newer or not writable.
        RequestFault: ``port-in-use``.
        GuardUnavailable: uploads could not be opened as safely here as the settings ask for.
    """
    configure()
    app = create_app(settings)
    with _listen(settings) as listener:
        # A name may stand for another address than one thinks; what counts is where the socket is.
        service: Service = app.state.service
        service.refuse_open_door(listener.getsockname()[0])
        server = uvicorn.Server(config_of(app, settings))
        signal.signal(signal.SIGTERM, _end)
        service.start()  # here and not by the server, which would tell of what is wrong in its own way
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        terminal.tell("serving", address=f"http://{host}:{settings.port}")
        service.ending = lambda: server.should_exit
        spare()
        server.run(sockets=[listener])


def config_of(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How the server is run: our own wire, headers under a clock, connections counted."""
    sys.setswitchinterval(_TURN_SECONDS)
    limits = ConnectionLimits(
        header_seconds=settings.header_seconds,
        connections=_room_for(settings.connections),
        requests=settings.requests,
        per_address=settings.requests_per_address,
        exempt=_networks("EXEMPT_ADDRESSES", settings.exempt_addresses),
        proxies=_proxies(settings.proxies),
    )
    wire = functools.partial(Wire, connections=Connections(limits), catalogs=app.state.service.house.catalogs)
    return uvicorn.Config(
        app,
        http=wire,  # type: ignore[arg-type]  # called like the class
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,  # read by the wire, which counts by the same address
        h11_max_incomplete_event_size=_HEADER_BYTES,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=25,
    )


def _networks(name: str, text: str) -> Networks:
    try:
        return networks(text)
    except ValueError:
        raise SettingsFault("addresses-malformed", setting=name) from None


def _proxies(text: str) -> KnownProxies:
    """Whose word is taken; a list that names everybody (``*``, ``0.0.0.0/0``) names nobody whose word could be taken."""
    known = _networks("PROXIES", text)
    if any(network.prefixlen == 0 for network in known):
        raise SettingsFault("addresses-malformed", setting="PROXIES")
    return KnownProxies(known)


def _room_for(connections: int) -> int:
    """So many connections, or as many as this process may have files open for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OWN_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return connections
    return max(soft - _OWN_FILES, soft // 2)


def _end(number: int, frame: object) -> None:
    """The server raises the signal again once it has ended in order: then the process has done what it was told."""
    _ = number, frame
    raise SystemExit(0)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError:
        listener.close()
        raise RequestFault("port-in-use", port=settings.port) from None
    listener.listen(1024)
    return listener
