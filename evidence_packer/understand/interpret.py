"""What a reading means for one case: the contract of interpreters, and the run over all of them.

Each file in ``interpreters/`` offers an ``Interpreter``: which fields of ``FileFacts`` it gives, and which fields of others it
needs for that. All are pure.
"""

import dataclasses
import functools
import graphlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import evidence_packer.understand.interpreters
from casefile.case import Case
from casefile.errors import DataFault
from casefile.facts import FileFacts, PlacedText
from casefile.fields.files import FileEntry
from casefile.house import House
from casefile.platform import Platform, Site
from casefile.plug_ins import expect_takes, plug_ins
from casefile.reading import Reading, ReadPage
from evidence_packer.understand.allowance import Overspent, Purse
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.levelling import Tilt, levelled, placed_back, tilt_of

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpretContext:
    """What an interpreter may look at: one file's reading, the case and the data; ``found`` holds the fields it needs."""

    file: str
    reading: Reading
    case: Case
    house: House
    found: FoundFacts = field(default_factory=FoundFacts)
    kept: dict[Hashable, Any] = field(default_factory=dict)
    """What ``once`` worked out about this file before."""

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What of a file hangs on ``key`` alone: made once, while the file is asked again about a case that grows."""
        if key not in self.kept:
            self.kept[key] = make()
        made: Made = self.kept[key]
        return made

    @property
    def entry(self) -> FileEntry | None:
        """What the case says about this file."""
        return self.case.entry(self.file)

    @property
    def platform(self) -> Platform | None:
        """The receiver of the case."""
        return self.house.platforms.get(self.case.platform)

    @property
    def site(self) -> Site | None:
        """The site of the case."""
        return self.platform.site(self.case.site) if self.platform else None


Interpret = Callable[[InterpretContext], FoundFacts]
"""A pure function from a reading in its case to values of fields of ``FileFacts``."""


def whole(case: Case) -> object:
    """All of the case."""
    return case


def nothing(_case: Case) -> object:
    """None of the case."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreter:
    """What reads some fields of ``FileFacts``, those in ``gives``, and no others; ``needs`` are fields that others give."""

    name: str
    interpret: Interpret
    gives: tuple[str, ...]
    needs: tuple[str, ...] = ()
    reads: Callable[[Case], object] = whole
    """What of the case it looks at beside platform and procedure: for equal values it is not asked again about the same page."""
    as_it_lies: bool = False
    """Whether it looks at tilted pages as they lie; the others see their lines level."""

    def __post_init__(self) -> None:
        """Refuse fields that no facts have."""
        expect_takes(self.interpret, 1)
        unknown = {*self.gives, *self.needs} - FoundFacts.__annotations__.keys()
        if unknown or not self.gives:
            raise TypeError(f"{self.name}: no fields of facts: {', '.join(sorted(unknown)) or 'it gives none'}")


def own_order_ids(case: Case, file: str | None = None) -> tuple[str, ...]:
    """The order ids that belong to the case, the disputed one first; with ``file``, also those its entry names."""
    entry = case.entry(file) if file else None
    ids = [
        case.order.id if case.order else None,
        *(order.id for order in case.orders),
        *(charge.order_id for charge in case.related_charges),
        *(prior.order_id for prior in case.prior_orders),
        *(entry.order_ids if entry else ()),
    ]
    return tuple(dict.fromkeys(number for number in ids if number))


def own_tracking_numbers(case: Case) -> tuple[tuple[str, str | None], ...]:
    """(tracking number, carrier) of every parcel the case knows, the disputed one first."""
    pairs = [
        *((parcel.tracking_number, parcel.carrier) for parcel in case.parcels),
        *((order.tracking_number, order.carrier) for order in case.orders),
        *(((case.remedy.tracking_number, case.remedy.carrier),) if case.remedy else ()),
        *(((case.return_.tracking_number, case.return_.carrier),) if case.return_ else ()),
    ]
    return tuple(dict.fromkeys((number, carrier) for number, carrier in pairs if number))


def own_numbers(case: Case) -> object:
    """The numbers of the case, and what it says of its files: what those read who look for numbers."""
    return own_order_ids(case), own_tracking_numbers(case), case.files


def wanted_numbers(case: Case) -> tuple[str, ...]:
    """The numbers a reader should look at twice: order ids, then tracking numbers."""
    return tuple(dict.fromkeys((*own_order_ids(case), *(number for number, _ in own_tracking_numbers(case)))))


@functools.cache
def interpreters() -> tuple[Interpreter, ...]:
    """Every interpreter, each behind those whose fields it needs.

    Raises:
        DataFault: a file is malformed, two give one field, nobody gives a field that is needed, or two wait for each other.
    """
    return in_order(plug_ins(evidence_packer.understand.interpreters, Interpreter))


def in_order(found: Mapping[str, Interpreter]) -> tuple[Interpreter, ...]:
    """The interpreters, each behind those whose fields it needs; raises as ``interpreters`` does."""
    giver: dict[str, str] = {}
    for one in found.values():
        for name in one.gives:
            if name in giver:
                raise DataFault("data-duplicate", file=one.name, why=f"{giver[name]} gives {name} too")
            giver[name] = one.name
    for one in found.values():
        if unknown := set(one.needs) - set(giver):
            raise DataFault("data-malformed", file=one.name, why=f"nobody gives {', '.join(sorted(unknown))}")
    order = graphlib.TopologicalSorter({n: [giver[need] for need in one.needs] for n, one in found.items()})
    try:
        return tuple(found[name] for name in order.static_order())
    except graphlib.CycleError as error:
        raise DataFault("data-malformed", file=str(error.args[1][0]), why="interpreters wait for each other") from error


def _only(found: FoundFacts, names: tuple[str, ...]) -> FoundFacts:
    return cast("FoundFacts", {name: value for name, value in found.items() if name in names})


class Interpretation:
    """One file that is asked again while its case grows: only what looks at something new is interpreted anew."""

    def __init__(self, file: str, reading: Reading, size: int, house: House, purse: Purse | None = None) -> None:
        self._file, self._size, self._house = file, size, house
        self._purse, self._cuts = purse or Purse(), 0
        self._left = self._purse.file_seconds
        self._take_up(reading)

    def _take_up(self, reading: Reading) -> None:
        self._reading = reading
        self._level, self._tilts = _level(reading)
        self._known: dict[str, tuple[object, FoundFacts, FoundFacts]] = {}
        self._kept: dict[Hashable, Any] = {}

    def facts(self, case: Case, wanted: frozenset[str] | None = None) -> FileFacts:
        """Everything the file says about ``case``; with ``wanted`` only these fields and what they need, the others empty.

        A text that costs more than its share is cut to its first pages; the others are told as not read.
        """
        while any(page.lines for page in self._reading.pages):
            try:
                found, spent = self._purse.spend(self._left, lambda: self._found(case, wanted))
            except Overspent:
                self._cuts += 1
                self._left = self._purse.file_seconds / 2**self._cuts
                self._take_up(_first_half(self._reading))
            else:
                self._left -= spent
                break
        else:
            found = self._found(case, wanted)
        return _facts(self._file, self._reading, self._size, self._placed_back(found))

    def _found(self, case: Case, wanted: frozenset[str] | None) -> FoundFacts:
        found = FoundFacts()
        for one in interpreters() if wanted is None else _giving(wanted):
            found |= self._asked(one, case, _only(found, one.needs))
        return found

    def _placed_back(self, found: FoundFacts) -> FoundFacts:
        """What was found, with its boxes where they stand on tilted pages."""
        if not self._tilts:
            return found
        as_it_lies = {name for one in interpreters() if one.as_it_lies for name in one.gives}
        back = {name: value if name in as_it_lies else placed_back(value, self._tilts) for name, value in found.items()}
        return cast("FoundFacts", back)

    def _asked(self, one: Interpreter, case: Case, needed: FoundFacts) -> FoundFacts:
        reads = one.reads(case)
        if (known := self._known.get(one.name)) and known[0] == reads and known[1] == needed:
            return known[2]
        reading = self._reading if one.as_it_lies else self._level
        scene = InterpretContext(
            file=self._file, reading=reading, case=case, house=self._house, found=needed, kept=self._kept
        )
        told = one.interpret(scene)
        self._known[one.name] = reads, needed, told
        return told


def _first_half(reading: Reading) -> Reading:
    """The reading with the writing of the first half of its pages; the others were not read."""
    written = [page.number for page in reading.pages if page.lines]
    gone = frozenset(written[len(written) // 2 :])
    pages = tuple(_unread(page) if page.number in gone else page for page in reading.pages)
    return dataclasses.replace(reading, pages=pages)


def _unread(page: ReadPage) -> ReadPage:
    receipt = dataclasses.replace(page.receipt, read_share=0.0)
    return dataclasses.replace(page, lines=(), text_source="none", unread=page.unread or "cut-short", receipt=receipt)


def _level(reading: Reading) -> tuple[Reading, dict[int, Tilt]]:
    """The reading with the lines of tilted pages level, and how these lie."""
    tilts = {page.number: tilt for page in reading.pages if (tilt := tilt_of(page))}
    if not tilts:
        return reading, {}
    made = {page.number: levelled(page, tilts[page.number]) for page in reading.pages if page.number in tilts}
    pages = tuple(made[page.number][0] if page.number in made else page for page in reading.pages)
    return dataclasses.replace(reading, pages=pages), {number: tilt for number, (_, tilt) in made.items()}


@functools.lru_cache(maxsize=8)
def _giving(wanted: frozenset[str]) -> tuple[Interpreter, ...]:
    """The interpreters that give these fields, with those whose fields they need, in their order."""
    needed, found = set(wanted), list[Interpreter]()
    for one in reversed(interpreters()):
        if needed & set(one.gives):
            needed |= set(one.needs)
            found.append(one)
    return tuple(reversed(found))


def interpret(
    file: str, reading: Reading, size: int, case: Case, house: House, purse: Purse | None = None
) -> FileFacts:
    """Everything the file says about the case; ``size`` in bytes."""
    return Interpretation(file, reading, size, house, purse).facts(case)


def _facts(file: str, reading: Reading, size: int, found: FoundFacts) -> FileFacts:
    heights = [page.text_height_px for page in reading.pages if page.text_height_px]
    return FileFacts(
        file=file,
        sha256=reading.sha256,
        media_type=reading.media_type,
        bytes=size,
        pages=tuple((page.width, page.height) for page in reading.pages),
        sharpness=tuple(page.sharpness for page in reading.pages),
        flaws=tuple((page.number, flaw) for page in reading.pages for flaw in page.flaws),
        text_height_px=min(heights) if heights else None,
        rows=tuple(tuple((line.box[1], line.box[3]) for line in page.lines) for page in reading.pages),
        has_text=any(page.lines for page in reading.pages),
        has_text_layer=reading.has_text_layer,
        barcodes=tuple((page.number, code) for page in reading.pages for code in page.barcodes),
        exif=reading.exif,
        perceptual_hashes=tuple(p.perceptual_hash for p in reading.pages if p.perceptual_hash is not None),
        texts=tuple(
            PlacedText(text=line.text, box=line.box, page=page.number) for page in reading.pages for line in page.lines
        ),
        thumbprint=next((page.thumbprint for page in reading.pages), b""),
        unread=tuple((page.number, page.unread) for page in reading.pages if page.unread),
        receipts=tuple((page.number, page.receipt) for page in reading.pages),
        covered=tuple((page.number, box) for page in reading.pages for box in page.covered),
        covered_words=tuple((page.number, page.covered_words) for page in reading.pages if page.covered_words),
        changes=reading.changes,
        **found,
    )
