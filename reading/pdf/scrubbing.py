"""Removes, from every object of a rewritten PDF, what may tell about its maker or act on its reader.

Pictures inside a PDF, however often they are packed, are whole JPEG files with all their camera data, so each goes through the
same cutting as an uploaded photograph; JPEG 2000 loses its XML and UUID boxes.
"""

import zlib

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, StreamDecodeLevel

from reading.pictures import jpeg2000
from reading.pictures.jpeg_segments import take_apart_damaged

_DROPPED = tuple(
    Name("/" + name)
    for name in ("Metadata", "PieceInfo", "AA", "AF", "LastModified", "Thumb", "OPI", "Alternates", "EF")
)
_EMPTIED = (Name.Metadata, Name.EmbeddedFile)  # no sets here: a name that is an object of its own cannot be hashed
_ACTIONS = tuple(
    Name("/" + name)
    for name in (
        "JavaScript", "Launch", "URI", "GoTo", "GoToR", "GoToE", "SubmitForm", "ImportData", "ResetForm", "Named",
        "Rendition", "Sound", "Movie", "Hide", "Trans", "SetOCGState", "Thread", "GoTo3DView", "RichMediaExecute",
    )
)  # fmt: skip
_PICTURES = (Name.DCTDecode, Name.DCT, Name.JPXDecode, Name.JBIG2Decode, Name.CCITTFaxDecode, Name.CCF)
_PRIVATE = "metadata-removed"
_MAX_DEPTH = 60


class Unpackable(Exception):
    """A picture inside cannot be unpacked within the limits, so nobody knows what else it holds."""


def scrub(document: Pdf) -> frozenset[str]:
    """Clean every object in place; codes of what was found: ``metadata-removed``, ``picture-lost`` (nobody can show it).

    Raises:
        Unpackable: the document cannot be vouched for.
    """
    return frozenset(code for thing in document.objects for code in _scrub(thing))


def _scrub(thing: Object) -> set[str]:
    found: set[str] = set()
    waiting = [(thing, 0)]
    while waiting:
        current, depth = waiting.pop()
        if isinstance(current, Dictionary | Stream):
            found |= {_PRIVATE} if _drop(current) else set()
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


def _clean_picture(stream: Stream) -> set[str]:
    filters = stream.get(Name.Filter)
    names: list[Object | None] = list(filters) if isinstance(filters, Array) else [filters]
    if len(names) > 1 and any(name in _PICTURES for name in names):
        filters = _unwrapped(stream, names)
        names = [filters]
    raw = stream.read_raw_bytes()
    if raw.startswith(b"\xff\xd8\xff"):  # whatever its filter says
        clean = _clean_jpeg(raw)
        told = {_PRIVATE, "picture-lost"} if clean == b"" else {_PRIVATE}
        return told if _replace(stream, filters, clean) else set()
    if names == [Name.JPXDecode]:
        return {_PRIVATE} if _replace(stream, filters, jpeg2000.clean(raw)) else set()
    return set()


def _unwrapped(stream: Stream, names: list[Object | None]) -> Object | None:
    """Take a picture out of what it was packed into (Flate, LZW, run lengths, ASCII), its own packing kept; that filter.

    Where it is packed the wrong way round, down to its samples, which hold nothing else.
    """
    parameters = stream.get(Name.DecodeParms)
    each = list(parameters) if isinstance(parameters, Array) and len(parameters) == len(names) else [None] * len(names)
    within = Pdf.new()
    outer = within.make_stream(stream.read_raw_bytes())
    outer.Filter = Array([Name(str(name)) for name in names[:-1]])
    if any(isinstance(one, Dictionary) for one in each[:-1]):
        outer.DecodeParms = Array([_plain(one) for one in each[:-1]])
    try:
        if names[-1] not in _PICTURES:
            stream.write(zlib.compress(stream.read_bytes(StreamDecodeLevel.all), 1), filter=Name.FlateDecode)
            return Name.FlateDecode
        data = outer.read_bytes(StreamDecodeLevel.generalized)
    except (PdfError, RuntimeError) as error:  # limits of memory are the latter
        raise Unpackable from error
    own = each[-1] if isinstance(each[-1], Dictionary) else None
    inmost = Name(str(names[-1]))
    stream.write(data, filter=inmost, decode_parms=own)
    return inmost


def _plain(parameters: Object | None) -> Dictionary:
    """Parameters of a filter that unpacks; they are numbers."""
    if not isinstance(parameters, Dictionary):
        return Dictionary()
    plain = Dictionary()
    for key in parameters.keys():  # noqa: SIM118  # pikepdf dictionaries iterate otherwise
        if not isinstance(parameters[key], Object):
            plain[key] = parameters[key]
    return plain


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
