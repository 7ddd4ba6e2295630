"""Writes docs/case-fields.md from the case: every field with name, meaning, type, unit, example, and what fills it."""

import datetime as dt
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casefile.case import Case  # noqa: E402  # the path comes first
from casefile.discovery import load_house  # noqa: E402  # as above
from casefile.field_notes import field_notes, note_at  # noqa: E402  # as above
from casefile.fields.base import Money  # noqa: E402  # as above
from casefile.labels import field_name  # noqa: E402  # as above
from casefile.pointer import plain_kinds  # noqa: E402  # as above

INTRO = """# Fields of a case

Every field of the case that `POST /v1/packs`, `POST /v1/checks`, a batch column (as a dotted path, `/parcels/0/carrier` is
`parcels.0.carrier`) and `case.json` take. Nothing is required but platform, procedure and what the case is about; `0` in a
pointer stands for any place of a list. Times are ISO 8601 with offset, amounts decimal text with an ISO 4217 code, texts either
one string or one per language tag.

**Filled**: what the evidence fills in when the case leaves it open (`"complete": "auto"`, the default; `"off"` fills nothing).
A typed value always wins. The report lists every such value under `filled` with the pages it was read at. A page that prints a
day without an hour, or a clock without a zone, fills a time of which no more is told than the page prints. In the case of
`POST /v1/proposals` such a time is whole, and `extra.as_printed` says by its pointer what the page prints of it
(`{"/parcels/0/delivered_at": "2026-11-02"}`: the day alone; `"2026-11-02T14:22:00"`: the clock without its zone); sent back
together they mean the same, and a time that was changed is taken whole. `POST /v1/proposals` and `evidence-packer propose`
give the same for a heap of files and a mail before there is a case.

This page is written by `python docs/make_fields.py` from the code; a test compares the two.
"""
_UNITS = {"_g": "grams", "_percent": "percent"}


def _rows(model: type[BaseModel], at: str) -> Iterator[tuple[str, str]]:
    """Pointer and type of every field below ``at``."""
    for name, field in model.model_fields.items():
        pointer = f"{at}/{field.alias or name}"
        kinds = list(plain_kinds(field.annotation))
        listed = get_origin(kinds[0]) is tuple and get_args(kinds[0])[-1] is ...
        inner = _inner(kinds[0]) if listed else kinds
        place = f"{pointer}/0" if listed else pointer
        below = next((k for k in inner if isinstance(k, type) and issubclass(k, BaseModel) and k is not Money), None)
        if below is not None:
            yield from _rows(below, place)
        else:
            yield place, _type(inner, name)


def _inner(kind: object) -> list[object]:
    return list(plain_kinds(get_args(kind)[0]))


def _type(kinds: list[object], name: str) -> str:
    told = [_plain_type(kind) for kind in kinds]
    unit = next((unit for end, unit in _UNITS.items() if name.endswith(end)), "")
    return " or ".join(dict.fromkeys(told)) + (f" ({unit})" if unit else "")


def _plain_type(kind: object) -> str:
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    if kind is Money:
        return "money"
    if get_origin(kind) is dict:
        return "texts by language" if get_args(kind)[1] is not Any else "object"
    if get_origin(kind) is tuple:
        return "box"
    known = {
        dt.datetime: "time",
        dt.date: "date",
        int: "whole number",
        Decimal: "decimal",
        bool: "yes or no",
        str: "text",
    }
    return known.get(kind, "object")  # type: ignore[call-overload]  # any type may be asked


def page() -> str:
    """The whole page as Markdown."""
    house = load_house(ROOT)
    english, chinese = house.catalogs.of("en"), house.catalogs.of("zh-Hans")
    rules = house.practice.completion
    filled: dict[str, str] = {}
    for rule in rules.fills:  # several rules may fill one field: from one kind of page before another
        place = rule.pointer.replace("*", "0")
        kinds = [*filled.get(place, "").split(", "), *rule.authority]
        filled[place] = ", ".join(dict.fromkeys(filter(None, kinds)))
    filled |= {"/parcels/0/tracking_number": ", ".join((*rules.numbers[:2], *rules.carriers[:1]))}
    filled |= {"/contacts/0/text": ", ".join(rules.messages)}
    notes = field_notes(ROOT)
    head = "| pointer | name | meaning | type | example | filled from |"
    lines = [INTRO, head, "|---|---|---|---|---|---|"]
    for pointer, kind in _rows(Case, ""):
        names = [
            field_name(pointer, catalog).partition(" (no.")[0].partition("（第")[0] for catalog in (english, chinese)
        ]
        note = note_at(pointer, notes)
        told = (note.means.replace("|", "/"), f"`{note.example}`") if note else ("", "")
        cells = (f"`{pointer}`", " · ".join(dict.fromkeys(names)), told[0], kind, told[1], filled.get(pointer, ""))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "case-fields.md").write_text(page(), encoding="utf-8")
