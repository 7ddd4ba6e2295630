"""JSON as RFC 8259 means it: UTF-8, no name twice, no NaN, bounded in size, depth and number of values.

The stock parser takes the last of two equal names, NaN, UTF-16 and numbers it cannot hold; for evidence each of these is a
silent change of what the caller said, so each is refused with the place where it stands.
"""

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal

from casefile.errors import FieldFault, RequestFault
from casefile.limits import MAX_BYTES, MAX_DEPTH, MAX_DIGITS, MAX_ENTRIES, MAX_FAULTS, MAX_VALUES
from casefile.pointer import written
from casefile.text_value import TextValue

_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")

Path = tuple[str | int, ...]


class _Repeating(dict[str, object]):
    """An object in which a name stood twice; ``again`` is the first such name."""

    again = ""


class _Inexact(float):
    """A number that cannot be held exactly."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeating = _Repeating(found)
    seen: set[str] = set()
    repeating.again = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return repeating


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError
    return int(text)


def _number(text: str) -> float:
    if len(text) > MAX_DIGITS:
        raise ValueError
    value = float(text)
    exact = math.isfinite(value) and Decimal(text) == Decimal(repr(value))
    return value if exact or not math.isfinite(value) else _Inexact(value)


def _refuse(code: str, status: int = 400, **params: TextValue) -> RequestFault:
    return RequestFault("case-invalid", status=status, faults=(FieldFault(pointer="", code=code, params=params),))


def _decoded(data: bytes | str, most: int) -> str:
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "surrogatepass"))
    if size > most:
        raise _refuse("json-too-large", 413, limit=most, size=size)
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refuse("json-not-utf8", position=error.start) from None


def read_json(data: bytes | str, most: int = MAX_BYTES) -> dict[str, object]:
    """The one JSON object in ``data`` (UTF-8; a byte order mark is passed over), of at most ``most`` bytes.

    Raises:
        RequestFault: ``case-invalid`` with one fault that says what is wrong and where.
    """
    text = _decoded(data, most)
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_float=_number, parse_int=_whole)
    except RecursionError:
        raise _refuse("json-too-deep", limit=MAX_DEPTH) from None
    except json.JSONDecodeError as error:
        raise _refuse("json-malformed", line=error.lineno, column=error.colno) from None
    except (ValueError, ArithmeticError):
        raise _refuse("json-number-too-long") from None
    return plain_object(value)


def plain_object(value: object) -> dict[str, object]:
    """``value`` when it is an object that holds nothing but sound JSON values.

    Raises:
        RequestFault: ``case-invalid`` with a fault for every unsound place.
    """
    if not isinstance(value, dict):
        raise _refuse("object-expected", 422)
    faults = [fault for _, fault in zip(range(MAX_FAULTS), _unsound(value), strict=False)]
    if faults:
        raise RequestFault("case-invalid", faults=tuple(faults))
    return value


def _unsound(root: object) -> Iterator[FieldFault]:
    waiting: list[tuple[Path, object]] = [((), root)]
    seen = 0
    while waiting:
        path, value = waiting.pop()
        if len(path) > MAX_DEPTH:
            yield FieldFault(pointer=clean_pointer(path[:3]), code="json-too-deep", params={"limit": MAX_DEPTH})
            return
        if code := _fault_of(value):
            yield FieldFault(pointer=clean_pointer(path), code=code)
        if isinstance(value, _Repeating):
            yield FieldFault(pointer=clean_pointer((*path, value.again)), code="json-name-twice")
        if isinstance(value, (dict, list, tuple)):
            seen += len(value)
            if seen > MAX_VALUES:
                yield FieldFault(pointer="", code="json-too-many-values", params={"limit": MAX_VALUES})
                return
            if len(value) > MAX_ENTRIES:
                code = "json-too-many-names" if isinstance(value, dict) else "list-too-long"
                yield FieldFault(pointer=clean_pointer(path), code=code, params={"limit": MAX_ENTRIES})
                continue
        waiting += _inside(path, value)


def _inside(path: Path, value: object) -> list[tuple[Path, object]]:
    if isinstance(value, dict):
        return [((*path, str(name)), inner) for name, inner in reversed(value.items())]
    if isinstance(value, (list, tuple)):
        return [((*path, place), inner) for place, inner in reversed(list(enumerate(value)))]
    return []


def _fault_of(value: object) -> str | None:
    if isinstance(value, float) and not math.isfinite(value):
        return "json-number-not-finite"
    if isinstance(value, _Inexact):
        return "json-number-inexact"
    texts = [value] if isinstance(value, str) else [str(name) for name in value] if isinstance(value, dict) else []
    return "text-unprintable" if any(_UNPRINTABLE.search(text) for text in texts) else None


def clean_pointer(path: Path) -> str:
    """The pointer to ``path`` with each name cut to 60 characters and freed of what cannot be printed."""
    names = [name if isinstance(name, int) else _UNPRINTABLE.sub("\ufffd", name)[:60] for name in path]
    return written(names)
