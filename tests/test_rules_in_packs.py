"""A rule of practice counts as carried where a pack shows it: each row of docs/rule-coverage.csv says which, or is open."""

import csv
from pathlib import Path

import pytest

from casefile.earlier import buyer_mark
from casefile.errors import RequestFault
from evidence_packer.bind.naming import file_stem
from tests.made_packs import case_of, made_pack
from tests.rules_in_packs import PACKS, before

ROOT = Path(__file__).resolve().parent.parent
ROWS = list(csv.DictReader((ROOT / "docs" / "rule-coverage.csv").read_text(encoding="utf-8").splitlines()))


def _remembered(one, case):
    return before(subject="x", buyer=buyer_mark(case)) if one == "buyer" else one


def _made(given):
    case = case_of(given["case"], given["pages"])
    return made_pack(given["case"], given["pages"], earlier=tuple(_remembered(one, case) for one in given["earlier"]))


def _texts(made):
    return " | ".join(f"{one.title} {one.detail} {one.hint}" for one in made.report.findings)


def _in_order(made, rule, said):
    places = [next((n for n, title in enumerate(made.titles) if word in title), None) for word in said.split(" > ")]
    return None not in places and places == sorted(places)


def _stem(made, rule, said):
    work = made.work
    return file_stem(work.case, work.procedure, work.site, work.as_of, "Evidence", 1).startswith(said)


LOOKS = {
    "finding": lambda made, rule, code: any(one.code == code for one in made.report.findings),
    "ruled": lambda made, rule, code: any(one.code == code and rule in one.rules for one in made.report.findings),
    "deadline": lambda made, rule, name: any(name in one.name and one.at for one in made.report.deadlines),
    "coverage": lambda made, rule, said: (
        said.split(" ") in [[one.proposition, one.status] for one in made.report.coverage]
    ),
    "asks": lambda made, rule, at: any(
        one.code == "case-incomplete" and one.pointer == at for one in made.report.findings
    ),
    "step": lambda made, rule, words: any(words in step for step in made.report.steps),
    "detail": lambda made, rule, words: words in _texts(made),
    "timeline": lambda made, rule, what: any(what in one.what for one in made.report.timeline),
    "letter": lambda made, rule, words: words in made.letter,
    "lacks": lambda made, rule, words: words not in made.letter,
    "says": lambda made, rule, name: name in made.classes,
    "heads": _in_order,
    "advises": lambda made, rule, what: made.report.recommendation == what,
    "because": lambda made, rule, words: any(words in one for one in made.report.because),
    "language": lambda made, rule, tag: made.work.matter.letter_language == tag,
    "stem": _stem,
    "advice": lambda made, rule, _: any(rule in one.rules for one in made.report.advice),
    "tick": lambda made, rule, _: any(rule == one.code for one in made.report.checklist),
}
"""Where a rule is looked for in a pack."""


def shown(name):
    """The rules of this pack that it does not show; all of them where it should have been refused and was not."""
    given = PACKS[name]
    refusals = {
        rule: look.removeprefix("refused ") for rule, look in given["shows"].items() if look.startswith("refused ")
    }
    if refusals:
        with pytest.raises(RequestFault) as fault:
            _made(given)
        return {rule for rule, code in refusals.items() if fault.value.code != code}
    made = _made(given)
    looks = [
        (rule, *look.partition(" ")[::2]) for rule, all_of in given["shows"].items() for look in all_of.split(" & ")
    ]
    return {f"{rule}: {look} {words}" for rule, look, words in looks if not LOOKS[look](made, rule, words)}


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_shows_its_rules(name):
    assert shown(name) == set()


def test_a_pack_without_fault_shows_none_of_the_faults():
    """The small case with its delivery shown: what is found elsewhere is not found here."""
    codes = {
        one.code
        for one in made_pack({}, {"tracking.png": {"kind": "tracking", "lines": ["UPS", "Delivered"]}}).report.findings
    }
    looked_for = {
        look.partition(" ")[2] for one in PACKS.values() for look in one["shows"].values() if look.startswith("ruled")
    }
    assert codes & looked_for <= {"evidence-missing", "timestamp-missing", "conclusion-empty"}


def test_every_row_names_its_pack_or_is_open():
    """A row names a pack of this file, or another test that looks into whole packs."""
    here = "tests/test_rules_in_packs.py::test_a_pack_shows_its_rules["
    named = {
        row["rule"]: row["shown_by"].removeprefix(here).removesuffix("]")
        for row in ROWS
        if row["shown_by"].startswith(here)
    }
    assert set(named) == {rule for one in PACKS.values() for rule in one["shows"]}
    assert [rule for rule, name in named.items() if rule not in PACKS[name]["shows"]] == []
