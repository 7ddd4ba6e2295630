"""The tools one process keeps: data, reading room, typesetter. Opened once, used for every job, closed at the end."""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from casefile.discovery import load_house
from casefile.house import House
from press.html import Typesetter
from reading.read import ReadingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a job needs besides its request. The environment must point at the project's fonts before it is opened."""

    house: House
    reading_room: ReadingRoom
    typesetter: Typesetter

    @classmethod
    def open(cls, root: Path | None = None) -> Self:
        """A workshop over the data folders of ``root`` (the project's own when not given)."""
        house = load_house(root)
        return cls(house=house, reading_room=ReadingRoom(), typesetter=Typesetter(house.templates))

    def close(self) -> None:
        """End the guarded children; the workshop is done."""
        self.reading_room.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
