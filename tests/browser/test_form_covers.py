"""Blacking out in the form: the place of a warning in one press, a box drawn or moved by keys, and the bundle without the words."""

import io
import time
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.browser.test_form_with_scripts import FORM, Hands, until
from tests.browser.test_form_without_scripts import fill, press

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent.parent
LINES = (
    "Order details", "Order # 112-4829307-7716253", "Placed October 27, 2026", "Total $37.48", "",
    "Card number 4111 1111 1111 1111", "", "Also bought: order 113-5550001-2223334",
)  # fmt: skip


@pytest.fixture
def order_page(tmp_path):
    picture = Image.new("RGB", (1280, 800), "white")
    drawn, font = ImageDraw.Draw(picture), ImageFont.truetype(str(ROOT / "fonts" / "EvidenceSans-Regular.ttf"), 32)
    for place, line in enumerate(LINES):
        drawn.text((80, 60 + 80 * place), line, "black", font)
    path = tmp_path / "order_page.png"
    picture.save(path)
    return path


def bundle_text(page):
    address = page.url.split("/drafts/")[0]
    archive = zipfile.ZipFile(io.BytesIO(page.request.get(address + page.get_attribute("#all", "href")).body()))
    name = next(name for name in archive.namelist() if name.endswith("_Evidence.pdf"))
    return "".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(archive.read(name)))


def covers(page):
    return page.input_value(".cover textarea").splitlines()


def test_what_a_warning_is_about_is_blacked_out_in_one_press_and_gone_from_the_bundle(open_page, order_page):
    page = open_page(FORM, scripts=False)
    fill(page)
    page.set_input_files('[name="files"]', str(order_page))
    press(page, "button[value=refresh]")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    press(page, "button[value^='cover:']")
    assert len(covers(page)) == 1
    assert page.locator("button[value^='cover:']").count() == 0
    press(page, "button[value=build]")
    page.wait_for_selector("#verdict", timeout=300_000)
    text = bundle_text(page)
    assert "113-5550001-2223334" in text
    assert "4111 1111" not in text


def test_a_box_is_drawn_with_the_pointer_and_with_keys(open_page, order_page):
    page = open_page(FORM)
    hands = Hands(page)
    hands.put(order_page, how="drop")
    hands.rows(1)
    until(page, "document.querySelector('#tray').innerText.trim() != ''")
    page.click(".file .more > summary")
    page.locator("[data-cover]").wait_for()
    page.click("[data-cover]")
    page.locator("[data-cover]").wait_for(state="detached")
    page.click(".cover > summary")
    until(page, "document.querySelector('.sheet img')?.naturalWidth > 0")
    sheet = page.locator(".sheet")
    sheet.scroll_into_view_if_needed()
    frame = sheet.bounding_box()
    page.mouse.move(frame["x"] + 0.3 * frame["width"], frame["y"] + 0.76 * frame["height"])
    page.mouse.down()
    page.mouse.move(frame["x"] + 0.7 * frame["width"], frame["y"] + 0.86 * frame["height"], steps=4)
    page.mouse.up()
    assert len(covers(page)) == 2
    sheet.press("Enter")
    sheet.press("Shift+ArrowRight")
    sheet.press("ArrowDown")
    assert covers(page)[2] == "1: 30 47 72 51"
    sheet.press("Delete")
    assert page.locator(".sheet rect.hidden-part").count() == 2
    drawn = covers(page)
    page.wait_for_url("**/drafts/**")
    end = time.monotonic() + 300
    while drawn[-1] not in page.request.get(page.url).text():
        assert time.monotonic() < end, "never saved"
        page.wait_for_timeout(200)
    page.reload()
    assert covers(page) == drawn
    assert not page.troubles
