"""The OCR engine that reads first is the operator's choice; one that is not there is told before anything is read."""

import dataclasses

import pytest

from api.ocr_choice import chosen_ocr
from api.service import Service
from api.settings import Settings, SettingsFault
from jobs.engine.job_functions import JobFunctions
from reading.ocr import contract


def settings_of(tmp_path, **changes):
    return Settings(data=tmp_path, **changes)


def test_without_a_word_the_usual_engine_reads(tmp_path):
    assert chosen_ocr(settings_of(tmp_path)) == "faster_paddle"


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [("rapidocr", "ocr-not-installed", "rapidocr"), ("tesseract_thai", "ocr-unknown", "faster_paddle, rapidocr"),
     ("", "ocr-unknown", "faster_paddle, rapidocr")],
)  # fmt: skip
def test_an_engine_that_is_not_there_is_refused_by_name(monkeypatch, tmp_path, house, name, code, told):
    known = dict(contract.engines())
    known["rapidocr"] = dataclasses.replace(known["rapidocr"], library="no_such_library")
    monkeypatch.setattr(contract, "engines", lambda: known)
    with pytest.raises(SettingsFault, match=code) as refused:
        Service(settings_of(tmp_path, ocr=name), JobFunctions())
    for language in ("en", "zh-Hans"):
        catalog = house.catalogs.of(language)
        assert told in catalog.text(f"error.{code}.detail", refused.value.params)
        assert catalog.own(f"error.{code}.hint")


def test_an_engine_that_is_there_is_handed_to_every_worker(monkeypatch, tmp_path):
    known = dict(contract.engines())
    known["rapidocr"] = dataclasses.replace(known["rapidocr"], library="json")
    monkeypatch.setattr(contract, "engines", lambda: known)
    assert chosen_ocr(settings_of(tmp_path, ocr="rapidocr")) == "rapidocr"
    monkeypatch.setenv("EVIDENCE_PACKER_OCR", "rapidocr")
    assert Settings().ocr == "rapidocr"
