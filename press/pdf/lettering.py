"""A small embedded font for short stamps: one subset, written once, used by any number of content streams.

Laying out five hundred footers with a layout engine costs seconds; a stamp is one line of text in characters known beforehand.
"""

import functools
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont

from press.fonts import FontFace, chars_of, faces
from press.pdf.composite_font import EmbeddedFont, font_object, to_unicode

_USUAL = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("·–…’“”")
"""Always in the subset: bundles in plain Latin then share one, which is made once a process."""


_UNUSED = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "name")
"""Tables of a font that plain lines of text never ask for."""


@functools.lru_cache(maxsize=32)
def _subset(path: Path, chars: str) -> tuple[bytes, dict[str, tuple[int, int]], dict[str, int]]:
    """Subset font file, character → (glyph id, width in 1/1000 em), and its metrics in 1/1000 em."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    font = TTFont(path, recalcTimestamp=False)
    for table in _UNUSED:
        if table in font:
            del font[table]  # before the subsetter, which would unpack them first
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=chars)
    subsetter.subset(font)
    scale = 1000 / font["head"].unitsPerEm
    names = font.getBestCmap()
    widths = {
        char: (font.getGlyphID(names[ord(char)]), round(font["hmtx"][names[ord(char)]][0] * scale))
        for char in chars
        if ord(char) in names
    }
    metrics = {name: round(getattr(font["hhea"], name) * scale) for name in ("ascent", "descent")}
    sink = io.BytesIO()
    font.save(sink)
    return sink.getvalue(), widths, metrics


def face_for(fonts: Path, text: str, language: str) -> Path:
    """The regular font file with most characters of ``text``; of equals the language's own, then Latin. TrueType only."""
    regular = [face for face in faces(fonts) if not face.bold and face.path.suffix == ".ttf"]
    wanted = {ord(char) for char in text if not char.isspace()}

    def lacking(face: FontFace) -> int:
        return len(wanted - chars_of(face.path))

    by_right = sorted(regular, key=lambda face: (face.script != language, face.script != "latin"))
    # The others are not even opened where one has all.
    return (next((face for face in by_right if not lacking(face)), None) or min(by_right, key=lacking)).path


def bold_of(fonts: Path, regular: Path) -> Path:
    """The bold font file of a regular one's family, or the regular one where there is none."""
    family = next(face.family for face in faces(fonts) if face.path == regular)
    return next((face.path for face in faces(fonts) if face.bold and face.family == family), regular)


def has_all(path: Path, text: str) -> bool:
    """Whether a font file has every character of ``text``."""
    return all(ord(char) in chars_of(path) for char in set(text))


def whole_set(chars: str) -> str:
    """``chars`` with those that are in every subset, each once: texts with the same set share one font."""
    return "".join(sorted(set(chars) | _USUAL))


class Lettering:
    """One embedded font of one document, able to write ``chars``."""

    def __init__(self, pdf: pikepdf.Pdf, path: Path, chars: str) -> None:
        data, self._chars, metrics = _subset(path, whole_set(chars))
        rows = sorted(
            f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, (glyph, _) in self._chars.items()
        )
        font = EmbeddedFont(
            name=path.stem, data=data, ascent=metrics["ascent"], descent=metrics["descent"],
            widths=dict(self._chars.values()), to_unicode=to_unicode(rows, "bfchar"),
        )  # fmt: skip
        self.font = font_object(pdf, font)

    def encoded(self, text: str) -> str:
        """``text`` as a hexadecimal string operand; characters the font lacks are left out."""
        return "<" + "".join(f"{self._chars[char][0]:04X}" for char in text if char in self._chars) + ">"

    def width(self, text: str, size: float) -> float:
        """The width of ``text`` in points at ``size`` points."""
        return sum(self._chars[char][1] for char in text if char in self._chars) * size / 1000

    def has(self, char: str) -> bool:
        """Whether the font can write ``char``."""
        return char in self._chars


class Letters:
    """Short lines in one language: one font, and a second one for the characters that the first has not.

    ``fonts`` are the resources that pages with such lines need; ``made`` embeds a font file with characters.
    """

    def __init__(self, made: Callable[[Path, str], Lettering], fonts: Path, chars: str, language: str) -> None:
        first = face_for(fonts, chars, language)
        self._all = [("Footer", made(first, chars))]
        lacking = "".join(char for char in set(chars) if not has_all(first, char))
        if lacking.strip():
            self._all.append(("Footer2", made(face_for(fonts, lacking, language), lacking)))
        self.fonts = {name: letters.font for name, letters in self._all}

    def _runs(self, text: str) -> list[tuple[str, Lettering, str]]:
        runs: list[tuple[str, Lettering, str]] = []
        for char in text:
            name, letters = next((pair for pair in self._all if pair[1].has(char)), self._all[0])
            if runs and runs[-1][0] == name:
                runs[-1] = (name, letters, runs[-1][2] + char)
            else:
                runs.append((name, letters, char))
        return runs

    def width(self, text: str, size: float) -> float:
        """The width of ``text`` in points at ``size`` points."""
        return sum(letters.width(part, size) for _, letters, part in self._runs(text))

    def shown(self, text: str, size: float) -> str:
        """The operators inside a text object that write ``text`` where the pen is."""
        return " ".join(f"/{name} {size:g} Tf {letters.encoded(part)} Tj" for name, letters, part in self._runs(text))
