"""What a person has to do, in the order of doing it: findings by weight with their pictures, and pages to take again."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casefile.wording import Catalog

Place = tuple[str, int, tuple[float, ...]]
_RANKS = {"blocker": 0, "warning": 1, "advice": 2}
_BY_CAMERA = frozenset(
    {"page-legible", "timestamp-visible", "foreign-order-ids", "order-id-found", "tracking-number-found"}
)
"""Checks whose findings a better screenshot or scan cures."""
_CHOSEN = frozenset({"duplicate-of", "excluded-by-case", "reference-only"})
"""Reasons why a file is not in the bundle that nobody has to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retake:
    """One file to take or fetch again: what is wrong with it, and how to do it better."""

    file: str
    reasons: tuple[str, ...]
    hints: tuple[str, ...]


def findings(body: Mapping[str, Any], crops: Mapping[Place, bytes]) -> list[dict[str, Any]]:
    """Every finding of the report, blockers first, with ``picture`` as a data address where a crop was made."""
    found = []
    for check in body["checks"]:
        for finding in check["findings"]:
            crop = crops.get((finding["file"], finding["page"] or 1, tuple(finding["box"] or ())))
            picture = "data:image/jpeg;base64," + base64.b64encode(crop).decode("ascii") if crop else None
            named = bool(finding["file"]) and finding["file"] in finding["title"]
            found.append({**finding, "picture": picture, "named": named})
    return sorted(found, key=lambda finding: _RANKS[finding["severity"]])


def counts(body: Mapping[str, Any]) -> dict[str, int]:
    """How many findings of each severity there are."""
    severities = [finding["severity"] for check in body["checks"] for finding in check["findings"]]
    return {severity: severities.count(severity) for severity in _RANKS}


def _hint(line: Mapping[str, Any], catalog: Catalog) -> str:
    key = f"not_included.{line['code']}.hint"
    return catalog.text(key, file=line["file"]) if catalog.has(key) else ""


def retakes(body: Mapping[str, Any], catalog: Catalog) -> list[Retake]:
    """Files to take or fetch again, in the order of the exhibits, then those that could not be read at all."""
    reasons: dict[str, dict[str, str]] = {exhibit["file"]: {} for exhibit in body["exhibits"]}
    for check in body["checks"]:
        for finding in check["findings"]:
            if check["code"] in _BY_CAMERA and finding["file"]:
                reasons.setdefault(finding["file"], {})[finding["title"]] = finding["hint"]
    for line in body["not_included"]:
        if line["code"] not in _CHOSEN:
            reasons.setdefault(line["file"], {})[line["reason"]] = _hint(line, catalog)
    return [
        Retake(file=file, reasons=tuple(said), hints=tuple(dict.fromkeys(hint for hint in said.values() if hint)))
        for file, said in reasons.items()
        if said
    ]
