"""Every procedure of every platform for every reason: checks and letters come out whole, in both languages."""

import datetime as dt
import re

import pytest

from casefile.admission import admit
from casefile.case import Case
from casefile.casework import Evidence
from casefile.citation import BundlePlan
from casefile.coverage import PropositionCoverage
from casefile.discovery import load_house
from casefile.finding import Finding
from casefile.subject import SUBJECT_FIELDS
from casefile.wording import placeholders
from evidence_packer.bind.plan import plan
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.judging import all_findings, judge
from evidence_packer.report.report import report
from jobs.case_work.kinds.case_letter import write_letter
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed
from letters.render import plain_text
from tests.casework_parts import matter_of
from tests.evidence_packer.conftest import file

HOUSE = load_house()
WAYS = [
    (platform.id, name, reason)
    for platform in HOUSE.platforms.values()
    for name, procedure in platform.procedures.items()
    for reason in procedure.reasons
]
LANGUAGES = ("en", "zh-Hans")
SPOKEN = [(LANGUAGES[place % 2],) for place in range(len(WAYS))]
"""The languages of each way in the short run: every way in one, every other way in the other. The long run tries both."""

PROCEDURES = list(dict.fromkeys(way[:2] for way in WAYS))
KINDS = ("tracking", "messages", "listing", "carrier_statement")
NOW = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)
UNFILLED = re.compile(r"\{[a-z_]+[}|]|@[a-z]+\.|^[a-z]+\.[a-z_.-]+$")


def case_of(platform, procedure, reason, language="en"):
    """A case with every id in the platform's own form, told two days ago."""
    ids = {i.field: i.valid[0] for i in HOUSE.platforms[platform].identifiers}
    return Case.model_validate(
        {
            "platform": platform, "procedure": procedure, "reason": reason, "language": language,
            "site": HOUSE.platforms[platform].default_site if len(HOUSE.platforms[platform].sites) > 1 else None,
            "order": {"id": ids.get("/order/id", "A-1"), "placed_at": "2026-10-28T09:12:00-07:00",
                      "total": {"amount": "37.48", "currency": "USD"}, "items": [{"asin": "B0C7QX2M9T", "name": "Bottle"}]},
            "parcels": [{"carrier": "ups", "tracking_number": "1Z999AA10123456784",
                         "dispatched_at": "2026-10-29T16:40:00-07:00", "delivered_at": "2026-11-02T14:22:00-05:00"}],
            "payment": {"dispute_id": ids.get("/payment/dispute_id", "dp_1NvGfQ2eZvKYlo2C"),
                        "charge_id": ids.get("/payment/charge_id", "ch_3NvGfQ2eZvKYlo2C")},
            "account": {"merchant_id": "A3EXAMPLE7QK", "status": "at_risk"}, "seller": {"store": "Northlake Home"},
            "inventory": {"shipment_id": "FBA15D1X2Y3Z"},
            "claim": {"opened_at": "2026-11-18T18:03:00-05:00", "amount": {"amount": "37.48", "currency": "USD"}},
            "deadline": {"at": "2026-11-21T09:00:00Z", "source": "notice"},
            "files": [{"name": f"{kind}.png", "kind": kind} for kind in KINDS],
        }
    )  # fmt: skip


def study_of(case):
    """What the workshops know of a case whose four files are attached and say nothing."""
    platform, procedure = admit(case, HOUSE)
    facts = tuple(file(f"{kind}.png", kind, has_text=False) for kind in KINDS)
    exhibits: BundlePlan = plan(case, facts)
    coverage = tuple(
        PropositionCoverage(
            proposition=e.proposition, needs=e.kinds, required=e.required, optional=e.optional, source=e.source,
            confidence=platform.confidence(e.source), status="attached",
            exhibits=tuple(x.cite() for x in exhibits.exhibits[:1]),
        )
        for e in procedure.needed(case)
    )  # fmt: skip
    matter = matter_of(case, HOUSE, NOW)
    evidence = Evidence(files=facts, plan=exhibits, coverage=coverage, timeline=())
    return Casework(matter=matter, evidence=evidence, language="en", read={})


def letter_is_whole(platform, procedure, reason, language):
    known = study_of(case_of(platform, procedure, reason, language))
    letter = composed(known, known.matter.letter_language, draft=True)
    text = plain_text(letter, None).text
    assert any(section.paragraphs for section in letter.sections)
    assert not re.search(r"\{[a-z_]+[}|]|\b(letter|proposition|reason|kind|bank)\.[a-z_]+", text)
    assert not re.search(r"  |\.\.|。。| \.", text), text


@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES, ids=map("-".join, PROCEDURES))
def test_letter(platform, procedure):
    """Each reason in one language, the languages in turn."""
    for way, (language,) in zip(WAYS, SPOKEN, strict=True):
        if way[:2] == (platform, procedure):
            letter_is_whole(*way, language)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("platform", HOUSE.platforms)
def test_letter_for_every_reason_in_both_languages(platform, language):
    for way in WAYS:
        if way[0] == platform:
            letter_is_whole(*way, language)


def dossier_of(known, **changes):
    return Dossier(matter=known.matter, evidence=known.evidence, **changes)


def checks_build(platform, procedure, reason, languages):
    """Every id is well written, time is left, every proposition has its kind: no blocker would be true, but for a stop."""
    known = study_of(case_of(platform, procedure, reason))
    dossier = dossier_of(known)
    results = judge(dossier)
    blockers = [f for f in all_findings(results) if f.severity == "blocker" and not expected(f)]
    assert blockers == []
    for language in languages:
        body = report(dossier, results, HOUSE.catalogs.of(language), {x.file: x.file for x in known.plan.exhibits})
        texts = [getattr(f, part) for c in body.checks for f in c.findings for part in ("title", "detail", "hint")]
        texts += [c.why for c in body.checks if c.why] + [*body.steps, *body.because, *body.assumptions]
        texts += [row.text for row in body.checklist]
        assert not [text for text in texts if UNFILLED.search(text)]


@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES, ids=map("-".join, PROCEDURES))
def test_checks_build_without_an_untrue_blocker(platform, procedure):
    """For each reason; the report of each in one language, the languages in turn."""
    for way, languages in zip(WAYS, SPOKEN, strict=True):
        if way[:2] == (platform, procedure):
            checks_build(*way, languages)


@pytest.mark.long
@pytest.mark.parametrize("platform", HOUSE.platforms)
def test_checks_build_for_every_reason_in_both_languages(platform):
    for way in WAYS:
        if way[0] == platform:
            checks_build(*way, LANGUAGES)


def told(platform, name, reason, **changes):
    """The report of a procedure's case, and the codes of its blockers; ``changes`` replace fields of the case."""
    plain = case_of(platform, name, reason).model_dump(mode="json", by_alias=True, exclude_none=True)
    known = study_of(Case.model_validate(plain | changes))
    dossier = dossier_of(known)
    results = judge(dossier)
    body = report(dossier, results, HOUSE.catalogs.of("en"), {x.file: x.file for x in known.plan.exhibits})
    return body, {f.code for f in all_findings(results) if f.severity == "blocker"}


@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES, ids=map("-".join, PROCEDURES))
def test_the_report_leads_from_the_deadline_to_the_record(platform, procedure):
    chosen = HOUSE.platforms[platform].procedures[procedure]
    body, _ = told(platform, procedure, chosen.reasons[0])
    assert body.deadlines[0].block_at == "2026-11-21T09:00:00+00:00"
    assert len(body.steps) >= 2
    assert body.checklist
    assert body.because
    if chosen.audience == "buyer" or procedure == "withdrawal":
        assert body.recommendation == "settle"
    if chosen.closing:
        assert any(step.startswith("Who closes the matter") for step in body.steps) or chosen.audience == "buyer"


CHARGEBACKS = [
    (platform.id, name)
    for platform in HOUSE.platforms.values()
    for name, p in platform.procedures.items()
    if p.chargeback
]


@pytest.mark.parametrize(("platform", "procedure"), CHARGEBACKS, ids=map("-".join, CHARGEBACKS))
def test_a_refund_beside_an_open_chargeback_is_stopped(platform, procedure):
    reason = HOUSE.platforms[platform].procedures[procedure].reasons[0]
    remedy = {"type": "full_refund", "status": "offered", "amount": {"amount": "37.48", "currency": "USD"}}
    assert "refund-during-chargeback" in told(platform, procedure, reason, remedy=remedy)[1]
    assert "refund-during-chargeback" not in told(platform, procedure, reason)[1]


@pytest.mark.parametrize(
    ("procedure", "right", "stopped"),
    [
        ("ip_counter_notice", {"right": "copyright"}, False),
        ("ip_counter_notice", {"right": "trademark"}, True),
        ("ip_appeal", {"right": "trademark"}, False),
        ("ip_appeal", {"right": "patent", "is_court_order": True}, True),
        ("ip_counter_notice", {"right": "copyright", "is_court_order": True}, True),
    ],
)
def test_each_right_has_its_own_way_and_a_court_order_none(procedure, right, stopped):
    _, blockers = told("amazon", procedure, "intellectual_property", ip=right)
    assert bool(blockers & {"procedure-stopped", "court-order"}) == stopped


def expected(finding: Finding) -> bool:
    """Blockers that are true of a case that says so little: files named but not sent, a way that is shut for the reason."""
    return finding.code in {"file-not-sent", "procedure-stopped"}


KINDS_OF_LETTERS = {}
for _platform, _name in PROCEDURES:
    KINDS_OF_LETTERS.setdefault(HOUSE.platforms[_platform].procedures[_name].letter, (_platform, _name))


def draft_is_set(platform, name, workshop):
    reason = HOUSE.platforms[platform].procedures[name].reasons[0]
    made = write_letter(case_of(platform, name, reason), NOW, workshop)
    assert made.pdf.startswith(b"%PDF")
    assert made.letter.draft


@pytest.mark.parametrize("kind", KINDS_OF_LETTERS)
def test_a_draft_letter_is_set(workshop, kind):
    draft_is_set(*KINDS_OF_LETTERS[kind], workshop)


@pytest.mark.long
@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES, ids=map("-".join, PROCEDURES))
def test_the_draft_letter_of_every_procedure_is_set(workshop, platform, procedure):
    draft_is_set(platform, procedure, workshop)


def test_every_subject_has_its_field():
    assert {p.subject for x in HOUSE.platforms.values() for p in x.procedures.values()} <= set(SUBJECT_FIELDS)


def test_both_languages_have_every_text():
    english, chinese = HOUSE.catalogs.of("en"), HOUSE.catalogs.of("zh-Hans")
    assert set(english.texts) == set(chinese.texts)
    for key, text in english.texts.items():
        assert placeholders(text) == placeholders(chinese.texts[key]), key
