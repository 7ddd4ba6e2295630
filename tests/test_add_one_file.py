"""Adding one is adding one file: to a copy of the product, with nothing else changed there, and its contract tests find it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COPIED = (
    "api", "casefile", "evidence_packer", "jobs", "letters", "press", "reading", "tests", "examples",
    "carriers", "locales", "networks", "platforms", "practice", "sheets", "templates",
)  # fmt: skip
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

CARRIER = """
id = "quick_post"
name = { en = "Quick Post", zh-Hans = "快邮" }
country = "US"
hosts = ["quickpost.example"]
words = ["Quick Post"]

[sources.made]
title = "A carrier of this test"
confidence = "K"
checked_on = 2026-11-22

[[numbers]]
name = "parcel"
pattern = 'QP\\d{9}'
source = "made"
valid = ["QP123456789"]
invalid = ["QP12345678"]
"""
BLOCK = '''
"""One thing more that a letter can say."""

from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph


@block
def thanks(scene: LetterContext) -> Paragraphs:
    """A word of thanks."""
    return paragraph(scene.plain("letter.thanks", "argument"))
'''
LETTER = 'id = "thank_you"\n\n[[sections]]\nid = "message"\ntitled = false\nblocks = ["thanks"]\n'
CHECK = '''
"""One thing more that may be wrong with a case."""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier

UNTHANKED = FindingKind(code="unthanked", severity="advice")


def check_thanks_said(dossier: Dossier) -> Iterator[Finding]:
    """Did anybody write to anybody?

    One finding where the case holds no message.
    """
    if not dossier.case.contacts:
        yield UNTHANKED.found()


CHECKS = (CheckOf(code="thanks-said", judges="case", findings=(UNTHANKED,), run=check_thanks_said),)
'''


def _po(texts):
    return HEAD + "".join(f'msgid "{key}"\nmsgstr "{text}"\n\n' for key, text in texts.items())


def _another_platform(root):
    text = (root / "platforms" / "wish.toml").read_text(encoding="utf-8")
    return text.replace('id = "wish"', 'id = "test_mart"', 1).replace(
        '{ en = "Wish", zh-Hans = "Wish" }', '{ en = "Test Mart" }'
    )


def _added(root):
    """Every file that is added, by its path."""
    finding = {f"finding.unthanked.{part}": "Say thanks." for part in ("title", "detail", "hint")}
    english = {"letter.title.thank_you": "Thanks", "letter.thanks": "Thank you.", **finding}
    files = {
        "platforms/test_mart.toml": _another_platform(root),
        "carriers/quick_post.toml": CARRIER,
        "evidence_packer/judge/checks/thanks.py": CHECK.lstrip(),
        "letters/sentences/thanks.py": BLOCK.lstrip(),
        "templates/letters/thank_you.toml": LETTER,
        "locales/en/thanks.po": _po(english),
        "locales/zh-Hans/thanks.po": _po(dict.fromkeys(english, "谢谢")),
    }
    for name in ("speech.po", "buyer.po"):
        files[f"locales/da/{name}"] = (root / "locales" / "en" / name).read_text(encoding="utf-8")
    return files


FOUND = (
    "casefile/test_carriers.py::test_numbers_look_as_the_examples_say[quick_post-parcel]",
    "casefile/test_platforms.py::test_ids_look_as_the_examples_say[test_mart]",
    "casefile/test_platforms.py::test_pointers_exist[test_mart-dispute]",
    "casefile/test_platforms.py::test_what_a_procedure_names_exists[test_mart-dispute]",
    "evidence_packer/test_known_checks.py::test_contract[thanks-said]",
    "evidence_packer/test_known_checks.py::test_every_finding_has_its_texts_in_both_languages[unthanked]",
    "test_plug_ins.py::test_a_block_is_used_by_a_letter[thanks]",
    "letters/test_letter_languages.py::test_a_catalog_has_every_key_and_placeholder_of_its_letters[da]",
    "letters/test_letter_kinds.py::test_a_letter_is_whole[buyer_message-da]",
)
"""The tests that find what was added; a test of that name that is not there fails the run."""


def run(root, *arguments):
    """Python in the copy: exit code and what was printed."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name)
    (root / "fonts").symlink_to(ROOT / "fonts")
    shutil.copy2(ROOT / "pyproject.toml", root)
    for name, text in _added(root).items():
        assert not (root / name).exists()
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_what_is_added_is_found_and_held_to_its_contract(copy):
    code, said = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/{name}" for name in FOUND))
    assert code == 0, said
    assert said.lstrip().startswith("." * len(FOUND)), said


def test_what_is_added_wrongly_is_named(copy):
    wrong = copy / "letters" / "sentences" / "thanks_again.py"
    wrong.write_text(BLOCK.lstrip(), encoding="utf-8")
    try:
        code, said = run(copy, "-c", "from letters.blocks import blocks; blocks()")
    finally:
        wrong.unlink()
    assert code != 0
    assert "thanks_again.py: thanks is taken" in said
