"""What goes to the platform: the contract of deliveries, and the choice by the platform's data.

Each file in ``deliveries/`` offers a ``DeliveryWay``; a procedure names it by ``delivery``. Every file that it makes says which
printed pages it shows, so that the letter can name the file, and what is left out is listed.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import evidence_packer.bind.deliveries
from casefile.casework import CaseView, Evidence, Matter
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.delivery_ways import MAKES
from casefile.errors import DataFault
from casefile.facts import FileFacts
from casefile.plug_ins import expect_takes, plug_ins
from casefile.procedure import Procedure
from casefile.rules import EvidenceField, Limits
from evidence_packer.bind.budget import by_worth

SIGNED = "signature-not-kept"
"""What reading says of a file whose electronic signature only its untouched original keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One file to submit: name without folder, bytes, format (``pdf``, ``png``, ``jpg``, ``txt``, ``json``), what it is for.

    ``shows`` are the printed exhibit pages in it; ``pages`` counts all its pages. ``text`` files are typed or sent, not uploaded.
    """

    name: str
    data: bytes
    format: str
    pages: int | None = None
    for_: str | None = None
    shows: tuple[int, ...] = ()
    text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOrder(CaseView):
    """What a delivery is made from; the callables keep it free of files and libraries.

    ``document(indexes)`` makes a PDF of pages of the bundle (indexes from 0, front pages first), in the colours the receiver
    takes; ``picture(index, dpi, form, quality)`` draws one page. ``stem(kind, number)`` names a file. ``reserved`` files are needed
    for the letter.
    """

    matter: Matter
    evidence: Evidence
    reserved: int
    document: Callable[[Sequence[int]], bytes]
    picture: Callable[[int, int, str, int], bytes]
    stem: Callable[[str, int], str]

    @property
    def limits(self) -> Limits:
        """What the receiver takes."""
        return self.procedure.limits

    @property
    def fields(self) -> tuple[EvidenceField, ...]:
        """The evidence fields of the receiver's form for this reason."""
        return self.procedure.fields_for(self.case.reason)

    @property
    def ranked(self) -> tuple[int, ...]:
        """Every printed page, the most telling first."""
        return by_worth(self.plan, self.coverage, self.evidence.leading)

    @property
    def files(self) -> int | None:
        """How many files there is room for besides the letter."""
        return None if self.limits.max_files is None else max(1, self.limits.max_files - self.reserved)

    @property
    def front(self) -> int:
        """Sheets before the exhibits."""
        return self.plan.front

    def index(self, printed: int) -> int:
        """The place in the bundle, from 0, of a printed page."""
        return printed - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryWay:
    """One way to hand evidence over: ``make`` gives the files in upload order.

    ``letter_goes_along``: the letter is one more file; else the form of the receiver takes its text.
    """

    name: str
    make: Callable[[DeliveryOrder], tuple[Delivered, ...]]
    letter_goes_along: bool

    def __post_init__(self) -> None:
        """Refuse what is no function of an order."""
        expect_takes(self.make, 1)


@functools.cache
def delivery_ways() -> Mapping[str, DeliveryWay]:
    """Every way by its name.

    Raises:
        DataFault: a file is malformed, or the ways are not those whose types of file ``casefile/delivery_ways.py`` names.
    """
    found = plug_ins(evidence_packer.bind.deliveries, DeliveryWay)
    if odd := set(found) ^ set(MAKES):
        raise DataFault("data-malformed", file="casefile/delivery_ways.py", why=f"one-sided: {', '.join(sorted(odd))}")
    return found


def _delivery(kind: str) -> DeliveryWay:
    found = delivery_ways().get(kind)
    if found is None:
        raise DataFault("delivery-unknown", file=kind, why="no file of this name in evidence_packer/bind/deliveries/")
    return found


def signed_beside(facts: Iterable[FileFacts], plan: BundlePlan, procedure: Procedure) -> tuple[PlannedExhibit, ...]:
    """Exhibits whose originals carry an electronic signature and are sent beside the copy in the bundle, unaltered.

    A copy on a stamped page shows what was signed, but only the untouched file proves it. None where the receiver has no room.
    """
    limits = procedure.limits
    if not _delivery(procedure.delivery).letter_goes_along or "pdf" not in limits.formats:
        return ()
    room = None if limits.max_files is None else max(0, limits.max_files - 2)
    signed = {
        file.file for file in facts if SIGNED in file.changes and file.bytes <= (limits.max_file_bytes or file.bytes)
    }
    return tuple(exhibit for exhibit in plan.exhibits if exhibit.file in signed)[:room]


def letter_goes_along(kind: str, limits: Limits) -> bool:
    """Whether the letter is a file of the submission: where PDF is taken and more than one file."""
    return _delivery(kind).letter_goes_along and "pdf" in limits.formats and limits.max_files != 1


def deliver(kind: str, order: DeliveryOrder) -> tuple[Delivered, ...]:
    """The evidence files to submit, in upload order.

    Raises:
        DataFault: the platform's file names a delivery that does not exist.
    """
    return _delivery(kind).make(order)
