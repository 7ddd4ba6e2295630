"""The project's own fonts: which families there are, a fontconfig that knows no others, and which characters they lack.

Why private: the same case must give the same bytes on every machine, and a system's font list costs time on every letter.
"""

import functools
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


NORMAL_SIGNS = str.maketrans({"\u2011": "-", "\u00ad": "", "\u200b": "", "\ufeff": "", "\u2010": "-"})
"""Characters that fonts often lack and that mean nothing else on paper; they are set as these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFace:
    """One font file: script tag, family as CSS names it, weight, path and the SHA-256 it must have."""

    script: str
    family: str
    bold: bool
    path: Path
    sha256: str


@functools.cache
def faces(fonts: Path) -> tuple[FontFace, ...]:
    """Every face that ``fonts.toml`` lists, in its order: Latin first, rare characters last (the order of fallback)."""
    table = tomllib.loads((fonts / "fonts.toml").read_text(encoding="utf-8"))
    return tuple(
        FontFace(
            script=script,
            family=entry["family"],
            bold=weight == "bold",
            path=fonts / entry[weight]["file"],
            sha256=entry[weight]["sha256"],
        )
        for script, entry in table.items()
        for weight in ("regular", "bold")
        if weight in entry
    )


def damaged(fonts: Path) -> tuple[str, ...]:
    """Names of listed font files that are missing or differ from their recorded hash."""
    return tuple(
        face.path.name
        for face in faces(fonts)
        if not face.path.exists() or hashlib.sha256(face.path.read_bytes()).hexdigest() != face.sha256
    )


def write_fontconfig(fonts: Path, cache: Path) -> Path:
    """A fontconfig file that knows only ``fonts``, written beside its cache; returns its absolute path."""
    cache.mkdir(parents=True, exist_ok=True)
    config = cache.resolve() / "fonts.conf"
    text = _CONFIG.format(fonts=fonts.resolve(), cache=cache.resolve())
    if not config.exists() or config.read_text(encoding="utf-8") != text:
        config.write_text(text, encoding="utf-8")
    return config


@functools.cache
def chars_of(path: Path) -> frozenset[int]:
    """The code points a font file has a glyph for; each file is opened once per process."""
    with TTFont(path, lazy=True) as font:
        # Names of glyphs are of no use here, and finding real ones out costs four times the rest.
        font.setGlyphOrder([str(glyph) for glyph in range(font["maxp"].numGlyphs)])
        return frozenset(font.getBestCmap())


def missing_glyphs(text: str, fonts: Path) -> tuple[str, ...]:
    """The characters of ``text`` that no font of the project has, each once, in order.

    Spaces, controls and variation selectors are left out: they print nothing.
    """
    lacking = {c for c in text.translate(NORMAL_SIGNS) if _prints(c)}
    for face in faces(fonts):
        if lacking and not face.bold:
            known = chars_of(face.path)
            lacking = {c for c in lacking if ord(c) not in known}
    return tuple(dict.fromkeys(c for c in text.translate(NORMAL_SIGNS) if c in lacking))


def _prints(char: str) -> bool:
    return char.isprintable() and not char.isspace() and not 0xFE00 <= ord(char) <= 0xFE0F
