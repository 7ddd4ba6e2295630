"""HTML to PDF by WeasyPrint, kept warm: the only file that imports it.

One font configuration and each parsed style sheet are kept for the life of the process; a new one per letter costs time and
leaks memory. Nothing but ``data:`` addresses is ever fetched, so no fact of a case can read a file or reach the network.
"""

import ctypes.util
import functools
import importlib
import logging
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from casefile.errors import ProofFault
from press.fonts import NORMAL_SIGNS, faces, missing_glyphs
from press.pdf.accessible import CLAIM

_FONTS, _BASE = "styles/fonts.css", "styles/base.css"
"""Font stacks, made from ``fonts.toml``; and what elements are before any style."""

_C_LIBRARIES = ("gobject", "pango", "harfbuzz", "fontconfig")
"""What the library loads of the system."""

_SEARCH = ctypes.util.find_library
"""Kept here, so that of two threads that load the library at once none takes the other's stand-in for it."""

_ALOUD = {"pdf/a-2a"}
"""Variants whose documents can be read aloud as well, and say so."""

_NO_LANGUAGE = {"symbols", "emoji", "rare"}
"""Entries of ``fonts.toml`` that are no language of their own."""


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[list[str]]:
    logger = logging.getLogger("weasyprint")
    handler = _Complaints()
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _claim(metadata: Any) -> None:  # noqa: ANN401  # the library has no types
    plain = metadata.generate_rdf_metadata

    def more(*told: object) -> bytes:
        made: bytes = plain(*told)
        end = b"</rdf:RDF>"
        return made.replace(end, CLAIM.encode("ascii") + end)

    metadata.generate_rdf_metadata = more


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How a document is set, besides its style sheets."""

    closer: str | None
    variant: str | None
    variables: Mapping[str, str]


class Typesetter:
    """Templates and style sheets of one folder, set as PDF. Threads that share one take turns."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._fonts = templates.parent / "fonts"
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._environment.filters["nl2br"] = _nl2br
        self._turn = threading.Lock()

    @property
    def fonts(self) -> Path:
        """The folder of the fonts it sets with."""
        return self._fonts

    def render(self, template: str, /, **values: object) -> str:
        """The HTML of ``templates/<template>``; every value is escaped, a missing one is an error."""
        return self._environment.get_template(template).render(**values).translate(NORMAL_SIGNS)

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        """The characters of ``text`` that would come out as empty boxes."""
        return missing_glyphs(text, self._fonts)

    def pdf(
        self,
        html: str,
        *,
        styles: tuple[str, ...],
        closer: str | None = None,
        variant: str | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> bytes:
        """``html`` as a PDF, the same bytes every time.

        Args:
            html: a whole document.
            styles: style sheets under ``templates/``, in order.
            closer: a further style sheet, taken where it saves a page, so that no page holds a few lines only.
            variant: a PDF variant of WeasyPrint such as ``pdf/a-2a``.
            variables: more CSS, as ``selector → declarations`` (page size, footer text).

        Raises:
            ProofFault: ``layout-warning`` when the layout engine complained; its words are for the log. A sign that no
                font has is no reason to stop: ``missing_glyphs`` says so beforehand.
        """
        with self._turn:
            return self._set(html, styles, _Look(closer=closer, variant=variant, variables=variables or {}))

    def warm_up(self) -> None:
        """Load the layout engine and the fonts now, so that the first document does not wait for them."""
        self.pdf("<html lang=en><title>.</title><body>.</body></html>", styles=())

    def _set(self, html: str, styles: tuple[str, ...], look: _Look) -> bytes:
        _load()
        sheets = [self._sheet(name) for name in (_FONTS, *styles)]
        if look.variables:
            text = "".join(f"{selector}{{{declarations}}}" for selector, declarations in look.variables.items())
            sheets.append(self._style(text))
        with _complaints() as lines, warnings.catch_warnings():
            # The library leaves its colour profile open for the collector to close.
            warnings.simplefilter("ignore", ResourceWarning)
            document = self._laid_out(html, sheets, look.variant)
            if look.closer and len(document.pages) > 1:
                close = self._laid_out(html, [*sheets, self._sheet(look.closer)], look.variant)
                document = close if len(close.pages) < len(document.pages) else document
            if look.variant in _ALOUD:
                _claim(document.metadata)
            made: bytes = document.write_pdf(pdf_variant=look.variant, full_fonts=False)
        serious = [line for line in lines if not line.startswith(".notdef glyph")]
        if serious:
            raise ProofFault("layout-warning", lines=serious[:5])
        return made

    def _laid_out(self, html: str, sheets: list[Any], variant: str | None) -> Any:  # noqa: ANN401  # the library has no types
        document = _document_type()(string=html, base_url=None, url_fetcher=_fetcher())
        document.base = [self._sheet(_BASE)]
        return document.render(font_config=self._font_configuration, stylesheets=sheets, pdf_variant=variant)

    @functools.cached_property
    def _font_configuration(self) -> Any:  # noqa: ANN401  # the library has no types
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  # as above

        return FontConfiguration()

    def _sheet(self, name: str) -> Any:  # noqa: ANN401  # as above
        return self._style(_font_stacks(self._fonts) if name == _FONTS else _text(self._templates / name))

    @functools.cached_property
    def _style(self) -> Any:  # noqa: ANN401  # as above
        """Style sheets by their text, each parsed once."""
        from weasyprint import CSS  # noqa: PLC0415  # as above

        @functools.lru_cache(maxsize=64)
        def parsed(text: str) -> Any:  # noqa: ANN401  # as above
            return CSS(string=text, font_config=self._font_configuration, url_fetcher=_fetcher())

        return parsed


@functools.cache
def _load() -> None:
    """Import the library without a search for its C libraries by the names of other systems.

    It tries such names first, and for each Python asks compiler and linker, where there are any: forty programs, half a second.
    The names of this system follow in its list and need no search.
    """

    def find(name: str) -> str | None:
        return None if any(part in name for part in _C_LIBRARIES) else _SEARCH(name)

    ctypes.util.find_library = find
    try:
        importlib.import_module("weasyprint")
    finally:
        ctypes.util.find_library = _SEARCH


@functools.cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@functools.cache
def _font_stacks(fonts: Path) -> str:
    """Per language the order of families: its own first, then Latin, then the rest.

    Its own first because quotation marks, dashes and ellipses are wide in Chinese and narrow in Latin fonts, under one code.
    """
    by_script = {face.script: face.family for face in faces(fonts)}
    rules = []
    for script in (name for name in by_script if name not in _NO_LANGUAGE):
        stack = ", ".join(f'"{family}"' for family in dict.fromkeys([by_script[script], *by_script.values()]))
        language = "zh" if script == "zh-Hans" else script
        selector = "html" if script == "latin" else f":lang({language})"
        rules.append(f"{selector} {{ font-family: {stack} }}")
    return "\n".join(rules)


@functools.cache
def _document_type() -> Any:  # noqa: ANN401  # as above
    """The library's document, with ``base`` in place of its own default styles: those know every element of HTML and forms."""
    from weasyprint import HTML  # noqa: PLC0415  # half a second of import, paid only where paper is made

    class Document(HTML):  # type: ignore[misc]  # as above
        base: list[Any]

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002  # the library's hook
            return self.base

    return Document


@functools.cache
def _fetcher() -> Any:  # noqa: ANN401  # as above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415  # as above

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def _nl2br(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in str(text).splitlines())
