"""What a page draws with, and nothing else: of every resource only the keys that drawing needs, only the resources that are named.

Keys are kept by a list for each kind of object, so that what a program keeps for itself, what was once replaced and what is never
drawn have no way out. Marked content keeps its tag alone: words that stand in for others (ActualText) are seen by nobody.
"""

import re
import zlib
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reading.pdf.marks import gives_sentences, talks, without_marks
from reading.pdf.masks import bare_picture
from reading.pdf.scrubbing import Unpackable
from reading.pictures.colour_profiles import plain_profile

_STREAM = "Length Filter DecodeParms "


def _names(words: str) -> frozenset[str]:
    return frozenset("/" + word for word in words.split())


_RESOURCES = _names("Font XObject ExtGState ColorSpace Pattern Shading Properties")
_IMAGE = _names(
    _STREAM + "Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask "
    "SMaskInData Matte OC"
)
_FORM = _names(_STREAM + "Type Subtype FormType BBox Matrix Resources Group OC")
_GROUP = _names("Type S CS I K")
_FONT = _names(
    "Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo DW W DW2 W2 "
    "CIDToGIDMap FontBBox FontMatrix CharProcs Resources"
)
_DESCRIPTOR = _names(
    "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV "
    "StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Lang CIDSet"
)
_FONT_FILE = _names(_STREAM + "Length1 Length2 Length3 Subtype")
_PATTERN = _names(_STREAM + "Type PatternType PaintType TilingType BBox XStep YStep Resources Matrix Shading ExtGState")
_MASK = _names("Type S G BC TR")
_PROFILE = _names(_STREAM + "N Alternate Range")
_STATE = _names("Type LW LC LJ ML D RI OP op OPM Font FL SM SA BM SMask CA ca AIS TK")
_LAYER = _names("Type Usage OCGs P VE")
_USES = _names("View Print Export Zoom")
_EVERYTHING = "*"
_NAME = re.compile(rb"/([^\s/\[\]()<>{}%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_DEPTH = 40
_MOST_CONTENT = 32 * 1024 * 1024


def strip(document: Pdf) -> None:
    """Take everything away that no page of ``document`` is drawn with."""
    cleaner = _Cleaner(document)
    for page in document.pages:
        cleaner.page(page)
    cleaner.prune()


class _Cleaner:
    """One walk over a document; every object is met once."""

    def __init__(self, document: Pdf) -> None:
        self._document = document
        self._met: set[tuple[int, int]] = set()
        self._drawn: dict[tuple[int, int], tuple[Dictionary, set[str]]] = {}
        """Resource dictionaries, and the names that are drawn from them."""
        self._anywhere: set[str] = set()
        """What is drawn by parts without resources of their own."""

    def page(self, page: pikepdf.Page) -> None:
        """Clean a page, its content and its resources."""
        content = page.obj.get(Name.Contents)
        parts = [part for part in (content if isinstance(content, Array) else [content]) if isinstance(part, Stream)]
        contents = [_unpacked(part) for part in parts]
        data = None if None in contents else b"\n".join(filter(None, contents))
        if data and talks(data):
            bare = self._document.make_stream(b"")
            data = without_marks(page)
            _packed(bare, data)
            page.obj.Contents = bare
        for part in parts:
            _keep(part, _names(_STREAM))
        self._resources(page.obj.get(Name.Resources), data, 0)
        _keep(page.obj.get(Name.Group), _GROUP)

    def prune(self) -> None:
        """Let go of the resources that nothing names."""
        for resources, drawn in self._drawn.values():
            used = drawn | self._anywhere
            for kind in sorted(_RESOURCES) if _EVERYTHING not in used else ():
                group = resources.get(kind)
                if isinstance(group, Dictionary):
                    for name in {name for name in group.keys() if not name.startswith("/Default")} - used:  # noqa: SIM118
                        del group[name]

    def _new(self, thing: Object) -> bool:
        if not thing.is_indirect:
            return True
        if thing.objgen in self._met:
            return False
        self._met.add(thing.objgen)
        return True

    def _resources(self, resources: object, content: bytes | None, depth: int) -> None:
        drawn = {_EVERYTHING} if content is None else {_decoded(name) for name in _NAME.findall(content)}
        if not isinstance(resources, Dictionary):
            self._anywhere |= drawn
            return
        key = resources.objgen if resources.is_indirect else (0, len(self._drawn))
        known = self._drawn.setdefault(key, (resources, set()))
        known[1].update(drawn)
        if depth > _MOST_DEPTH or not self._new(resources):
            return
        _keep(resources, _RESOURCES)
        for name, clean in (
            ("/Font", self._font), ("/XObject", self._xobject), ("/ExtGState", self._state), ("/Pattern", self._pattern),
            ("/Shading", self._shading), ("/ColorSpace", self._colours), ("/Properties", self._property),
        ):  # fmt: skip
            for part in _values(resources.get(name)):
                clean(part, depth + 1)

    def _xobject(self, thing: Object, depth: int) -> None:
        if not isinstance(thing, Stream) or not self._new(thing):
            return
        if isinstance(layer := thing.get(Name.OC), Dictionary):
            self._property(layer, depth)
        if thing.get(Name.Subtype) == Name.Image:
            _keep(thing, _IMAGE)
            self._colours(thing.get(Name.ColorSpace), depth)
            _without_what_is_masked(thing)
            for mask in (thing.get(Name.SMask), thing.get(Name.Mask)):
                if isinstance(mask, Stream):
                    self._xobject(mask, depth + 1)
        else:
            _keep(thing, _FORM)
            self._drawing(thing, depth)

    def _drawing(self, thing: Stream, depth: int) -> None:
        """A form or a pattern cell: content with resources of its own."""
        data = _unpacked(thing)
        if data and talks(data):
            data = without_marks(thing)
            _packed(thing, data)
        _keep(thing.get(Name.Group), _GROUP)
        self._resources(thing.get(Name.Resources), data, depth + 1)

    def _state(self, thing: Object, depth: int) -> None:
        if isinstance(thing, Dictionary) and self._new(thing):
            _keep(thing, _STATE)
            mask = thing.get(Name.SMask)
            if isinstance(mask, Dictionary):
                _keep(mask, _MASK)
                if isinstance(group := mask.get(Name.G), Stream):
                    self._xobject(group, depth + 1)

    def _pattern(self, thing: Object, depth: int) -> None:
        if not isinstance(thing, Dictionary | Stream) or not self._new(thing):
            return
        _keep(thing, _PATTERN)
        self._shading(thing.get(Name.Shading), depth)
        if isinstance(thing, Stream):
            self._drawing(thing, depth)

    def _shading(self, thing: object, depth: int) -> None:
        if isinstance(thing, Dictionary | Stream):
            self._colours(thing.get(Name.ColorSpace), depth)

    def _colours(self, thing: object, depth: int) -> None:
        if not isinstance(thing, Array) or depth > _MOST_DEPTH:
            return
        for part in thing:
            if isinstance(part, Stream) and thing[0] == Name.ICCBased and self._new(part):
                _keep(part, _PROFILE)
                _packed(part, plain_profile(_unpacked(part) or b"") or _broken_profile())
            elif isinstance(part, Array):
                self._colours(part, depth + 1)

    def _font(self, thing: Object, depth: int) -> None:
        if not isinstance(thing, Dictionary) or not self._new(thing):
            return
        _keep(thing, _FONT)
        if isinstance(known := thing.get(Name.ToUnicode), Stream) and gives_sentences(_unpacked(known) or b""):
            del thing[Name.ToUnicode]
        for inner in _values(thing.get(Name.DescendantFonts)):
            self._font(inner, depth + 1)
        descriptor = thing.get(Name.FontDescriptor)
        if isinstance(descriptor, Dictionary) and self._new(descriptor):
            _keep(descriptor, _DESCRIPTOR)
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                _keep(descriptor.get(name), _FONT_FILE)
        if thing.get(Name.Subtype) == Name.Type3:
            shapes = [part for part in _values(thing.get(Name.CharProcs)) if isinstance(part, Stream)]
            contents = [_unpacked(part) for part in shapes]
            data = None if None in contents else b"\n".join(filter(None, contents))
            self._resources(thing.get(Name.Resources), data, depth + 1)

    def _property(self, thing: Object, depth: int) -> None:
        _ = depth
        if not isinstance(thing, Dictionary) or not self._new(thing):
            return
        kind = thing.get(Name.Type)
        _keep(thing, _LAYER if kind in (Name.OCG, Name.OCMD) else frozenset())
        _keep(thing.get(Name.Usage), _USES)
        if kind == Name.OCG:
            thing.Name = pikepdf.String("-")
        for inner in _values(thing.get(Name.OCGs)) if isinstance(thing.get(Name.OCGs), Array) else ():
            self._property(inner, depth + 1)


def _keep(thing: object, kept: frozenset[str]) -> None:
    if isinstance(thing, Dictionary | Stream):
        for key in list(thing.keys()):
            if key not in kept and not (key == "/Length" and isinstance(thing, Stream)):
                del thing[key]


def _without_what_is_masked(picture: Stream) -> None:
    try:
        rows = bare_picture(picture)
    except ValueError as error:
        raise Unpackable from error
    if rows is not None:
        picture.write(zlib.compress(rows), filter=Name.FlateDecode)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
        if Name.Decode in picture:
            del picture[Name.Decode]


def _broken_profile() -> bytes:
    """What stands in for a profile that is none: readers take the alternate, or the device's own colours."""
    return b"none"


def _packed(stream: Stream, content: bytes) -> None:
    stream.write(zlib.compress(content), filter=Name.FlateDecode)


def _values(group: object) -> Iterable[Object]:
    if isinstance(group, Dictionary):
        return [group[key] for key in group.keys()]  # noqa: SIM118  # pikepdf dictionaries iterate otherwise
    return list(group) if isinstance(group, Array) else ()


def _unpacked(stream: Stream) -> bytes | None:
    """The content; ``None`` where it cannot be unpacked or is far too long (such a page becomes a picture)."""
    try:
        content = stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return None
    return content if len(content) <= _MOST_CONTENT else None


def _decoded(name: bytes) -> str:
    plain = _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), name)
    return "/" + plain.decode("utf-8", "surrogateescape")
