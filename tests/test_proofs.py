"""docs/proofs.md names tests that exist, and says `long` of those that are."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROOFS = (ROOT / "docs" / "proofs.md").read_text(encoding="utf-8")


def test_every_proof_is_a_test():
    named = re.findall(r"(\*long\* )?`(tests/[\w/]+\.py)::(\w+)`", PROOFS)
    assert len(named) > 30
    for long, path, name in named:
        source = (ROOT / path).read_text(encoding="utf-8")
        found = re.search(rf"((?:^@[^\n]*\n(?:[^\n@d][^\n]*\n)*)*)^def {name}\(", source, flags=re.MULTILINE)
        assert found, (path, name)
        assert ("@pytest.mark.long\n" in found[1]) == bool(long), (path, name)
