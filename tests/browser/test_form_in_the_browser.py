"""The upload form in a real browser, without scripts: the whole way, wrong fields, both languages, small screens, axe."""

import io
import re
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "five-faults"
FORM = "/form/amazon/a_to_z_response"
FIELDS = {
    "/order/id": "112-4829307-7716253", "/order/placed_at": "2026-10-28T09:12", "/parcels/0/carrier": "ups",
    "/parcels/0/tracking_number": "1Z999AA10123456784", "/parcels/0/dispatched_at": "2026-10-29T16:40",
    "/parcels/0/delivered_at": "2026-11-02T11:22", "/buyer/ship_to/postal_code": "43215",
    "/claim/opened_at": "2026-11-18T15:03", "/claim/notified_at": "2026-11-18T15:10", "/claim/amount": "37.48",
}  # fmt: skip


def fill(page, **changed):
    for name, value in {**FIELDS, **changed}.items():
        page.fill(f'[name="{name}"]', value)


def choose(page, **files):
    for kind, name in files.items():
        page.set_input_files(f'[name="files.{kind}"]', str(EXAMPLE / name))


@pytest.mark.parametrize(
    ("locale", "blocked", "found"),
    [
        ("zh-CN", "暂时不要提交", "运单号只差一位"),
        ("en-US", "Do not submit yet", "A number that is almost the tracking number"),
    ],
)
def test_the_whole_way_without_scripts(open_page, locale, blocked, found):
    page = open_page(locale=locale)
    page.click(f'a[href="{FORM}"]')
    fill(page)
    choose(page, tracking="tracking.png", erp_record="erp_record.pdf")
    page.click("button[value=build]", timeout=60_000)
    page.wait_for_selector("#verdict", timeout=90_000)
    assert page.inner_text("#verdict") == blocked
    assert found in page.inner_text(".findings")
    assert "112-4829307-7716253" in page.input_value("#letter")
    address = page.url.split("/packs/")[0]
    archive = page.request.get(address + page.get_attribute(".downloads a", "href")).body()
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert any(
        re.fullmatch(r"112-4829307-7716253_a_to_z_response(?:_v\d)?/OrderID_.*_Evidence\.pdf", name) for name in names
    )
    page.goto(address + "/packs?order_id=112-4829307-7716253")
    assert page.locator(".files li a").count() >= 1


def test_a_wrong_field_is_named_beside_it_and_the_rest_is_kept(open_page):
    page = open_page(FORM)
    fill(page, **{"/claim/amount": "a lot"})
    choose(page, tracking="tracking.png")
    page.click("button[value=build]")
    assert page.locator('[name="/claim/amount"]').get_attribute("aria-invalid") == "true"
    assert page.input_value('[name="/order/id"]') == FIELDS["/order/id"]
    assert "choose them again" in page.inner_text("[role=alert]")


def test_no_file_is_told(open_page):
    page = open_page(FORM, locale="zh-CN")
    fill(page)
    page.click("button[value=build]")
    assert "没有选择文件" in page.inner_text("[role=alert]")


def test_the_checklist_follows_the_reason_and_input_stays(open_page):
    page = open_page(FORM)
    fill(page)
    page.select_option("[name=reason]", "not_as_described")
    page.click("button[value=refresh]")
    assert page.locator('[name="files.listing"]').count() == 1
    assert page.input_value('[name="/order/id"]') == FIELDS["/order/id"]


def test_language_switch_stays(open_page):
    page = open_page("/")
    page.click('nav a[hreflang="zh-Hans"]')
    page.click(f'a[href="{FORM}"]')
    assert page.get_attribute("html", "lang") == "zh-Hans"


@pytest.mark.parametrize("path", ["/", FORM, "/form/amazon/performance_appeal", "/packs?order_id=1", "/packs/none"])
def test_nothing_is_cut_off_on_a_small_telephone(open_page, path):
    page = open_page(path, size=(320, 640), scripts=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["/", FORM, "/form/shopee/return_refund", "/packs?order_id=1", "/packs/none"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(browser, service, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(service + path)
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    context.close()
    assert not found, [(v["id"], [node["html"][:120] for node in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize(
    "platform_pages", ["/form/ebay/payment_dispute", "/form/stripe/dispute", "/form/amazon/support_case"]
)
def test_every_label_is_in_words(open_page, platform_pages):
    page = open_page(platform_pages, locale="zh-CN")
    text = page.inner_text("main")
    assert not re.search(r"\b(field|form|kind|reason|proposition|choice)\.[/a-z_.]+", text)


def test_strict_policy(open_page):
    page = open_page("/")
    policy = page.request.get(page.url).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
