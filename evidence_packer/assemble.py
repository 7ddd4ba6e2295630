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
from evidence_packer.bind.order import in_bundle_order
from evidence_packer.bind.plan import plan
from evidence_packer.judge.coverage import cover, idle_files
from evidence_packer.judge.grounds import standing_grounds
from evidence_packer.judge.ledger import ledger
from evidence_packer.judge.timeline import build_timeline
from evidence_packer.understand.allowance import Purse
from evidence_packer.understand.claim_pages import with_claims
from evidence_packer.understand.completed import Completed
from evidence_packer.understand.completion import order_ahead, with_facts
from evidence_packer.understand.interpret import Interpretation, interpret
from evidence_packer.understand.order_numbers import with_order
from evidence_packer.understand.parcel_numbers import with_numbers
from evidence_packer.understand.site_seen import with_site
from evidence_packer.understand.subject_numbers import with_subject

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

    What it is about and the site first, then the numbers of order and parcels: once they are known, pages are read for them
    again. Then what the pages of this order state.

    Raises:
        FileFailed: one file cannot be interpreted; it is named.
    """
    purse = Purse()
    heap = tuple(_asking(file, matter.house, interpret, purse) for file in files)
    filled: tuple[Filled, ...] = ()
    if matter.case.complete == "auto":
        matter, filled = _filled_in(matter, heap)
    facts = tuple(ask(matter.case, None) for ask in heap)
    evidence = replace(_judged(matter, facts, not_included), filled=filled)
    return matter, renumbered(matter, evidence, front_sheets(matter, evidence))


Ask = Callable[[Case, frozenset[str] | None], FileFacts]
"""What one file says about a case: with names of fields, only these and what they need."""
_PLACING = frozenset({"context", "fields", "kind", "order_ids", "tracking_numbers"})
_CLAIMS = _PLACING | {"amounts", "timestamps"}
_PARCELS = _PLACING | {"fates", "states"}
_FACTS = _PARCELS | {"messages", "timestamps"}


def _filled_in(matter: Matter, heap: tuple[Ask, ...]) -> tuple[Matter, tuple[Filled, ...]]:
    """Step by step, each over pages that were read for what the steps before found.

    What order pages say of order and buyer is looked for from the beginning: pages need not be read for it again at the end.
    """
    house, filled = matter.house, list[Filled]()

    def take(found: Completed) -> None:
        nonlocal matter
        filled.extend(found.filled)
        if found.case != matter.case:
            matter = matter.but(found.case)

    take(with_subject(matter.case, tuple(ask(matter.case, _PLACING) for ask in heap), house))
    take(with_site(matter.case, tuple(ask(matter.case, _PLACING) for ask in heap), house))
    zone = ZoneInfo(matter.site.zone)
    take(with_order(matter.case, tuple(ask(matter.case, _PLACING) for ask in heap), house))
    placed = tuple(ask(matter.case, _PARCELS) for ask in heap)
    ahead = order_ahead(matter.case, placed, house, zone)
    take(with_numbers(matter.case, placed, house))

    def looked_for() -> Case:
        return matter.case.model_copy(update={"order": ahead.order, "buyer": ahead.buyer})

    take(with_claims(matter.case, tuple(ask(looked_for(), _CLAIMS) for ask in heap), house))
    take(with_facts(matter.case, tuple(ask(looked_for(), _FACTS) for ask in heap), house, zone))
    return matter, tuple(filled)


def _asking(file: ReadUpload, house: House, how: Interpret, purse: Purse) -> Ask:
    """One file to be asked again and again; our own way interprets only what changed, another is asked for everything."""
    own = Interpretation(file.name, file.reading, file.bytes, house, purse) if how is interpret else None

    def ask(case: Case, wanted: frozenset[str] | None) -> FileFacts:
        with about(file.name):
            return own.facts(case, wanted) if own else how(file.name, file.reading, file.bytes, case, house)

    return ask


def renumbered(matter: Matter, evidence: Evidence, front: int) -> Evidence:
    """The same evidence, its exhibits after ``front`` sheets: every page that anything names moves along."""
    if front == evidence.plan.front:
        return evidence
    again = _judged(matter, evidence.files, evidence.not_included, front)
    return replace(again, filled=evidence.filled, denied=evidence.denied)


def _judged(
    matter: Matter, facts: tuple[FileFacts, ...], not_included: tuple[NotIncluded, ...], front: int = 0
) -> Evidence:
    facts = in_bundle_order(matter.case, matter.procedure, facts)
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
