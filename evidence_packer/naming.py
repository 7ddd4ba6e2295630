"""Names of folders and files: the platform's pattern, filled and made portable. Pure."""

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from casefile.case import Case
from casefile.platform import Procedure, Site
from casefile.pointer import resolve
from casefile.subject import portable, subject_id

TYPES = ("Evidence", "Letter", "Page", "Shipping", "Communication", "Receipt", "Policy", "Product")
"""The closed list behind ``{type}``."""

_LONGEST = 120
_ASINS = ("/order/items/0/asin", "/notice/asins/0", "/ip/asins/0", "/compliance/0/asins/0", "/inventory/asin")


def _asin(case: Case) -> str:
    """The product's id; without one the case id, then the notice, then the order."""
    for pointer in (*_ASINS, "/submission/case_id", "/notice/id", "/claim/id", "/order/id"):
        if value := resolve(case, pointer):
            return str(value)
    return "case"


def folder_name(case: Case, procedure: Procedure) -> str:
    """``<subject id>_<procedure>``, the name of the pack's folder."""
    subject = portable(subject_id(case, procedure.subject) or "case")
    return f"{subject}_{portable_word(case.procedure)}"


def portable_word(value: str) -> str:
    """``value`` with only letters, digits, hyphens and underscores."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", value)[:60]


def file_stem(case: Case, procedure: Procedure, site: Site, as_of: dt.datetime, kind: str, number: int = 1) -> str:
    """The platform's file name without its ending, for one of ``TYPES``."""
    subject = subject_id(case, procedure.subject) or "case"
    order = case.order.id if case.order and case.order.id else subject
    values = {
        "order_id": portable(order),
        "asin": portable(_asin(case)),
        "date": f"{as_of.astimezone(ZoneInfo(site.zone)):%Y%m%d}",
        "type": kind,
        "nn": f"{number:02d}",
    }
    stem = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), procedure.file_name)
    if "{type}" not in procedure.file_name:
        stem = f"{stem}_{kind}"
    return stem[: _LONGEST - 10]


def portable_entry(name: str) -> str:
    """``name`` as every file system takes it: no separators, controls or reserved signs, at most 120 bytes."""
    plain = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', "_", name).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    while len(f"{stem}{dot}{ending}".encode()) > _LONGEST - 4:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"


def unique(names: Iterable[str]) -> list[str]:
    """``names`` made unique ignoring case: the second ``a.png`` becomes ``a_02.png``."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
        candidate, number = name, 2
        while candidate.casefold() in taken:
            candidate = f"{stem}_{number:02d}{dot}{ending}"
            number += 1
        taken.add(candidate.casefold())
        found.append(candidate)
    return found
