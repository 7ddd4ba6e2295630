"""Keys of the parts of a page, kept by a list for each kind of part."""

from collections.abc import Callable, Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from reading.pdf import exact
from reading.pdf.plain_names import decoded

STREAM = "Length Filter DecodeParms "
"""What every stream needs to be unpacked."""
_MOST_CONTENT = 32 * 1024 * 1024


def names(words: str) -> frozenset[str]:
    """These words as keys."""
    return frozenset("/" + word for word in words.split())


_PARAMETERS = names(
    "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 "
    "DamagedRowsBeforeError JBIG2Globals ColorTransform"
)


def keep(thing: object, kept: frozenset[str]) -> None:
    """Let go of every key but these; a stream loses what stands behind its end, too."""
    if isinstance(thing, Dictionary | Stream):
        for key in list(thing.keys()):
            if key not in kept and not (key == "/Length" and isinstance(thing, Stream)):
                del thing[key]
    if isinstance(thing, Stream):
        parameters = thing.get(Name.DecodeParms)
        for one in parameters if isinstance(parameters, Array) else [parameters]:
            keep_keys(one, _PARAMETERS)
        exact.settle(thing, most=_MOST_CONTENT)


def keep_keys(thing: object, kept: frozenset[str]) -> None:
    """The same for a dictionary that is part of another, numbers and names alone."""
    if isinstance(thing, Dictionary):
        for key in list(thing.keys()):
            if key not in kept or isinstance(thing[key], pikepdf.String):
                del thing[key]


def written(name: Object) -> str:
    """A name (without its slash) as it is written in the file: Chinese programs put bytes into names that are no text elsewhere."""
    return decoded(name.unparse()).removeprefix("/")


def rename(group: Dictionary, called: Callable[[str], str]) -> None:
    """Call what a dictionary holds otherwise; names come and go without their slash, in one order in every run."""
    moving = [(name, group[name]) for name in sorted(group.keys()) if called(name[1:]) != name[1:]]
    for name, _ in moving:
        del group[name]
    for name, thing in moving:
        group["/" + called(name[1:])] = thing


def values(group: object) -> Iterable[Object]:
    """What a dictionary (by its names, so that every run numbers alike) or an array holds."""
    if isinstance(group, Dictionary):
        return [group[key] for key in sorted(group.keys())]
    return list(group) if isinstance(group, Array) else ()


def unpacked(stream: Stream) -> bytes | None:
    """The content; ``None`` where it cannot be unpacked or is far too long (such a page becomes a picture)."""
    try:
        content = stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return None
    return content if len(content) <= _MOST_CONTENT else None


class Met:
    """Which objects of a document a walk has come by: each is cleaned once, and circles end."""

    def __init__(self) -> None:
        self._numbers: set[tuple[int, int]] = set()

    def first(self, thing: Object) -> bool:
        """Whether the walk comes by for the first time; a part of another object has no number and is always new."""
        if not thing.is_indirect:
            return True
        if thing.objgen in self._numbers:
            return False
        self._numbers.add(thing.objgen)
        return True
