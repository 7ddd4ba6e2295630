"""Files out of the store: strong ETag (SHA-256), conditional and range requests, names in both forms of RFC 6266."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.request.file_names import disposition
from api.request.replies import problem_reply
from casefile.errors import RequestFault
from jobs.records.store import Store

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "heic": "image/heic",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Bytes of an object that are one file for its reader; or ``made`` from many, from one byte to another."""

    key: str
    start: int
    length: int
    sha256: str
    name: str
    made: Callable[[int, int], Iterator[bytes]] | None = None

    @property
    def media_type(self) -> str:
        """By the ending of its name; anything unknown is only bytes."""
        return _MEDIA_TYPES.get(self.name.rpartition(".")[2].lower(), "application/octet-stream")

    @property
    def etag(self) -> str:
        """The strong entity tag."""
        return f'"{self.sha256}"'


def send(request: Request, store: Store, piece: Piece, **headers: str) -> Response:
    """The answer to GET or HEAD of ``piece``: 200, 206, 304 or 416."""
    sent = {
        "etag": piece.etag,
        "accept-ranges": "bytes",
        "content-disposition": disposition(piece.name.rpartition("/")[2]),
        "cache-control": "private, no-cache",
        "content-security-policy": "sandbox; default-src 'none'",
        **headers,
    }
    if _names(request.headers.get("if-none-match", ""), piece.etag):
        return Response(status_code=304, headers=sent)
    asked = _range(request, piece)
    if asked is None:
        return _bytes(request, store, piece, (0, piece.length), sent, 200)
    first, last = asked
    if first >= last:
        refused = problem_reply(request, RequestFault("range-outside", status=416, bytes=piece.length))
        refused.headers["content-range"] = f"bytes */{piece.length}"
        return refused
    sent["content-range"] = f"bytes {first}-{last - 1}/{piece.length}"
    return _bytes(request, store, piece, asked, sent, 206)


def _bytes(  # the parts of one answer
    request: Request, store: Store, piece: Piece, part: tuple[int, int], headers: dict[str, str], status: int
) -> Response:
    first, last = part
    headers = {**headers, "content-length": str(last - first)}
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=piece.media_type)
    chunks: Iterator[bytes] = (
        piece.made(first, last) if piece.made else store.chunks(piece.key, piece.start + first, last - first)
    )
    begun = next(chunks, b"")  # an object that is not there is told of while there is no answer yet
    whole = itertools.chain((begun,), chunks)
    return StreamingResponse(whole, status_code=status, headers=headers, media_type=piece.media_type)


def _names(header: str, etag: str) -> bool:
    return header.strip() == "*" or etag in (part.strip().removeprefix("W/") for part in header.split(","))


def _range(request: Request, piece: Piece) -> tuple[int, int] | None:
    """The one range asked for as (first, end), end excluded; ``None`` for the whole, also for several ranges at once."""
    match = _RANGE.fullmatch(request.headers.get("range", "").strip())
    condition = request.headers.get("if-range")
    if not match or match[0] == "bytes=-" or (condition is not None and condition.strip() != piece.etag):
        return None
    if not match[1]:
        return max(0, piece.length - int(match[2])), piece.length
    end = min(int(match[2]) + 1, piece.length) if match[2] else piece.length
    if match[2] and int(match[2]) < int(match[1]):
        return None
    return int(match[1]), end
