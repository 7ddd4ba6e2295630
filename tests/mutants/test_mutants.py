"""The decisions are watched: enough of what may go wrong in them is noticed by a test."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.mutants.mutations import mutants

ROOT = Path(__file__).resolve().parents[2]
GROUPS = tomllib.loads(Path(__file__).with_name("decisions.toml").read_text(encoding="utf-8"))

SOURCE = """
LIMIT = 8
def f(a, b):
    if a < LIMIT and not b:
        return a + 1
    return any(x for x in a if x == 2.0)
class C:
    field: int = 3
    @property
    def p(self): return self.q is None
"""


def test_each_place_is_changed_in_its_own_way():
    made = {(mutant.name, mutant.what) for mutant in mutants("m.py", SOURCE)}
    assert made >= {
        ("LIMIT", "8 → 9"), ("LIMIT", "8 → 7"), ("f", "a < LIMIT → a <= LIMIT"), ("f", "not b → b"), ("f", "a + 1 → a - 1"),
        ("f", "a < LIMIT and (not b) → a < LIMIT"), ("f", "a < LIMIT and (not b) → not b"), ("f", "x == 2.0 → x != 2.0"),
        ("p", "self.q is None → self.q is not None"), ("p", "return self.q is None → return None"),
    }  # fmt: skip
    assert not any("3" in what for _, what in made)  # fields of classes stay


def test_a_change_is_in_one_place_and_is_code():
    whole = ast.unparse(ast.parse(SOURCE)).splitlines()
    for mutant in mutants("m.py", SOURCE):
        changed = ast.unparse(mutant.tree(SOURCE)).splitlines()
        assert sum(old != new for old, new in zip(whole, changed, strict=True)) == 1, mutant.what


@pytest.mark.parametrize("name", [name for name, group in GROUPS.items() if isinstance(group, dict)])
def test_what_is_watched_is_there(name):
    if name == "equivalent":
        known = {
            name_
            for group in GROUPS.values()
            if isinstance(group, dict) and "modules" in group
            for module in group["modules"]
            for mutant in mutants(module, (ROOT / module).read_text(encoding="utf-8"))
            for name_ in (mutant.id, mutant.function)
        }
        assert set(GROUPS[name]) <= known
        assert all(GROUPS[name].values())
        return
    for path in (*GROUPS[name]["modules"], *GROUPS[name]["tests"]):
        assert (ROOT / path).exists(), path


@pytest.mark.long
def test_enough_changes_are_noticed():
    asked = [sys.executable, "-m", "tests.mutants", "--sample", "400"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
