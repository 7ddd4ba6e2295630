"""The documents are true: messages match the catalogs, named commands and files exist."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/operations.md",
    "docs/scaling.md",
    "docs/clients.md",
]


def test_messages_page_matches_the_catalogs():
    written = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
    assert written == runpy.run_path(str(ROOT / "docs" / "make_messages.py"))["page"]()


def test_practice_page_matches_the_rules():
    written = (ROOT / "docs" / "practice.md").read_text(encoding="utf-8")
    assert written == runpy.run_path(str(ROOT / "docs" / "make_practice.py"))["page"]()


def test_sentence_bank_page_matches_the_bank():
    written = (ROOT / "docs" / "sentence-bank.md").read_text(encoding="utf-8")
    assert written == runpy.run_path(str(ROOT / "docs" / "make_bank.py"))["page"]()


def test_fields_page_matches_the_case():
    written = (ROOT / "docs" / "case-fields.md").read_text(encoding="utf-8")
    assert written == runpy.run_path(str(ROOT / "docs" / "make_fields.py"))["page"]()


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_named_in_a_page_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8")))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert all((ROOT / page).parent.joinpath(link).exists() for link in links), links


def test_files_that_the_architecture_names_exist():
    """Above all its answers to "where is it decided?": each is a file or folder of the project."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    answers = text[text.index("## Where is it decided?") : text.index("## Ideas that hold it together")]
    assert answers.count("?") > 20
    named = re.findall(
        r"`((?:api|jobs|letters|evidence_packer|reading|press|casefile|platforms|practice)/[\w/.]+)`", text
    )
    gone = [name for name in dict.fromkeys(named) if not (ROOT / name).exists()]
    assert not gone


def test_lock_files_name_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", text.strip()))
