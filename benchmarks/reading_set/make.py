"""Renders the set with headless Chromium and finishes it in code; the same seed gives the same truths.

Generated into ``out/``, never committed.
"""

import io
import json
import random
from pathlib import Path

import zxingcpp
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.reading_set import finish
from benchmarks.reading_set.sample import Sample
from benchmarks.reading_set.scenes import HERE, Scene, scenes

SEED = 20261124
FONTS = HERE.parent.parent / "fonts"
_FACES = "".join(
    f"@font-face{{font-family:'{name}';src:url('file://{FONTS}/{file}')}}"
    for name, file in (("Set Thai", "EvidenceSansThai-Regular.ttf"), ("Set Sans", "EvidenceSans-Regular.ttf"))
)
_FONTS = {
    "zh": "Noto Sans CJK SC",
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
    "th": "Set Sans, Set Thai",
    "vi": "Set Sans",
}
_LATIN = ("Nimbus Sans", "DejaVu Sans", "Set Sans", "Nimbus Sans Narrow")


def _look(scene: Scene, dice: random.Random) -> dict:
    light = {"ground": "#fff", "ink": "#111", "chrome": "#e8eaed", "muted": "#565959", "line": "#d5d9d9", "card": "#f7f8f8", "accent": "#00695c",
             "bubble": "#d7f0dd", "bubble_ink": "#103"}  # fmt: skip
    dark = {"ground": "#17181b", "ink": "#e8e8e8", "chrome": "#2a2b2f", "muted": "#a0a3a8", "line": "#3a3c40", "card": "#202226", "accent": "#4db6ac",
            "bubble": "#1e4d33", "bubble_ink": "#eee"}  # fmt: skip
    font = _FONTS.get(scene.language) or dice.choice(_LATIN)
    return (dark if scene.dark else light) | {
        "size": scene.size, "leading": dice.choice((1.4, 1.5, 1.7)), "font": Markup(f"'{font}', 'Noto Sans CJK SC', sans-serif".replace(", Set", "', 'Set")),
        "phone": scene.phone, "column": dice.choice((760, 1040, 1600)),
    }  # fmt: skip


def _bars(number: str) -> Markup:
    svg = zxingcpp.create_barcode(number.replace(" ", ""), zxingcpp.BarcodeFormat.Code128).to_svg()
    svg = svg[svg.index("<svg") :]
    width, height = (svg.split(f'{side}="', 1)[1].split('"', 1)[0] for side in ("width", "height"))
    return Markup(
        svg.replace(
            "<svg ", f'<svg preserveAspectRatio="none" viewBox="0 0 {width} {height}" style="width:92%;height:100%" ', 1
        )
    )


def _shot(
    browser: Browser, pages: Environment, scene: Scene, dice: random.Random, scratch: Path
) -> tuple[Image.Image, float, tuple | None]:
    """The clean picture, device pixels per CSS pixel, and the box of the wanted number."""
    sheet = scene.layout in {"label", "letter"}
    wide, tall, scale = (
        (390, 844, 3) if scene.phone else dice.choice(((1280, 720, 1), (1920, 1080, 1), (1440, 900, 2), (1366, 768, 1)))
    )
    if sheet:
        wide, tall, scale = {"label": (800, 1200, 2), "letter": (1240, 1754, 1)}[scene.layout]
    values = {
        **scene.values,
        "look": _look(scene, dice),
        "faces": Markup(_FACES),
        "bars": _bars(scene.values["number"]),
    }
    scratch.write_text(pages.get_template(f"{scene.layout}.html").render(values), encoding="utf-8")
    page = browser.new_page(viewport={"width": wide, "height": tall}, device_scale_factor=scale)
    page.goto(scratch.resolve().as_uri())
    page.evaluate("document.fonts.ready")
    wanted = scene.number or scene.order
    box = page.evaluate(
        """wanted => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node; node = walk.nextNode();) { const at = node.data.indexOf(wanted); if (at < 0) continue;
          const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + wanted.length);
          const r = range.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; } return null; }""",
        wanted,
    )
    image = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    page.close()
    return image, scale, tuple(round(edge * scale) for edge in box) if box else None


def _grade(sigma: float, type_size: float) -> tuple[str, str]:
    """(legible, blur) of type ``type_size`` pixels high under a blur of ``sigma`` pixels."""
    share = sigma / type_size
    legible = "yes" if share <= 0.065 and type_size >= 10.5 else "no" if share >= 0.22 or type_size < 5 else "marginal"
    return legible, "sharp" if share <= 0.04 and sigma <= 0.5 else "blurred" if share >= 0.15 else "marginal"


def _finished(
    image: Image.Image, group: str, size: float, box: tuple | None, dice: random.Random
) -> tuple[Image.Image, str, str, str, bool]:
    """(picture, finish, legible, blur, hidden)."""
    if group == "hidden" and box:
        how = dice.choice(("black", "mosaic", "blur", "half"))
        return finish.covered(image, box, how), f"covered-{how}", "no", "sharp", True
    if group in {"photo", "label"} or (group == "letter" and dice.random() < 0.5):
        canvas = dice.choice(((4000, 3000), (3264, 2448), (2016, 1512)))
        if image.height > image.width:
            canvas = canvas[::-1]
        image, share = finish.photographed(image, canvas, dice)
        sigma = dice.choice((0, 0, 0.6, 0.9, 1.2, 0.25 * size * share, 0.35 * size * share))
        image = finish.noisy(
            finish.blurred(image, sigma) if sigma else image, dice.choice((2, 4, 6)), dice.randint(1, 999)
        )
        return (
            finish.jpeg(image, dice.randint(72, 92)),
            f"photo-{sigma:.1f}",
            *_grade(max(sigma, 0.5 * share if share > 1 else 0), size * share),
            False,
        )
    roll = dice.random()
    if roll < 0.3:
        return image, "png", *_grade(0, size), False
    if roll < 0.5:
        quality = dice.choice((90, 75, 60, 40, 25))
        return finish.jpeg(image, quality), f"jpeg-{quality}", *_grade(0, size), False
    if roll < 0.65:
        small = finish.messenger(image, dice)
        share = small.width / image.width
        return small, "messenger", *_grade(0.35 * share if share < 1 else 0, size * share), False
    if roll < 0.75:
        share = dice.choice((0.8, 0.7, 0.6, 0.45))
        return finish.scaled(image, share), f"scaled-{share}", *_grade(0.3, size * share), False
    if roll < 0.95:
        sigma = size * dice.choice((0.05, 0.1, 0.18, 0.25, 0.35))
        return finish.jpeg(finish.blurred(image, sigma), 85), f"blur-{sigma:.1f}", *_grade(sigma, size), False
    length = max(3, round(size * dice.choice((0.3, 0.6, 0.9))))
    return finish.shaken(image, length), f"motion-{length}", *_grade(length / 3.46, size), False


def make(out: Path) -> list[Sample]:
    """Write pictures and ``truth.json`` into ``out`` (once); returns the samples."""
    truth = out / "truth.json"
    if truth.exists():
        return [Sample.from_plain(values) for values in json.loads(truth.read_text(encoding="utf-8"))]
    out.mkdir(parents=True, exist_ok=True)
    dice = random.Random(SEED)
    pages = Environment(loader=FileSystemLoader(HERE / "pages"), undefined=StrictUndefined, autoescape=True)
    samples = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--allow-file-access-from-files"],
        )
        for place, (group, scene) in enumerate(scenes(dice)):
            image, scale, box = _shot(browser, pages, scene, dice, out / "page.html")
            size = scale * (24 if scene.layout == "label" else 23 if scene.layout == "letter" else scene.size * 0.92)
            if box and (box[3] > image.height or box[2] > image.width):
                continue  # the number is not on the picture at all
            picture, how, legible, blur, hidden = _finished(image, group, size, box, dice)
            name = f"{place:03}-{scene.language}-{scene.layout}-{how}.{'png' if how == 'png' or hidden else 'jpg'}"
            picture.save(out / name, quality=dice.choice((80, 88, 93)))
            seen = Sample(name=name, group=group, language=scene.language, platform=scene.platform, site=scene.site, kind=scene.kind,
                          carrier=scene.carrier, order=scene.order, number=scene.number, times=tuple(iso for _, iso in scene.times),
                          legible=legible, blur=blur, finish=how, hidden=hidden)  # fmt: skip
            samples.append(seen)
        browser.close()
    truth.write_text(json.dumps([sample.plain() for sample in samples], ensure_ascii=False, indent=0), encoding="utf-8")
    return samples
