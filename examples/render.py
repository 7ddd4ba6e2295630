"""Draws the example evidence: HTML sources -> headless Chromium -> screenshots, print-outs and, with ``degrade.py``, photographs.

The pictures are committed, so nobody needs this to use or test the project; it exists so that every picture can be remade
and none needs a licence of somebody else.

    python examples/render.py                 everything
    python examples/render.py five-faults     only the outputs whose path holds this text
"""

import base64
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import zxingcpp
from degrade import FINISHES
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--font-render-hinting=none",
)


def code128(text: str) -> Markup:
    """The bar code of ``text`` as an inline drawing that fills its box."""
    svg = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_svg()
    body = svg[svg.index("<svg") :].replace("<svg ", '<svg preserveAspectRatio="none" viewBox="0 0 {w} {h}" ', 1)
    width, height = (svg.split(f'{side}="', 1)[1].split('"', 1)[0] for side in ("width", "height"))
    return Markup(body.replace("{w}", width).replace("{h}", height))  # drawn by the library, not by users


def picture(name: str) -> str:
    """A picture of ``sources/`` as a data address."""
    return "data:image/png;base64," + base64.b64encode((SOURCES / name).read_bytes()).decode("ascii")


def environment() -> Environment:
    """Templates of ``sources/``; a missing value is an error, never a blank."""
    pages = Environment(loader=FileSystemLoader(SOURCES), undefined=StrictUndefined, autoescape=True, trim_blocks=True)
    pages.globals["code128"] = code128
    pages.globals["picture"] = picture
    return pages


def shoot(browser: Browser, html: str, picture: dict[str, Any], target: Path) -> None:
    """One screenshot, ``size`` in CSS pixels at ``scale`` device pixels each."""
    width, height = picture["size"]
    page = browser.new_page(
        viewport={"width": width, "height": height}, device_scale_factor=picture.get("scale", 1), color_scheme="light"
    )
    page.set_content(html, wait_until="load")
    page.screenshot(path=target, full_page=picture.get("full_page", False))
    page.close()


def print_out(browser: Browser, html: str, picture: dict[str, Any], target: Path) -> None:
    """One PDF on the paper named, with the text layer and fonts of a browser's print-out."""
    page = browser.new_page()
    page.set_content(html, wait_until="load")
    page.pdf(path=target, format=picture.get("paper", "Letter"), print_background=True, prefer_css_page_size=True)
    page.close()


def draw(browser: Browser, pages: Environment, picture: dict[str, Any]) -> Path:
    """Draw one entry of ``pictures.toml``; returns the file written."""
    out = HERE / picture["out"]
    out.parent.mkdir(parents=True, exist_ok=True)
    html = pages.get_template(picture["source"]).render(**picture.get("values", {}))
    if out.suffix == ".pdf":
        print_out(browser, html, picture, out)
        return out
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.png"
        shoot(browser, html, picture, plain)
        finish = dict(picture.get("finish", {"name": "screenshot"}))
        FINISHES[finish.pop("name")](plain, out, **finish)
    return out


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    pictures = tomllib.loads((SOURCES / "pictures.toml").read_text(encoding="utf-8"))["picture"]
    pages = environment()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for picture in pictures:
            if wanted in picture["out"]:
                out = draw(browser, pages, picture)
                print(f"{out.relative_to(HERE)}  {out.stat().st_size / 1024:.0f} KB")
        browser.close()


if __name__ == "__main__":
    main()
