"""From uploads to readings: take, unpack, read. A file that cannot be used is a line that names it, never the end of the case."""

import queue
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from casefile.care import UNFIT, FileFailed, about
from casefile.case import Case
from casefile.fields.files import FileEntry
from casefile.limits import MAX_FILES
from casefile.platform import Site
from casefile.reading import ReadFile
from casefile.upload import NotIncluded, Upload
from evidence_packer.understand.interpret import wanted_numbers
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.heap_language import LANGUAGE, better, read_again
from jobs.case_work.workshop import Workshop
from reading.containers import is_archive, is_compound, is_mail
from reading.read import ReadingRoom

Progress = Callable[[str, float], None]
"""Called with a stage (``read``, ``letter``, ``bundle``, ``report``) and its share done, 0 to 1."""

_CASE_SECONDS, _LEAST_SECONDS, _AGAIN_SECONDS = 200.0, 3.0, 8.0
"""CPU that the reading of a case may take, what its last files get all the same, a second reading: a job may take 300 seconds."""
_MOST_UNPACKED = 500_000_000
"""Bytes that all archives and mails of a case may hold."""
_SET_ASIDE = {"exclude": "excluded-by-case", "reference": "reference-only"}


def silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""
    _ = stage, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What the uploads of a case say: every upload (those unpacked from others too), what was read, and what was not, with why."""

    uploads: tuple[Upload, ...]
    sizes: Mapping[str, int]
    read: Mapping[str, ReadFile]
    refused: tuple[NotIncluded, ...]

    def without(self, names: frozenset[str]) -> "Readings":
        """The same, with these files refused as unfit."""
        left = {name: file for name, file in self.read.items() if name not in names}
        told = tuple(line for line in self.refused if line.file not in names or line.file not in self.read)
        more = tuple(NotIncluded(file=name, code=UNFIT) for name in self.read if name in names)
        return replace(self, read=left, refused=(*told, *more))

    def with_read(self, name: str, file: ReadFile) -> "Readings":
        """The same, with another reading of this file."""
        return replace(self, read={**self.read, name: file})


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
    """The uploads, each archive or mail followed by the files in it, and the archives that are no exhibits themselves.

    What would bring more files or bytes into the case than a case may have stays packed and is named.
    """
    box = _Box(room=room, taken={upload.name.casefold() for upload in uploads})
    aside: list[NotIncluded] = []
    for upload in in_exhibit_order(case, uploads):
        entry = case.entry(upload.name)
        box.found.append(upload)
        if entry and entry.use == "exclude":
            continue
        inside = box.unpacked(upload)
        if isinstance(inside, NotIncluded):
            aside.append(inside)
            continue
        for part in inside:
            box.found.append(part)
            box.add_enclosed(part, aside)
        if inside and is_archive(upload.data):
            aside.append(NotIncluded(file=upload.name, code="archive-unpacked", params={"count": len(inside)}))
    return tuple(box.found), tuple(aside)


@dataclass(slots=True, kw_only=True)
class _Box:
    """The files of a case while archives and mails among them are opened, bounded in number and bytes."""

    room: ReadingRoom
    taken: set[str]
    found: list[Upload] = field(default_factory=list)
    count: int = 0
    bytes: int = 0

    def add_enclosed(self, part: Upload, aside: list[NotIncluded]) -> None:
        """What goes with a mail inside, and with the mails inside that; ``aside`` learns what stays packed."""
        waiting = [part]
        while waiting:
            one = waiting.pop()
            inside = self.unpacked(one) if is_mail(one.data) or is_compound(one.data) else ()
            if isinstance(inside, NotIncluded):
                aside.append(inside)
                continue
            self.found += inside
            waiting += inside

    def unpacked(self, upload: Upload) -> tuple[Upload, ...] | NotIncluded:
        """The files in ``upload``, or why they stay packed."""
        try:
            with about(upload.name):
                inside = self.room.unpack(upload, self.taken)
        except FileFailed:
            return NotIncluded(file=upload.name, code=UNFIT)
        if isinstance(inside, NotIncluded):
            return inside
        count, size = self.count + len(inside), self.bytes + sum(len(part.data) for part in inside)
        if count > MAX_FILES:
            return NotIncluded(file=upload.name, code="archive-too-many", params={"files": count, "allowed": MAX_FILES})
        if size > _MOST_UNPACKED:
            megabytes = {"allowed_megabytes": _MOST_UNPACKED // 1_000_000}
            return NotIncluded(file=upload.name, code="archive-too-large", params=megabytes)
        self.count, self.bytes = count, size
        return inside


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One file to read, and what is looked for in it."""

    upload: Upload
    entry: FileEntry | None
    wanted: tuple[str, ...]
    languages: tuple[str, ...]

    def done(self, room: ReadingRoom, seconds: float) -> ReadFile | NotIncluded:
        """What the file says, or why it is not included, whatever happens to it."""
        entry = self.entry
        try:
            with about(self.upload.name):
                return room.read(
                    self.upload,
                    wanted=self.wanted + (entry.order_ids if entry else ()),
                    redactions=entry.redact if entry else (),
                    languages=((entry.language,) if entry and entry.language else ()) + self.languages,
                    seconds=seconds,
                )
        except FileFailed:
            return NotIncluded(file=self.upload.name, code=UNFIT)


def _read_all(
    rooms: tuple[ReadingRoom, ...], tasks: Sequence[_Task], progress: Progress
) -> Iterator[ReadFile | NotIncluded]:
    """The tasks' results in order; with several rooms, as many files at a time."""
    began = time.process_time()

    def seconds() -> float:
        return max(_LEAST_SECONDS, _CASE_SECONDS - (time.process_time() - began))

    if len(rooms) == 1 or len(tasks) < 2:
        for place, task in enumerate(tasks):
            progress("read", place / len(tasks))
            yield task.done(rooms[0], seconds())
        return
    free: queue.SimpleQueue[ReadingRoom] = queue.SimpleQueue()
    for room in rooms:
        free.put(room)

    def read(task: _Task) -> ReadFile | NotIncluded:
        room = free.get()
        try:
            return task.done(room, seconds())
        finally:
            free.put(room)

    with ThreadPoolExecutor(max_workers=len(rooms)) as pool:
        for place, result in enumerate(pool.map(read, tasks)):
            progress("read", place / len(tasks))
            yield result


def _read_as_the_heap(tasks: Sequence[_Task], read: dict[str, ReadFile], workshop: Workshop) -> None:
    """Read files once more whose language the other files tell; what the second reading does not better stays."""
    known = {name: file.reading for name, file in read.items()}
    unsure = read_again(known, tasks[0].languages, workshop.house) if tasks else ()
    for task in tasks:
        if task.upload.name in unsure:
            again = replace(task, languages=(*task.languages, LANGUAGE)).done(workshop.reading_rooms[0], _AGAIN_SECONDS)
            if isinstance(again, ReadFile) and better(known[task.upload.name], again.reading):
                read[task.upload.name] = again


def readings(request: PackRequest, site: Site, workshop: Workshop, progress: Progress = silent) -> Readings:
    """Every upload of the request read, or named with the reason why not."""
    case = request.case
    uploads, unpacked = opened_up(case, request.uploads, workshop.reading_rooms[0])
    whole = {line.file for line in unpacked}
    taken, aside = take(case, uploads)
    taken = tuple(upload for upload in taken if upload.name not in whole or not is_archive(upload.data))
    wanted = wanted_numbers(case)
    read: dict[str, ReadFile] = {}
    refused = [*unpacked, *aside]
    tasks = [
        _Task(upload=upload, entry=case.entry(upload.name), wanted=wanted, languages=site.reading_languages)
        for upload in taken
    ]
    for task, result in zip(tasks, _read_all(workshop.reading_rooms, tasks, progress), strict=True):
        if isinstance(result, NotIncluded):
            refused.append(result)
        else:
            read[task.upload.name] = result
            if task.entry and task.entry.use == "reference":
                refused.append(NotIncluded(file=task.upload.name, code=_SET_ASIDE["reference"]))
    _read_as_the_heap(tasks, read, workshop)
    sizes = {upload.name: len(upload.data) for upload in taken}
    return Readings(uploads=uploads, sizes=sizes, read=read, refused=tuple(refused))
