"""The documentation as a site: every link and picture leads somewhere, every page is reached, nothing comes from elsewhere."""

import re
import runpy
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKE = runpy.run_path(str(ROOT / "docs" / "make_site.py"))
FOLLOWED = {"a": "href", "link": "href", "img": "src", "button": "popovertarget"}
VOID = {"br", "hr", "img", "link", "meta"}


class Reader(HTMLParser):
    """What a page links to, its ids, and whether every tag is closed."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.open, self.tags, self.pictures = [], [], [], set(), []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.add(tag)
        if "id" in values:
            self.ids.append(values["id"])
        if target := values.get(FOLLOWED.get(tag, "")):
            self.links.append((tag, f"#{target}" if tag == "button" else target))
        if tag == "img":
            self.pictures.append(values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "docs"
    MAKE["Builder"](MAKE["contents"](), folder).build()
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {path.name: Reader(path.read_text(encoding="utf-8")) for path in site.glob("*.html")}


def inner(pages, name):
    """The links of a page that stay in the site, as (file, anchor)."""
    for _, target in pages[name].links:
        if not re.match(r"https?:|mailto:", target):
            file, _, anchor = target.partition("#")
            yield unquote(file) or name, unquote(anchor)


def test_links_and_pictures_lead_somewhere(site, pages):
    dead = [
        (name, file, anchor)
        for name in pages
        for file, anchor in inner(pages, name)
        if not (site / file).is_file() or (anchor and anchor not in pages[file].ids)
    ]
    assert sum(len(page.links) for page in pages.values()) > 1000
    assert not dead


def test_every_page_is_reached_from_the_first(pages):
    found, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in found and name in pages:
            found.add(name)
            waiting += [file for file, _ in inner(pages, name)]
    assert found == set(pages)


def test_every_document_is_a_page():
    listed = {page.file for part in MAKE["contents"]() for page in part.pages}
    assert set((ROOT / "docs").rglob("*.md")) | set(ROOT.glob("*.md")) == listed


def test_nothing_is_loaded_from_elsewhere(site, pages):
    for page in pages.values():
        assert not [target for tag, target in page.links if tag != "a" and ":" in target]
        assert not page.tags & {"script", "iframe", "object", "style"}
        assert all(picture.get("alt") is not None for picture in page.pictures)
    style = (site / "style.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_pages_are_well_formed_and_ids_stand_once(pages):
    for name, page in pages.items():
        assert not page.open, name
        assert len(page.ids) == len(set(page.ids)), name


def test_no_text_is_taken_for_html():
    """A text like ``<your key>`` would vanish; anchors of sources are the only HTML in the pages."""
    builder = MAKE["Builder"](MAKE["contents"](), ROOT)
    for page in builder.pages:
        tokens = builder.markdown.parse(page.file.read_text(encoding="utf-8"))
        every = [inside for token in tokens for inside in (token, *(token.children or ()))]
        raw = [one.content for one in every if one.type in {"html_block", "html_inline"}]
        assert not [html for html in raw if not re.fullmatch(r'(<a id="[\w.-]+">|</a>|\s)+', html)], page.file


@pytest.mark.parametrize("link", ["nowhere.md", "../../etc/passwd", "pictures/", "pictures/gone.png"])
def test_a_link_that_leads_nowhere_stops_the_build(tmp_path, link):
    builder = MAKE["Builder"](MAKE["contents"](), tmp_path)
    page = builder.by_file[ROOT / "docs" / "clients.md"]
    with pytest.raises(MAKE["DeadLink"], match=r"docs/clients\.md"):
        builder._address(page, link)
    assert builder._address(page, "../README.md#serve") == "readme.html#serve"
    assert builder._address(page, "https://example.com/x") == "https://example.com/x"
