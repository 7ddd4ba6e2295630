"""What was read from the files of a draft, kept beside their bytes for as long as the draft lives.

A look is made once per file by a worker; the desk judges it again and again while the case is being typed.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from casefile.reading import Reading
from casefile.upload import NotIncluded
from jobs.records.store import Store

_REMEMBERED = 400
_TRIES = 3
"""A page that is still not read after so many looks is too much for the reader, whatever else the machine does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLook:
    """What is known of one file, and how many pictures of its pages there are; ``wanted`` is what was looked for.

    ``tries``: how many looks in a row were cut short. Such a look is shown, but it is not taken for the file's reading: the file
    is looked at again.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    reading: Reading | None
    refused: NotIncluded | None
    pages: int
    wanted: tuple[str, ...] = ()
    tries: int = 0

    @property
    def done(self) -> bool:
        """Whether the file need not be looked at again for the same numbers."""
        return self.reading is None or self.reading.whole or self.tries >= _TRIES


_LOOK = TypeAdapter(KeptLook)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookTaken:
    """What one look at a file told: a reading or a refusal, and the numbers it looked for."""

    reading: Reading | None
    refused: NotIncluded | None
    wanted: tuple[str, ...] = ()


def keep(store: Store, key: str, told: LookTaken, pictures: tuple[bytes, ...]) -> None:
    """Keep a look beside the file at ``key``; a later one replaces it."""
    for number, picture in enumerate(pictures, start=1):
        store.put(f"{key}.page{number}", picture, replace=True)
    reading = told.reading
    tries = 0 if reading is None or reading.whole else _tries(store, key) + 1
    look = KeptLook(reading=reading, refused=told.refused, pages=len(pictures), wanted=told.wanted, tries=tries)
    store.put(f"{key}.look", _LOOK.dump_json(look), replace=True)


def _tries(store: Store, key: str) -> int:
    before = store.get(f"{key}.look")
    return 0 if before is None else _LOOK.validate_json(before).tries


class ReadingCache:
    """The looks of all drafts, those used last kept in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._memory: OrderedDict[str, KeptLook] = OrderedDict()
        self._lock = Lock()

    def of(self, key: str) -> KeptLook | None:
        """The look at the file kept under ``key``; ``None`` while there is none."""
        with self._lock:
            if (known := self._memory.get(key)) is not None:
                self._memory.move_to_end(key)
                return known
        data = self._store.get(f"{key}.look")
        if data is None:
            return None
        look = _LOOK.validate_json(data)
        with self._lock:
            self._memory[key] = look
            while len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)
        return look

    def forget(self, key: str) -> None:
        """Read it from the store the next time."""
        with self._lock:
            self._memory.pop(key, None)

    def forget_draft(self, draft_id: str) -> None:
        """Let go of what was read from the files of a draft that is gone."""
        with self._lock:
            for key in [key for key in self._memory if f"/{draft_id}/" in key]:
                del self._memory[key]

    @property
    def drafts(self) -> set[str]:
        """The drafts of which something is held in memory."""
        with self._lock:
            return {key.split("/")[2] for key in self._memory}

    def picture(self, key: str, page: int) -> bytes | None:
        """The JPEG of a page (from 1), if there is one."""
        return self._store.get(f"{key}.page{page}")
