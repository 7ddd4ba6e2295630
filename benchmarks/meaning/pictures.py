"""Pages as people send them: drawn by Chromium, then recompressed, scaled, cropped or photographed, and read by OCR."""

import io
import random
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks.meaning.measure import Score, case_of, judge
from benchmarks.meaning.truth import Page
from benchmarks.reading_set import finish
from casefile.house import House
from casefile.upload import Upload
from evidence_packer.understand.interpret import interpret, wanted_numbers
from reading.read import ReadingRoom

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "out" / "meaning-set"
FONTS = ROOT / "fonts"
_FACES = "".join(
    f"@font-face{{font-family:'{name}';src:url('file://{FONTS}/{file}')}}"
    for name, file in (("Set Thai", "EvidenceSansThai-Regular.ttf"), ("Set Sans", "EvidenceSans-Regular.ttf"))
)
_CJK = {"zh-Hans": "SC", "zh-Hant": "TC", "ja": "JP", "ko": "KR"}


def _font(language: str) -> str:
    return f"'Set Sans','Set Thai','Noto Sans CJK {_CJK.get(language, 'SC')}',sans-serif"


def drawn(pages: list[Page]) -> Iterator[tuple[Page, Image.Image]]:
    """Each page as a clean screenshot."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    scratch = FOLDER / "page.html"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        for page in pages:
            scratch.write_text(f"<style>{_FACES}</style>{page.sheet.html(_font(page.language))}", encoding="utf-8")
            height = page.sheet.height or int(page.sheet.y + 24)
            view = {"width": page.sheet.width, "height": max(200, height)}
            tab = browser.new_page(viewport=view, device_scale_factor=2 if page.sheet.width < 500 else 1)
            tab.goto(scratch.resolve().as_uri())
            tab.evaluate("document.fonts.ready")
            yield page, Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
            tab.close()
        browser.close()


def worn(image: Image.Image, dice: random.Random) -> tuple[Image.Image, str]:
    """The picture after what people do to it, and what that was."""
    what = dice.choice(("jpeg", "jpeg", "messenger", "smaller", "cropped", "photographed", "clean"))
    if what == "jpeg":
        return finish.jpeg(image, dice.randint(60, 80)), what
    if what == "messenger":
        return finish.messenger(image, dice), what
    if what == "smaller":
        return finish.jpeg(finish.scaled(image, dice.uniform(0.8, 0.95)), 78), what
    if what == "cropped":
        edge = dice.randint(2, 8)
        return finish.jpeg(image.crop((edge, edge, image.width - edge, image.height - edge)), 80), what
    if what == "photographed":
        size = (1512, 2016) if image.height > image.width else (2016, 1512)
        picture, _ = finish.photographed(image, size, dice)
        return finish.jpeg(finish.blurred(picture, 0.6), 80), what
    return image, what


def measured(pages: list[Page], count: int, house: House) -> Score:
    """Draw, wear and read ``count`` pages, spread over the set; the pictures stay in ``out/meaning-set``."""
    dice = random.Random(7)
    chosen = dice.sample(pages, min(count, len(pages)))
    score = Score()
    with ReadingRoom() as room:
        for page, clean in drawn(chosen):
            picture, _ = worn(clean, dice)
            path = FOLDER / page.name
            picture.save(path)
            case = case_of(page)
            languages = house.platforms[page.platform].site(page.site).reading_languages
            before = time.process_time()
            upload = Upload(name=page.name, data=path.read_bytes())
            file = room.read(upload, wanted=wanted_numbers(case), languages=languages)
            facts = interpret(page.name, file.reading, len(upload.data), case, house)
            score.cpu += time.process_time() - before
            judge(page, facts, score)
    return score
