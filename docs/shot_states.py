"""States of the form that need a story of their own: odd files, doubtful mails, a plan, what a program brought, narrow windows."""

import datetime as dt
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FORM = "/form/amazon/a_to_z_response"
NOTICE = (
    "Amazon Seller Performance\nYour Order Defect Rate is 1.84%, which does not meet our performance target of 1%.\n"
    "Notification ID: 9931827744\nDate: Nov 28, 2026\nPlease submit a plan of action within 17 days."
)
PLAN = {
    "/account/status": "suspended", "/ground": "calculation", "/root_causes/0/code": "orders_counted_twice",
    "/actions_taken/0/code": "orders_listed", "/preventions/0/code": "cancel_reason_check",
}  # fmt: skip
DISPUTE = {
    "schema_version": "1", "platform": "stripe", "procedure": "dispute", "reason": "item_not_received",
    "payment": {"dispute_id": "dp_1", "charge_id": "ch_1"}, "order": {"id": "112-4829307-7716253"},
    "claim": {"id": "dp_1", "amount": {"amount": "37.48", "currency": "USD"}, "network": "visa"},
    "extra": {"connector": {"account": "cards", "id": "dp_1"}},
}  # fmt: skip


class Camera(Protocol):
    """What opens pages and keeps pictures of them."""

    def page(self, path: str, language: str = "zh", size: str = "desktop", scheme: str = "light") -> Page:
        """A page in a context of its own."""

    def keep(self, page: Page, name: str, *, whole: bool = True) -> None:
        """A picture of a page."""


def read(page: Page, count: int) -> None:
    """Wait until so many files were read."""
    rows = "[...document.querySelectorAll('.file[data-key]')].filter(row => row.querySelector('.chip')).length"
    while page.evaluate(f"{rows} < {count} || document.querySelector('.htmx-request, [data-reading]') !== null"):
        page.wait_for_timeout(200)


def started(camera: Camera, path: str, text: str) -> Page:
    """A draft begun with a pasted mail."""
    page = camera.page(path)
    page.fill("#mail", text)
    page.click("button[value=mail]")
    page.wait_for_url("**/drafts/**")
    return page


def odd_files(camera: Camera, folder: Path) -> None:
    """What no case can take: empty, too large, too many, no film, no picture, no known kind."""
    made = {
        "empty.png": b"", "large.pdf": b"%PDF-1.7" + bytes(26_000_000), "film.mp4": b"\0\0\0\x20ftypisom" + bytes(9000),
        "half.jpg": b"\xff\xd8\xff\xe0" + bytes(500), "tool.exe": b"MZ" + bytes(300),
    }  # fmt: skip
    for name, data in made.items():
        (folder / name).write_bytes(data)
    page = camera.page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    page.wait_for_url("**/drafts/**")
    page.set_input_files("#pick-files", [str(folder / name) for name in made])
    read(page, 3)
    page.evaluate("document.querySelector('#case').dataset.mostFiles = 0")
    page.set_input_files("#pick-files", str(EXAMPLES / "item-not-received" / "label.jpg"))
    camera.keep(page, "case-odd-files-zh-desktop-light")
    page.context.close()


def guessed(camera: Camera) -> None:
    """Screenshots alone: where the case seems to belong."""
    page = camera.page("/new")
    page.set_input_files(
        "#pick-files", [str(EXAMPLES / "item-not-received" / n) for n in ("order_page.png", "tracking.png")]
    )
    page.wait_for_url("**/drafts/**")
    page.wait_for_selector("#place.ask button[value=placed]")
    camera.keep(page, "case-guessed-zh-desktop-light")
    page.context.close()


def unread_mail(camera: Camera) -> None:
    """A mail that names no platform: one question."""
    page = started(camera, "/new", "hello, where is my parcel?")
    camera.keep(page, "case-unread-mail-zh-desktop-light")
    page.context.close()


def plan_of_action(camera: Camera) -> None:
    """A plan of action from a notice, with ready sentences."""
    page = started(camera, "/new", NOTICE)
    for name, value in PLAN.items():
        page.select_option(f"[name='{name}']", value)
    for name in ("root_causes", "actions_taken"):
        page.fill(f"[name='/{name}/0/slots/count']", "17")
    page.wait_for_timeout(2000)
    camera.keep(page, "case-plan-zh-desktop-light")
    page.context.close()


def given(camera: Camera) -> None:
    """A dispute that a connector brought, with its deadline."""
    page = camera.page("/new")
    due = dt.datetime.now(dt.UTC) + dt.timedelta(days=7)
    case = {**DISPUTE, "deadline": {"at": due.isoformat(timespec="seconds"), "source": "notice"}}
    origin = page.url.removesuffix("/new")
    draft = page.request.post(f"{origin}/v1/drafts", data={"case": case}).json()
    page.goto(f"{origin}/drafts/{draft['id']}")
    camera.keep(page, "case-given-zh-desktop-light")
    page.context.close()


def narrow(camera: Camera, draft: str, pack: str) -> None:
    """The smallest telephone, and a desktop at 200 %: as the window shows them."""
    for name, path in (("case", draft), ("result", pack), ("desk", "/")):
        for look, width, height in (("320", 320, 640), ("zoom-200", 640, 450)):
            page = camera.page(path)
            page.set_viewport_size({"width": width, "height": height})
            camera.keep(page, f"{name}-zh-{look}", whole=False)
            page.context.close()


def mapped(camera: Camera, folder: Path) -> None:
    """The columns of a sheet, to be looked at before it starts."""
    sheet = folder / "纠纷导出.csv"
    sheet.write_text("平台,站点,单号,纠纷原因,店铺备注\n亚马逊,美国,112-4829307-7716253,没收到,甲\n", encoding="utf-8")
    page = camera.page("/batches")
    page.set_input_files("#sheet", str(sheet))
    page.wait_for_selector("#columns table")
    camera.keep(page, "batches-mapped-zh-desktop-light")
    page.context.close()


def wrong_key(camera: Camera) -> None:
    """A key that nobody has."""
    page = camera.page("/")
    page.fill("[name=key]", "no-such-key")
    page.press("[name=key]", "Enter")
    page.wait_for_selector("[role=alert], .notice.bad, .fault")
    camera.keep(page, "sign-in-wrong-zh-desktop-light")
    page.context.close()
