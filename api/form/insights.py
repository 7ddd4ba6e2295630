"""What worked: outcomes by platform and reason, the evidence that was there, and what the checks find most often."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.form.shell import page, words_of
from api.form.words import PageWords
from api.service import Service, service_of, tenant_of
from casefile.wording import as_shown
from jobs.records.insights import CodeCount, EvidenceCount, OutcomeCount

router = APIRouter(include_in_schema=False)

_OUTCOMES = ("won", "lost", "withdrawn", "open")
_MOST = 10
_DOTS = re.compile(r"\{[a-z_]+\}")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@router.get("/insights")
def insights(request: Request) -> Response:
    """Counts over the packs of whoever asks; no rates are made up where there are few."""
    service, words = service_of(request), words_of(request)
    found = service.insights.counts(tenant_of(request))
    totals = _sum(found.outcomes, lambda row: row.outcome)
    return page(
        request, "insights.html", words=words, totals={name: totals.get(name, 0) for name in _OUTCOMES},
        reasons=_by_reason(words, service, found.outcomes), evidence=_by_kind(words, found.evidence),
        findings=_named(words, found.findings, "finding"), refused=_named(words, found.refused, "not_included"),
    )  # fmt: skip


Row = TypeVar("Row", bound=OutcomeCount)
Key = TypeVar("Key")


def _sum(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, int]:
    found: defaultdict[Key, int] = defaultdict(int)
    for row in rows:
        found[key(row)] += row.packs
    return dict(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """One line of a table: what it is about, and how many packs ended how."""

    won: int
    lost: int
    withdrawn: int
    open: int
    total: int
    platform: str = ""
    reason: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLine:
    """A code in words with its packs; ``share`` is of the most frequent one."""

    text: str
    packs: int
    share: float


def _line(counts: Mapping[str, int], *, platform: str = "", reason: str = "", kind: str = "") -> OutcomeLine:
    won, lost, withdrawn, still = (counts.get(name, 0) for name in _OUTCOMES)
    total = sum(counts.values())
    return OutcomeLine(
        won=won, lost=lost, withdrawn=withdrawn, open=still, total=total, platform=platform, reason=reason, kind=kind
    )


def _by_reason(words: PageWords, service: Service, rows: Iterable[OutcomeCount]) -> list[OutcomeLine]:
    found: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (platform, reason, outcome), count in _sum(rows, lambda r: (r.platform, r.reason, r.outcome)).items():
        found[platform, reason or ""][outcome] = count
    lines = []
    for (platform, reason), counts in found.items():
        known = service.house.platforms.get(platform)
        said = words.catalog.text(f"reason.{reason}") if reason else ""
        lines.append(_line(counts, platform=words.name(known.name) if known else platform, reason=said))
    return sorted(lines, key=lambda line: -line.total)


def _by_kind(words: PageWords, rows: Iterable[EvidenceCount]) -> list[OutcomeLine]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (kind, outcome), count in _sum(rows, lambda r: (r.kind, r.outcome)).items():
        found[kind][outcome] = count
    lines = [_line(counts, kind=words.catalog.text(f"kind.{kind}")) for kind, counts in found.items()]
    return sorted(lines, key=lambda line: -line.total)[: _MOST * 2]


def _named(words: PageWords, rows: Sequence[CodeCount], family: str) -> list[CodeLine]:
    """Codes in words, the most frequent first; values of a single case stand as dots."""
    text, has = words.catalog.text, words.catalog.has
    most = rows[0].packs if rows else 1
    lines = []
    for row in rows[:_MOST]:
        key = f"finding.{row.code}.title" if family == "finding" else f"not_included.{row.code}"
        said = text(key, file=text("form.a_file"), name=text("form.a_number")) if has(key) else row.code
        said = _BETWEEN_HAN.sub("", _DOTS.sub("…", as_shown(said)))
        lines.append(CodeLine(text=said, packs=row.packs, share=row.packs / most))
    return lines
