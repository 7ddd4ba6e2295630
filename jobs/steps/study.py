"""From uploads to judged facts: take, read, interpret, plan, cover. Shared by pack, check and letter."""

import datetime as dt
import queue
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from casefile.admission import admit
from casefile.case import Case
from casefile.citation import BundlePlan
from casefile.coverage import Covered, TimelinePoint
from casefile.deadline import DueDate, due_dates
from casefile.facts import FileFacts
from casefile.fields.base import pick
from casefile.fields.files import FileEntry
from casefile.house import House
from casefile.platform import Platform, Site
from casefile.procedure import Procedure
from casefile.reading import ReadFile
from casefile.refusal import refusal_texts, with_reasons
from casefile.upload import NotIncluded, Upload
from casefile.wording import Catalog
from evidence_packer.coverage import cover
from evidence_packer.interpret import interpret, wanted_numbers
from evidence_packer.plan import plan
from evidence_packer.timeline import draw
from jobs.pack import PackRequest
from jobs.workshop import Workshop
from reading.containers import is_archive, is_mail
from reading.read import ReadingRoom

Progress = Callable[[str, float], None]
"""Called with a stage (``read``, ``letter``, ``bundle``, ``report``) and its share done, 0 to 1."""

_SET_ASIDE = {"exclude": "excluded-by-case", "reference": "reference-only"}


def silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""
    _ = stage, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Everything known about a case once its files were read and set against its facts."""

    house: House
    case: Case
    platform: Platform
    procedure: Procedure
    site: Site
    as_of: dt.datetime
    language: str
    uploads: tuple[Upload, ...]
    read: Mapping[str, ReadFile]
    not_included: tuple[NotIncluded, ...]
    facts: tuple[FileFacts, ...]
    plan: BundlePlan
    coverage: tuple[Covered, ...]
    timeline: tuple[TimelinePoint, ...]
    due: tuple[DueDate, ...]
    previous: frozenset[str] | None = None
    """SHA-256 of what the previous pack held, where there is one."""

    @property
    def letter_language(self) -> str:
        """The language of bundle and letter: the case's, else its reader's on this site, else English where unknown."""
        return self.known_language(self.case.language or self.site.read_by(self.procedure.audience))

    def known_language(self, wanted: str) -> str:
        """``wanted``, or the nearest language in which letters of this kind can be written: one that has their title."""
        catalog = self.house.catalogs.of(wanted)
        return catalog.language if catalog.own(f"letter.title.{self.procedure.letter}") else "en"

    @property
    def catalog(self) -> Catalog:
        """Texts in the language of bundle and letter."""
        return self.house.catalogs.of(self.letter_language)

    def captions(self, language: str) -> Mapping[str, str]:
        """Exhibit captions in ``language``: the case's own, else the name of the kind."""
        catalog = self.house.catalogs.of(language)
        entries = {facts.file: self.case.entry(facts.file) for facts in self.facts}
        found = {
            facts.file: pick(entry.caption if (entry := entries[facts.file]) else None, language)
            or catalog.text(f"kind.{facts.kind}")
            for facts in self.facts
        }
        if not self.facts:
            kinds = {exhibit.file: catalog.text(f"kind.{exhibit.kind}") for exhibit in self.plan.exhibits}
            found = {e.name: pick(e.caption, language) or kinds[e.name] for e in self.case.files if e.name in kinds}
        return found


def in_exhibit_order(case: Case, uploads: tuple[Upload, ...]) -> tuple[Upload, ...]:
    """Uploads in the order of the case's ``files``, then those it does not list, as they came."""
    rank = {entry.name: place for place, entry in reversed(list(enumerate(case.files)))}
    return tuple(sorted(uploads, key=lambda upload: rank.get(upload.name, len(rank))))


def take(case: Case, uploads: tuple[Upload, ...]) -> tuple[tuple[Upload, ...], tuple[NotIncluded, ...]]:
    """The uploads to read, in exhibit order, and those set aside: excluded by the case or the same bytes twice."""
    taken: list[Upload] = []
    aside: list[NotIncluded] = []
    first_with: dict[str, str] = {}
    for upload in in_exhibit_order(case, uploads):
        entry = case.entry(upload.name)
        if entry and entry.use == "exclude":
            aside.append(NotIncluded(file=upload.name, code=_SET_ASIDE[entry.use]))
        elif upload.data and upload.sha256 in first_with:
            aside.append(
                NotIncluded(file=upload.name, code="duplicate-of", params={"other": first_with[upload.sha256]})
            )
        else:
            first_with[upload.sha256] = upload.name
            taken.append(upload)
    return tuple(taken), tuple(aside)


def opened_up(
    case: Case, uploads: tuple[Upload, ...], room: ReadingRoom
) -> tuple[tuple[Upload, ...], tuple[NotIncluded, ...]]:
    """The uploads, each archive or mail followed by the files in it, and the archives that are no exhibits themselves."""
    taken = {upload.name.casefold() for upload in uploads}
    found: list[Upload] = []
    aside: list[NotIncluded] = []
    for upload in in_exhibit_order(case, uploads):
        entry = case.entry(upload.name)
        found.append(upload)
        if entry and entry.use == "exclude":
            continue
        inside = room.unpack(upload, taken)
        if isinstance(inside, NotIncluded):
            aside.append(inside)
            continue
        for part in inside:
            found.append(part)
            deeper = room.unpack(part, taken) if is_mail(part.data) else ()
            found += () if isinstance(deeper, NotIncluded) else deeper
        if inside and is_archive(upload.data):
            aside.append(NotIncluded(file=upload.name, code="archive-unpacked", params={"count": len(inside)}))
    return tuple(found), tuple(aside)


def _read(
    room: ReadingRoom, upload: Upload, entry: FileEntry | None, wanted: tuple[str, ...], languages: tuple[str, ...]
) -> ReadFile | NotIncluded:
    return room.read(
        upload,
        wanted=wanted + (entry.order_ids if entry else ()),
        redactions=entry.redact if entry else (),
        languages=((entry.language,) if entry and entry.language else ()) + languages,
    )


_Task = tuple[Upload, FileEntry | None, tuple[str, ...], tuple[str, ...]]


def _read_all(
    rooms: tuple[ReadingRoom, ...], tasks: list[_Task], progress: Progress
) -> Iterator[ReadFile | NotIncluded]:
    """The tasks' results in order; with several rooms, as many files at a time."""
    if len(rooms) == 1 or len(tasks) < 2:
        for place, task in enumerate(tasks):
            progress("read", place / len(tasks))
            yield _read(rooms[0], *task)
        return
    free: queue.SimpleQueue[ReadingRoom] = queue.SimpleQueue()
    for room in rooms:
        free.put(room)

    def read(task: _Task) -> ReadFile | NotIncluded:
        room = free.get()
        try:
            return _read(room, *task)
        finally:
            free.put(room)

    with ThreadPoolExecutor(max_workers=len(rooms)) as pool:
        for place, result in enumerate(pool.map(read, tasks)):
            progress("read", place / len(tasks))
            yield result


def study(request: PackRequest, workshop: Workshop, progress: Progress = silent) -> Study:
    """Read every file of the request and set it against the case.

    Raises:
        RequestFault: the platform, procedure or site is unknown, or the subject's id is missing.
    """
    case, house = request.case, workshop.house
    platform, procedure = admit(case, house)
    site = platform.site(case.site)
    uploads, unpacked = opened_up(case, request.uploads, workshop.reading_rooms[0])
    whole = {line.file for line in unpacked}
    taken, aside = take(case, uploads)
    taken = tuple(upload for upload in taken if upload.name not in whole or not is_archive(upload.data))
    wanted = wanted_numbers(case)
    read: dict[str, ReadFile] = {}
    refused = [*unpacked, *aside]
    tasks = [(upload, case.entry(upload.name), wanted, site.reading_languages) for upload in taken]
    for upload, result in zip(taken, _read_all(workshop.reading_rooms, tasks, progress), strict=True):
        if isinstance(result, NotIncluded):
            refused.append(result)
        else:
            read[upload.name] = result
            if (entry := case.entry(upload.name)) and entry.use == "reference":
                refused.append(NotIncluded(file=upload.name, code=_SET_ASIDE["reference"]))
    sizes = {upload.name: len(upload.data) for upload in taken}
    texts = refusal_texts(case, {name: file.reading for name, file in read.items()})
    case = with_reasons(case, texts, house.reading_words)
    facts = tuple(interpret(name, file.reading, sizes[name], case, house) for name, file in read.items())
    bundle_plan = plan(case, facts, house.catalogs.of(case.language or site.language).language)
    return Study(
        house=house,
        case=case,
        platform=platform,
        procedure=procedure,
        site=site,
        as_of=request.as_of,
        language=request.language,
        uploads=uploads,
        read=read,
        not_included=tuple(refused),
        facts=facts,
        plan=bundle_plan,
        coverage=cover(case, platform, procedure, facts, bundle_plan),
        timeline=draw(case, facts, bundle_plan),
        due=due_dates(case, platform, procedure),
        previous=request.previous,
    )
