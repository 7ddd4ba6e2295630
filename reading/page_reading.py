"""One page's checked pixels to what it says: text, bar codes, sharpness, text height, perceptual hash."""

import contextlib
import threading
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from casefile.care import is_of_a_file, log_failure
from casefile.reading import Line, ReadPage, Sharpness, Unread
from reading.effort import Effort, Measured
from reading.limits import PUBLISHED, ReadingLimits
from reading.looks.barcodes import barcodes
from reading.looks.colour_thumbnail import thumbprint
from reading.looks.flaws import flaws
from reading.looks.perceptual_hash import perceptual_hash
from reading.looks.reduced import reduced
from reading.looks.sharpness import sharpness
from reading.looks.text_height import text_height
from reading.ocr.contract import CutShort, EngineKind, OcrEngine, Pixels, Tier, engines, engines_with
from reading.ocr.cyrillic import is_russian, suspected
from reading.ocr.first import FIRST_ENGINE
from reading.ocr.line_strips import strips
from reading.ocr.ocr_passes import Aim, read_page
from reading.ocr.scripts import LANGUAGE_OF, READ, doubtful, script_of
from reading.ocr.second_engines import joined, named, sure, wanted
from reading.receipts import receipt
from reading.results import PagePixels

OUTLINES = Sharpness(edge_width=None, verdict="sharp")
"""Type drawn from outlines is sharp at any size; there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    kind: EngineKind
    engine: OcrEngine


@dataclass(frozen=True, slots=True)
class Scripts:
    """A script that was seen and not read, and the lines in it."""

    unread: str | None = None
    foreign: tuple[Line, ...] = ()


@dataclass(slots=True)
class _PageLook:
    """One page while engines look at it, and what is noted for its receipt."""

    pixels: Pixels
    aim: Aim
    effort: Effort
    blurred: bool = False
    engines: list[str] = field(default_factory=list)
    scripts: Scripts = field(default_factory=Scripts)


class PageReader:
    """Reads pages with a first OCR engine and, for other scripts, a second; each loaded here when a page needs it."""

    def __init__(self, limits: ReadingLimits = PUBLISHED, engine: str = FIRST_ENGINE) -> None:
        self._limits = limits
        self._name = engine
        self._lock = threading.Lock()
        self._loaded: dict[str, _Loaded] = {}

    def wake(self) -> None:
        """Load the first engine; one that cannot be loaded is reported by the first page."""
        with contextlib.suppress(Exception):
            self._engine(self._name)

    def lines(self, pixels: Pixels, tier: Tier) -> tuple[Line, ...]:
        """What the first engine reads on any picture."""
        return self._engine(self._name).engine.lines(pixels, tier)

    def read(self, page: PagePixels, aim: Aim, *, picture: bool = False, effort: Effort | None = None) -> ReadPage:
        """Everything that ``page`` says: its text layer where it has a useful one, OCR elsewhere.

        Whatever goes wrong on it, the answer is a page, with why it was not read. ``picture``: the page is an uploaded picture,
        so how it was made is judged as well. ``effort``: what reading it may cost.
        """
        left = effort or Effort(self._limits.page_seconds)
        if "page-unreadable" in page.changes:
            return _unread(page, "not-shown")
        if max(page.width, page.height) >= self._limits.hairline * min(page.width, page.height):
            return _unread(page, "hairline")
        if left.spent:
            return _unread(page, "cut-short")
        try:
            return self._read(page, aim, left, picture=picture)
        except Exception as error:
            if not is_of_a_file(error):
                raise
            log_failure("page-failed", error)
            return _unread(page, "failed")

    def _read(self, page: PagePixels, aim: Aim, effort: Effort, *, picture: bool) -> ReadPage:
        pixels = as_array(page)
        whole = Image.fromarray(pixels)
        grey = pixels if pixels.ndim == 2 else np.asarray(whole.convert("L"))  # the luma (ITU-R BT.601)
        small = None if page.outlines else reduced(grey)
        sharp = OUTLINES if small is None else sharpness(grey, small)
        from_ocr = page.lines is None
        lines, engines, scripts = page.lines or (), ["text_layer"] * bool(page.lines), Scripts()
        if from_ocr or page.pictured:
            look = _PageLook(pixels, aim, effort, blurred=sharp.verdict == "blurred")
            seen = self._recognised(look, has_content=sharp.verdict != "no_content")
            lines = with_words_in_pictures(lines, seen)
            engines, scripts = engines + look.engines, look.scripts
        return ReadPage(
            number=page.number,
            width=page.width,
            height=page.height,
            lines=lines,
            barcodes=() if small is None else barcodes(grey, small),
            sharpness=sharp,
            text_height_px=text_height(lines, page.height, from_ocr=from_ocr),
            text_source=("ocr" if from_ocr else "text_layer") if lines else "none",
            perceptual_hash=perceptual_hash(grey),
            flaws=flaws(grey, lines, whole=page.pixel_width == page.width) if picture else (),
            thumbprint=thumbprint(whole) if picture else b"",
            unread="cut-short" if effort.cut else None,
            covered=page.covered,
            covered_words=page.covered_words,
            receipt=receipt(lines, tuple(engines), scripts.unread, scripts.foreign),
        )

    def _recognised(self, look: "_PageLook", *, has_content: bool) -> tuple[Line, ...]:
        first = self._engine(self._name)
        engine = Measured(first.engine, look.effort)
        look.engines.append(first.kind.name)
        lines = read_page(engine, first.kind.reads, look.pixels, look.aim, has_content=has_content)
        if not has_content and not lines:
            return lines
        for language in named(look.aim.languages):
            lines = self._with(look, language, lines)
        if odd := doubtful(lines):
            lines = self._other_script(look, lines, odd)
        return lines

    def _with(
        self, look: "_PageLook", language: str, lines: tuple[Line, ...], *, guessed: bool = False
    ) -> tuple[Line, ...]:
        """``lines`` with what the engine of ``language`` reads, only what is sure of it where the language is ``guessed``."""
        more = self._engine_of(language)
        if more is None:
            return lines
        sheet = strips(look.pixels, lines)
        if sheet is None:
            return lines
        try:
            seen = sheet.placed(Measured(more.engine, look.effort).lines(sheet.sheet, "careful"))
        except CutShort:
            look.effort.cut = True
            return lines
        seen = sure(lines, seen, language) if guessed else seen
        together = joined(lines, seen, language, look.aim.wanted)
        if language == "ru" and not is_russian(together):
            return lines
        if any(line in together for line in seen):
            look.engines.append(more.kind.name)
        return together

    def _other_script(self, look: "_PageLook", lines: tuple[Line, ...], odd: tuple[Line, ...]) -> tuple[Line, ...]:
        """``lines`` read again by whoever reads their script; what nobody reads is noted."""
        try:
            # Of a blurred page nobody can tell the script.
            script = None if look.blurred or look.effort.spent else script_of(look.pixels, odd)
        except CutShort:
            look.effort.cut = True
            return lines
        if script == "Jpan" and "ja" not in look.aim.languages:
            first = self._engine(self._name)
            aim = replace(look.aim, languages=(*look.aim.languages, "ja"))
            return read_page(Measured(first.engine, look.effort), first.kind.reads, look.pixels, aim) or lines
        before, told = len(look.engines), tuple(language for language in [LANGUAGE_OF.get(script or "")] if language)
        by_look = ("ru",) if script in {None, "Latn"} and suspected(odd) else ()
        for language in by_look or (told if script else wanted((), lines)):
            if language not in named(look.aim.languages):
                lines = self._with(look, language, lines, guessed=not told)
        left = tuple(line for line in doubtful(lines) if line in odd)
        if script and left and script not in READ and len(look.engines) == before:
            look.scripts = Scripts(unread=script, foreign=left)
        return lines

    def _engine_of(self, language: str) -> _Loaded | None:
        name = next((kind.name for kind in engines_with(self._name) if language in kind.reads.quick), self._name)
        return None if name == self._name else self._engine(name)

    def _engine(self, name: str) -> _Loaded:
        with self._lock:
            if name not in self._loaded:
                kind = engines()[name]
                self._loaded[name] = _Loaded(kind, kind.load())
            return self._loaded[name]


def _unread(page: PagePixels, why: Unread) -> ReadPage:
    """The page with what is known of it without looking: its size and its text layer."""
    lines = page.lines or ()
    return ReadPage(
        number=page.number, width=page.width, height=page.height, lines=lines,
        text_source="text_layer" if lines else "none", unread=why, covered=page.covered, covered_words=page.covered_words,
        receipt=receipt(lines, ("text_layer",) if lines else ()),
    )  # fmt: skip


def with_words_in_pictures(layer: tuple[Line, ...], seen: tuple[Line, ...]) -> tuple[Line, ...]:
    """The text layer, then what OCR read where the layer has nothing."""
    return (*layer, *(line for line in seen if not any(_covers(known, line) for known in layer)))


def _covers(known: Line, line: Line) -> bool:
    across, down = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    reached = known.box[0] <= line.box[2] and line.box[0] <= known.box[2]
    height = known.box[3] - known.box[1]
    on_row = known.box[1] - height / 4 <= down <= known.box[3] + height / 4
    return reached and on_row and (known.box[0] <= across <= known.box[2] or line.box[0] <= known.box[0])


def as_array(page: PagePixels) -> Pixels:
    """The page's rows as an array: (height, width) or (height, width, 3)."""
    flat = np.frombuffer(page.data, dtype=np.uint8)
    if page.channels == 1:
        return flat.reshape(page.pixel_height, page.pixel_width)
    return flat.reshape(page.pixel_height, page.pixel_width, 3)
