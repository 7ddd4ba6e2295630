"""From readings to evidence: interpreted, planned, covered, set in time. Pure.

Pack, check, letter, form and batch all come this way, so none of them can see another case than the others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from casefile.care import about
from casefile.case import Case
from casefile.casework import Evidence, Matter
from casefile.facts import FileFacts
from casefile.filling import Filled
from casefile.house import House
from casefile.reading import Reading
from casefile.upload import NotIncluded
from evidence_packer.bind.front_sheets import front_sheets
from evidence_packer.bind.plan import plan
from evidence_packer.judge.coverage import cover, idle_files
from evidence_packer.judge.grounds import standing_grounds
from evidence_packer.judge.ledger import ledger
from evidence_packer.judge.timeline import build_timeline
from evidence_packer.understand.completion import with_facts
from evidence_packer.understand.interpret import interpret
from evidence_packer.understand.parcel_numbers import with_numbers

Interpret = Callable[[str, Reading, int, Case, House], FileFacts]
"""What a file says about a case: name, reading, size in bytes, case, reference data."""


@dataclass(frozen=True, slots=True)
class ReadUpload:
    """One file that was read: its name, what it says, its size in bytes."""

    name: str
    reading: Reading
    bytes: int


def assemble(
    matter: Matter,
    files: Iterable[ReadUpload],
    not_included: tuple[NotIncluded, ...] = (),
    *,
    interpret: Interpret = interpret,
) -> Evidence:
    """The evidence of a matter.

    Args:
        matter: the case and its rules.
        files: what was read, in exhibit order.
        not_included: what is no exhibit, and why.
        interpret: says what a file shows; a form that asks often may remember answers.

    Raises:
        FileFailed: one file cannot be interpreted; it is named.
    """
    evidence = _judged(matter, tuple(_facts(file, matter, interpret) for file in files), not_included)
    return renumbered(matter, evidence, front_sheets(matter, evidence))


def completed(
    matter: Matter,
    files: Iterable[ReadUpload],
    not_included: tuple[NotIncluded, ...] = (),
    *,
    interpret: Interpret = interpret,
) -> tuple[Matter, Evidence]:
    """The matter as its evidence completes it, with the evidence; a case that says ``complete: off`` stays as it is.

    Numbers first: once the parcels are known, pages are read for them again. Then what the pages of this order state.

    Raises:
        FileFailed: one file cannot be interpreted; it is named.
    """
    files = tuple(files)
    facts = tuple(_facts(file, matter, interpret) for file in files)
    filled: list[Filled] = []
    if matter.case.complete == "auto":
        zone = ZoneInfo(matter.site.zone)
        for step in (with_numbers, lambda case, seen, house: with_facts(case, seen, house, zone)):
            found = step(matter.case, facts, matter.house)
            filled += found.filled
            if found.case != matter.case:
                matter = matter.but(found.case)
                facts = tuple(_facts(file, matter, interpret) for file in files)
    evidence = replace(_judged(matter, facts, not_included), filled=tuple(filled))
    return matter, renumbered(matter, evidence, front_sheets(matter, evidence))


def renumbered(matter: Matter, evidence: Evidence, front: int) -> Evidence:
    """The same evidence, its exhibits after ``front`` sheets: every page that anything names moves along."""
    if front == evidence.plan.front:
        return evidence
    again = _judged(matter, evidence.files, evidence.not_included, front)
    return replace(again, filled=evidence.filled, denied=evidence.denied)


def _judged(
    matter: Matter, facts: tuple[FileFacts, ...], not_included: tuple[NotIncluded, ...], front: int = 0
) -> Evidence:
    planned = plan(matter.case, facts, matter.letter_language, front)
    coverage = cover(matter.case, matter.platform, matter.procedure, facts, planned)
    money = ledger(matter.case, coverage, matter.procedure)
    return Evidence(
        files=facts,
        plan=planned,
        coverage=coverage,
        timeline=build_timeline(matter.case, facts, planned),
        not_included=not_included,
        proves_nothing=idle_files(matter.case, matter.platform, facts, planned, coverage),
        ledger=money,
        grounds=standing_grounds(matter, money, coverage, facts, planned),
    )


def _facts(file: ReadUpload, matter: Matter, interpret: Interpret) -> FileFacts:
    with about(file.name):
        return interpret(file.name, file.reading, file.bytes, matter.case, matter.house)
