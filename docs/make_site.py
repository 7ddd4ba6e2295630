"""Builds the documentation as plain HTML into out/docs/, without a network: ``python docs/make_site.py [FOLDER]``.

The menu stands in ``docs/site/contents.toml``. Links between pages are followed here: one that leads nowhere stops the build.
"""

import itertools
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "docs" / "site"
MOST_IN_MENU = 90
"""A page with more headings than this shows only its chapters in the menu."""
TITLE = re.compile(r"^# (?:\d+\. )?(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the site: the Markdown file, what the menu calls it, what it is for."""

    file: Path
    name: str
    about: str

    @property
    def address(self) -> str:
        """The name of its HTML file; all pages lie in one folder."""
        return f"{self.file.stem.lower()}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Pages under one heading of the menu."""

    name: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a page, for the menu; ``level`` is 2 or 3."""

    level: int
    id: str
    text: str


class DeadLink(Exception):
    """A link of a page leads nowhere."""


def contents() -> tuple[Part, ...]:
    """The menu as it is written, folders with the pages in them."""
    parts = tomllib.loads((SITE / "contents.toml").read_text(encoding="utf-8"))["parts"]
    return tuple(Part(name=part["name"], pages=tuple(_pages(part))) for part in parts)


def _pages(part: Mapping[str, str]) -> Iterator[Page]:
    if "folder" in part:
        for file in sorted((ROOT / part["folder"]).glob("*.md")):
            title = TITLE.search(file.read_text(encoding="utf-8"))
            yield Page(file=file, name=title[1] if title else file.stem, about=part["about"])
    for page in part.get("pages", ()):
        yield Page(file=ROOT / page["file"], name=page["name"], about=page["about"])


class Builder:
    """Pages become HTML; what they link to besides pages is copied beside them."""

    def __init__(self, parts: Sequence[Part], folder: Path) -> None:
        self.parts, self.folder = parts, folder
        self.pages = [page for part in parts for page in part.pages]
        self.by_file = {page.file: page for page in self.pages}
        self.markdown = MarkdownIt("commonmark").enable("table")
        self.markdown.add_render_rule("table_open", _table_open)
        self.markdown.add_render_rule("table_close", _table_close)
        environment = Environment(
            loader=FileSystemLoader(SITE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.template = environment.get_template("page.html")

    def build(self) -> None:
        """Write every page, the first one, and the stylesheet."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shutil.copy(SITE / "style.css", self.folder)
        shutil.copy(ROOT / "templates" / "web" / "static" / "icon.svg", self.folder)
        self._write("index.html", page=None, body="", headings=(), before=None, after=self.pages[0])
        for before, page, after in zip([None, *self.pages], self.pages, [*self.pages[1:], None], strict=False):
            body, headings = self._body(page)
            self._write(page.address, page=page, body=body, headings=headings, before=before, after=after)

    def _write(self, address: str, **values: object) -> None:
        html = self.template.render(parts=self.parts, **{**values, "body": Markup(values["body"])})
        (self.folder / address).write_text(html, encoding="utf-8")

    def _body(self, page: Page) -> tuple[str, tuple[Heading, ...]]:
        tokens = self.markdown.parse(page.file.read_text(encoding="utf-8"))
        headings = tuple(_headings(tokens))
        for child in (child for token in tokens for child in token.children or ()):
            for name in ("href", "src"):
                if target := child.attrGet(name):
                    child.attrSet(name, self._address(page, str(target)))
        shown = headings if len(headings) <= MOST_IN_MENU else tuple(one for one in headings if one.level == 2)
        return self.markdown.renderer.render(tokens, self.markdown.options, {}), shown

    def _address(self, page: Page, target: str) -> str:
        """Where a link of the Markdown leads in the site."""
        if re.match(r"[a-z]+:|#", target):
            return target
        path, sign, anchor = target.partition("#")
        file = (page.file.parent / path).resolve()
        if file in self.by_file:
            return self.by_file[file].address + sign + anchor
        if not file.is_file() or ROOT not in file.parents:
            raise DeadLink(f"{page.file.relative_to(ROOT)}: {target}")
        place = Path("files") / file.relative_to(ROOT)
        (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, self.folder / place)
        return place.as_posix()


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    """The headings below the title, each with an id of its own, which its token gets."""
    taken: dict[str, int] = {}
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "heading_open":
            text = "".join(child.content for child in inline.children or ())
            plain = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            taken[plain] = taken.get(plain, 0) + 1
            name = plain if taken[plain] == 1 else f"{plain}-{taken[plain] - 1}"
            opening.attrSet("id", name)
            if opening.tag in {"h2", "h3"}:
                yield Heading(level=int(opening.tag[1]), id=name, text=text)


def _table_open(*_: object) -> str:
    return '<div class="table" role="region" aria-label="Table" tabindex="0"><table>\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "docs"
    try:
        Builder(contents(), target).build()
    except DeadLink as dead:
        raise SystemExit(f"a link leads nowhere: {dead}") from None
    print(target / "index.html")
