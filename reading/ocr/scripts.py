"""Which script a page is written in, where the engines were unsure of its letters: so that what is not read is told by name.

An engine finds its own letters in every script: Cyrillic becomes ``CTaTyc 3aKa3a``, Arabic ``plioJI``, at scores that look like a
poor picture. Two signs betray it, the scores and words that no language writes; only then Tesseract is asked for the script
(its own detector, ``osd``), over the doubtful lines alone, one below the other.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from PIL import Image

from casefile.reading import Line
from reading.ocr.contract import Pixels
from reading.ocr.tesseract import script_name

UNKNOWN = "Zyyy"
"""ISO 15924: undetermined script."""
_CODES: Mapping[str, str] = {
    "Arabic": "Arab", "Armenian": "Armn", "Bengali": "Beng", "Canadian_Aboriginal": "Cans", "Cherokee": "Cher",
    "Cyrillic": "Cyrl", "Devanagari": "Deva", "Ethiopic": "Ethi", "Fraktur": "Latn", "Georgian": "Geor", "Greek": "Grek",
    "Gujarati": "Gujr", "Gurmukhi": "Guru", "Han": "Hani", "Hangul": "Kore", "Hebrew": "Hebr", "Hiragana": "Jpan",
    "Japanese": "Jpan", "Kannada": "Knda", "Katakana": "Jpan", "Khmer": "Khmr", "Korean": "Kore", "Lao": "Laoo", "Latin": "Latn",
    "Malayalam": "Mlym", "Myanmar": "Mymr", "Oriya": "Orya", "Sinhala": "Sinh", "Syriac": "Syrc", "Tamil": "Taml",
    "Telugu": "Telu", "Thaana": "Thaa", "Thai": "Thai", "Tibetan": "Tibt",
}  # fmt: skip
"""Tesseract's name → ISO 15924."""
READ = frozenset({"Latn", "Hani"})
"""What the quick tier of the first engine reads."""
LANGUAGE_OF: Mapping[str, str] = {"Kore": "ko", "Thai": "th", "Jpan": "ja", "Cyrl": "ru"}
"""Script → the language by which an engine for it is found."""

_NUMBER = 4
"""A word of so many digits is a number, such as that of a parcel, whatever letters stand in it."""
_FEW = 12
"""Letters; fewer are a brand or an icon."""
_DOUBTFUL, _STRANGE = 0.93, 0.3
"""Score of a line below which its letters may be another script's; share of words that no language writes."""
_SHARE = 0.4
_WORD = re.compile(r"[^\W_]{3,}")
_NO_WORD = re.compile(r"[a-z][A-Z]|[^\W\d_]\d[^\W\d_]|^\d[a-z]{2}")
_KNOWN = ("LATIN", "CJK", "HANGUL", "THAI", "HIRAGANA", "KATAKANA", "FULLWIDTH", "HALFWIDTH", "IDEOGRAPHIC")
_ROW, _MOST_ROWS, _WIDEST = 60, 24, 1_600
_LEAST_SURE, _SURE = 0.25, 0.5
"""How sure Tesseract must be that there is a script at all, and which: few letters leave it doubtful."""
_GREEK = 6
"""Different small letters of Greek that the first engine reads only where Greek stands."""


def doubtful(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines whose letters may be those of another script, where they are much of the page's writing; else none.

    Numbers are the same in every script and speak neither for nor against.
    """
    lettered = [(line, letters) for line in lines if (letters := sum(map(str.isalpha, line.text))) >= 2]
    odd = [(line, letters) for line, letters in lettered if _odd(line)]
    total, poor = sum(n for _, n in lettered), sum(n for _, n in odd)
    return tuple(line for line, _ in odd) if poor >= _FEW and poor >= _SHARE * total else ()


def _odd(line: Line) -> bool:
    words = [word for word in _WORD.findall(line.text) if sum(map(str.isdigit, word)) < _NUMBER]
    strange = sum(1 for word in words if _NO_WORD.search(word) or any(map(_foreign, word)))
    return line.score < _DOUBTFUL or strange > _STRANGE * max(1, len(words))


def _foreign(char: str) -> bool:
    """Whether a letter is of a script that no engine here reads: single ones of Greek are found in everything."""
    return ord(char) > 0x24F and char.isalpha() and not unicodedata.name(char, "").startswith(_KNOWN)


def script_of(pixels: Pixels, lines: Sequence[Line]) -> str | None:
    """ISO 15924 code of the script of ``lines``; ``None`` where Tesseract does not tell, or is not there.

    Raises:
        CutShort: it did not come to an end.
    """
    if len({char for line in lines for char in line.text if "\u03b1" <= char <= "\u03c9"}) >= _GREEK:
        return "Grek"
    name, sure = script_name(_stacked(pixels, lines))
    script = _CODES.get(name, UNKNOWN) if name and sure >= _LEAST_SURE else None
    if sure >= _SURE or script in {None, "Jpan", *READ}:
        return script
    return None if script in {"Kore", "Thai"} else UNKNOWN


def _stacked(pixels: Pixels, lines: Sequence[Line]) -> Pixels:
    """The lines one below the other, on white: a small picture of nothing else."""
    height, width = pixels.shape[:2]
    grey = pixels if pixels.ndim == 2 else pixels[:, :, 1]
    rows = []
    for line in sorted(lines, key=lambda one: one.box[0] - one.box[2])[:_MOST_ROWS]:
        x0, y0, x1, y1 = (int(edge * side) for edge, side in zip(line.box, (width, height, width, height), strict=True))
        margin = 1 + (y1 - y0) // 5  # marks above and below the letters
        crop = grey[max(0, y0 - margin) : y1 + margin, max(0, x0 - margin) : x1 + margin]
        wide = min(_WIDEST, round(crop.shape[1] * _ROW / crop.shape[0]))
        scaled = Image.fromarray(np.ascontiguousarray(crop)).resize((wide, _ROW), Image.Resampling.LANCZOS)
        rows.append(_upon_white(np.asarray(scaled)))
    wide = max(row.shape[1] for row in rows) + 40
    tall = sum(row.shape[0] + 16 for row in rows) + 40
    sheet = np.full((tall, wide), 255, dtype=np.uint8)
    for top, row in zip(itertools.accumulate((row.shape[0] + 16 for row in rows), initial=20), rows, strict=False):
        sheet[top : top + row.shape[0], 20 : 20 + row.shape[1]] = row
    return sheet


def _upon_white(crop: Pixels) -> Pixels:
    """Dark type on light ground, stretched to the whole range."""
    low, high = int(crop.min()), int(crop.max())
    stretched = ((crop.astype(np.int32) - low) * 255 // max(1, high - low)).astype(np.uint8)
    return stretched if np.median(stretched) >= 128 else 255 - stretched
