"""One contract over every check that is found, and files that discovery refuses."""

import ast
import importlib
import itertools
import sys
from typing import get_args

import pytest

from casefile.errors import DataFault
from casefile.finding_kind import FindingKind, Role
from casefile.wording import Catalog, placeholders
from evidence_packer.judge.check import CheckOf, Judges
from evidence_packer.judge.known_checks import checks, checks_in, finding_kinds, kind_of, refuse_untold
from tests.test_house import FILES, name_of, tree

KINDS = finding_kinds().values()


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.code)
def test_contract(check):
    assert check.judges in get_args(Judges)
    assert check.findings
    assert check.code == check.code.lower().replace("_", "-")
    assert check.run.__name__ == f"check_{check.code.replace('-', '_')}"
    assert "\n\n" in check.run.__doc__, "a question, then what is promised"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_finding_has_its_texts_in_both_languages(house, kind):
    english, chinese = house.catalogs.of("en"), house.catalogs.of("zh-Hans")
    for key in kind.texts():
        assert english.own(key), key
        assert chinese.own(key), key
        assert placeholders(english.texts[key]) >= placeholders(chinese.texts[key]), key


def test_no_text_tells_a_finding_that_nobody_makes(house):
    told = {key.split(".")[1] for key in house.catalogs.of("en").texts if key.startswith("finding.")}
    assert told == set(finding_kinds())


def test_a_finding_is_made_by_its_kind_alone():
    makers = {
        name_of(path)
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding"
    }
    assert makers == {"casefile/finding_kind.py"}


def test_no_other_module_names_a_finding_or_a_check():
    """What a finding means is asked of its kind; a door that names a code holds a table of its own."""
    makes = ("evidence_packer/judge/checks/", "letters/")  # a letter's reasons for leaving a statement out look alike
    codes = {*finding_kinds(), *(check.code for check in checks())} - set(get_args(Role))
    named = [
        f"{name_of(path)}:{node.lineno} {node.value}"
        for path in FILES
        if not name_of(path).startswith(makes)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in codes
    ]
    assert not named


def test_a_finding_has_the_severity_of_its_kind_unless_told_another():
    kind = FindingKind(code="a-b", severity="warning")
    assert (kind.found().severity, kind.found(severity="blocker").severity) == ("warning", "blocker")


def test_a_finding_of_long_ago_is_a_plain_one():
    assert kind_of("made-by-no-check") == FindingKind(code="made-by-no-check", severity="advice")


HEAD = """
from casefile.finding_kind import FindingKind, Role
from evidence_packer.judge.check import CheckOf
def run(dossier): return iter(())
A, B = FindingKind(code="a", severity="warning"), FindingKind(code="b", severity="advice")
def of(code, kind, judges="case", **more): return CheckOf(code=code, judges=judges, findings=(kind,), run=run, **more)
"""
_NUMBERS = itertools.count()


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of checks with these files: name → what follows after the usual imports."""

    def make(**files):
        name = f"checks_made_{next(_NUMBERS)}"
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
        for file, text in files.items():
            (tmp_path / name / f"{file}.py").write_text(HEAD + text)
        monkeypatch.syspath_prepend(tmp_path)
        importlib.invalidate_caches()
        return importlib.import_module(name)

    yield make
    for name in [name for name in sys.modules if name.startswith("checks_made_")]:
        del sys.modules[name]


def test_checks_come_in_the_order_of_what_they_need(package):
    made = package(one='CHECKS = (of("x", A, needs=("z",)), of("y", B))', two='CHECKS = (of("z", KINDS),)'.replace(
        "KINDS", 'FindingKind(code="c", severity="advice")'))  # fmt: skip
    codes = [check.code for check in checks_in(made)]
    assert sorted(codes) == ["x", "y", "z"]
    assert codes.index("z") < codes.index("x")


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("CHECKS = ()", None, "holds no CheckOf"),
        ("", 'CHECKS = (of("y", B),)', "holds no CheckOf"),
        ("no_such_name", None, "NameError"),
        ('CHECKS = (of("Not A Code", A),)', None, "is no name"),
        ('CHECKS = (CheckOf(code="x", judges="case", findings=(A,), run=lambda: ()),)', None, "with 1 arguments"),
        ('CHECKS = (of("x", A, judges="weather"),)', None, "'weather'"),
        ('CHECKS = (of("x", A, needs=("nowhere",)),)', None, "needs nowhere"),
        ('CHECKS = (of("x", A, needs=("y",)), of("y", B, needs=("x",)))', None, "need each other"),
        ('CHECKS = (of("x", A), of("x", B))', None, "x is taken"),
        ('CHECKS = (of("x", A),)', 'CHECKS = (of("x", B),)', "x is taken"),
        ('CHECKS = (of("x", A),)', 'CHECKS = (of("y", A),)', "the finding a is declared twice"),
        ('CHECKS = (CheckOf(code="x", judges="case", findings=(), run=run),)', None, "no findings"),
        ('CHECKS = (of("x", FindingKind(code="a", severity="fatal")),)', None, "unknown severity 'fatal'"),
        ('CHECKS = (of("x", FindingKind(code="a", severity="advice", about="moon")),)', None, "unknown about 'moon'"),
        ('CHECKS = (of("x", FindingKind(code="a", severity="advice", sign="smell")),)', None, "unknown sign 'smell'"),
        ('CHECKS = (of("x", FindingKind(code="a", severity="advice", role="king")),)', None, "unknown role 'king'"),
    ],
)
def test_what_is_refused_at_start(package, first, second, why):
    made = package(one=first, **({"two": second} if second is not None else {}))
    with pytest.raises(DataFault) as refused:
        checks_in(made)
    assert why in refused.value.params["why"]
    assert refused.value.params["file"].endswith(("one.py", "two.py"))


def test_one_kind_may_be_found_by_two_checks_of_a_family(package):
    assert len(checks_in(package(one='CHECKS = (of("x", A), of("y", A))'))) == 2


def test_a_finding_without_texts_is_refused(house):
    english = house.catalogs.of("en")
    refuse_untold(checks(), english)
    for key in ("finding.page-illegible.hint", "retake.page-illegible"):
        less = Catalog(language="en", texts={k: text for k, text in english.texts.items() if k != key})
        with pytest.raises(DataFault, match=key):
            refuse_untold(checks(), less)


def test_a_check_of_one_function_asks_it():
    kind = FindingKind(code="a", severity="advice")
    check = CheckOf(code="x", judges="case", findings=(kind,), run=lambda dossier: iter((kind.found(file=dossier),)))
    assert [finding.file for finding in check.check("a.png")] == ["a.png"]
