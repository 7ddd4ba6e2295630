"""JSON pointers (RFC 6901) into a case: how data files and findings name a field."""

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from casefile.case import Case


def parts(pointer: str) -> tuple[str, ...]:
    """The names in ``pointer``, unescaped; the empty pointer (the whole case) has none."""
    if not pointer.strip("/"):
        return ()
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.strip("/").split("/"))


def written(names: Sequence[str | int]) -> str:
    """The pointer that leads through ``names``; no names is ``""``, the whole case."""
    return "".join("/" + str(name).replace("~", "~0").replace("/", "~1") for name in names)


def _child(value: object, part: str) -> object:
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if (field.alias or name) == part:
                return getattr(value, name)
        raise KeyError(part)
    if isinstance(value, (tuple, list)):
        return value[int(part)] if int(part) < len(value) else None
    if isinstance(value, dict):
        return value.get(part)
    return None


def resolve(case: Case, pointer: str) -> Any:  # noqa: ANN401  # the type depends on the pointer
    """The value at ``pointer`` (such as ``/claim/opened_at``), or ``None`` where the case leaves it out.

    Raises:
        KeyError: the pointer names a field that cases do not have.
    """
    value: object = case
    for part in parts(pointer):
        if value is None:
            return None
        value = _child(value, part)
    return value


def put(plain: object, pointer: str, value: object, *, over: bool = True) -> bool:
    """Set what ``pointer`` leads to in JSON, making the objects and lists on the way; whether it was set.

    Without ``over`` what is there stays. Nothing is set behind a gap in a list, or below a value that holds nothing.
    """
    here, names = plain, parts(pointer)
    for place, name in enumerate(names[:-1]):
        here = _held(here, name, [] if names[place + 1].isdigit() else {})
    last = names[-1]
    there = _held(here, last, None)
    if isinstance(here, list) and last.isdigit() and int(last) < len(here) and (over or there is None):
        here[int(last)] = value
    elif isinstance(here, dict) and (over or there is None):
        here[last] = value
    else:
        return False
    return True


def _held(here: object, name: str, fresh: object) -> object:
    """What stands at ``name``; ``fresh`` where nothing does, at the end of a list too."""
    if isinstance(here, list) and name.isdigit() and int(name) <= len(here):
        if int(name) == len(here):
            here.append(fresh)
        return here[int(name)]
    if isinstance(here, dict):
        if here.get(name) is None:
            here[name] = fresh
        return here[name]
    return None


def plain_kinds(kind: object) -> Iterator[object]:
    """The types behind an annotation, its aliases and unions, without ``None``."""
    if get_origin(kind) is Annotated:
        yield from plain_kinds(get_args(kind)[0])
    elif get_origin(kind) in {Union, UnionType}:
        for one in get_args(kind):
            yield from plain_kinds(one)
    elif kind is not type(None):
        yield kind


def _below(kind: object, part: str) -> Iterator[object]:
    origin = get_origin(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if (field.alias or name) == part:
                yield from plain_kinds(field.annotation)
    elif origin in {tuple, list} and part.isdecimal():
        yield from plain_kinds(get_args(kind)[0])
    elif origin in {dict, Mapping}:
        yield from plain_kinds(get_args(kind)[1])
    elif kind is Any:
        yield Any


def types_at(pointer: str, whole: type[BaseModel] = Case) -> tuple[object, ...]:
    """The types a case, or another object, may hold at ``pointer``; none where it has no such field."""
    kinds: tuple[object, ...] = (whole,)
    for part in parts(pointer):
        kinds = tuple(inner for kind in kinds for inner in _below(kind, part))
    return kinds


def exists(pointer: str) -> bool:
    """Whether cases have a field at ``pointer``, set or not (``/parcels/3/carrier`` does)."""
    return pointer.startswith("/") and bool(types_at(pointer))


def fields_at(pointer: str, whole: type[BaseModel] = Case) -> tuple[str, ...]:
    """The names of the fields that the object at ``pointer`` may have, sorted; none where it is no object."""
    models = [kind for kind in types_at(pointer, whole) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return tuple(sorted({field.alias or name for model in models for name, field in model.model_fields.items()}))
