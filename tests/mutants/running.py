"""Runs mutants inside one pytest session: everything is imported once, each mutant is a fork that runs only tests that reach it."""

import functools
import gc
import os
import re
import resource
import signal
import sys
import threading
import time
import types
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.mutants.mutations import Mutant

ROOT = Path(__file__).resolve().parents[2]
PLAIN = (int, float, str, bytes, tuple, list, dict, set, frozenset, re.Pattern, types.NoneType)
KILLED, SURVIVED, NOT_MADE = "killed", "survived", "not made"
_CODES = {0: SURVIVED, 3: NOT_MADE}
_CONTROLS = 40
"""How many tests a module without a change has to pass again."""
_MEMORY = 3 * 2**30
_STAYS = "casefile.discovery"
"""What its caches hold is data, and dear."""


class MutantRun:
    """A pytest plugin: the tests run once as they are, then once more for each mutant. ``verdicts`` follows ``mutants``."""

    def __init__(self, mutants: list[Mutant], owners: Mapping[str, list[str]], at_once: int) -> None:
        self.mutants, self._owners, self._at_once = mutants, owners, at_once
        self.verdicts: list[str] = [SURVIVED] * len(mutants)
        self.reach: dict[tuple[str, int], list[pytest.Item]] = defaultdict(list)
        self.cost: dict[str, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The whole run in place of pytest's own."""
        self._as_they_are(session)
        if session.testsfailed or not self.mutants:
            return True
        gc.collect()
        self._functions = defaultdict(list)
        self._caches = []
        for one in gc.get_objects():
            if isinstance(one, types.FunctionType) and one.__code__.co_filename.startswith(str(ROOT)):
                self._functions[one.__code__.co_filename].append(one)
            if isinstance(one, functools._lru_cache_wrapper) and _own(one):
                self._caches.append(one)
        gc.freeze()
        running: dict[int, int] = {}
        for place, mutant in enumerate(self.mutants):
            if not self.tests_of(mutant):
                continue  # nobody can notice it
            if len(running) >= self._at_once:
                self._wait(running)
            running[self._fork(session, place)] = place
        while running:
            self._wait(running)
        return True

    def _as_they_are(self, session: pytest.Session) -> None:
        """Every test once: what it costs, and which functions it reaches."""
        seen: set[tuple[str, int]] = set()

        def watch(frame: types.FrameType, event: str, _: object) -> None:
            if event == "call":
                seen.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

        caches = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper) and _own(one)]
        wanted = {mutant.path for mutant in self.mutants}
        caches = [one for one in caches if _file(one.__wrapped__) in wanted]
        for place, item in enumerate(session.items):
            for cache in caches:
                cache.cache_clear()
            seen.clear()
            began = time.process_time()
            threading.setprofile(watch)
            sys.setprofile(watch)
            after = session.items[(place + 1) % len(session.items)]  # never None: fixtures of the session stay
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            sys.setprofile(None)
            threading.setprofile(None)
            self.cost[item.nodeid] = time.process_time() - began
            for file, line in seen:
                if file.startswith(str(ROOT)):
                    self.reach[os.path.relpath(file, ROOT), line].append(item)

    def tests_of(self, mutant: Mutant) -> list[pytest.Item]:
        """The tests of its owners that reach the mutant, the quickest first; for a constant those that reach a module with it."""
        if mutant.begins:
            lines = range(mutant.begins, mutant.ends + 1)
            found = [
                one
                for (file, line), items in self.reach.items()
                if file == mutant.path and line in lines
                for one in items
            ]
        else:
            files = {_file(module) for module in _holders(mutant)} | {mutant.path}
            found = [item for (file, _), items in self.reach.items() if file in files for item in items]
        mine = {ROOT / test for test in self._owners[mutant.path]}
        owned = [item for item in dict.fromkeys(found) if item.path in mine]
        return sorted(owned, key=lambda item: self.cost[item.nodeid])[: None if mutant.place else _CONTROLS]

    def _wait(self, running: dict[int, int]) -> None:
        pid, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        self.verdicts[running.pop(pid)] = _CODES.get(code, KILLED)

    def _fork(self, session: pytest.Session, place: int) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            code = self._alone(session, self.mutants[place])
        finally:
            os._exit(code)

    def _alone(self, session: pytest.Session, mutant: Mutant) -> int:
        """In the fork: the exit code, 0 where every test that reaches the mutant passes."""
        tests = self.tests_of(mutant)
        allowed = 5 + 10 * sum(self.cost[item.nodeid] for item in tests)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_VIRTUAL, allowed)  # a loop without end ends the fork
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))  # so does a picture without bounds
        if not self._graft(mutant):
            return 3
        for cache in self._caches:
            cache.cache_clear()
        for place, item in enumerate(tests):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=tests[(place + 1) % len(tests)])
            if session.testsfailed:
                return 1
        return 0

    def _graft(self, mutant: Mutant) -> bool:
        """Put the mutant's code in place of the original's, wherever a function or name already holds it."""
        file = str(ROOT / mutant.path)
        code = compile(mutant.tree((ROOT / mutant.path).read_text(encoding="utf-8")), file, "exec")
        if mutant.begins:
            new = {(one.co_qualname, one.co_firstlineno): one for one in _inside(code)}
            met = False
            for function in self._functions[file]:
                old = function.__code__
                changed = new.get((old.co_qualname, old.co_firstlineno))
                if changed and changed.co_freevars != old.co_freevars:
                    return False  # a closure that exists already cannot take this change
                if changed:
                    function.__code__ = changed
                    met = met or mutant.begins <= old.co_firstlineno <= mutant.ends
            return met
        module = next(one for one in list(sys.modules.values()) if getattr(one, "__file__", None) == file)
        fresh = {"__name__": module.__name__, "__file__": file}
        exec(code, fresh)
        before = vars(module)
        names = [
            n
            for n, v in fresh.items()
            if (isinstance(v, PLAIN) or n == mutant.name) and n in before and repr(v) != repr(before[n])
        ]
        for name in names:
            old = before[name]
            for other in _own_modules():
                if vars(other).get(name) is old:
                    setattr(other, name, fresh[name])
        return bool(names)


def _inside(code: types.CodeType) -> Iterator[types.CodeType]:
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield one
            yield from _inside(one)


def _file(one: object) -> str:
    found = getattr(getattr(one, "__code__", None), "co_filename", None) or getattr(one, "__file__", None) or ""
    return os.path.relpath(found, ROOT) if found else ""


def _own(cache: object) -> bool:
    name = str(getattr(cache, "__module__", ""))
    return name != _STAYS and (ROOT / name.split(".", maxsplit=1)[0]).is_dir()


def _own_modules() -> list[types.ModuleType]:
    return [one for one in list(sys.modules.values()) if str(getattr(one, "__file__", "")).startswith(str(ROOT))]


def _holders(mutant: Mutant) -> list[types.ModuleType]:
    """The modules that have the constant under its name."""
    return [one for one in _own_modules() if mutant.name in vars(one)]
