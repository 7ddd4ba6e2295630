"""Neighbours of what once went wrong: pages in other languages, layouts and carriers, and what they prove of the case."""

import pytest

from casefile.reading import Reading, ReadPage
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.judging import all_findings, judge
from evidence_packer.report.advice import recommendation
from evidence_packer.understand.interpret import interpret
from tests.cases import rows
from tests.casework_parts import matter_of
from tests.evidence_packer.conftest import SHARP, evidence_of, laid_out, make_case

SECOND = {"carrier": "ups", "tracking_number": "1Z88X1Y00312345677", "dispatched_at": "2026-10-30T19:15:00-07:00"}
HOME = {"lines": ["418 Elm Ridge Ave"], "city": "Columbus", "region": "OH", "postal_code": "43215", "country": "US"}


def case_of(row):
    first = make_case().parcels[0].model_dump(mode="json")
    files = [{"name": f"{n}.png", "kind": page["kind"]} for n, page in enumerate(row["pages"])]
    known = {
        "buyer": {"name": "J. Whitfield", "ship_to": HOME}, "seller": {"store": "Northlake Home"}, "files": files,
        "parcels": [first, *([SECOND] if row.get("parcels") else [])],
    }  # fmt: skip
    return make_case(**known | row.get("case", {}))


def facts_of(case, page, name, house):
    read = ReadPage(
        number=1, width=1200, height=1000, lines=laid_out(page["text"]), sharpness=SHARP, text_source="ocr"
    )  # fmt: skip
    reading = Reading(sha256=name.ljust(64, "0"), media_type="image/png", pages=(read,))
    return interpret(name, reading, 1000, case, house)


@pytest.mark.parametrize("row", rows(__file__, "neighbours"))
def test_neighbours(house, row):
    case = case_of(row)
    files = tuple(facts_of(case, page, f"{n}.png", house) for n, page in enumerate(row["pages"]))
    matter = matter_of(case, house)
    evidence = evidence_of(matter, files)
    found = {(f"{one.proposition} {one.of}" if one.of else one.proposition): one for one in evidence.coverage}
    told = {name: one.status for name, one in found.items()}
    assert {name: told.get(name) for name in row.get("coverage", {})} == row.get("coverage", {})
    assert not {name for name, status in row.get("coverage_not", {}).items() if told.get(name) == status}
    for name, exhibits in row.get("cites", {}).items():
        assert [cited.number for cited in found[name].exhibits] == exhibits
    codes = {one.code for one in all_findings(judge(Dossier(matter=matter, evidence=evidence)))}
    assert set(row.get("finds", ())) <= codes
    assert not set(row.get("not", ())) & codes
    advised = recommendation(matter, evidence, house.catalogs.of("en"))[0]
    assert advised == row.get("recommends", advised)
    assert advised != row.get("not_recommends")
