"""What one file shows at a glance: a handful of signs, each good, weak or bad, with the place it was read.

A sign is good when the datum was seen and no check objects; what a check says of it decides the rest, so that the glance and the
report never disagree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from casefile.facts import FileFacts, OrderIdSeen, TimestampSeen, TrackingNumberSeen
from casefile.fields.files import Box
from casefile.finding import CheckResult, Finding, Severity
from casefile.finding_kind import SIGNS
from evidence_packer.judge.known_checks import kind_of
from jobs.case_work.steps.casework import Casework

Tone = Literal["good", "warn", "bad"]
_TONES: dict[Severity, Tone] = {"blocker": "bad", "warning": "warn", "advice": "warn"}
_WEIGHT: dict[Tone, int] = {"good": 0, "warn": 1, "bad": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSign:
    """One sign of a file: what it is about, how good it is, what was read where, and the finding behind it."""

    code: str
    tone: Tone
    text: str | None = None
    page: int | None = None
    box: Box | None = None
    finding: str | None = None


def _at(code: str, seen: OrderIdSeen | TrackingNumberSeen | TimestampSeen) -> FileSign:
    """A good sign at the place of a fact."""
    text = seen.text if isinstance(seen, TimestampSeen) else seen.value
    return FileSign(code=code, tone="good", text=text, page=seen.page, box=seen.box)


def _seen(facts: FileFacts) -> Iterator[FileSign]:
    """What is there to see, before any check is asked."""
    if any(page.verdict in {"sharp", "soft"} for page in facts.sharpness):
        soft = all(page.verdict != "sharp" for page in facts.sharpness)
        yield FileSign(code="sharp", tone="warn" if soft else "good")
    if facts.timestamps:
        yield _at("time", facts.timestamps[0])
    own = [seen for seen in facts.order_ids if seen.matches]
    if own:
        yield _at("order", own[0])
        if len(own) == len(facts.order_ids):
            yield FileSign(code="only_order", tone="good")
    if parcels := [seen for seen in facts.tracking_numbers if seen.matches]:
        yield _at("tracking", parcels[0])
    if facts.context.hosts:
        yield FileSign(code="context", tone="good", text=facts.context.hosts[0])


def _places(facts: FileFacts) -> dict[str, FileSign]:
    """Where a number stands that should not: the foreign or the almost right one."""
    found: dict[str, FileSign] = {}
    if wrong := next((seen for seen in facts.order_ids if not seen.matches), None):
        found |= {code: _at(code, wrong) for code in ("only_order", "order")}
    if other := next((seen for seen in facts.tracking_numbers if not seen.matches), None):
        found["tracking"] = _at("tracking", other)
    return found


def _found(findings: list[Finding], facts: FileFacts) -> Iterator[FileSign]:
    places = _places(facts)
    for finding in findings:
        code, tone = kind_of(finding.code).sign, _TONES[finding.severity]
        if not code:
            continue
        if finding.box:
            yield FileSign(code=code, tone=tone, page=finding.page or 1, box=finding.box, finding=finding.code)
        else:
            place = places.get(code, FileSign(code=code, tone=tone))
            yield replace(place, tone=tone, finding=finding.code)


def signs(work: Casework, results: tuple[CheckResult, ...]) -> dict[str, tuple[FileSign, ...]]:
    """The signs of each file, in a fixed order."""
    findings = [finding for result in results for finding in result.findings]
    return {
        facts.file: _signs_of(facts, [finding for finding in findings if finding.file == facts.file])
        for facts in work.facts
    }


def _signs_of(facts: FileFacts, findings: list[Finding]) -> tuple[FileSign, ...]:
    mine = {sign.code: sign for sign in _seen(facts)}
    for sign in _found(findings, facts):
        if sign.code not in mine or _WEIGHT[sign.tone] >= _WEIGHT[mine[sign.code].tone]:
            mine[sign.code] = sign
    if "sharp" in mine and mine["sharp"].tone == "bad":
        mine = {code: sign for code, sign in mine.items() if code in {"sharp", "order", "tracking"} or sign.finding}
    return tuple(mine[code] for code in SIGNS if code in mine)
