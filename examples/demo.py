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
HEAP, HEAP_CLOCK = ROOT / "examples" / "heap", "2026-11-19T09:00:00-08:00"
"""Files without a case, and the moment at which they are packed."""
NOT_EVIDENCE = {"case.json", "README.md", "expected.json"}


def first_things_first(folder: Path) -> tuple[bool, str]:
    """The clean claim before its faulty twin, so that the twin is the one called ``_v2``."""
    return folder.name != "item-not-received", folder.name


def pack(folder: Path) -> tuple[int, float]:
    """Exit code and seconds of one `evidence-packer pack`; a folder without a case is proposed one first."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name not in NOT_EVIDENCE)
    case, start = folder / "case.json", time.perf_counter()
    if not case.exists():
        case = OUT / f"{folder.name}.json"
        run([PROGRAM, "propose", *files, "-o", case, "--now", HEAP_CLOCK])
    code = run([PROGRAM, "pack", case, *files, "-o", OUT, "--json", *(["--now", HEAP_CLOCK] if folder == HEAP else [])])
    return code, time.perf_counter() - start


def run(command: list[str | Path]) -> int:
    """The exit code of a command; what it says goes to standard error where it failed."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode not in {DONE, BLOCKED}:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    return done.returncode


def main() -> int:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    failed = False
    cases = sorted((path.parent for path in (ROOT / "examples").glob("*/case.json")), key=first_things_first)
    for folder in (*cases, HEAP):
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
