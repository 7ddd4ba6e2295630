"""Every rule of practice is carried by something that exists and proved by a test that exists: docs/rule-coverage.csv."""

import csv
import re
from pathlib import Path

import pytest

from casefile.discovery import load_house
from casefile.pointer import exists
from evidence_packer.judge.known_checks import checks
from evidence_packer.report.shape import Report
from letters.letter_kinds import shelf

ROOT = Path(__file__).resolve().parent.parent
HOUSE = load_house()
ROWS = list(csv.DictReader((ROOT / "docs" / "rule-coverage.csv").read_text(encoding="utf-8").splitlines()))
GROUPS = {"S000": 70, "S001": 63, "S002": 25, "S003": 67, "S004": 73}
"""How many rules each body of practice holds."""


def _procedure(path):
    platform, _, name = path.partition("/")
    return HOUSE.platforms[platform].procedures[name.split("/")[0]]


def _within(path, attribute):
    """``amazon/withdrawal/a_to_z_ruling``: whether the procedure has a row of that id."""
    procedure, _, wanted = path.rpartition("/")
    return any(row.id == wanted for row in getattr(_procedure(procedure), attribute))


def _evidence(path):
    table, _, proposition = path.partition("/")
    if table in HOUSE.platforms:
        rows = [row for procedure in HOUSE.platforms[table].procedures.values() for row in procedure.evidence]
        return any(row.proposition == proposition for row in rows)
    keys = [f"{table}.{key}" for key in ("practice", "usual", "appeal")]
    return any(
        evidence.proposition == proposition and evidence.source in keys
        for platform in HOUSE.platforms.values()
        for procedure in platform.procedures.values()
        for evidence in procedure.evidence
    )


def _practice(path):
    name, _, part = path.partition("/")
    return getattr(getattr(HOUSE.practice, name), part) is not None


CARRIERS = {
    "check": lambda name: any(name == check.code for check in checks()),
    "platform": lambda path: bool(_procedure(path)),
    "deadline": lambda path: _within(path, "deadlines"),
    "stop": lambda path: _within(path, "stops"),
    "limits": lambda path: bool(_procedure(path).limits),
    "required": lambda path: bool(_procedure(path).required),
    "required_for": lambda path: bool(_procedure(path).required_for),
    "closing": lambda path: bool(_procedure(path).closing),
    "ceiling": lambda path: bool(_procedure(path).ceiling),
    "sites": lambda path: bool(_procedure(path).sites),
    "step": lambda path: any(step.rules for step in _procedure(path).steps),
    "recommend": lambda path: bool(_procedure(path).recommend),
    "filename": lambda path: "{type}" in _procedure(path).file_name,
    "identifier": lambda path: bool(HOUSE.platforms[path.partition("/")[0]].identifier("/" + path.partition("/")[2])),
    "site": lambda _: any(site.buyer_language for p in HOUSE.platforms.values() for site in p.sites.values()),
    "evidence": _evidence,
    "practice": _practice,
    "wording": lambda name: any(entry.id == name for entry in HOUSE.wording["en"].entries),
    "letter": lambda name: name in shelf(HOUSE.templates),
    "field": exists,
    "code": lambda path: (ROOT / path).exists(),
    "guidance": lambda name: name in Report.model_fields,
    "admission": lambda code: f'"{code}"' in (ROOT / "casefile/admission.py").read_text(encoding="utf-8"),
    "checklist": lambda rule: any(item.rule == rule for item in HOUSE.practice.checklist.items),
    "advice": lambda rule: any(rule in item.rules for item in HOUSE.practice.advice.items),
}  # fmt: skip
"""What can carry a rule → whether it exists."""
ENFORCING = set(CARRIERS) - {"checklist", "advice", "code", "guidance"}


def test_the_table_is_complete():
    wanted = [f"{group}-{n:02d}" for group, count in GROUPS.items() for n in range(1, count + 1)]
    assert [row["rule"] for row in ROWS] == wanted
    kinds = [row["enforced"] for row in ROWS]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"automatic": 200, "user_confirm": 25, "advice_only": 73}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_what_carries_a_rule_and_its_test_exist(row):
    assert row["says"]
    carriers = [carrier.partition(":")[::2] for carrier in row["carried_by"].split()]
    assert carriers
    for kind, name in carriers:
        assert CARRIERS[kind](name), f"{kind}:{name}"
    for test in (*row["test"].split(), *([] if row["shown_by"] == "open" else [row["shown_by"]])):
        path, _, name = test.partition("[")[0].partition("::")
        assert re.search(rf"(?m)^def {name}\(", (ROOT / path).read_text(encoding="utf-8")), test


@pytest.mark.parametrize("row", [r for r in ROWS if r["enforced"] == "automatic"], ids=lambda row: row["rule"])
def test_an_automatic_rule_is_enforced(row):
    kinds = {carrier.partition(":")[0] for carrier in row["carried_by"].split()}
    assert kinds & (ENFORCING | {"code"})


def test_what_no_pack_shows_is_advice_of_the_guide():
    """An open rule is told in docs/practice.md alone: it helps a team, not a case."""
    in_the_guide = {rule for item in HOUSE.practice.advice.items if item.show != "report" for rule in item.rules}
    assert {row["rule"] for row in ROWS if row["shown_by"] == "open"} <= in_the_guide


def test_every_question_is_in_the_checklist():
    asked = {row["rule"] for row in ROWS if row["enforced"] == "user_confirm"}
    assert asked == {item.rule for item in HOUSE.practice.checklist.items}


def test_every_advice_rule_has_its_text():
    told = {row["rule"] for row in ROWS if row["enforced"] == "advice_only"}
    assert told == {rule for item in HOUSE.practice.advice.items for rule in item.rules}


def test_findings_name_rules_of_the_table():
    known = {row["rule"] for row in ROWS}
    named = set()
    for folder in ("evidence_packer/judge/checks", "platforms", "practice", "locales"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".toml"}:
                named |= set(re.findall(r'"(S00\d-\d\d)"', path.read_text(encoding="utf-8")))
    assert named <= known
