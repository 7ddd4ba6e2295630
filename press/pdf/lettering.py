"""A small embedded font for short stamps: one subset, written once, used by any number of content streams.

Laying out five hundred footers with a layout engine costs seconds; a stamp is one line of text in signs known beforehand.
Source: ISO 32000-2, 9.7 (composite fonts), 9.10.3 (ToUnicode).
"""

import functools
import io
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont

from press.fonts import faces


@functools.lru_cache(maxsize=32)
def _subset(path: Path, signs: str) -> tuple[bytes, dict[str, tuple[int, int]], dict[str, int]]:
    """Subset font file, sign → (glyph id, width in 1/1000 em), and its metrics in 1/1000 em."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "name"]
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=signs)
    subsetter.subset(font)
    scale = 1000 / font["head"].unitsPerEm
    names = font.getBestCmap()
    widths = {
        sign: (font.getGlyphID(names[ord(sign)]), round(font["hmtx"][names[ord(sign)]][0] * scale))
        for sign in signs
        if ord(sign) in names
    }
    metrics = {name: round(getattr(font["hhea"], name) * scale) for name in ("ascent", "descent")}
    sink = io.BytesIO()
    font.save(sink)
    return sink.getvalue(), widths, metrics


def face_for(fonts: Path, text: str, language: str) -> Path:
    """The regular font file that has every sign of ``text``: the language's own, else Latin, else the one with most."""
    regular = [face for face in faces(fonts) if not face.bold]
    regular.sort(key=lambda face: (face.script != language, face.script != "latin"))
    wanted = {ord(sign) for sign in text if not sign.isspace()}

    def lacking(path: Path) -> int:
        with TTFont(path, lazy=True) as font:
            return len(wanted - set(font.getBestCmap()))

    return min((face.path for face in regular), key=lacking)


class Lettering:
    """One embedded font of one document, able to write ``signs``."""

    def __init__(self, pdf: pikepdf.Pdf, path: Path, signs: str) -> None:
        data, self._signs, metrics = _subset(path, "".join(sorted(set(signs) | {" "})))
        self.font = self._font(pdf, data, path.stem, metrics)

    def _font(self, pdf: pikepdf.Pdf, data: bytes, name: str, metrics: dict[str, int]) -> pikepdf.Object:
        base = pikepdf.Name("/AAAAAA+" + name.replace(" ", ""))
        descriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=base, Flags=4, FontBBox=[0, -300, 1200, 1100], ItalicAngle=0,
            Ascent=metrics["ascent"], Descent=metrics["descent"], CapHeight=700, StemV=80,
            FontFile2=pdf.make_stream(data, Length1=len(data)),
        )  # fmt: skip
        glyphs = sorted(self._signs.values())
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=base, DW=1000,
            CIDSystemInfo=pikepdf.Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            CIDToGIDMap=pikepdf.Name.Identity, FontDescriptor=pdf.make_indirect(descriptor),
            W=pikepdf.Array([part for glyph, width in glyphs for part in (glyph, pikepdf.Array([width]))]),
        )  # fmt: skip
        return pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=base, Encoding=pikepdf.Name("/Identity-H"),
                DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(self._to_unicode()),
            )
        )  # fmt: skip

    def _to_unicode(self) -> bytes:
        pairs = sorted((glyph, sign) for sign, (glyph, _) in self._signs.items())
        lines = [f"<{glyph:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for glyph, sign in pairs]
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode("ascii")

    def encoded(self, text: str) -> str:
        """``text`` as a hexadecimal string operand; signs the font lacks are left out."""
        return "<" + "".join(f"{self._signs[sign][0]:04X}" for sign in text if sign in self._signs) + ">"

    def width(self, text: str, size: float) -> float:
        """The width of ``text`` in points at ``size`` points."""
        return sum(self._signs[sign][1] for sign in text if sign in self._signs) * size / 1000
