"""The form as a plain page: the whole way without scripts, wrong fields, no file, both languages, small screens, axe."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "five-faults"
FORM = "/form/amazon/a_to_z_response"
FIELDS = {
    "/order/id": "112-4829307-7716253", "/parcels/0/carrier": "ups", "/parcels/0/tracking_number": "1Z999AA10123456784",
    "/parcels/0/dispatched_at": "2026-10-29T16:40", "/parcels/0/delivered_at": "2026-11-02T11:22",
    "/claim/opened_at": "2026-11-18T15:03", "/claim/notified_at": "2026-11-18T15:10", "/claim/amount": "37.48",
}  # fmt: skip
PAGES = [
    "/", "/new", FORM, "/form/amazon/performance_appeal", "/form/shopee/return_refund", "/packs?order_id=1", "/packs/none",
    "/batches", "/insights", "/verify", "/sign-in",
]  # fmt: skip


def fill(page, **changed):
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for name, value in {**FIELDS, **changed}.items():
        page.fill(f'[name="{name}"]', value)


def press(page, selector):
    with page.expect_navigation():
        page.locator(selector).first.click()


def choose(page, **files):
    for kind, name in files.items():
        page.set_input_files(f'[name="files.{kind}"]', str(EXAMPLE / name))


@pytest.mark.parametrize(
    ("locale", "blocked", "found", "other"),
    [
        ("zh-CN", "暂时不要提交", "运单号只差一位", ("en", "A number that is almost the tracking number")),
        pytest.param(
            "en-US",
            "Do not submit yet",
            "A number that is almost the tracking number",
            ("zh-Hans", "运单号只差一位"),
            marks=pytest.mark.long,
        ),
    ],
)
def test_the_whole_way(open_page, locale, blocked, found, other):
    page = open_page(FORM, locale=locale, scripts=False)
    fill(page)
    choose(page, erp_record="erp_record.pdf")
    press(page, "button[value=build]")
    page.wait_for_selector("#verdict", timeout=300_000)
    assert page.inner_text("#verdict") == blocked
    assert found in page.inner_text(".findings")
    page.click(f'.tongue a[hreflang="{other[0]}"]')
    assert other[1] in page.inner_text(".findings")
    assert found not in page.inner_text("main")
    page.go_back()
    assert "112-4829307-7716253" in page.input_value("#letter")
    address = page.url.split("/drafts/")[0]
    archive = page.request.get(address + page.get_attribute("#all", "href")).body()
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert any(
        re.fullmatch(r"112-4829307-7716253_a_to_z_response(?:_v\d)?/OrderID_.*_Evidence\.pdf", name) for name in names
    )
    page.goto(address + "/packs?order_id=112-4829307-7716253")
    assert page.locator(".cases .case", has_text="112-4829307-7716253").count() == 1


def test_a_wrong_field_is_named_beside_it_and_nothing_is_lost(open_page):
    page = open_page(FORM, scripts=False)
    fill(page, **{"/claim/amount": "a lot"})
    choose(page, erp_record="erp_record.pdf")
    press(page, "button[value=build]")
    assert page.locator('[name="/claim/amount"]').get_attribute("aria-invalid") == "true"
    assert page.locator("#f-claim-amount-fault").is_visible()
    assert page.input_value('[name="/order/id"]') == FIELDS["/order/id"]
    assert page.inner_text(".file .name") == "erp_record.pdf"


def test_no_file_is_told(open_page):
    page = open_page(FORM, locale="zh-CN", scripts=False)
    fill(page)
    press(page, "button[value=build]")
    assert "没有选择文件" in page.inner_text("[role=alert]")


def test_the_checklist_follows_the_reason_and_input_stays(open_page):
    page = open_page(FORM, scripts=False)
    fill(page)
    page.select_option("[name=reason]", "not_as_described")
    press(page, "button[value=refresh]")
    assert page.locator('[name="files.listing"]').count() == 1
    assert page.input_value('[name="/order/id"]') == FIELDS["/order/id"]
    assert "/drafts/" in page.url


def test_files_are_kept_ordered_and_removed_by_buttons(open_page):
    page = open_page(FORM, scripts=False)
    choose(page, erp_record="erp_record.pdf", messages="messages.png")
    press(page, "button[value=refresh]")
    names = page.locator(".file .name")
    assert names.all_inner_texts() == ["messages.png", "erp_record.pdf"] or names.count() == 2
    first = names.first.inner_text()
    press(page, ".file button[value^=down]")
    assert page.locator(".file .name").nth(1).inner_text() == first
    press(page, ".file button[value^=remove]")
    assert page.locator(".file .name").all_inner_texts() == [first]


def test_language_switch_keeps_input(open_page):
    page = open_page(FORM, scripts=False)
    fill(page)
    press(page, 'button[value="lang:zh-Hans"]')
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert page.input_value('[name="/order/id"]') == FIELDS["/order/id"]


def test_a_pasted_mail_opens_its_form_filled(open_page):
    page = open_page("/new", scripts=False)
    page.fill(
        "#mail", "Amazon A-to-z Guarantee claim\nOrder ID: 112-4829307-7716253\nRespond by Nov 20, 2026, 11:59 PM PST"
    )
    press(page, "button[value=mail]")
    assert page.input_value('[name="/order/id"]') == FIELDS["/order/id"]
    assert page.input_value('[name="/deadline/at"]') == "2026-11-20T23:59"
    assert page.locator(".said.mail").count() >= 2


def test_a_mail_of_nobody_asks_one_question_and_is_kept(open_page):
    page = open_page("/new", scripts=False)
    page.fill("#mail", "hello, where is my parcel?")
    press(page, "button[value=mail]")
    assert "names no platform" in page.inner_text("#place")
    page.select_option("[name=place]", "amazon/a_to_z_response")
    press(page, "button[value=place]")
    assert page.locator('[name="/order/id"]').count() == 1
    assert page.locator("#place.ask").count() == 0


def test_nothing_is_cut_off_on_a_small_telephone(open_page, service):
    page = open_page(size=(320, 640))
    for path in PAGES:
        page.goto(service + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_every_label_is_in_words(open_page, service):
    page = open_page(locale="zh-CN")
    for path in ("/", "/new", "/form/ebay/payment_dispute", "/form/stripe/dispute", "/form/amazon/support_case"):
        page.goto(service + path)
        text = page.inner_text("main")
        assert not re.search(
            r"\b(field|form|kind|reason|proposition|choice|group|slot|sign|clock|desk|fact|case_state|gap|letter_gap|verdict)\.[/a-z_.]+",
            text,
        ), path


def test_strict_policy(open_page):
    page = open_page("/")
    policy = page.request.get(page.url).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_the_first_page_is_light(open_page, service):
    page = open_page("/")
    sizes = page.evaluate("performance.getEntriesByType('resource').map(e => e.encodedBodySize)")
    document = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
    assert document + sum(sizes) < 100_000
    page.goto(service + FORM)
    sizes = page.evaluate("performance.getEntriesByType('resource').map(e => e.encodedBodySize)")
    document = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
    assert 40_000 < document + sum(sizes) < 100_000


LIGHTS = {"light": PAGES[::2], "dark": PAGES[1::2]}


@pytest.mark.parametrize("scheme", LIGHTS)
def test_accessible(open_page, service, scheme):
    """Each page in one light, in turn; the long run looks at all in both."""
    no_violations(open_page, service, scheme, LIGHTS[scheme])


@pytest.mark.long
@pytest.mark.parametrize("scheme", LIGHTS)
def test_every_page_is_accessible_in_every_light(open_page, service, scheme):
    no_violations(open_page, service, scheme, PAGES)


def no_violations(open_page, service, scheme, paths):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(color_scheme=scheme, bypass_csp=True, locale="zh-CN")
    for path in paths:
        page.goto(service + path)
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(v["id"], [node["html"][:160] for node in v["nodes"]][:4]) for v in found])


def away(page, address):
    """Open another address from a page that renews itself: a renewal at that very moment comes first."""
    for _ in range(5):
        try:
            page.goto(address)
        except Error as error:
            if "interrupted by another navigation" not in str(error):
                raise
        else:
            return
    page.goto(address)


def test_a_batch_shows_its_rows_and_a_pack_can_be_verified(open_page, tmp_path):
    sheet, archive = tmp_path / "claims.csv", tmp_path / "evidence.zip"
    head = "platform,site,procedure,reason,order_id,claim_opened_at"
    sheet.write_text(
        f"{head}\namazon,US,a_to_z_response,item_not_received,112-4829307-7716253,2026-11-18T18:03:00-05:00\n"
    )
    with zipfile.ZipFile(archive, "w") as made:
        made.write(EXAMPLE / "erp_record.pdf", "112-4829307-7716253/erp_record.pdf")
        made.writestr("stray.txt", "A page of something else, without any order.")
    page = open_page("/batches")
    page.set_input_files("#sheet", str(sheet))
    page.set_input_files("#archive", str(archive))
    press(page, "main button.main")
    page.wait_for_selector("a.button.main", timeout=300_000)
    assert "112-4829307-7716253" in page.inner_text("#batch table")
    page.locator("details", has_text="stray.txt").wait_for(state="attached")
    address = page.url.split("/batches/")[0]
    pack = page.get_attribute("#batch td.name a", "href")
    (tmp_path / "pack.zip").write_bytes(page.request.get(f"{address}/v1{pack}/archive").body())
    page.wait_for_load_state("networkidle")
    away(page, address + "/verify")
    page.set_input_files("#pack", str(tmp_path / "pack.zip"))
    press(page, "main button.main")
    assert page.locator(".verdict.ready").count() == 1
    assert not page.locator("main .chip.bad").count()


def test_a_paragraph_in_own_words_without_scripts(open_page):
    page = open_page(FORM, scripts=False)
    fill(page)
    choose(page, erp_record="erp_record.pdf")
    press(page, "button[value=refresh]")
    box = page.locator("#preview textarea", has_text="(Exhibit 1")
    name = box.first.get_attribute("name")
    page.evaluate("document.querySelectorAll('.own').forEach(d => d.open = true)")
    page.fill(f'[name="{name}"]', "Our warehouse gave it to the carrier, see Exhibit 1, p. 1.")
    press(page, 'button[value="lang:zh-Hans"]')
    assert page.input_value(f'[name="{name}"]') == "Our warehouse gave it to the carrier, see Exhibit 1, p. 1."
    assert page.locator("#preview .edited").count() == 1
    page.evaluate("document.querySelectorAll('.own').forEach(d => d.open = true)")
    press(page, "button[value^='restore:']")
    assert page.locator("#preview .edited").count() == 0
    assert "Our warehouse" not in page.inner_text("#preview")


def test_a_ready_sentence_is_chosen_in_chinese_and_stands_in_the_english_letter(open_page):
    page = open_page("/form/amazon/performance_appeal", locale="zh-CN", scripts=False)
    page.select_option("[name='/root_causes/0/code']", "orders_counted_twice")
    press(page, "button[value=refresh]")
    page.fill("[name='/root_causes/0/slots/count']", "17")
    press(page, "button[value=refresh]")
    letter = "\n".join(page.locator("#preview .letter :is(p, li, h1, h2):not(details *)").all_inner_texts())
    assert "17" in letter
    assert not re.search(r"[\u4e00-\u9fff]", letter)
