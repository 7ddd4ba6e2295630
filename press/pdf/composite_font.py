"""An embedded TrueType font as PDF wants it for two-byte codes, and the map from its codes back to Unicode.

Source: ISO 32000-2, 9.7 (composite fonts), 9.8 (descriptors), 9.10.3 (ToUnicode).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_BLOCK = 100
"""A block of a character map has at most a hundred rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFont:
    """A TrueType file and what a viewer must know of it; sizes in 1/1000 em.

    ``glyphs``: the glyph of each code, two bytes each; empty where code and glyph are the same number.
    """

    name: str
    data: bytes
    ascent: int
    descent: int
    to_unicode: bytes
    usual_width: int = 1000
    widths: Mapping[int, int] = field(default_factory=dict)
    glyphs: bytes = b""


def font_object(pdf: pikepdf.Pdf, font: EmbeddedFont) -> pikepdf.Object:
    """The font as an indirect object of ``pdf``."""
    name = Name("/AAAAAA+" + font.name.replace(" ", ""))
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[0, font.descent, 1200, font.ascent], ItalicAngle=0,
        Ascent=font.ascent, Descent=font.descent, CapHeight=700, StemV=80,
        FontFile2=pdf.make_stream(font.data, Length1=len(font.data)),
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, DW=font.usual_width,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=pdf.make_stream(font.glyphs) if font.glyphs else Name.Identity,
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array([part for code, width in sorted(font.widths.items()) for part in (code, Array([width]))]),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=pdf.make_stream(font.to_unicode),
        )
    )  # fmt: skip


def to_unicode(rows: Sequence[str], kind: str) -> bytes:
    """A character map of ``rows`` (``<code> <unicode>``); ``kind`` is ``bfchar`` or ``bfrange``."""
    blocks = [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]
    body = "\n".join(f"{len(block)} begin{kind}\n" + "\n".join(block) + f"\nend{kind}" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
