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
    "docs/quick-start.md",
]
MADE = {
    "messages.md": "make_messages.py",
    "practice.md": "make_practice.py",
    "sentence-bank.md": "make_bank.py",
    "case-fields.md": "make_fields.py",
    "grounds.md": "make_grounds.py",
    "platforms.md": "make_platforms.py",
    "sheets.md": "make_sheets.py",
}
"""Pages that `make messages` writes, and the script of each."""


@pytest.mark.parametrize("page", MADE)
def test_written_pages_match_what_they_are_written_from(page):
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == runpy.run_path(str(ROOT / "docs" / MADE[page]))["page"]()


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_named_in_a_page_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8")))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert all((ROOT / page).parent.joinpath(link).exists() for link in links), links


def test_make_messages_writes_every_page_that_is_written():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nmessages:")[2].partition("\n\n")[0]
    assert {f"docs/{script}" for script in MADE.values()} == set(re.findall(r"docs/make_\w+\.py", recipe))


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
