"""Names of folders and files: the platform's pattern, filled and made portable. Pure."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from casefile import text_folding
from casefile.case import Case
from casefile.errors import DataFault
from casefile.platform import Site
from casefile.pointer import resolve
from casefile.procedure import Procedure
from casefile.subject import portable, subject_id

TYPES = ("Evidence", "Letter", "Page", "Shipping", "Communication", "Receipt", "Policy", "Product", "Signed")
"""The closed list behind ``{type}``."""

LONGEST = 120
"""Bytes that an entry's name may have (UTF-8), so that every file system and archive takes it."""
_ROOM = 18
"""Bytes kept for what is added later: a number before, a language or ``_02`` after, the ending."""
_ASINS = ("/order/items/0/asin", "/notice/asins/0", "/ip/asins/0", "/compliance/0/asins/0", "/inventory/asin")
_CASE_IDS = ("/submission/case_id", "/notice/id", "/claim/id", "/order/id")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
"""Names of devices, which one system refuses with any ending."""


def _asin(case: Case) -> str:
    """The product's id; without one the case id, then the notice, the claim, the order."""
    found = (resolve(case, pointer) for pointer in (*_ASINS, *_CASE_IDS))
    return next((str(value) for value in found if value), "case")


def folder_name(case: Case, procedure: Procedure) -> str:
    """``<subject id>_<procedure>``, the name of the pack's folder."""
    subject = portable(subject_id(case, procedure.subject) or "case")
    return f"{subject}_{portable_word(case.procedure)}"


def portable_word(value: str) -> str:
    """``value`` with only letters, digits, hyphens and underscores."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", value)[:50]


def file_stem(case: Case, procedure: Procedure, site: Site, as_of: dt.datetime, kind: str, number: int = 1) -> str:
    """The platform's file name without its ending, for one of ``TYPES``; ``as_of`` is dated in the site's zone.

    A pattern without ``{type}`` gets it at its end: evidence and letter of one case never share a name.

    Raises:
        DataFault: ``kind`` is not in ``TYPES``, or the platform's pattern names an unknown token.
    """
    if kind not in TYPES:
        raise DataFault("name-type-unknown", file=kind, why=f"not one of {', '.join(TYPES)}")
    subject = subject_id(case, procedure.subject) or "case"
    values = {
        "order_id": portable(case.order.id if case.order and case.order.id else subject),
        "asin": portable(_asin(case)),
        "date": f"{as_of.astimezone(ZoneInfo(site.zone)):%Y%m%d}",
        "type": kind,
        "nn": f"{number:02d}",
    }
    pattern = procedure.file_name if "{type}" in procedure.file_name else procedure.file_name + "_{type}"
    unknown = set(re.findall(r"\{(\w+)\}", pattern)) - set(values)
    if unknown:
        raise DataFault("name-token-unknown", file=procedure.file_name, why=", ".join(sorted(unknown)))
    return _within(re.sub(r"\{(\w+)\}", lambda match: values[match[1]], pattern), LONGEST - _ROOM)


def _within(text: str, limit: int) -> str:
    """As much of ``text`` as fits into ``limit`` bytes, never half a character."""
    return text.encode()[:limit].decode(errors="ignore")


def _split(name: str) -> tuple[str, str]:
    """Stem and ending (with its dot); an overlong ending is no ending."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if dot and stem and len(ending.encode()) <= 10 else (name, "")


def portable_entry(name: str) -> str:
    """``name`` as every file system takes it: composed letters, no separators, controls or reserved signs, at most 120 bytes."""
    composed = text_folding.composed(name)
    plain = "".join("_" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char for char in composed)
    plain = re.sub(r'[/\\:*?"<>|]+', "_", plain).strip(" .") or "file"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    stem, ending = _split(plain)
    return _within(stem, LONGEST - 4 - len(ending.encode())).rstrip(" .") + ending


def unique(names: Iterable[str]) -> list[str]:
    """``names`` made unique ignoring case, still within the length: the second ``a.png`` becomes ``a_02.png``."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, ending = _split(name)
        candidate, number = name, 2
        while candidate.casefold() in taken:
            mark = f"_{number:02d}{ending}"
            candidate = _within(stem, LONGEST - len(mark.encode())) + mark
            number += 1
        taken.add(candidate.casefold())
        found.append(candidate)
    return found
