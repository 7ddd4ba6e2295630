"""Fonts of a page without words: what they are called, who made them, remarks in their maps and programs."""

import re
import zlib
from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Stream, String

from reading.pdf.character_maps import plain_map
from reading.pdf.font_programs import plain_program
from reading.pdf.keys import STREAM, Met, keep, keep_keys, names, rename, unpacked, values, written
from reading.pdf.marks import gives_sentences
from reading.pdf.plain_names import Names

_FONT = names(
    "Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo DW W DW2 W2 "
    "CIDToGIDMap FontBBox FontMatrix CharProcs Resources"
)
_DESCRIPTOR = names(
    "Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth "
    "MaxWidth MissingWidth FontFile FontFile2 FontFile3"
)
_NAMED = names("FontFamily")
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_PROGRAM = names(STREAM + "Length1 Length2 Length3 Subtype")
_ENCODING = names("Type BaseEncoding Differences")
_MAP = names(STREAM + "Type CMapName WMode UseCMap")
_SYSTEM = names("Registry Ordering Supplement")
_ORDERINGS = {"Identity", "UCS", "GB1", "CNS1", "Japan1", "Japan2", "Korea1", "KR", "Manga1", "UTF8", "UTF16", "UTF32"}
_STYLES = ("Bold", "Italic", "Oblique")
_STRINGS = re.compile(rb"[(<]")


class Fonts:
    """The fonts of one document. ``drawing`` cleans the shapes and resources of a font whose letters are drawings."""

    def __init__(self, called: Names, drawing: Callable[[Dictionary, int], None]) -> None:
        self._called, self._drawing = called, drawing
        self._met = Met()
        self._numbers: dict[str, int] = {}

    def clean(self, thing: object, depth: int = 0) -> None:
        """Clean a font in place."""
        if not isinstance(thing, Dictionary) or not self._met.first(thing):
            return
        keep(thing, _FONT)
        self._map(thing, Name.ToUnicode)
        self._map(thing, Name.Encoding)
        if isinstance(thing.get(Name.Encoding), Dictionary):
            keep_keys(thing.Encoding, _ENCODING)
        _system(thing.get(Name.CIDSystemInfo))
        for name in ("/Widths", "/W", "/W2"):
            _numbers_alone(thing.get(name))
        within = [inner for inner in values(thing.get(Name.DescendantFonts)) if isinstance(inner, Dictionary)]
        for inner in within:
            self.clean(inner, depth + 1)
        self._descriptor(thing.get(Name.FontDescriptor))
        if thing.get(Name.Subtype) == Name.Type3:
            self._letters(thing)
            self._drawing(thing, depth)
        elif any(map(_embedded, (thing, *within))):
            self._rename(thing, Name.BaseFont)

    def _descriptor(self, thing: object) -> None:
        if not isinstance(thing, Dictionary) or not self._met.first(thing):
            return
        programs = [program for name in _PROGRAMS if isinstance(program := thing.get(name), Stream)]
        keep(thing, _DESCRIPTOR if programs else _DESCRIPTOR | _NAMED)
        if programs:
            self._rename(thing, Name.FontName)
        for program in programs:
            self._program(program)

    def _program(self, program: Stream) -> None:
        if not self._met.first(program):
            return
        keep(program, _PROGRAM)
        data = unpacked(program)
        if data is None:
            return
        plain = plain_program(data)
        if plain != data:
            program.write(zlib.compress(plain), filter=Name.FlateDecode)
            if "/Length1" in program and len(plain) != len(data):
                program.Length1 = len(plain)

    def _rename(self, thing: Dictionary, key: Name) -> None:
        """A name that tells the style and nothing else; the same wherever a font is called the same."""
        name = written(thing[key]) if key in thing else ""
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        tag = "".join(chr(ord("A") + number // 26**place % 26) for place in reversed(range(6)))
        style = "".join(style for style in _STYLES if style in name)
        thing[key] = Name(f"/{tag}+Font{style}")

    def _map(self, font: Dictionary, key: Name) -> None:
        known = font.get(key)
        if not isinstance(known, Stream):
            return
        content = unpacked(known) or b""
        if key == Name.ToUnicode and gives_sentences(content):
            del font[key]
        elif self._met.first(known):
            keep(known, _MAP)
            if "/CMapName" in known:
                known.CMapName = Name.Map
            if isinstance(based := known.get(Name.UseCMap), Stream):
                keep(based, _MAP)
                based.write(zlib.compress(plain_map(unpacked(based) or b"")), filter=Name.FlateDecode)
            known.write(zlib.compress(plain_map(content)), filter=Name.FlateDecode)

    def _letters(self, font: Dictionary) -> None:
        """The shapes of letters under names that tell nothing."""
        shapes, encoding = font.get(Name.CharProcs), font.get(Name.Encoding)
        if isinstance(shapes, Dictionary):
            rename(shapes, self._called.instead)
        differences = encoding.get(Name.Differences) if isinstance(encoding, Dictionary) else None
        if isinstance(differences, Array):
            for place, sign in enumerate(list(differences)):
                if isinstance(sign, Name):
                    differences[place] = Name("/" + self._called.instead(written(sign)))


def _embedded(font: Dictionary) -> bool:
    """Whether the program of the font is there, so that nobody has to look for it by its name."""
    descriptor = font.get(Name.FontDescriptor)
    return isinstance(descriptor, Dictionary) and any(isinstance(descriptor.get(name), Stream) for name in _PROGRAMS)


def _system(thing: object) -> None:
    if isinstance(thing, Dictionary):
        keep(thing, _SYSTEM)
        if str(thing.get(Name.Ordering, "")) not in _ORDERINGS or str(thing.get(Name.Registry, "")) != "Adobe":
            thing.Registry, thing.Ordering = String("Adobe"), String("Identity")


def _numbers_alone(thing: object) -> None:
    if not isinstance(thing, Array) or not _STRINGS.search(thing.unparse()):
        return
    for place in reversed(range(len(thing))):
        if isinstance(thing[place], String):
            del thing[place]
        else:
            _numbers_alone(thing[place])
