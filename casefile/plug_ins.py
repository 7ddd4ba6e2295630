"""Plug-ins: the values that the files of a folder offer, found by walking it.

Adding one is adding a file; nothing lists them. A file that fails, offers nothing or takes a name that is taken is refused at
start, by its name. Only the standard library is imported here: the guarded child of ``reading`` walks its intakes with it.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Protocol, TypeVar

from casefile.errors import DataFault

NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
"""What a plug-in may be called: small letters and figures, in words."""


class PlugIn(Protocol):
    """What every plug-in has, whatever it does."""

    @property
    def name(self) -> str:
        """Unique among its kind."""


Kind = TypeVar("Kind", bound=PlugIn)


def plug_ins(package: ModuleType, kind: type[Kind]) -> Mapping[str, Kind]:
    """Every value of ``kind`` that a module of ``package`` holds, alone or in a tuple: modules sorted, values as they stand there.

    Modules whose name starts with ``_`` are parts that plug-ins share, and are passed over.

    Raises:
        DataFault: a module cannot be imported, holds no such value, or one whose name is malformed or taken; it names the file.
    """
    found: dict[str, Kind] = {}
    for name in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
        if not name.startswith("_"):
            module = _imported(package, name)
            for value in _offered(module, kind):
                if value.name in found:
                    raise DataFault("data-duplicate", file=str(module.__file__), why=f"{value.name} is taken")
                found[value.name] = value
    return found


def expect_takes(function: object, arguments: int) -> None:
    """Refuse what cannot be called with so many arguments, for a plug-in to say so when it is made.

    Raises:
        TypeError: it is no function, or takes fewer or more.
    """
    try:
        inspect.signature(function).bind(*[None] * arguments)  # type: ignore[arg-type]  # what is no function is refused
    except (TypeError, ValueError) as error:
        raise TypeError(f"{function!r} cannot be called with {arguments} arguments: {error}") from error


def _imported(package: ModuleType, name: str) -> ModuleType:
    try:
        return importlib.import_module(f"{package.__name__}.{name}")
    except Exception as error:
        file = f"{next(iter(package.__path__))}/{name}.py"
        raise DataFault("data-malformed", file=file, why=f"{type(error).__name__}: {error}") from error


def _offered(module: ModuleType, kind: type[Kind]) -> Iterator[Kind]:
    file = str(module.__file__)
    held = [one for value in vars(module).values() for one in (value if isinstance(value, tuple) else (value,))]
    values = {id(value): value for value in held if isinstance(value, kind)}
    if not values:
        raise DataFault("data-malformed", file=file, why=f"holds no {kind.__name__}")
    for value in values.values():
        if not isinstance(value.name, str) or not NAME.fullmatch(value.name):
            raise DataFault("data-malformed", file=file, why=f"{value.name!r} is no name")
        yield value
