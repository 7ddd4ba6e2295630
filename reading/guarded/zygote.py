"""The zygote: a thin, single-threaded process that has every decoder warm and forks one child per file.

Started by exec, so that no thread, lock or secret of the service is in it. It owns the limits of time: it kills the whole process
group of a child that used up its CPU or idles, and reaps every child, whatever the service does meanwhile. When the service goes
away the socket ends, and so does the zygote with its children (they also carry a death signal).
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import time
from dataclasses import dataclass
from types import ModuleType

from reading.guarded import child
from reading.guarded.errands import ErrandEnd, ErrandOrder
from reading.guarded.kernel import give_back_memory
from reading.guarded.lockdown import Allowance
from reading.guarded.patience import Patience

_DESCRIPTORS = 3
_MESSAGE = 64 * 1024


@dataclass(slots=True, kw_only=True)
class _Running:
    process: int
    handle: int
    answer: int
    patience: Patience
    look_at: float
    """When to look at its patience again (monotonic seconds)."""
    killed: bool = False


class Zygote:
    """Serves one socket until it ends. ``decoder`` may be asked for any number of files at once.

    What it needs for rare types is loaded when the service says that the first of them has come.
    """

    def __init__(self, requests: socket.socket, decoder: ModuleType) -> None:
        self._requests = requests
        self._decoder = decoder
        self._all_warm = False
        self._own_size = _address_space()
        self._running: dict[int, _Running] = {}

    def serve(self) -> None:
        """Fork, watch and reap until the service closes the socket."""
        while True:
            watched = select.poll()
            watched.register(self._requests.fileno(), select.POLLIN)
            for handle in self._running:
                watched.register(handle, select.POLLIN)
            for descriptor, _ in watched.poll(self._patience()):
                if descriptor in self._running:
                    self._reap(self._running.pop(descriptor))
                elif not self._take():
                    self._end()
                    return
            self._kill_late()

    def _patience(self) -> float | None:
        looks = [running.look_at for running in self._running.values() if not running.killed]
        return max(0.0, min(looks) - time.monotonic()) * 1000 if looks else None

    def _take(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self._requests, _MESSAGE, _DESCRIPTORS)
        if not message:
            return False
        if len(descriptors) == _DESCRIPTORS:
            self._start(json.loads(message), *descriptors)
        return True

    def _start(self, order: ErrandOrder, source: int, result: int, answer: int) -> None:
        if order["rare"] and not self._all_warm:
            self._warm_the_rest()
        seconds = order["seconds"]
        allowance = Allowance(address_space=self._own_size + order["memory"], seconds=seconds, parent=os.getpid())
        process = os.fork()
        if process == 0:
            child.live(None if order["probe"] else self._decoder.decode, (source, result), allowance)
        os.close(source)
        os.close(result)
        handle = os.pidfd_open(process)
        patience, look_at = Patience(process, seconds), time.monotonic() + seconds
        self._running[handle] = _Running(
            process=process, handle=handle, answer=answer, patience=patience, look_at=look_at
        )

    def _warm_the_rest(self) -> None:
        self._decoder.warm_up_rest()
        _settle()
        self._own_size = _address_space()
        self._all_warm = True

    def _kill_late(self) -> None:
        now = time.monotonic()
        for running in self._running.values():
            if running.killed or running.look_at > now:
                continue
            if (left := running.patience.left()) > 0:
                running.look_at = now + left
            else:
                running.killed = True
                _kill(running.process)

    def _reap(self, running: _Running) -> None:
        # While it is not yet waited for, its number cannot belong to anyone else.
        _kill(running.process)
        _, status, usage = os.wait4(running.process, 0)
        code = os.waitstatus_to_exitcode(status)
        cpu, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
        answer = ErrandEnd(exit=code, killed=running.killed, cpu=cpu, memory=memory)
        os.close(running.handle)
        with contextlib.suppress(OSError):
            os.write(running.answer, json.dumps(answer).encode())
        os.close(running.answer)  # the last thing: whoever waits for its end finds everything done

    def _end(self) -> None:
        for running in self._running.values():
            _kill(running.process)
            os.waitpid(running.process, 0)


def _kill(process: int) -> None:
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(process, signal.SIGKILL)


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  # pathlib stays out of the thin process
        return int(file.read().split()[0]) * resource.getpagesize()


def _settle() -> None:
    """What is there now is never collected, and children share it: the less it is, the cheaper is each of them."""
    gc.collect()
    give_back_memory()
    gc.freeze()
    gc.enable()  # for the children


def main(descriptor: int, module: str) -> None:
    """Warm the decoder ``module``, say that it is ready, serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    gc.disable()  # what is loaded here stays: nothing of it is worth looking for
    decoder = importlib.import_module(module)
    decoder.warm_up()
    _settle()
    with socket.socket(fileno=descriptor) as requests:
        requests.send(b"ready")
        Zygote(requests, decoder).serve()
