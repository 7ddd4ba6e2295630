"""The header bands of a bundle, one form per exhibit and way its page lies, used on all its pages.

Drawn with two small fonts where the words allow, because a layout engine takes milliseconds a band and a bundle has hundreds;
words that need shaping, or signs of several fonts, go to the layout engine, which draws the same band.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evidence_packer.bind.bundle.stamp import BAND, CROPS, MARGIN, BundleLook, ExhibitPages, bands, page_size
from press.pdf.bundle_file import BundleFile, SourcePage
from press.pdf.geometry import numbers
from press.pdf.lettering import bold_of, face_for, has_all
from press.pdf.line_breaking import broken, is_plain

Key = tuple[int, bool, str]
"""Exhibit number, whether the page lies on its side, and what it proves."""
_ACCENT, _GREY = "0.122 0.294 0.478", "0.275 0.322 0.373"
_TILE, _LEFT = (60.0, 58.0), 71.0
_CAPTION, _SMALL, _LABEL, _NUMBER = 11.5, 8.2, 7.5, 24.0
"""Sizes in points: caption, kind and proof, the word over the number, the number."""


def band_forms(file: BundleFile, look: BundleLook, wanted: Mapping[Key, ExhibitPages]) -> Mapping[Key, SourcePage]:
    """A band for every key."""
    face = face_for(look.typesetter.fonts, "".join(_words(look, e) for e in wanted.values()), look.language)
    bold = bold_of(look.typesetter.fonts, face)
    drawn = {key: e for key, e in wanted.items() if _simple(look, e, (face, bold))}
    laid = {key: e for key, e in wanted.items() if key not in drawn}
    found: dict[Key, SourcePage] = {}
    if drawn:
        pen = _Pen(file, look, tuple(drawn.values()), (face, bold))
        found |= {key: pen.band(exhibit, landscape=key[1]) for key, exhibit in drawn.items()}
    if laid:
        pages = bands(look, [(exhibit, landscape) for (_, landscape, _), exhibit in laid.items()])
        found |= dict(zip(laid, file.source_pages(pages, range(1, len(laid) + 1)), strict=True))
    return found


def _words(look: BundleLook, exhibit: ExhibitPages) -> str:
    """Every sign of a band."""
    said = (look.catalog.text("bundle.exhibit"), exhibit.caption, exhibit.kind_label, _proof(look, exhibit))
    return "".join(said) + str(exhibit.planned.number) + " …"


def _proof(look: BundleLook, exhibit: ExhibitPages) -> str:
    return f"{look.catalog.text('bundle.proves')} {exhibit.proves}" if exhibit.proves else ""


def _simple(look: BundleLook, exhibit: ExhibitPages, faces: Sequence[Path]) -> bool:
    words = _words(look, exhibit)
    return is_plain(words) and all(has_all(face, words) for face in faces)


class _Pen:
    """Draws bands with one regular and one bold font."""

    def __init__(
        self, file: BundleFile, look: BundleLook, exhibits: Sequence[ExhibitPages], faces: Sequence[Path]
    ) -> None:
        signs = "".join(sorted(set("".join(_words(look, exhibit) for exhibit in exhibits))))
        self._file, self._look = file, look
        self._regular, self._bold = (file.lettering(face, signs) for face in faces)

    def band(self, exhibit: ExhibitPages, *, landscape: bool) -> SourcePage:
        """The band as a form, its lower left corner at the origin."""
        width = page_size(self._look.paper, landscape=landscape)[0] - 2 * MARGIN
        room = width - _LEFT - (CROPS if exhibit.crops else 0.0)
        content = self._frame(exhibit, width) + self._text(exhibit, room)
        fonts = {"Regular": self._regular.font, "Bold": self._bold.font}
        return self._file.form(content, (width, BAND), fonts)

    def _frame(self, exhibit: ExhibitPages, width: float) -> str:
        low = BAND - _TILE[1]
        word, number = self._look.catalog.text("bundle.exhibit"), str(exhibit.planned.number)
        middle = _TILE[0] / 2
        return (
            f"{_ACCENT} rg {numbers(0, low, *_TILE)} re f {_ACCENT} RG 1.2 w 0 0.6 m {numbers(width)} 0.6 l S\n"
            + self._line("Regular", _LABEL, "1 1 1", (middle - self._regular.width(word, _LABEL) / 2, BAND - 16), word)
            + self._line("Bold", _NUMBER, "1 1 1", (middle - self._bold.width(number, _NUMBER) / 2, BAND - 42), number)
        )

    def _text(self, exhibit: ExhibitPages, room: float) -> str:
        y, drawn = BAND - 12.0, []
        for line in broken(exhibit.caption, lambda text: self._bold.width(text, _CAPTION), room, 2):
            drawn.append(self._line("Bold", _CAPTION, "0.106 0.141 0.188", (_LEFT, y), line))
            y -= _CAPTION * 1.25
        kind = exhibit.kind_label
        drawn.append(self._line("Bold", _SMALL, _ACCENT, (_LEFT, y), kind))
        taken = self._bold.width(kind, _SMALL) + 7
        proof = _proof(self._look, exhibit)
        lines = broken(proof, lambda text: self._regular.width(text, _SMALL), room, 2, taken) if proof else ()
        for place, line in enumerate(lines):
            x = _LEFT + taken if place == 0 else _LEFT
            drawn.append(self._line("Regular", _SMALL, _GREY, (x, y - place * _SMALL * 1.32), line))
        return "".join(drawn)

    def _line(self, font: str, size: float, colour: str, at: tuple[float, float], text: str) -> str:
        letters = self._bold if font == "Bold" else self._regular
        return f"BT /{font} {numbers(size)} Tf {colour} rg {numbers(*at)} Td {letters.encoded(text)} Tj ET\n"
