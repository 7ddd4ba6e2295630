"""Looks at the files of a batch that no row names, so that each finds its row; a notice among a row's files says what it is about.

Looking costs as much as reading: it ends after a while, and what was not looked at is told.
"""

import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casefile.care import FileFailed, about
from casefile.case import Case
from casefile.errors import RequestFault
from casefile.house import House
from casefile.parse import parse_case
from casefile.reading import Reading
from casefile.upload import NotIncluded, Upload
from evidence_packer.understand.interpret import interpret
from evidence_packer.understand.mail import said_of
from evidence_packer.understand.parcel_numbers import numbers_on
from jobs.batch.batch_archive import Members
from jobs.batch.sheet.bundle_files import Matching
from jobs.batch.sheet.by_sight import Numbers, OpenPlace, orders_of, parcels_of, placed
from jobs.batch.sheet.row_case import CellTrouble, RowCase
from jobs.records.archive import ArchiveFault
from reading.read import ReadingRoom

LONGEST = 1_200.0
"""Seconds of looking after which the other files stay open."""
_MOST_WANTED, _MOST_LANGUAGES = 200, 4
_MAILS = (".eml", ".msg", ".txt", ".html", ".htm")
_ASSUMED = ("procedure", "reason")


@dataclass(slots=True, kw_only=True)
class Looker:
    """Reads files of an archive once each, until its time is over."""

    members: Members
    room: ReadingRoom
    house: House
    wanted: tuple[str, ...]
    languages: tuple[str, ...]
    until: float
    known: dict[str, tuple[Reading, int] | None] = field(default_factory=dict)

    def at(self, member: str) -> tuple[Reading, int] | None:
        """What a file says, and its size; ``None`` where it cannot be read or nobody has the time."""
        if member not in self.known and time.monotonic() < self.until:
            self.known[member] = self._read(member)
        return self.known.get(member)

    def _read(self, member: str) -> tuple[Reading, int] | None:
        name = member.rsplit("/", maxsplit=1)[-1]
        try:
            with tempfile.TemporaryDirectory(prefix="look-") as folder, about(name):
                file = self.members.fetch(member, name, Path(folder) / "file")
                upload = Upload(name=name, data=file.path.read_bytes())
                read = self.room.read(upload, wanted=self.wanted, languages=self.languages)
        except (ArchiveFault, FileFailed):
            return None
        return None if isinstance(read, NotIncluded) else (read.reading, file.bytes)


def looker(members: Members, room: ReadingRoom, cases: Sequence[RowCase], house: House) -> Looker:
    """Who looks for the numbers of these rows, in the languages of their sites."""
    wanted = tuple(dict.fromkeys(n for one in (orders_of(cases), parcels_of(cases)) for n in one.rows))
    places = dict.fromkeys((str(one.case.get("platform")), str(one.case.get("site") or "")) for one in cases)
    sites = (house.platforms[name].site(site or None) for name, site in places if name in house.platforms)
    languages = dict.fromkeys(tag for site in sites for tag in site.reading_languages)
    return Looker(
        members=members, room=room, house=house, wanted=wanted if len(wanted) <= _MOST_WANTED else (),
        languages=tuple(languages)[:_MOST_LANGUAGES], until=time.monotonic() + LONGEST,
    )  # fmt: skip


def found_by_sight(
    cases: Sequence[RowCase], matching: Matching, look: Looker, words: Mapping[str, str]
) -> tuple[Matching, tuple[OpenPlace, ...]]:
    """The matching with the files that show one row's order or parcel, and what stays open."""
    if not matching.unmatched:
        return matching, ()
    orders, parcels = orders_of(cases), parcels_of(cases)
    seen = {
        member: _shown(read[0], orders, parcels)
        for member in matching.unmatched
        if (read := look.at(member)) is not None
    }
    if any(not rows for rows in seen.values()):
        pages = _pages_of_rows(cases, matching, seen, look)
        for member, rows in seen.items():
            seen[member] = rows or _beside(member, pages, look, cases)
    return placed(cases, matching, seen, words)


def _shown(reading: Reading, orders: Numbers, parcels: Numbers) -> dict[int, str]:
    """The rows whose order or parcel a file shows."""
    lines = _text(reading)
    return parcels.shown_in(lines) | orders.shown_in(lines)


def _text(reading: Reading) -> list[str]:
    """The lines and the bar codes of a file."""
    lines = [line.text for page in reading.pages for line in page.lines]
    return lines + [code.text for page in reading.pages for code in page.barcodes]


def _pages_of_rows(
    cases: Sequence[RowCase], matching: Matching, seen: Mapping[str, Mapping[int, str]], look: Looker
) -> list[tuple[int, list[str]]]:
    """The lines of each file that is a row's by its name or by the order it shows, with the row; of rows that state no parcel."""
    mine: dict[str, int] = {member: next(iter(rows)) for member, rows in seen.items() if len(rows) == 1}
    mine |= {file.member: place for place, files in matching.by_row.items() for file in files}
    asked = {member: place for member, place in mine.items() if not cases[place].case.get("parcels")}
    return [(place, _text(read[0])) for member, place in asked.items() if (read := look.at(member)) is not None]


def _beside(
    member: str, pages: Iterable[tuple[int, list[str]]], look: Looker, cases: Sequence[RowCase]
) -> dict[int, str]:
    """The rows on whose pages the number of the parcel stands that this file is about."""
    read, case = look.at(member), _any_case(cases)
    if read is None or case is None:
        return {}
    facts = interpret(member.rsplit("/", maxsplit=1)[-1], *read, case, look.house)
    numbers, found = Numbers(), dict[int, str]()
    for number in numbers_on(facts, look.house):
        numbers.add(number, 0)
    for place, lines in pages:
        if shown := numbers.shown_in(lines):
            found.setdefault(place, shown[0])
    return found


def _any_case(cases: Sequence[RowCase]) -> Case | None:
    """A case of the sheet: what a page says of parcels is the same for each."""
    for one in cases:
        try:
            return parse_case({name: value for name, value in one.case.items() if name != "files"})
        except RequestFault:
            continue
    return None


def told_by_mails(cases: Sequence[RowCase], matching: Matching, look: Looker) -> None:
    """Take procedure and reason from a notice among the files of a row that names none; what the sheet says stays."""
    for place, case in enumerate(cases):
        assumed = {name for name in _ASSUMED if any(one.code == f"{name}-assumed" for one in case.warnings)}
        platform = look.house.platforms.get(str(case.case.get("platform")))
        mails = [file.member for file in matching.by_row.get(place, ()) if file.member.lower().endswith(_MAILS)]
        usual = str(case.case.get("procedure"))
        if not assumed or not mails or platform is None or usual not in platform.procedures:
            continue
        text = "\n".join(_lines(look.at(member) for member in mails))
        said = said_of(text, platform, look.house, usual, sure="procedure" not in assumed)
        for name in assumed & set(said):
            case.case[name] = said[name]
            case.warnings = [one for one in case.warnings if one.code != f"{name}-assumed"]
            case.warnings.append(CellTrouble(code=f"{name}-read", params={"value": said[name]}))


def _lines(reads: Iterable[tuple[Reading, int] | None]) -> list[str]:
    return [line.text for read in reads if read for page in read[0].pages for line in page.lines]
