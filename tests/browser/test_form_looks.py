"""What the main states look like, compared coarsely: fonts may differ between machines, the composition may not.

Each picture is shrunk to a few hundred grey blocks; a moved column, a missing panel or lost colours change many of them. After a
change that is meant, delete the picture in ``looks/`` and run the test again.
"""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

pytestmark = pytest.mark.browser
LOOKS = Path(__file__).resolve().parent / "looks"
FORM = "/form/amazon/a_to_z_response"
BLOCKS = (24, 18)
STATES = {
    "case-desktop": (FORM, (1280, 900), "light"),
    "case-dark": (FORM, (1280, 900), "dark"),
    "case-phone": (FORM, (390, 844), "light"),
    "verify": ("/verify", (1280, 700), "light"),
    "batches": ("/batches", (1280, 700), "light"),
    "not-found": ("/packs/none", (1280, 700), "light"),
}


def blocks(png):
    return Image.open(io.BytesIO(png)).convert("L").resize(BLOCKS, Image.Resampling.BOX)


@pytest.mark.parametrize("name", STATES)
def test_the_composition_is_kept(open_page, name):
    path, size, scheme = STATES[name]
    page = open_page(path, locale="zh-CN", size=size, color_scheme=scheme)
    page.wait_for_timeout(300)
    seen, kept = blocks(page.screenshot()), LOOKS / f"{name}.png"
    if not kept.exists():
        LOOKS.mkdir(exist_ok=True)
        seen.save(kept)
    difference = ImageChops.difference(seen, Image.open(kept).convert("L"))
    assert ImageStat.Stat(difference).mean[0] < 9
