"""`make bench-letters`: every situation of `stories.toml`, composed and measured; no OCR, no PDF.

A letter falls short where more than 15 % of its sentences open as another one did, where a ground holds and the letter does not
begin with its answer, or where its last paragraph asks without the sum (or the metric) and the id of the matter.
"""

import sys

from benchmarks.letters.measure import Measured, measured
from benchmarks.letters.situations import situations
from casefile.discovery import load_house

MOST_ALIKE = 0.15


def _line(name: str, one: Measured) -> str:
    marks = "".join(
        sign if holds else "-" for sign, holds in (("A", one.answer_first), ("R", one.request_last), ("N", one.named))
    )
    return f"  {name:58} {one.kind:26} {one.language:8} {one.chars:5} chars  {100 * one.alike:4.0f} % alike  {marks}"


def main() -> int:
    """0 when every letter holds."""
    house = load_house()
    found = [(name, measured(letter, work)) for name, letter, work in situations(house)]
    for name, one in found:
        print(_line(name, one))
    letters = [one for _, one in found]
    alike = [one for one in letters if one.alike > MOST_ALIKE]
    late = [one for one in letters if not (one.answer_first and one.request_last and one.named)]
    mean = sum(one.chars for one in letters) / len(letters)
    print(f"  {len(letters)} letters, {mean:.0f} characters on the mean; answer first, request last and named (A R N)")
    print(f"  {len(alike)} open alike too often, {len(late)} lack answer or request where they belong")
    return 1 if alike or late else 0


if __name__ == "__main__":
    sys.exit(main())
