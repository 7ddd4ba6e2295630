"""Screenshots of every page and state of the form into ``out/shots/``: desktop and telephone, Chinese and English, light and dark.

Starts a service of its own on a free port, goes the way an operator goes with the example cases, and photographs what stands there.
"""

import datetime as dt
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, Page, sync_playwright
from shot_states import given, guessed, mapped, narrow, odd_files, plan_of_action, unread_mail, wrong_key

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "shots"
EXAMPLES = ROOT / "examples"
FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
FORM = "/form/amazon/a_to_z_response"
KEY = "a-key-only-for-pictures"


class Service:
    """A service with its own data folder, ended with the ``with`` block."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        names = {f"EVIDENCE_PACKER_{name.upper()}": value for name, value in settings.items()}
        self._environment = {**os.environ, "EVIDENCE_PACKER_DATA": str(folder), **names}
        self._log = (folder.parent / f"{folder.name}.log").open("wb")

    def __enter__(self) -> Self:
        command = [ROOT / ".venv/bin/evidence-packer", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, env=self._environment, cwd=ROOT, stdout=self._log, stderr=self._log)
        for _ in range(300):
            try:
                if urllib.request.urlopen(f"{self.address}/readyz", timeout=2).status == 200:
                    return self
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the service did not start")

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=30)
        self._log.close()


class Camera:
    """Opens pages in a chosen look and keeps pictures of them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address

    def page(
        self, path: str, language: str = "zh", size: str = "desktop", scheme: str = "light", **more: object
    ) -> Page:
        """A page in a context of its own."""
        width, height = SIZES[size]
        context = self._browser.new_context(
            locale={"zh": "zh-CN", "en": "en-US"}[language], viewport={"width": width, "height": height},
            color_scheme=scheme, timezone_id="Asia/Shanghai", has_touch=size == "phone", is_mobile=size == "phone", **more,
        )  # fmt: skip
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.goto(self._address + path)
        return page

    def keep(self, page: Page, name: str, *, whole: bool = True) -> None:
        """A picture of a page: the whole of it laid out on a window as high as itself, so that nothing sticks in the middle."""
        size = page.viewport_size or {"width": 1280, "height": 900}
        if whole:
            height = min(page.evaluate("document.documentElement.scrollHeight"), 12_000)
            page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
        page.evaluate("document.querySelectorAll('img[loading]').forEach(i => i.loading = 'eager')")
        page.wait_for_timeout(700)
        page.screenshot(path=OUT / f"{name}.png")
        page.set_viewport_size(size)

    def everywhere(self, path: str, name: str) -> None:
        """One page in both languages, on both sizes, and dark."""
        looks = [
            ("zh", "desktop", "light"),
            ("en", "desktop", "light"),
            ("zh", "desktop", "dark"),
            ("zh", "phone", "light"),
            ("en", "phone", "dark"),
        ]
        for look in looks:
            page = self.page(path, *look)
            self.keep(page, "-".join((name, *look)))
            page.context.close()


def mail(hours_ago: int = 20) -> str:
    """A mail of a claim that is not yet due."""
    sent = dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours_ago)
    due = sent + dt.timedelta(hours=72)
    return (
        f"From: Amazon Services\nDate: {sent:%b %d, %Y, %I:%M %p} UTC\nSubject: A-to-z Guarantee claim\n\n"
        f"Order ID: 112-4829307-7716253\nThe buyer opened a claim on {sent:%B %d, %Y}.\nClaim amount: $37.48\n"
        f"Reason: Package didn't arrive\nBuyer comments: Package never arrived.\nRespond by {due:%b %d, %Y, %I:%M %p} UTC\n"
    )


def draft(camera: Camera, example: str, *, live: bool) -> tuple[str, str]:
    """A draft filled from a mail with an example's files, as it is made, and the pack made of it: their addresses."""
    page = camera.page("/new")
    page.fill("#mail", mail())
    page.click("button[value=mail]")
    page.wait_for_url("**/drafts/**")
    if live:
        camera.keep(page, "case-from-mail-zh-desktop-light")
    files = [str(p) for p in sorted((EXAMPLES / example).iterdir()) if p.suffix in {".png", ".jpg", ".pdf"}]
    page.set_input_files("#pick-files", files)
    if live:
        page.wait_for_selector(".dz-waiting")
        camera.keep(page, "case-uploading-zh-desktop-light")
    while page.evaluate("document.querySelectorAll('.file[data-key]').length") < len(files):
        page.wait_for_timeout(200)
    page.wait_for_timeout(3000)
    address = page.url.removeprefix(camera._address)  # noqa: SLF001  # its own helper
    if live:
        camera.keep(page, "case-window-zh-desktop-light", whole=False)
    page.click("button[value=build]")
    page.wait_for_selector("[data-made]")
    if live:
        camera.keep(page, "wait-zh-desktop-light", whole=False)
    page.wait_for_selector("#verdict")
    pack = "/packs/" + (page.get_attribute("[data-made]", "data-made") or "")
    page.context.close()
    return f"{address}?edit", pack


def own_words(camera: Camera, address: str) -> None:
    """The files of a draft, a paragraph of its letter in own words, and the list of screenshots to take again."""
    page = camera.page(address)
    page.evaluate("document.querySelector('#files').scrollIntoView()")
    camera.keep(page, "case-files-window-zh-desktop-light", whole=False)
    page.locator(".own summary").nth(2).click()
    page.locator(".own[open] textarea").fill(
        "UPS took the parcel over on 29 October, see Exhibit 2, p. 2. The buyer lies."
    )
    page.wait_for_timeout(1500)
    page.evaluate("document.querySelector('.own[open]').scrollIntoView({ block: 'center' })")
    camera.keep(page, "case-own-words-zh-desktop-light", whole=False)
    page.locator("#retakes-fold summary").click()
    page.wait_for_timeout(1500)
    page.evaluate("document.querySelector('#retakes-fold').scrollIntoView({ block: 'center' })")
    camera.keep(page, "case-retakes-zh-desktop-light", whole=False)
    page.context.close()


def states(camera: Camera, address: str) -> None:
    """What happens on bad days: another window, no network, a wrong field, no scripts, nothing there."""
    one, two = camera.page(address), None
    two = one.context.new_page()
    two.goto(one.url)
    two.fill("[name=who]", "李")
    two.wait_for_timeout(2500)
    one.fill("[name=who]", "王")
    one.wait_for_selector("[data-keep]")
    camera.keep(one, "case-two-windows-zh-desktop-light", whole=False)
    one.context.set_offline(True)
    one.fill("[name=who]", "王芳")
    one.wait_for_timeout(1500)
    camera.keep(one, "case-offline-zh-desktop-light", whole=False)
    one.context.close()
    wrong = camera.page(FORM, java_script_enabled=False)
    wrong.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wrong.fill("[name='/order/id']", "112-4829307-7716253")
    wrong.fill("[name='/claim/amount']", "a lot")
    wrong.click("button[value=build]")
    camera.keep(wrong, "case-wrong-field-zh-desktop-light")
    wrong.context.close()
    camera.everywhere("/packs/none", "not-found")
    camera.everywhere("/?q=nothing", "desk-none")


def batch(camera: Camera, folder: Path) -> str:
    """A batch of two cases, and its address."""
    head = "platform,site,procedure,reason,order_id,claim_opened_at,carrier,tracking_number"
    when = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=20)).isoformat(timespec="seconds")
    rows = [
        f"amazon,US,a_to_z_response,item_not_received,{order},{when},ups,1Z999AA10123456784"
        for order in ("112-4829307-7716253", "112-4829307-77162")
    ]
    (folder / "claims.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    with zipfile.ZipFile(folder / "evidence.zip", "w") as archive:
        for name in ("erp_record.pdf", "tracking.png"):
            archive.write(EXAMPLES / "item-not-received" / name, f"112-4829307-7716253/{name}")
        archive.write(EXAMPLES / "item-not-received" / "order_page.png", "stray.png")
    page = camera.page("/batches")
    page.set_input_files("#sheet", str(folder / "claims.csv"))
    page.set_input_files("#archive", str(folder / "evidence.zip"))
    page.click("main button.main")
    page.wait_for_url("**/batches/**")
    camera.keep(page, "batch-running-zh-desktop-light")
    page.wait_for_selector("a.button.main")
    address = page.url.removeprefix(camera._address)  # noqa: SLF001  # as above
    page.context.close()
    return address


def outcome(camera: Camera, pack: str) -> None:
    """Record that a pack was sent and won."""
    page = camera.page(pack)
    page.fill("#case_id", "11820043211")
    page.click("#submission button")
    page.wait_for_selector(".ticks .notice")
    page.check("[name=outcome][value=won]")
    page.fill("#why", "承运商证明已妥投")
    page.click("#outcome button")
    page.wait_for_selector("section:has(#outcome) .notice")
    page.context.close()


def verify(camera: Camera, pack: str, folder: Path) -> None:
    """A pack that holds."""
    page = camera.page("/verify")
    data = page.request.get(f"{camera._address}/v1{pack}/archive").body()  # noqa: SLF001  # as above
    (folder / "pack.zip").write_bytes(data)
    page.set_input_files("#pack", str(folder / "pack.zip"))
    page.click("main button.main")
    page.wait_for_selector(".verdict")
    camera.keep(page, "verify-done-zh-desktop-light")
    page.context.close()


def main() -> None:
    """Take all pictures."""
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with Service(folder / "open") as service:
            camera = Camera(browser, service.address)
            camera.everywhere("/", "desk-empty")
            camera.everywhere("/new", "new")
            camera.everywhere("/insights", "insights-empty")
            camera.everywhere(FORM, "case-blank")
            camera.everywhere("/form/amazon/performance_appeal", "case-appeal")
            faulty, blocked = draft(camera, "five-faults", live=True)
            good, ready = draft(camera, "item-not-received", live=False)
            camera.everywhere(faulty, "case-faults")
            camera.everywhere(good, "case-good")
            camera.everywhere(blocked, "result-blocked")
            outcome(camera, ready)
            camera.everywhere(ready, "result-ready")
            own_words(camera, faulty)
            states(camera, good)
            odd_files(camera, folder)
            guessed(camera)
            unread_mail(camera)
            plan_of_action(camera)
            given(camera)
            narrow(camera, good, ready)
            mapped(camera, folder)
            done = batch(camera, folder)
            camera.everywhere("/batches", "batches")
            camera.everywhere(done, "batch-done")
            camera.everywhere("/insights", "insights")
            camera.everywhere("/verify", "verify")
            verify(camera, ready, folder)
            camera.everywhere("/", "desk")
        with Service(folder / "keyed", api_key=KEY) as service:
            keyed = Camera(browser, service.address)
            keyed.everywhere("/", "sign-in")
            wrong_key(keyed)
        browser.close()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
