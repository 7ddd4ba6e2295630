"""How much the command line says: as usual, only results (``-q``), or also what it does and where it fails (``-v``)."""

import enum


class Verbosity(enum.IntEnum):
    """How much is said."""

    QUIET = -1
    USUAL = 0
    VERBOSE = 1


_WORDS = {"-q": Verbosity.QUIET, "--quiet": Verbosity.QUIET, "-v": Verbosity.VERBOSE, "--verbose": Verbosity.VERBOSE}
_chosen = [Verbosity.USUAL]


def choose(wanted: Verbosity) -> None:
    """Say so much from now on in this process."""
    _chosen[0] = wanted


def quiet() -> bool:
    """Whether only results and errors are wanted."""
    return _chosen[0] is Verbosity.QUIET


def verbose() -> bool:
    """Whether everything is wanted."""
    return _chosen[0] is Verbosity.VERBOSE


def taken(arguments: list[str]) -> tuple[Verbosity, list[str]]:
    """What the arguments ask for, before or after the command, the last word counting; and the arguments without it."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    asked = [_WORDS[word] for word in arguments[:end] if word in _WORDS]
    rest = [word for word in arguments[:end] if word not in _WORDS] + arguments[end:]
    return (asked[-1] if asked else Verbosity.USUAL), rest
