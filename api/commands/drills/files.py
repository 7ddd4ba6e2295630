"""Drills of files: bombs and broken pictures; the pack is made all the same and says of each what became of it."""

import functools
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget
from api.commands.attack.wire import Reply

_FINE = ("fine.txt", b"Order 1, a line of text that any reader can read.")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def _png(width: int, height: int, colours: int, rows: bytes) -> bytes:
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, colours, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _hairline() -> bytes:
    return _png(1, 19_000, 0, b"\0\x80" * 19_000)


def _no_palette() -> bytes:
    return _png(64, 64, 3, (b"\0" + bytes(range(64))) * 64)


def _promised() -> bytes:
    """A picture that says it has more points than any memory holds, and brings a few bytes."""
    return _png(200_000, 200_000, 2, b"\0" * 64)


@functools.cache
def _zip_bomb() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("big.txt", "w") as entry:
        for _ in range(150):
            entry.write(bytes(1_000_000))
    return sink.getvalue()


def _pdf(stream: bytes, more: bytes) -> bytes:
    """One page with this content stream; ``more`` are further objects, of which the page may draw number 10."""
    head = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</A 10 0 R>>>>/Contents 4 0 R>>endobj\n"
    content = b"4 0 obj<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream endobj\n"
    return head + page + content + more + b"trailer<</Root 1 0 R/Size 40>>\n%%EOF\n"


def _pdf_bomb() -> bytes:
    """Ten drawings of which each draws the next ten times: a thousand million strokes in two kilobytes."""
    forms = b""
    for number in range(10, 20):
        last = number == 19
        drawn = b"0 0 m 600 800 l S" if last else b"/A Do " * 10
        inside = b"" if last else b"/XObject<</A %d 0 R>>" % (number + 1)
        form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<" + inside + b">>"
        forms += b"%d 0 obj<<" % number + form + b"/Length %d>>stream\n" % len(drawn) + drawn + b"\nendstream endobj\n"
    return _pdf(b"/A Do", forms)


_HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip-bomb": ("bomb.zip", _zip_bomb),
    "pdf-bomb": ("laughs.pdf", _pdf_bomb),
    "hairline-picture": ("hairline.png", _hairline),
    "picture-without-palette": ("palette.png", _no_palette),
    "promised-picture": ("promised.png", _promised),
}
_TOGETHER = "hostile"


def _together(target: AttackTarget) -> None:
    """One pack with all of them: none may cost it. When one does, each is tried alone, to say which."""
    target.submit(_TOGETHER, [_FINE, *((file, make()) for file, make in _HOSTILE.values())])


def _made(target: AttackTarget, name: str) -> Reply:
    try:
        return target.pack(_TOGETHER)
    except Broken:
        file, make = _HOSTILE[name]
        target.submit(name, [_FINE, (file, make())])
        return target.pack(name)


def _costs_itself_only(name: str) -> Drill:
    """A pack with this file and a fine one: both are placed or named, and the original is kept whole."""
    file, make = _HOSTILE[name]

    def attempt(target: AttackTarget) -> None:
        reply = _made(target, name)
        report = reply.json["report"]
        named = [line["file"] for line in report["not_included"] if line.get("reason")]
        placed = [exhibit["file"] for exhibit in report["exhibits"]]
        if not any(one.startswith(file) for one in (*named, *placed)):
            raise Broken("lost", file=file)
        if not any(one.startswith(_FINE[0]) for one in placed):
            raise Broken("lost", file=_FINE[0])
        kept = {one["name"]: one["sha256"] for one in reply.json["files"]}
        if kept.get(f"originals/{file}") != hashlib.sha256(make()).hexdigest():
            raise Broken("lost", file=f"originals/{file}")

    return Drill(name=name, attempt=attempt, prepare=_together if name == "zip-bomb" else _nothing)


def _nothing(target: AttackTarget) -> None:
    """Comes with the first of them."""
    _ = target


DRILLS = tuple(_costs_itself_only(name) for name in _HOSTILE)
