"""What a page draws with, and nothing else: of every resource only the keys that drawing needs, only the resources that are named.

Keys are kept by a list for each kind of object, so that what a program keeps for itself, what was once replaced and what is never
drawn have no way out. Marked content keeps its tag alone: words that stand in for others (ActualText) are seen by nobody.
"""

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reading.pdf.bare_fonts import Fonts
from reading.pdf.colours import Colours
from reading.pdf.keys import STREAM, Met, keep, keep_keys, names, rename, unpacked, values
from reading.pdf.marks import renamed, talks, without_marks
from reading.pdf.masks import bare_picture
from reading.pdf.plain_names import Names, names_in
from reading.pdf.scrubbing import Unpackable

_RESOURCES = names("Font XObject ExtGState ColorSpace Pattern Shading Properties")
_IMAGE = names(
    STREAM + "Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask "
    "SMaskInData Matte OC"
)
_FORM = names(STREAM + "Type Subtype FormType BBox Matrix Resources Group OC")
_GROUP = names("Type S CS I K")
_PATTERN = names(STREAM + "Type PatternType PaintType TilingType BBox XStep YStep Resources Matrix Shading ExtGState")
_MASK = names("Type S G BC TR")
_STATE = names("Type LW LC LJ ML D RI OP op OPM Font FL SM SA BM SMask CA ca AIS TK")
_LAYER = names("Type Usage OCGs P VE")
_USES = names("View Print Export Zoom")
_USE = names("ViewState PrintState ExportState min max")
_EVERYTHING = "*"
_MOST_DEPTH = 40


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
        self._met = Met()
        self._drawn: dict[tuple[int, int], tuple[Dictionary, set[str]]] = {}
        """Resource dictionaries, and the names that are drawn from them."""
        self._anywhere: set[str] = set()
        """What is drawn by parts without resources of their own."""
        self._called = Names()
        self._colours = Colours()
        self._fonts = Fonts(self._called, self._letters)

    def page(self, page: pikepdf.Page) -> None:
        """Clean a page, its content and its resources."""
        content = page.obj.get(Name.Contents)
        parts = [part for part in (content if isinstance(content, Array) else [content]) if isinstance(part, Stream)]
        contents = [unpacked(part) for part in parts]
        data = None if None in contents else b"\n".join(filter(None, contents))
        if data and talks(data):
            bare = self._document.make_stream(b"")
            data = renamed(data, self._called) or without_marks(page, self._called)
            _packed(bare, data)
            page.obj.Contents = bare
        for part in parts:
            keep(part, names(STREAM))
        self._resources(page.obj.get(Name.Resources), data, 0)
        keep(page.obj.get(Name.Group), _GROUP)

    def prune(self) -> None:
        """Let go of the resources that nothing names, and call the others by names that tell nothing."""
        for resources, drawn in self._drawn.values():
            used = drawn | self._anywhere
            for kind in sorted(_RESOURCES):
                group = resources.get(kind)
                if isinstance(group, Dictionary):
                    self._call(group, None if _EVERYTHING in used else used)

    def _call(self, group: Dictionary, used: set[str] | None) -> None:
        for name in (key[1:] for key in sorted(group.keys()) if not key.startswith("/Default")):
            if used is not None and name not in used and self._called.instead(name) not in used:
                del group["/" + name]
        rename(group, lambda name: name if name.startswith("Default") else self._called.instead(name))

    def _resources(self, resources: object, content: bytes | None, depth: int) -> None:
        drawn = {_EVERYTHING} if content is None else names_in(content)
        if not isinstance(resources, Dictionary):
            self._anywhere |= drawn
            return
        key = resources.objgen if resources.is_indirect else (0, len(self._drawn))
        known = self._drawn.setdefault(key, (resources, set()))
        known[1].update(drawn)
        if depth > _MOST_DEPTH or not self._met.first(resources):
            return
        keep(resources, _RESOURCES)
        for name, clean in (
            ("/Font", self._fonts.clean), ("/XObject", self._xobject), ("/ExtGState", self._state), ("/Pattern", self._pattern),
            ("/Shading", self._colours.shading), ("/ColorSpace", self._colours.space), ("/Properties", self._property),
        ):  # fmt: skip
            for part in values(resources.get(name)):
                clean(part, depth + 1)

    def _xobject(self, thing: Object, depth: int) -> None:
        if not isinstance(thing, Stream) or not self._met.first(thing):
            return
        if isinstance(layer := thing.get(Name.OC), Dictionary):
            self._property(layer, depth)
        if thing.get(Name.Subtype) == Name.Image:
            keep(thing, _IMAGE)
            self._colours.space(thing.get(Name.ColorSpace), depth)
            _without_what_is_masked(thing)
            for mask in (thing.get(Name.SMask), thing.get(Name.Mask)):
                if isinstance(mask, Stream):
                    self._xobject(mask, depth + 1)
        else:
            keep(thing, _FORM)
            self._drawing(thing, depth)

    def _drawing(self, thing: Stream, depth: int) -> None:
        """A form or a pattern cell: content with resources of its own."""
        data = unpacked(thing)
        if data and talks(data):
            data = renamed(data, self._called) or without_marks(thing, self._called)
            _packed(thing, data)
        keep(thing.get(Name.Group), _GROUP)
        self._resources(thing.get(Name.Resources), data, depth + 1)

    def _state(self, thing: Object, depth: int) -> None:
        if isinstance(thing, Dictionary) and self._met.first(thing):
            keep(thing, _STATE)
            mask, font = thing.get(Name.SMask), thing.get(Name.Font)
            self._fonts.clean(font[0] if isinstance(font, Array) and len(font) else None, depth + 1)
            if isinstance(mask, Dictionary):
                keep(mask, _MASK)
                if isinstance(group := mask.get(Name.G), Stream):
                    self._xobject(group, depth + 1)

    def _pattern(self, thing: Object, depth: int) -> None:
        if not isinstance(thing, Dictionary | Stream) or not self._met.first(thing):
            return
        keep(thing, _PATTERN)
        self._colours.shading(thing.get(Name.Shading), depth)
        if isinstance(thing, Stream):
            self._drawing(thing, depth)

    def _letters(self, font: Dictionary, depth: int) -> None:
        """The drawings that are the letters of a font."""
        shapes = [part for part in values(font.get(Name.CharProcs)) if isinstance(part, Stream)]
        contents = [unpacked(part) for part in shapes]
        for shape, content in zip(shapes, contents, strict=True):
            keep(shape, names(STREAM))
            if content and talks(content):
                _packed(shape, without_marks(shape, self._called))
        data = None if None in contents else b"\n".join(filter(None, map(unpacked, shapes)))
        self._resources(font.get(Name.Resources), data, depth + 1)

    def _property(self, thing: Object, depth: int) -> None:
        _ = depth
        if not isinstance(thing, Dictionary) or not self._met.first(thing):
            return
        kind = thing.get(Name.Type)
        keep(thing, _LAYER if kind in (Name.OCG, Name.OCMD) else frozenset())
        uses = thing.get(Name.Usage)
        keep(uses, _USES)
        for use in values(uses):
            keep_keys(use, _USE)
        if kind == Name.OCG:
            thing.Name = pikepdf.String("-")
        for inner in values(thing.get(Name.OCGs)) if isinstance(thing.get(Name.OCGs), Array) else ():
            self._property(inner, depth + 1)


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


def _packed(stream: Stream, content: bytes) -> None:
    stream.write(zlib.compress(content), filter=Name.FlateDecode)
