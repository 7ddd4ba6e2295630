"""The report as a value: frozen, one JSON, and read back as it was kept by this release or an earlier one."""

import json

import pytest
from pydantic import ValidationError

from casefile.json_model import JsonModel
from evidence_packer.report import exhibit_shape, ground_shape, shape
from evidence_packer.report.shape import Report, ReportCheck, ReportFile, ReportFinding, ReportSentence

FINDING = ReportFinding(code="page-illegible", severity="blocker", title="t", detail="d", hint="h", box=(0, 0, 0.5, 1))
WHOLE = Report(
    verdict="blocked",
    checks=(ReportCheck(code="page-legible", status="finding", findings=(FINDING,)),),
    files=(ReportFile(name="a.pdf", role="bundle", bytes=3, sha256="0" * 64, for_="evidence"),),
)


def test_what_is_kept_is_read_back_as_the_same_value():
    assert Report.kept(json.loads(WHOLE.to_json())) == WHOLE
    assert Report.kept(json.loads(WHOLE.to_json(indent=2))) == WHOLE


def test_a_report_of_another_release_is_read_with_what_it_has():
    kept = {"verdict": "ready", "gone": 1, "exhibits": [{"number": 1, "file": "a.png", "kind": "tracking", "gone": 1}]}
    report = Report.kept(kept)
    assert (report.verdict, report.letter, report.checks) == ("ready", None, ())
    assert report.exhibits[0].facts.sharpness.verdict == "no_content"


def test_names_of_the_contract_that_are_words_of_the_language():
    sentence = ReportSentence(n=1, text="It was sent.", sentence_class="fact")
    assert json.loads(sentence.to_json())["class"] == "fact"
    assert WHOLE.plain()["files"][0]["for"] == "evidence"


def test_a_picture_is_told_only_where_there_is_one():
    assert "picture" not in FINDING.plain()
    assert FINDING.model_copy(update={"picture": "data:x"}).plain()["picture"] == "data:x"


def test_nothing_is_changed_or_added_afterwards():
    with pytest.raises(ValidationError):
        WHOLE.verdict = "ready"
    with pytest.raises(ValidationError):
        Report(verdict="ready", verdikt="ready")


@pytest.mark.parametrize(
    "model",
    [
        value
        for module in (shape, exhibit_shape, ground_shape)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, JsonModel)
    ],
)
def test_every_field_says_what_it_means(model):
    schema = model.model_json_schema(mode="serialization")
    assert [name for name, field in schema.get("properties", {}).items() if not field.get("description")] == []
