"""A page of the right kind that says something else than it was taken for: from pictures to coverage, findings and letter."""

import json
import re
from pathlib import Path

import pytest

from casefile.parse import parse_case
from casefile.upload import Upload
from evidence_packer.report.report import report
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.casework import casework
from jobs.case_work.steps.judge import dossier_of, judged
from jobs.case_work.steps.write import write
from jobs.case_work.workshop import Workshop
from letters.render import plain_text
from tests.cases import rows

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def workshop():
    with Workshop.open() as opened:
        yield opened


def request_of(name):
    case = parse_case(json.loads((HERE / name / "case.json").read_text(encoding="utf-8")))
    files = sorted(path for path in (HERE / name).iterdir() if path.name != "case.json")
    uploads = tuple(Upload(name=path.name, data=path.read_bytes()) for path in files)
    return PackRequest(case=case, uploads=uploads, as_of=case.as_of, language="en")


@pytest.mark.parametrize("row", rows(__file__, "meaning"))
def test_a_page_proves_what_it_says(workshop, row):
    work = casework(request_of(row["why"]), workshop)
    written = write(work, workshop)
    dossier = dossier_of(work, written)
    judgement = report(dossier, judged(dossier), work.house.catalogs.of("en"), work.captions())
    found = {(f"{one.proposition} {one.of}" if one.of else one.proposition): one for one in judgement.coverage}
    told = {name: one.status for name, one in found.items()}
    assert {name: told.get(name) for name in row.get("coverage", {})} == row.get("coverage", {})
    assert not [name for name, status in row.get("never", {}).items() if told.get(name) == status]
    for name, exhibits in row.get("cites", {}).items():
        assert [cited.number for cited in found[name].exhibits] == exhibits
    assert judgement.verdict == row.get("verdict", judgement.verdict)
    assert judgement.recommendation == row.get("recommends", judgement.recommendation)
    codes = {finding.code for check in judgement.checks for finding in check.findings}
    assert set(row.get("finds", ())) <= codes
    assert not set(row.get("finds_not", ())) & codes
    letter = plain_text(written.letter, None).text
    assert all(re.search(pattern, letter) for pattern in row.get("says", ()))
    assert not any(re.search(pattern, letter) for pattern in row.get("silent", ()))
