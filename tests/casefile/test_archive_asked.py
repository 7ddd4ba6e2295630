"""Which archive copy a notice or a refusal asks for."""

import pytest

from casefile.archive_asked import archive_asked
from tests.evidence_packer.conftest import make_case


@pytest.mark.parametrize(
    ("text", "words", "part"),
    [
        ("Attach the report as PDF/A-1a.", "PDF/A-1a", 1),
        ("请上传 PDF/A-1b 格式的文件", "PDF/A-1b", 1),
        ("Only pdf/a-2u files are read", "pdf/a-2u", 2),
        ("PDF/A 3b", "PDF/A 3b", 3),
        ("Dateien im Format PDF / A", "PDF / A", None),
        ("PDF/A, at best PDF/A-1a", "PDF/A-1a", 1),
        ("PDF/A-4", "PDF/A-4", 4),
    ],
)
def test_the_form_is_known_by_its_name(text, words, part):
    asked = archive_asked(make_case(notice={"text": text}))
    assert (asked.words, asked.part, asked.made) == (words, part, part != 4)
    assert archive_asked(make_case(rejections=[{"text": "Unreadable. " + text}])).part == part


@pytest.mark.parametrize("text", ["Send a PDF/JPG", "as PDF/any other", "a PDF, A4 paper", "pdf/application", "PDFA"])
def test_other_words_ask_for_nothing(text):
    assert archive_asked(make_case(notice={"text": text})) is None


def test_a_case_without_a_notice_asks_for_nothing():
    assert archive_asked(make_case()) is None
