"""Words laid invisibly over a page that is shown as a picture, so that it can still be searched and copied.

The font has no shapes at all: text in rendering mode 3 paints nothing, and a viewer only needs widths and the way back to
Unicode. Source: ISO 32000-2, 9.3.6.
"""

import functools
import io
from collections.abc import Iterable

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from casefile.reading import Line
from press.pdf.composite_font import EmbeddedFont, font_object, to_unicode
from press.pdf.geometry import Rectangle, numbers

_ADVANCE = 500
"""Width of every character in 1/1000 em."""
_ASCENT, _DESCENT = 800, -200
_LAST = 0xFFFF
_SURROGATES = range(0xD800, 0xE000)


@functools.cache
def _empty_font() -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "blank"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": Glyph(), "blank": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (_ADVANCE, 0), "blank": (_ADVANCE, 0)})
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    sink = io.BytesIO()
    builder.save(sink)
    return sink.getvalue()


def hidden_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The font that ``hidden_text`` writes with: every code is its own Unicode and has one empty glyph.

    That is not the glyph for missing characters, which archives refuse even where it paints nothing.
    """
    rows = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    font = EmbeddedFont(
        name="Hidden", data=_empty_font(), ascent=_ASCENT, descent=_DESCENT, usual_width=_ADVANCE,
        to_unicode=to_unicode(rows, "bfrange"), glyphs=b"\0\1" * (_LAST + 1),
    )  # fmt: skip
    return font_object(pdf, font)


def _code(char: str) -> str:
    """The character's two bytes; what lies beyond the first plane, or prints nothing, becomes a space."""
    code = ord(char)
    plain = code <= _LAST and code not in _SURROGATES and char.isprintable()
    return f"{code if plain else 0x20:04X}"


def hidden_text(lines: Iterable[Line], place: Rectangle, font: str) -> str:
    """The operators that lay ``lines`` (boxes from 0 to 1, top left) over ``place``, written with resource ``font``."""
    parts = []
    for line in lines:
        x0, y0, x1, y1 = line.box
        size = (y1 - y0) * place.height
        natural = len(line.text) * size * _ADVANCE / 1000
        if size <= 0 or natural <= 0 or x1 <= x0:
            continue
        stretch = (x1 - x0) * place.width / natural * 100
        at = numbers(place.x + x0 * place.width, place.y + (1 - y1) * place.height - size * _DESCENT / 1000)
        codes = "".join(map(_code, line.text))
        parts.append(f"BT /{font} {numbers(size)} Tf 3 Tr {numbers(stretch)} Tz {at} Td <{codes}> Tj ET\n")
    return f"q {''.join(parts)}Q\n" if parts else ""
