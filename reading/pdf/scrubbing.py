"""Removes, from every object of a rewritten PDF, what may tell about its maker or act on its reader.

Pictures inside a PDF are whole JPEG files with all their camera data, so each goes through the same cutting as an uploaded
photograph; JPEG 2000 loses its XML and UUID boxes.
"""

import struct
import zlib

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, StreamDecodeLevel

from reading.pictures.jpeg_segments import take_apart_damaged

_DROPPED = tuple(
    Name("/" + name)
    for name in ("Metadata", "PieceInfo", "AA", "AF", "LastModified", "Thumb", "OPI", "Alternates", "EF")
)
_EMPTIED = {Name.Metadata, Name.EmbeddedFile}
_ACTIONS = {
    Name("/" + name)
    for name in (
        "JavaScript", "Launch", "URI", "GoTo", "GoToR", "GoToE", "SubmitForm", "ImportData", "ResetForm", "Named",
        "Rendition", "Sound", "Movie", "Hide", "Trans", "SetOCGState", "Thread", "GoTo3DView", "RichMediaExecute",
    )
}  # fmt: skip
_MAX_DEPTH = 60
_PRIVATE_BOXES = {b"xml ", b"uuid", b"uinf", b"jp2i"}


def scrub(document: Pdf) -> bool:
    """Clean every object in place; whether anything private was found."""
    found = [_scrub(thing) for thing in document.objects]  # every one, not only up to the first
    return any(found)


def _scrub(thing: Object) -> bool:
    found = False
    waiting = [(thing, 0)]
    while waiting:
        current, depth = waiting.pop()
        if isinstance(current, Dictionary | Stream):
            found |= _drop(current)
            inside = [current[key] for key in current.keys()]  # noqa: SIM118  # pikepdf dictionaries iterate otherwise
        elif isinstance(current, Array):
            inside = list(current)
        else:
            continue
        if isinstance(current, Stream):
            found |= _clean_picture(current)
        if depth < _MAX_DEPTH:
            # What is referred to indirectly gets its own turn.
            waiting += [(child, depth + 1) for child in inside if isinstance(child, Object) and not child.is_indirect]
    return found


def _drop(thing: Dictionary | Stream) -> bool:
    if thing.get(Name.S) in _ACTIONS and not isinstance(thing, Stream):
        _empty(thing)
        return True
    if isinstance(thing, Stream) and thing.get(Name.Type) in _EMPTIED:
        _empty(thing)
        thing.write(b"")
        return True
    if not (isinstance(thing, Stream) or Name.Type in thing or Name.Subtype in thing):
        return False  # a map of resource or glyph names, where a key means nothing by itself
    found = [name for name in _DROPPED if name in thing]
    for name in found:
        del thing[name]
    return bool(found)


def _empty(thing: Dictionary | Stream) -> None:
    for key in list(thing.keys()):
        if key != "/Length":
            del thing[key]


def _clean_picture(stream: Stream) -> bool:
    filters = stream.get(Name.Filter)
    names = list(filters) if isinstance(filters, Array) else [filters]
    if len(names) > 1 and Name.DCTDecode in names:
        return _unpack(stream)
    raw = stream.read_raw_bytes()
    if raw.startswith(b"\xff\xd8\xff"):  # whatever its filter says
        return _replace(stream, filters, _clean_jpeg(raw))
    if names == [Name.JPXDecode]:
        return _replace(stream, filters, _clean_jpeg2000(raw))
    return False


def _unpack(stream: Stream) -> bool:
    """A picture packed twice: down to its samples, which hold nothing else."""
    try:
        samples = stream.read_bytes(StreamDecodeLevel.all)
    except PdfError:
        samples = b""
    stream.write(zlib.compress(samples, 1), filter=Name.FlateDecode)
    return True


def _replace(stream: Stream, filters: Object | None, clean: bytes | None) -> bool:
    if clean is None:
        return False
    parameters = stream.get(Name.DecodeParms)
    stream.write(
        clean,
        filter=filters if isinstance(filters, Name | Array) else None,
        decode_parms=parameters if isinstance(parameters, Dictionary | Array) else None,
    )
    return True


def _clean_jpeg(data: bytes) -> bytes | None:
    parts = take_apart_damaged(data)
    if not parts.scans:
        return b""  # nobody can show it, and nobody knows what else it holds
    return parts.clean if parts.cut or parts.trailing else None


def _clean_jpeg2000(data: bytes) -> bytes | None:
    kept: list[bytes] = []
    position = 0
    while position + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        if length == 0:
            length = len(data) - position
        if length < 8:  # extended lengths and bare code streams stay as they are
            return None
        if name not in _PRIVATE_BOXES:
            kept.append(data[position : position + length])
        position += length
    clean = b"".join(kept)
    return clean if len(clean) < len(data) else None
