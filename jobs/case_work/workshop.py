"""The tools one process keeps: data, reading room, typesetter. Opened once, used for every job, closed at the end."""

import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from casefile.discovery import load_house
from casefile.house import House
from jobs.case_work.plug_ins import find_all
from press.html import Typesetter
from reading.guarded.guard import LEAST_LEVEL, Guard
from reading.limits import ReadingLimits
from reading.ocr.first import FIRST_ENGINE
from reading.read import ReadingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a job needs besides its request. The environment must point at the project's fonts before it is opened."""

    house: House
    reading_rooms: tuple[ReadingRoom, ...]
    """One in a worker process that shares the machine; several where one case has the machine to itself."""
    typesetter: Typesetter
    guard_level: int = LEAST_LEVEL
    """Least level of the guard at which anything is opened here."""

    @classmethod
    def open(
        cls, root: Path | None = None, readers: int = 1, guard_level: int = LEAST_LEVEL, ocr: str = FIRST_ENGINE
    ) -> Self:
        """A workshop over the data folders of ``root`` (the project's own when not given).

        ``readers`` files are read at the same time, each in a room of its own; ``ocr`` is the engine that reads first.

        Raises:
            DataFault: a data file or a plug-in is malformed; it names the file.
        """
        guard = Guard(ReadingLimits(), least=guard_level)
        return cls._over(load_house(root), readers, guard, guard_level, ocr)

    @classmethod
    def open_awake(cls, guard_level: int = LEAST_LEVEL, ocr: str = FIRST_ENGINE) -> Self:
        """A workshop for a worker that waits: guard and OCR engine start meanwhile, so the first file waits for neither."""
        workshop = cls.open(guard_level=guard_level, ocr=ocr)
        for room in workshop.reading_rooms:
            room.wake()
        return workshop

    @classmethod
    def open_alone(cls, house: House | None = None, guard: Guard | None = None, ocr: str = FIRST_ENGINE) -> Self:
        """A workshop for a process that has the machine to itself: two files are read at a time while the layout engine loads.

        ``house`` and ``guard`` are used where they are there already.
        """
        workshop = cls._over(house or load_house(), 2, guard, ocr=ocr)
        threading.Thread(target=workshop.typesetter.warm_up, name="warm-up", daemon=True).start()
        return workshop

    @classmethod
    def _over(
        cls, house: House, readers: int, guard: Guard | None, guard_level: int = LEAST_LEVEL, ocr: str = FIRST_ENGINE
    ) -> Self:
        find_all(house)
        first = ReadingRoom(guard=guard, engine=ocr)
        rooms = (first, *(first.beside() for _ in range(readers - 1)))
        typesetter = Typesetter(house.templates)
        return cls(house=house, reading_rooms=rooms, typesetter=typesetter, guard_level=guard_level)

    def close(self) -> None:
        """End the guarded children; the workshop is done."""
        for room in self.reading_rooms:
            room.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
