"""What has to be taken again: the list that the form sends on and the printed report name the same files."""

import re

import pytest

from api.form.retake import retake_list
from api.form.words import PageWords
from evidence_packer.judge.known_checks import finding_kinds
from evidence_packer.report.exhibit_shape import ReportExhibit
from evidence_packer.report.retakes import files_again
from evidence_packer.report.shape import Report, ReportCheck, ReportFinding, ReportRefusal
from evidence_packer.report.to_do import retakes

AGAIN = sorted(code for code, kind in finding_kinds().items() if kind.retake)
NOT_AGAIN = ("wording", "kind-proposed", "exhibit-near-duplicate", "deadline-near", "rejection-unanswered")


def finding(code, file, page=1, severity="warning"):
    return ReportFinding(
        code=code, severity=severity, file=file, page=page, title=f"{code} in it", detail="Why", hint=f"Cure {code}"
    )


def report_of(*findings, not_included=(), exhibits=("a.png", "b.png", "c.pdf")):
    pages = {"a.png": [1, 1], "b.png": [2, 2], "c.pdf": [3, 5]}
    return Report(
        verdict="review",
        exhibits=tuple(ReportExhibit(number=1, file=file, kind="tracking", pages=pages[file]) for file in exhibits),
        checks=(ReportCheck(code="some-check", status="finding", findings=findings),),
        not_included=tuple(
            ReportRefusal(file=file, code=code, reason=f"{file}: {code}") for file, code in not_included
        ),
    )


@pytest.fixture
def words(house):
    return PageWords(house.catalogs.of("en"), house)


def both(words, report):
    """The files that the form's list names, and those of the printed one."""
    typed = retake_list(words, "112-1", report)
    printed = [again.file for again in retakes(report, words.catalog)]
    return list(dict.fromkeys(re.findall(r"[abcdz]\.(?:png|pdf|zip)", typed))), printed


@pytest.mark.parametrize("code", AGAIN)
def test_both_lists_name_a_file_that_a_new_picture_settles(words, code):
    assert both(words, report_of(finding(code, "b.png"))) == (["b.png"], ["b.png"])


@pytest.mark.parametrize("code", NOT_AGAIN)
def test_neither_list_names_a_file_for_anything_else(words, code):
    assert both(words, report_of(finding(code, "b.png"))) == ([], [])


def test_both_lists_go_by_the_exhibits_then_name_what_could_not_be_used(words):
    told = report_of(
        finding("file-unusable", "d.pdf", None, "advice"), finding("timestamp-missing", "c.pdf"),
        finding("page-illegible", "a.png", severity="blocker"), not_included=[("d.pdf", "file-encrypted")],
    )  # fmt: skip
    assert both(words, told) == (["a.png", "c.pdf", "d.pdf"],) * 2


def test_what_stays_out_by_choice_is_in_neither(words):
    left = [("a.png", "duplicate-of"), ("b.png", "excluded-by-case"), ("z.zip", "archive-unpacked")]
    assert both(words, report_of(finding("wording", None), not_included=left)) == ([], [])


def test_pages_of_a_file_are_told_apart_the_heaviest_first(words):
    told = report_of(
        finding("timestamp-missing", "c.pdf", 1), finding("page-illegible", "c.pdf", 2, "blocker"),
        finding("page-illegible", "c.pdf", 1, "blocker"),
    )  # fmt: skip
    lines = [line for line in retake_list(words, "112-1", told).splitlines() if "c.pdf" in line]
    assert len(lines) == 2
    assert words.catalog.text("retake.timestamp-missing") in lines[1]
    assert words.catalog.text("retake.page-illegible") in lines[1]
    assert [again.file for again in files_again(told)] == ["c.pdf"]
