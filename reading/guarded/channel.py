"""Length-prefixed frames between a guarded child and its parent: a small JSON header, then bytes.

The child is not trusted: the reader checks every length before it believes it, and stops at a byte budget.
"""

import json
import os
import select
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_PREFIX = struct.Struct(">4sIQ")
_MAGIC = b"RDf1"
MAX_HEADER = 16 * 1024 * 1024
_CHUNK = 1024 * 1024
_LOOK_SECONDS = 1.0


class ChannelFault(Exception):
    """The other side broke the frame format, the byte budget or the deadline."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: ``header`` is a JSON object, ``body`` raw bytes."""

    header: dict[str, Any]
    body: bytes


def write_frame(descriptor: int, header: dict[str, Any], *parts: bytes | memoryview) -> None:
    """Write one frame whose body is ``parts`` joined; large bodies go out in strips."""
    text = json.dumps(header, allow_nan=False).encode()
    _write_all(descriptor, _PREFIX.pack(_MAGIC, len(text), sum(len(part) for part in parts)) + text)
    for part in parts:
        _write_all(descriptor, part)


def _write_all(descriptor: int, data: bytes | memoryview) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view[: 8 * _CHUNK]) :]


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one waits for the other side: until ``deadline`` (monotonic seconds); ``look``, called each second, may raise."""

    deadline: float
    look: Callable[[], None] = lambda: None

    def readable(self, descriptor: int) -> bool:
        """Wait until there is something to read, or the other side has closed; false when the deadline comes first."""
        waiting = select.poll()
        waiting.register(descriptor, select.POLLIN | select.POLLHUP)
        while (left := self.deadline - time.monotonic()) > 0:
            if waiting.poll(min(left, _LOOK_SECONDS) * 1000):
                return True
            self.look()
        return False


class FrameReader:
    """Reads frames from a pipe until its end, within ``budget`` bytes and no longer than ``wait`` says."""

    def __init__(self, descriptor: int, budget: int, wait: Wait) -> None:
        self._descriptor = descriptor
        self._left = budget
        self._wait = wait

    def frames(self) -> Iterator[Frame]:
        """Every frame until the other side closes.

        Raises:
            ChannelFault: a cut or malformed frame, more bytes than the budget, or nothing in time.
        """
        while prefix := self._exactly(_PREFIX.size, may_end=True):
            magic, header_length, body_length = _PREFIX.unpack(prefix)
            if magic != _MAGIC or header_length > MAX_HEADER or header_length + body_length > self._left:
                raise ChannelFault("frame out of bounds")
            header = self._exactly(header_length)
            yield Frame(_json_object(header), bytes(self._exactly(body_length)))

    def _exactly(self, count: int, *, may_end: bool = False) -> bytearray:
        # Grown as bytes arrive: a length that lies costs nothing.
        data = bytearray()
        while len(data) < count:
            chunk = self._some(min(count - len(data), _CHUNK))
            if not chunk:
                if may_end and not data:
                    return data
                raise ChannelFault("frame cut short")
            data += chunk
        self._left -= count
        return data

    def _some(self, count: int) -> bytes:
        if not self._wait.readable(self._descriptor):
            raise ChannelFault("nothing in time")
        return os.read(self._descriptor, count)


def _json_object(text: bytearray) -> dict[str, Any]:
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ChannelFault("header is no JSON") from error
    if not isinstance(header, dict):
        raise ChannelFault("header is no object")
    return header
