"""A finished document of ours in the form of archive copy that a receiver asks for by name.

Parts 2 and 3 differ only in what may be attached, and nothing is. For the oldest, PDF/A-1a, everything is said in the words of
PDF 1.4: no object streams, tags of that version, the list of signs that a font holds, pictures of at most eight bits, no
transparency. Where something in it cannot be said so, there is no such copy.
Source: ISO 19005-1, 6.1.4 (cross references), 6.1.10 (filters), 6.2.3 (colours), 6.3.5 (font subsets), 6.4 (transparency), 6.7
(metadata), 6.8 (structure); PDF Reference 1.4, 9.7.4 (standard structure types).
"""

import io
import re
from collections.abc import Iterator, Sequence

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from press.pdf.archival import archival_metadata

_TYPES = frozenset({
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private", "P", "H",
    "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Span", "Quote", "Note", "Reference",
    "BibEntry", "Code", "Link", "Figure", "Formula", "Form",
})  # fmt: skip
"""Structure types that PDF 1.4 knows."""
_BITS = 8
_ICC = b"\x02"
"""The last version of colour profiles that PDF 1.4 knows."""
_PLAIN = {"/SMask": Name("/None"), "/BM": Name.Normal}
_PART = re.compile(rb"(<pdfaid:part>|pdfaid:part=[\"'])(\d)")


def archive_part(document: bytes) -> int | None:
    """The part of ISO 19005 that a document says it keeps to; ``None`` where it says nothing."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        told = _PART.search(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else None
        return int(told[2]) if told else None


def in_form(document: bytes, part: int) -> bytes:
    """The same pages as the copy of this ``part`` (1 to 3), the same bytes every time; as it is where that cannot be.

    ``document`` is one of ours: it says itself that it is an archive copy, and pages of others stand in it as pictures.
    """
    with pikepdf.open(io.BytesIO(document)) as pdf:
        told = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
        found = _PART.search(told)
        if not found or int(found[2]) == part:
            return document
        if part == 1:
            return _oldest(pdf) or document
        packet = _PART.sub(rb"\g<1>%d" % part, told)
        pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    sink = io.BytesIO()
    pdf.save(sink, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    return sink.getvalue()


def _oldest(pdf: pikepdf.Pdf) -> bytes | None:
    """The document as PDF/A-1, with its tags as level A; ``None`` where something in it cannot be said in PDF 1.4."""
    if not all(_said_in_the_old_way(pdf, part) for item in list(pdf.objects) for part in _direct(item)):
        return None
    tagged = "/StructTreeRoot" in pdf.Root
    if tagged:
        _old_types(pdf)
    _told(pdf, tagged=tagged)
    sink = io.BytesIO()
    off = pikepdf.ObjectStreamMode.disable
    pdf.save(sink, deterministic_id=True, force_version="1.4", object_stream_mode=off)
    return sink.getvalue()


def _direct(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The dictionaries and streams of an object that stand in it, not those that it names."""
    if isinstance(item, (Dictionary, Stream)):
        yield item
    if isinstance(item, (Dictionary, Stream, Array)):
        below = item if isinstance(item, Array) else [item[key] for key in item.keys()]  # noqa: SIM118  # a PDF object, no mapping
        for one in below:
            if isinstance(one, (Dictionary, Array)) and not one.is_indirect:
                yield from _direct(one)


def _said_in_the_old_way(pdf: pikepdf.Pdf, item: pikepdf.Object) -> bool:
    """Change what PDF 1.4 says otherwise; whether it can be said at all."""
    for key in ("/Interpolate", "/Group"):
        if key in item:
            del item[key]
    if item.get("/Type") == Name.Font and item.get("/Subtype") in {Name.CIDFontType2, Name.CIDFontType0}:
        return _holds(pdf, item)
    profile = isinstance(item, Stream) and "/N" in item and "/Type" not in item
    if profile and item.read_bytes()[8:9] > _ICC:
        return False
    see_through = any(item.get(key, 1) != 1 for key in ("/ca", "/CA")) or "/OCProperties" in item
    see_through = see_through or any(item.get(key, plain) != plain for key, plain in _PLAIN.items())
    return not see_through and int(item.get("/BitsPerComponent", 1)) <= _BITS


def _holds(pdf: pikepdf.Pdf, font: pikepdf.Object) -> bool:
    """Say which signs a subset holds: every glyph of the embedded TrueType file."""
    descriptor = font.get("/FontDescriptor")
    if descriptor is None or "/FontFile2" not in descriptor:
        return False
    with TTFont(io.BytesIO(descriptor.FontFile2.read_bytes())) as file:
        glyphs = file["maxp"].numGlyphs
    places = font.get("/CIDToGIDMap")
    codes: Sequence[int] = range(glyphs)
    if isinstance(places, Stream):
        table = places.read_bytes()
        codes = [code for code in range(len(table) // 2) if int.from_bytes(table[2 * code : 2 * code + 2], "big")]
    held = bytearray((max(codes, default=0) // 8) + 1)
    for code in codes:
        held[code // 8] |= 0x80 >> code % 8
    descriptor.CIDSet = pdf.make_stream(bytes(held))
    return True


def _old_types(pdf: pikepdf.Pdf) -> None:
    """Name an old type for each structure type that came later."""
    root = pdf.Root.StructTreeRoot
    used = {
        str(item.S)[1:] for item in pdf.objects if isinstance(item, Dictionary) and item.get("/Type") == Name.StructElem
    }
    roles = root.get("/RoleMap", Dictionary())
    for later in sorted(used - _TYPES):
        roles[f"/{later}"] = Name.Div
    root.RoleMap = roles


def _told(pdf: pikepdf.Pdf, *, tagged: bool) -> None:
    """What the document says of itself, in both places alike."""
    title, subject = (str(pdf.docinfo.get(key, "")) for key in ("/Title", "/Subject"))
    for key in list(pdf.docinfo.keys()):
        if key not in {"/Title", "/Subject"}:
            del pdf.docinfo[key]
    pdf.Root.Metadata = archival_metadata(pdf, title, subject, form=(1, "A" if tagged else "B"))
    for key in ("/Version", "/AF"):
        if key in pdf.Root:
            del pdf.Root[key]
