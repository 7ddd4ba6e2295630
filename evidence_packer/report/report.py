"""The report as data, in the shape of the contract; texts in the operator's language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casefile.finding import CheckResult
from casefile.letter import Letter
from casefile.wording import Catalog
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.judging import verdict
from evidence_packer.report.advice import assumptions, recommendation
from evidence_packer.report.exhibits import exhibit_dicts
from evidence_packer.report.guidance import Situation, advice, checklist, steps
from evidence_packer.report.texts import check_dict, named, params

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What the report tells of the letter: its length in characters, the limit, what did not fit."""

    letter: Letter
    chars: int
    limit: int | None
    dropped: tuple[int, ...] = ()


def _deadlines(dossier: Dossier, catalog: Catalog) -> list[dict[str, object]]:
    return [
        {
            "name": due.name.get(catalog.language, due.name["en"]),
            "counts_from": due.counts_from,
            "warn_at": due.warn_at.isoformat() if due.warn_at else None,
            "block_at": due.block_at.isoformat() if due.block_at else None,
            "hours_left": None if due.ended else due.hours_left(dossier.as_of),
            "source": source.titled(catalog.language)
            if (source := dossier.platform.sources.get(due.source))
            else due.source,
            "confidence": due.confidence,
        }
        for due in dossier.due
    ]


def _coverage(dossier: Dossier, catalog: Catalog) -> list[dict[str, object]]:
    return [
        {
            "proposition": covered.proposition,
            "statement": catalog.text(f"proposition.{covered.proposition}"),
            "needs": list(covered.needs),
            "status": covered.status,
            "exhibits": [{"number": c.number, "page": c.page} for c in covered.exhibits],
        }
        for covered in dossier.coverage
    ]


def _letter(told: LetterFacts | None, catalog: Catalog) -> dict[str, object] | None:
    if told is None:
        return None
    left = [
        {"sentence": named(line.sentence, catalog), "why": catalog.text(f"left_out.{line.code}")}
        for line in told.letter.left_out
    ]
    by_number = {sentence.number: sentence.text for sentence in told.letter.sentences}
    left += [{"sentence": by_number[n], "why": catalog.text("left_out.over-limit")} for n in told.dropped]
    return {
        "kind": told.letter.kind,
        "language": told.letter.language,
        "sentences": [
            {
                "n": sentence.number,
                "text": sentence.text,
                "class": sentence.sentence_class,
                "proof": sentence.proof,
                "exhibits": [{"number": c.number, "page": c.page} for c in sentence.exhibits],
            }
            for sentence in told.letter.sentences
        ],
        "chars": told.chars,
        "limit": told.limit,
        "left_out": left,
    }


def _not_included(dossier: Dossier, catalog: Catalog) -> list[dict[str, object]]:
    return [
        {
            "file": line.file,
            "code": line.code,
            "reason": catalog.text(f"not_included.{line.code}", {"file": line.file, **params(line.params, catalog)}),
        }
        for line in dossier.not_included
    ]


def situation_of(dossier: Dossier) -> Situation:
    """What guidance depends on, of this dossier."""
    return Situation(
        case=dossier.case, platform=dossier.platform, procedure=dossier.procedure, coverage=dossier.coverage,
        practice=dossier.house.practice, as_of=dossier.as_of,
    )  # fmt: skip


def report(
    dossier: Dossier,
    results: tuple[CheckResult, ...],
    catalog: Catalog,
    captions: Mapping[str, str],
    told: LetterFacts | None = None,
) -> dict[str, Any]:
    """The report; ``files`` is filled by whoever seals the pack."""
    advised, because = recommendation(dossier.case, dossier.coverage, catalog, dossier.procedure)
    situation = situation_of(dossier)
    return {
        "schema_version": SCHEMA_VERSION,
        "platform": dossier.case.platform,
        "procedure": dossier.case.procedure,
        "as_of": dossier.as_of.isoformat(),
        "language": catalog.language,
        "verdict": verdict(results),
        "recommendation": advised,
        "because": because,
        "deadlines": _deadlines(dossier, catalog),
        "exhibits": exhibit_dicts(dossier.facts, dossier.plan, captions),
        "checks": [check_dict(result, catalog) for result in results],
        "coverage": _coverage(dossier, catalog),
        "timeline": [
            {
                "at": point.at,
                "what": catalog.text(f"timeline.{point.what}"),
                "source": point.source,
                "exhibit": point.exhibit,
                "page": point.page,
                "conflict": point.conflict,
            }
            for point in dossier.timeline
        ],
        "letter": _letter(told, catalog),
        "checklist": checklist(situation, catalog),
        "steps": steps(situation, catalog),
        "advice": advice(situation, catalog),
        "assumptions": assumptions(dossier, catalog),
        "files": [],
        "not_included": _not_included(dossier, catalog),
    }


def report_json(body: Mapping[str, Any]) -> bytes:
    """The report as UTF-8 JSON, the same each time."""
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
