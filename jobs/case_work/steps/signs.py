"""What one file shows at a glance: a handful of signs, each good, weak or bad, with the place it was read.

A sign is good when the datum was seen and no check objects; what a check says of it decides the rest, so that the glance and the
report never disagree.
"""

from collections.abc import Iterator
from typing import Any

from casefile.facts import FileFacts
from casefile.finding import CheckResult, Finding
from casefile.finding_kind import SIGNS
from evidence_packer.judge.known_checks import kind_of
from jobs.case_work.steps.casework import Casework

_TONES = {"blocker": "bad", "warning": "warn", "advice": "warn"}


def _first(seen: Any) -> dict[str, Any]:  # noqa: ANN401  # any fact with a place
    return {"page": seen.page, "box": list(seen.box), "text": getattr(seen, "value", None) or seen.text}


def _seen(facts: FileFacts) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is there to see, before any check is asked."""
    if any(page.verdict in {"sharp", "soft"} for page in facts.sharpness):
        soft = all(page.verdict != "sharp" for page in facts.sharpness)
        yield "sharp", {"tone": "warn" if soft else "good"}
    if facts.timestamps:
        yield "time", {"tone": "good", **_first(facts.timestamps[0])}
    own = [seen for seen in facts.order_ids if seen.matches]
    if own:
        yield "order", {"tone": "good", **_first(own[0])}
        if len(own) == len(facts.order_ids):
            yield "only_order", {"tone": "good"}
    if parcels := [seen for seen in facts.tracking_numbers if seen.matches]:
        yield "tracking", {"tone": "good", **_first(parcels[0])}
    if facts.context.hosts:
        yield "context", {"tone": "good", "text": facts.context.hosts[0]}


def _places(facts: FileFacts) -> dict[str, dict[str, Any]]:
    """Where a number stands that should not: the foreign or the almost right one."""
    found = {}
    if wrong := next((seen for seen in facts.order_ids if not seen.matches), None):
        found["only_order"] = found["order"] = _first(wrong)
    if other := next((seen for seen in facts.tracking_numbers if not seen.matches), None):
        found["tracking"] = _first(other)
    return found


def _found(findings: list[Finding], facts: FileFacts) -> Iterator[tuple[str, dict[str, Any]]]:
    places = _places(facts)
    for finding in findings:
        code = kind_of(finding.code).sign
        if code:
            where = {"page": finding.page or 1, "box": list(finding.box)} if finding.box else places.get(code, {})
            yield code, {"text": None, **where, "tone": _TONES[finding.severity], "finding": finding.code}


def signs(work: Casework, results: tuple[CheckResult, ...]) -> dict[str, list[dict[str, Any]]]:
    """Per file: ``[{code, tone: good|warn|bad, text, page, box, finding}]`` in a fixed order."""
    findings = [finding for result in results for finding in result.findings]
    worse = {"good": 0, "warn": 1, "bad": 2}
    found = {}
    for facts in work.facts:
        mine = dict[str, dict[str, Any]](_seen(facts))
        for code, sign in _found([f for f in findings if f.file == facts.file], facts):
            if worse[sign["tone"]] >= worse.get(mine.get(code, {}).get("tone", "good"), 0):
                mine[code] = sign
        if mine.get("sharp", {}).get("tone") == "bad":
            mine = {
                code: sign for code, sign in mine.items() if code in {"sharp", "order", "tracking"} or "finding" in sign
            }
        blank = {"text": None, "page": None, "box": None, "finding": None}
        found[facts.file] = [{"code": code, **blank, **mine[code]} for code in SIGNS if code in mine]
    return found
