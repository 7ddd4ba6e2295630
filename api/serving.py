"""Runs the HTTP service in this process: one listener, workers beside it, an orderly end."""

import signal
import socket

import uvicorn

from api.app import create_app
from api.settings import Settings
from api.terminal import Terminal
from casefile.errors import RequestFault
from jobs.logs import configure

_HEADER_BYTES = 16_384
_CONNECTIONS = 600


def serve(settings: Settings, terminal: Terminal) -> None:
    """Serve until the process is told to end.

    Raises:
        SettingsFault: the service would be open to others without a key, or its data folder is in use.
        RequestFault: ``port-in-use``.
        GuardUnavailable: uploads could not be opened as safely here as the settings ask for.
    """
    configure()
    app = create_app(settings)
    listener = _listen(settings)
    app.state.service.check_guard()
    app.state.service.take_data()
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=_HEADER_BYTES,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=25,
    )
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    terminal.tell("serving", address=f"http://{host}:{settings.port}")
    signal.signal(signal.SIGTERM, _end)
    server = uvicorn.Server(config)
    app.state.service.ending = lambda: server.should_exit
    server.run(sockets=[listener])


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
