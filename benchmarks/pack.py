"""The example claim of six files through the command line: wall and CPU seconds from a cold start, and the same bytes twice."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "examples" / "item-not-received"
PROGRAM = ROOT / ".venv" / "bin" / "evidence-packer"
ROUNDS = 3


def build(out: Path) -> tuple[float, float]:
    files = sorted(path for path in CASE.iterdir() if path.name not in {"case.json", "README.md"})
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([PROGRAM, "pack", CASE / "case.json", *files, "-o", out], check=True, capture_output=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    print(f"{'run':5} {'wall s':>8} {'CPU s':>8}   6 files, cold, {os.cpu_count()} cores")
    archives = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, ROUNDS + 1):
            out = Path(folder) / str(number)
            wall, cpu = build(out)
            archives.append(next(out.glob("*.zip")).read_bytes())
            print(f"{number:<5} {wall:8.2f} {cpu:8.2f}")
    same = len(set(archives)) == 1
    print("same bytes every time" if same else "THE BYTES DIFFER")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
