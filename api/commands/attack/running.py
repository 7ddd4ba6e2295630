"""The service as installed, in a child process of its own: throw-away data, a free port of loopback, ended by its id.

It also ends when the process that started it is killed.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from api.commands.attack.wire import LOOPBACK, Reply, exchange, first_reply, written
from api.settings import environment_for

_END_SECONDS = 12.0
_TIED = (
    "import ctypes, os, signal, sys; ctypes.CDLL(None).prctl(1, signal.SIGTERM); "  # PR_SET_PDEATHSIG
    "os.getppid() == int(sys.argv[1]) or sys.exit(); os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
)
"""Asks for a signal at the death of the process that started this one, then becomes what was asked for."""


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


class Running:
    """One process of the service; its data folder and its log lie in ``folder``."""

    def __init__(self, folder: Path, settings: Mapping[str, str | int | Path]) -> None:
        self.folder = folder
        self.port = free_port()
        self._log = (folder / "log").open("wb")
        command = [
            sys.executable,
            "-c",
            _TIED,
            str(os.getpid()),
            "-m",
            "api.commands.command_line",
            "serve",
            "--host",
            LOOPBACK,
            "--port",
            str(self.port),
        ]
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own module
            command,
            cwd=folder,
            env=environment_for({"data": folder / "data", "workers": 1, **settings}),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def asked(self, path: str) -> Reply | None:
        """The answer to a plain GET; ``None`` where nobody listens."""
        data = written("GET", path, [("host", f"{LOOPBACK}:{self.port}"), ("connection", "close")], b"")
        answer = exchange(self.port, data)
        return first_reply(f"GET {path}", answer) if answer else None

    def ready(self, until: float) -> bool:
        """Wait until it can work; false when it ends or ``until`` (monotonic) passes before."""
        while time.monotonic() < until and self.alive:
            answer = self.asked("/readyz")
            if answer is not None and answer.status == 200:
                return True
            time.sleep(0.1)
        return False

    def refused(self, until: float) -> bool:
        """Wait whether it refuses to start: it ends by itself, with an error, before it listens."""
        while time.monotonic() < until and self.alive:
            if self.asked("/healthz") is not None:
                return False
            time.sleep(0.1)
        return self._process.poll() not in {None, 0}

    def end(self) -> None:
        """End the process and wait for it."""
        if self.alive:
            self._process.terminate()
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()
        self._log.close()
