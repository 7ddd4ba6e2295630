"""A small case and the means to judge it, for tests that say one thing each."""

import dataclasses
from dataclasses import replace

import pytest

from casefile.case import Case
from casefile.casework import Evidence
from casefile.facts import FileFacts, OrderIdSeen, StatusSeen, TimestampSeen, TrackingNumberSeen
from casefile.reading import Line, Reading, ReadPage, Sharpness
from evidence_packer.bind.plan import plan
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.coverage import cover
from evidence_packer.judge.grounds import standing_grounds
from evidence_packer.judge.judging import all_findings, judge
from evidence_packer.judge.known_checks import checks
from evidence_packer.judge.ledger import ledger
from evidence_packer.judge.timeline import build_timeline
from evidence_packer.understand.interpret import interpret
from tests.casework_parts import matter_of, parted

BOX = (0.1, 0.1, 0.4, 0.12)
SHARP = Sharpness(edge_width=1.1, verdict="sharp")
BLURRED = Sharpness(edge_width=5.0, verdict="blurred")
ORDER, TRACKING = "112-4829307-7716253", "1Z999AA10123456784"


def make_case(**changes):
    body = {
        "platform": "amazon", "site": "US", "procedure": "a_to_z_response", "reason": "item_not_received",
        "order": {"id": ORDER, "placed_at": "2026-10-28T09:12:00-07:00"},
        "parcels": [{"carrier": "ups", "tracking_number": TRACKING, "dispatched_at": "2026-10-29T16:40:00-07:00",
                     "delivered_at": "2026-11-02T14:22:00-05:00"}],
        "buyer": {"ship_to": {"lines": ["418 Elm Ridge Ave"], "city": "Columbus", "postal_code": "43215", "country": "US"}},
        "claim": {"opened_at": "2026-11-18T18:03:00-05:00", "notified_at": "2026-11-18T18:10:00-05:00"},
        "as_of": "2026-11-19T09:00:00-05:00",
    }  # fmt: skip
    return Case.model_validate(body | changes)


def order_id(value=ORDER, *, matches=True, near=None, page=1, **more):
    return OrderIdSeen(value=value, matches=matches, near=near, box=BOX, page=page, **more)


def tracking_number(value=TRACKING, *, matches=True, near=None, page=1, valid=True, **more):
    return TrackingNumberSeen(
        value=value, matches=matches, near=near, carrier="ups", valid=valid, box=BOX, page=page, **more
    )


def timestamp(text="Nov 2, 2026, 2:22 PM", at="2026-11-02T14:22:00", *, ambiguous=False):
    return TimestampSeen(text=text, at=at, ambiguous=ambiguous, box=BOX, page=1, has_time="T" in (at or ""))


def status(name="delivered"):
    return StatusSeen(text=name, status=name, box=BOX, page=1)


def file(name="a.png", kind="tracking", **facts):
    given = {
        "sha256": name, "media_type": "image/png", "bytes": 1000, "pages": ((1920, 1080),), "sharpness": (SHARP,),
        "has_text": True, "text_height_px": 16.0,
    }  # fmt: skip
    return FileFacts(file=name, kind=kind, **(given | facts))


def good_tracking(name="tracking.png", **facts):
    given = {"tracking_numbers": (tracking_number(),), "timestamps": (timestamp(),), "statuses": (status(),)}
    return file(name, "tracking", **(given | facts))


def lines(*texts, score=0.99):
    return tuple(
        Line(text=text, box=(0.1, 0.2 + 0.03 * place, 0.6, 0.22 + 0.03 * place), score=score)
        for place, text in enumerate(texts)
    )


def laid_out(text):
    """Lines of a page drawn as text: a row a line, cells parted by ``|`` in columns of equal width, ``^`` for large type."""
    found = []
    for place, row in enumerate(text.strip("\n").split("\n")):
        for column, cell in enumerate(row.split("|")):
            if words := cell.strip(" ^"):
                left, top = 0.05 + 0.16 * column, 0.1 + 0.03 * place
                box = (left, top, left + 0.0055 * len(words), top + (0.03 if "^" in cell else 0.02))
                found.append(Line(text=words, box=box, score=0.99))
    return tuple(found)


@pytest.fixture
def page_facts(house):
    """The facts of one page drawn as text."""

    def make(text, case=None, name="a.png"):
        page = ReadPage(
            number=1, width=1200, height=1000, lines=laid_out(text), sharpness=SHARP, text_source="ocr"
        )  # fmt: skip
        reading = Reading(sha256="0" * 64, media_type="image/png", pages=(page,))
        return interpret(name, reading, 1000, case or make_case(), house)

    return make


def evidence_of(matter, facts):
    """The evidence of these facts, as if files had told them."""
    exhibits = plan(matter.case, facts, matter.letter_language)
    coverage = cover(matter.case, matter.platform, matter.procedure, facts, exhibits)
    money = ledger(matter.case, coverage, matter.procedure)
    return Evidence(
        files=facts,
        plan=exhibits,
        coverage=coverage,
        ledger=money,
        grounds=standing_grounds(matter, money, coverage, facts, exhibits),
        timeline=build_timeline(matter.case, facts, exhibits),
    )


@pytest.fixture
def dossier(house):
    def make(*facts, case=None, **more):
        of_matter, of_evidence, rest = parted(more)
        matter = matter_of(case or make_case(), house, **of_matter)
        assembled = evidence_of(matter, facts)
        return Dossier(
            matter=matter,
            evidence=dataclasses.replace(assembled, **of_evidence),
            **({"uploaded": tuple(f.file for f in facts)} | rest),
        )

    return make


@pytest.fixture
def found(dossier):
    """Codes → worst severities that the checks find, for these files and this case."""

    def judged(*facts, case=None, **more):
        results = judge(dossier(*facts, case=case, **more))
        declared = {check.code: {kind.code for kind in check.findings} for check in checks()}
        assert all({finding.code for finding in one.findings} <= declared[one.code] for one in results)
        findings = all_findings(results)
        return {finding.code: finding.severity for finding in reversed(findings)}

    return judged


@pytest.fixture
def facts_of(house):
    """The facts of one page with these lines."""

    def make(*texts, case=None, name="a.png", height=1080, width=1920, barcodes=(), score=None):
        seen = tuple(line if score is None else replace(line, score=score) for line in lines(*texts))
        page = ReadPage(
            number=1, width=width, height=height, lines=seen, sharpness=SHARP, barcodes=barcodes,
            text_source="ocr",
        )  # fmt: skip
        reading = Reading(sha256="0" * 64, media_type="image/png", pages=(page,))
        return interpret(name, reading, 1000, case or make_case(), house)

    return make
