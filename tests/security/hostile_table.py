"""Writes the table of hostile files into docs/proofs.md from a run over all of them: ``python -m tests.security.hostile_table``."""

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.security.hostile import PAGE
from tests.security.hostile_files import FILES

PROOFS = Path(__file__).resolve().parents[2] / "docs" / "proofs.md"
HEAD = "| hostile files | tried | shown | named: refused or opened up | lost |\n|---|---|---|---|---|\n"
TABLE = re.compile(re.escape(HEAD) + r"(?:\|[^\n]*\n)+")


def table(fates):
    """The table; ``fates`` are what became of each file, by name."""
    groups = Counter(file.group for file in FILES)
    rows, sums = [], Counter()
    for group, tried in groups.items():
        found = Counter(_column(fates.get(file.name, [])) for file in FILES if file.group == group)
        rows.append((group, tried, found["shown"], found["refused"], found["lost"]))
        sums.update(tried=tried, **found)
    rows.append(("**together**", sums["tried"], sums["shown"], sums["refused"], sums["lost"]))
    return HEAD + "".join("| " + " | ".join(map(str, row)) + " |\n" for row in rows)


def _column(found):
    return "lost" if not found else "shown" if found == [PAGE] else "refused"


def main():
    from api.settings import prepare_fonts
    from casefile.care import STRICT
    from jobs.case_work.workshop import Workshop
    from tests.security.test_hostile_files import HEAVY, LIGHT, LONGEST_CPU, fate, proved

    STRICT.raising = True
    fates = {}
    with tempfile.TemporaryDirectory() as fonts:
        prepare_fonts(Path(fonts))
        with Workshop.open() as workshop:
            for files in (*LIGHT, *HEAVY):
                report = proved(files, workshop, 3 * LONGEST_CPU).report
                fates |= {file.name: fate(report, file.name) for file in files}
                sys.stderr.write(f"{len(fates)} of {len(FILES)}\n")
    PROOFS.write_text(TABLE.sub(lambda _: table(fates), PROOFS.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
