"""Moments that are known in part, in the JSON of a case: whole times where they stand, what is printed beside them.

Inside, such a moment carries a microsecond that no clock prints (``casefile/as_printed.py``). Outside it is a plain time with its
offset, and ``extra.as_printed`` says by pointer how much of it a page prints: a day, or a clock without its zone. A case that comes
back with both is read as it was; a time that somebody changed is theirs, whole.
"""

import copy
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from casefile.as_printed import is_clock_alone, is_day_alone, of_clock, of_day, told
from casefile.plain_case import PlainCase
from casefile.pointer import put, written

NAME = "as_printed"
_DAY = len("2026-11-02")
_HALF = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.00000[12](?:[+-]\d\d:\d\d|Z)")
_MOST = 500


def plainly(case: PlainCase) -> PlainCase:
    """The case with whole times, and what of them is printed under ``extra.as_printed``."""
    json = copy.deepcopy(case.json)
    found = {
        pointer: at
        for pointer, text in _texts(json, "")
        if _HALF.fullmatch(text) and _is_half(at := dt.datetime.fromisoformat(text))
    }
    if not found:
        return case
    for pointer, at in found.items():
        put(json, pointer, at.replace(microsecond=0).isoformat(), over=True)
    json["extra"] = {**(json.get("extra") or {}), NAME: {pointer: told(at) for pointer, at in found.items()}}
    return PlainCase(json)


def as_it_was(sent: object) -> object:
    """What ``plainly`` wrote as it was read; anything else as it is."""
    extra = sent.get("extra") if isinstance(sent, dict) else None
    printed = extra.get(NAME) if isinstance(extra, dict) else None
    if not isinstance(printed, dict) or len(printed) > _MOST:
        return sent
    known = dict(_texts(sent, ""))
    json = copy.deepcopy(sent)
    for pointer, said in printed.items():
        if isinstance(said, str) and pointer in known and (at := _half(known[pointer], said)) is not None:
            put(json, pointer, at.isoformat(), over=True)
    return json


def _half(text: str, printed: str) -> dt.datetime | None:
    """The moment that ``text`` stands for where a page prints no more than ``printed``; ``None`` where they differ."""
    try:
        whole = dt.datetime.fromisoformat(text)
        if whole.tzinfo is None:
            return None
        day = len(printed) == _DAY
        half = of_day(dt.date.fromisoformat(printed), whole.tzinfo) if day else of_clock(_naive(printed), whole.tzinfo)
    except ValueError:
        return None
    return half if half.replace(microsecond=0) == whole else None


def _naive(printed: str) -> dt.datetime:
    at = dt.datetime.fromisoformat(printed)
    if at.tzinfo is not None:
        raise ValueError(printed)
    return at


def _is_half(at: dt.datetime) -> bool:
    return is_day_alone(at) or is_clock_alone(at)


def _texts(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    """(pointer, text) of every text in JSON, without what ``extra`` holds."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if pointer or name != "extra":
                yield from _texts(inner, pointer + written([str(name)]))
    elif isinstance(value, Sequence):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{pointer}/{place}")
