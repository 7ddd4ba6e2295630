"""`make demo`: every example case through the command line; prints each verdict and where to look."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "demo"
PROGRAM = ROOT / ".venv" / "bin" / "evidence-packer"
DONE, BLOCKED = 0, 3
NOT_EVIDENCE = {"case.json", "README.md", "expected.json"}


def first_things_first(folder: Path) -> tuple[bool, str]:
    """The clean claim before its faulty twin, so that the twin is the one called ``_v2``."""
    return folder.name != "item-not-received", folder.name


def pack(folder: Path) -> tuple[int, float]:
    """Exit code and seconds of one `evidence-packer pack`."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name not in NOT_EVIDENCE)
    command = [PROGRAM, "pack", folder / "case.json", *files, "-o", OUT, "--json"]
    start = time.perf_counter()
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=ROOT)
    seconds = time.perf_counter() - start
    if run.returncode not in {DONE, BLOCKED}:
        print(run.stdout, run.stderr, sep="\n", file=sys.stderr)
    return run.returncode, seconds


def main() -> int:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    failed = False
    for folder in sorted((path.parent for path in (ROOT / "examples").glob("*/case.json")), key=first_things_first):
        before = set(OUT.iterdir())
        code, seconds = pack(folder)
        if code not in {DONE, BLOCKED}:
            failed = True
            continue
        made = next(path for path in set(OUT.iterdir()) - before if path.is_dir())
        report = json.loads((made / "report.json").read_text(encoding="utf-8"))
        found = [
            finding["title"]
            for check in report["checks"]
            for finding in check["findings"]
            if finding["severity"] != "advice"
        ]
        print(f"{folder.name:22} {report['verdict']:8} {seconds:5.1f} s  {made.relative_to(ROOT)}/")
        for title in found:
            print(f"{'':22} - {title}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
