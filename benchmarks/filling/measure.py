"""A case as written against the same case with nothing but platform, procedure, reason and id: what stays, differs, is hollow."""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from casefile import text_folding
from casefile.as_printed import is_day_alone
from casefile.case import Case
from casefile.casework import Evidence, Matter
from casefile.coverage import PropositionCoverage
from casefile.fields.base import Money
from casefile.fields.people import Address
from casefile.finding import Finding, Verdict
from casefile.house import House
from casefile.parse import parse_case
from casefile.pointer import put, resolve
from casefile.reading import Reading
from casefile.subject import SUBJECT_FIELDS
from evidence_packer.assemble import ReadUpload, completed
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.judging import all_findings, judge, verdict
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed

_SHOWN = frozenset({"shown", "described"})
_LONG = 10
_NUMBERS = ("/id", "_id", "number")
"""Fields that a longer or shorter text does not say as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A case with its evidence, judged with its letter."""

    matter: Matter
    evidence: Evidence
    verdict: Verdict
    findings: tuple[Finding, ...]
    cpu: float

    @property
    def shown(self) -> frozenset[str]:
        """What is shown or described, a parcel or refund of several each by itself."""
        rows = (row for row in self.evidence.coverage if row.status in _SHOWN)
        return frozenset(f"{row.proposition} {row.of or ''}".strip() for row in rows)


@dataclass(slots=True)
class Tally:
    """The counts of a run."""

    cases: int = 0
    shown: int = 0
    kept: int = 0
    lost: list[str] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)
    hollow: list[str] = field(default_factory=list)

    def count(self, name: str, full: Made, bare: Made) -> None:
        """Count one case."""
        self.cases += 1
        self.shown += len(full.shown)
        self.kept += len(full.shown & bare.shown)
        self.lost += [f"{name}: {one}" for one in sorted(full.shown - bare.shown)]
        self.differ += [f"{name}: {one}" for one in differences(full.matter.case, bare)]
        if bare.verdict == "ready" and (lacks := _lacks(bare.evidence.coverage)):
            self.hollow.append(f"{name}: ready without {', '.join(lacks)}")


def _lacks(coverage: tuple[PropositionCoverage, ...]) -> list[str]:
    """Required propositions that are not shown; everything where nothing at all is."""
    required = [row.proposition for row in coverage if row.required and row.claimed and row.status not in _SHOWN]
    return required or ([] if any(row.status in _SHOWN for row in coverage) else ["anything"])


def stripped(case: Case, house: House) -> Case:
    """The case with nothing but platform, procedure, reason and subject id; the clock stays."""
    at = case.as_of.isoformat() if case.as_of else None
    plain = {"platform": case.platform, "procedure": case.procedure, "reason": case.reason, "as_of": at}
    subject = house.platforms[case.platform].procedures[case.procedure].subject
    pointer = next(pointer for pointer in SUBJECT_FIELDS[subject] if resolve(case, pointer))
    put(plain, pointer, str(resolve(case, pointer)))
    return parse_case(plain)


def made(case: Case, files: Mapping[str, tuple[Reading, int]], house: House) -> Made:
    """The case completed, covered, written and judged."""
    as_of = case.as_of or dt.datetime.now(dt.UTC)
    matter = Matter.of(case, house, as_of, {name: reading for name, (reading, _) in files.items()})
    before = time.process_time()
    matter, evidence = completed(matter, [ReadUpload(name, reading, size) for name, (reading, size) in files.items()])
    cpu = time.process_time() - before
    letter = composed(Casework(matter=matter, evidence=evidence, language="en", read={}), matter.letter_language)
    results = judge(Dossier(matter=matter, evidence=evidence, letter=letter, uploaded=tuple(files)))
    return Made(matter=matter, evidence=evidence, verdict=verdict(results), findings=all_findings(results), cpu=cpu)


def differences(typed: Case, bare: Made) -> list[str]:
    """Values that were filled in and are not those that a person typed."""
    found = []
    for one in bare.evidence.filled:
        if one.state != "adopted" or one.pointer.startswith(("/contacts", "/claim/points")):
            continue
        right, got = resolve(typed, one.pointer), resolve(bare.matter.case, one.pointer)
        number = one.pointer.endswith(_NUMBERS)
        if right is not None and not (_number(right) == _number(got) if number else _same(right, got)):
            found.append(f"{one.pointer} {got!r} is not {right!r}")
    return found


def _same(right: object, got: object) -> bool:
    if isinstance(right, dt.datetime) and isinstance(got, dt.datetime):
        naive = [one.replace(tzinfo=None, second=0, microsecond=0) for one in (right, got)]
        return naive[0] == naive[1] or (is_day_alone(got) and right.date() == got.date())
    if isinstance(right, Money) and isinstance(got, Money):
        return (right.amount, right.currency) == (got.amount, got.currency)
    if isinstance(right, Address) and isinstance(got, Address):
        place = _word(right.city) in {_word(got.city), ""} or (right.country or "-") == got.country
        return _word(right.postal_code) == _word(got.postal_code) and place
    rights = right.values() if isinstance(right, dict) else [right]
    return any(_word(one) == _word(got) or _held(_word(one), _word(got)) for one in rights)


def _number(value: object) -> str:
    """A number as it is compared: whole, or it is another."""
    return text_folding.number(str(value))


def _held(one: str, other: str) -> bool:
    """Whether a long text holds the other: a name of goods with or without its colour."""
    short, long = sorted((one, other), key=len)
    return len(short) > _LONG and short in long


def _word(value: object) -> str:
    return text_folding.squeezed(str(value)) if value else ""
