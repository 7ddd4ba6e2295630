"""Colour spaces, shadings and functions with the numbers that colour, and without words: names of inks, remarks, private keys."""

import re
import zlib

from pikepdf import Array, Dictionary, Name, Stream, String

from reading.pdf import exact
from reading.pdf.keys import STREAM, Met, keep, names, unpacked, written
from reading.pictures.colour_profiles import plain_profile

_CALIBRATED = names("WhitePoint BlackPoint Gamma Matrix Range")
_PROFILE = names(STREAM + "N Alternate Range")
_FUNCTION = names(STREAM + "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Functions Bounds")
_SHADING = names(
    STREAM + "ShadingType ColorSpace Background BBox AntiAlias Domain Coords Extend Matrix Function BitsPerCoordinate "
    "BitsPerComponent BitsPerFlag Decode VerticesPerRow"
)
_INKS = ("/All", "/None", "/Black", "/Cyan", "/Magenta", "/Yellow", "/Red", "/Green", "/Blue", "/Gray")
_REMARK = re.compile(rb"%[^\r\n]*")
_CALCULATION = re.compile(
    rb"[{}]|[-+]?(?:\d+\.?\d*|\.\d+)|\b(?:abs|add|and|atan|bitshift|ceiling|copy|cos|cvi|cvr|div|dup|eq|exch|exp|false|floor|ge|gt|"
    rb"idiv|if|ifelse|index|le|ln|log|lt|mod|mul|ne|neg|not|or|pop|roll|round|sin|sqrt|sub|true|truncate|xor)\b"
)
"""ISO 32000-2, table 42."""
_BY_CALCULATION = 4
_MOST_DEPTH, _MOST_BYTES = 40, 32 * 1024 * 1024


class Colours:
    """Colour spaces of one document; every object is met once."""

    def __init__(self) -> None:
        self._met = Met()

    def space(self, thing: object, depth: int = 0) -> None:
        """Clean a colour space in place."""
        if not isinstance(thing, Array) or not len(thing) or depth > _MOST_DEPTH or not self._met.first(thing):
            return
        kind = str(thing[0])
        if kind == "/ICCBased":
            self._profile(thing, depth)
        elif kind in ("/CalGray", "/CalRGB", "/Lab") and len(thing) > 1:
            keep(thing[1], _CALIBRATED)
        elif kind in ("/Separation", "/DeviceN"):
            self._inks(thing, depth)
        elif kind in ("/Indexed", "/I") and len(thing) > 3:
            self.space(thing[1], depth + 1)
            _cut_palette(thing)
        elif kind == "/Pattern" and len(thing) > 1:
            self.space(thing[1], depth + 1)

    def shading(self, thing: object, depth: int = 0) -> None:
        """Clean a shading in place."""
        if isinstance(thing, Dictionary | Stream):
            keep(thing, _SHADING)
            self.space(thing.get(Name.ColorSpace), depth + 1)
            self.function(thing.get(Name.Function), depth + 1)

    def function(self, thing: object, depth: int = 0) -> None:
        """Clean a function, or several, in place."""
        if depth > _MOST_DEPTH:
            return
        if isinstance(thing, Array):
            for part in thing:
                self.function(part, depth + 1)
        elif isinstance(thing, Dictionary | Stream) and self._met.first(thing):
            keep(thing, _FUNCTION)
            self.function(thing.get(Name.Functions), depth + 1)
            if isinstance(thing, Stream) and thing.get(Name.FunctionType) == _BY_CALCULATION:
                words = _CALCULATION.findall(_REMARK.sub(b"", unpacked(thing) or b""))
                thing.write(zlib.compress(b" ".join(words)), filter=Name.FlateDecode)
            elif isinstance(thing, Stream):
                exact.settle(thing, most=_MOST_BYTES)

    def _profile(self, space: Array, depth: int) -> None:
        profile = space[1] if len(space) > 1 else None
        if isinstance(profile, Stream) and self._met.first(profile):
            keep(profile, _PROFILE)
            self.space(profile.get(Name.Alternate), depth + 1)
            # Of one that is none readers take the alternate, or the device's own colours.
            profile.write(zlib.compress(plain_profile(unpacked(profile) or b"") or b"none"), filter=Name.FlateDecode)

    def _inks(self, space: Array, depth: int) -> None:
        if len(space) < 4:
            return
        if isinstance(space[1], Array):
            for place, ink in enumerate(list(space[1])):
                space[1][place] = Name(_ink("/" + written(ink), place))
        else:
            space[1] = Name(_ink("/" + written(space[1]), 0))
        self.space(space[2], depth + 1)
        self.function(space[3], depth + 1)
        while len(space) > 4:
            del space[4]  # what other readers might mix the inks by


def _ink(name: str, place: int) -> str:
    return name if name in _INKS else f"/Ink{place + 1}"


def _cut_palette(space: Array) -> None:
    """No more colours than can be chosen."""
    last: object = space[2]  # numbers are not PDF objects here
    table, count = space[3], exact.channels(space[1])
    if not isinstance(last, int) or not count:
        return
    wanted = (min(255, max(0, last)) + 1) * count
    if isinstance(table, String) and len(bytes(table)) > wanted:
        space[3] = String(bytes(table)[:wanted])
    elif isinstance(table, Stream):
        content = unpacked(table)
        keep(table, names(STREAM))
        if content is not None:
            table.write(zlib.compress(content[:wanted]), filter=Name.FlateDecode)
