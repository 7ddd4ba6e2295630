"""The peer: Tesseract, which OCRmyPDF and most document systems read with, on the same pictures and by the same matcher."""

import resource
import subprocess
from pathlib import Path

from benchmarks.reading_set.sample import Sample
from casefile.reading import Line
from evidence_packer.understand.matching import find

_MODELS = {"zh": "chi_sim+eng", "ja": "jpn+eng", "ko": "kor+eng", "th": "tha+eng"}


def available() -> set[str]:
    try:
        told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return set()
    return set(told.split()[1:])


def read(sample: Sample, folder: Path, models: set[str]) -> tuple[tuple[Line, ...], float]:
    """(lines, CPU seconds) of one picture."""
    wanted = "+".join(part for part in _MODELS.get(sample.language, "eng").split("+") if part in models) or "eng"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = subprocess.run(
        ["tesseract", folder / sample.name, "-", "-l", wanted, "--psm", "3"],
        capture_output=True,
        text=True,
        check=False,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
    ).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = [row for row in text.splitlines() if row.strip()]
    lines = tuple(
        Line(text=row, box=(0.1, i / max(1, len(rows)), 0.9, (i + 0.8) / max(1, len(rows))), score=1.0)
        for i, row in enumerate(rows)
    )
    return lines, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def found(lines: tuple[Line, ...], number: str) -> bool:
    return bool(find(lines, number))
