"""The form as people use it: pasting, dropping, dragging, typing; slow lines, two windows, the keyboard alone, a telephone."""

import base64
import datetime as dt
import re
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
GOOD, FAULTY = EXAMPLES / "item-not-received", EXAMPLES / "five-faults"
FORM = "/form/amazon/a_to_z_response"
QUICK = GOOD / "erp_record.pdf"
OPENED = dt.datetime.now(dt.UTC) - dt.timedelta(hours=20)
MAIL = f"""Amazon A-to-z Guarantee claim
Order ID: 112-4829307-7716253
Claim opened on {OPENED:%b %d, %Y, %I:%M %p} UTC. Claim amount: $37.48. Reason: Package didn't arrive
Buyer comments: Package never arrived.
Respond by {OPENED + dt.timedelta(hours=72):%b %d, %Y, %I:%M %p} UTC"""
IN_OWN_WORDS = """name => {
  const box = document.querySelector(`[name="${name}"]`), cited = box.value.match(/Exhibit 1, p\\. \\d+/)[0];
  box.focus();
  box.value = `The buyer lies: our record in ${cited} shows the parcel.`;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}"""
"""In one go: while somebody writes, the paragraph is not drawn anew, but before that it may be."""
PUT = """([name, type, data, how]) => {
  const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0)), load = new DataTransfer();
  load.items.add(new File([bytes], name, { type }));
  document.body.dispatchEvent(how === "paste"
    ? new ClipboardEvent("paste", { clipboardData: load, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: load, bubbles: true, cancelable: true }));
}"""


def until(page, expression, seconds=300):
    """Wait until a JavaScript expression is true; the page's policy forbids the usual way, which compiles text."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"{expression}\n{page.url}\n{page.inner_text('main')[:3000]}\n{page.troubles}"
        page.wait_for_timeout(60)


class Hands:
    """Does what a person does, and counts it."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def click(self, selector):
        self.actions += 1
        self.page.click(selector)

    def fill(self, selector, text):
        self.actions += 1
        self.page.fill(selector, text)

    def paste(self, text):
        self.actions += 1
        self.page.evaluate(
            """text => { const load = new DataTransfer(); load.setData("text/plain", text);
            document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: load, bubbles: true })); }""",
            text,
        )

    def put(self, path, how="paste"):
        self.actions += 1
        kind = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf"}[path.suffix[1:]]
        name = "image.png" if how == "paste" and path.suffix == ".png" else path.name
        self.page.evaluate(PUT, [name, kind, base64.b64encode(path.read_bytes()).decode(), how])

    def rows(self, count):
        judged = (
            "[...document.querySelectorAll('.file[data-key]')].filter(row => row.querySelector('.chip, .hint')).length"
        )
        until(self.page, f"{judged} == {count}")
        until(self.page, "!document.querySelector('.dz-waiting')")


def saved(page):
    until(page, "location.pathname.startsWith('/drafts/')")
    until(page, "!document.querySelector('#case.htmx-request')")


def judged(page, count):
    """Wait until so many files were read and the letter has followed: it is not written anew any more."""
    seen = "[...document.querySelectorAll('.file[data-key]')].filter(row => row.querySelector('.chip')).length"
    until(page, f"{seen} == {count} && !document.querySelector('[data-reading], .dz-waiting, #case.htmx-request')")


def first_held(page, held):
    """The first request that was held back, as soon as there is one."""
    while not held:
        page.wait_for_timeout(20)
    return held[0]


def add(page, *paths):
    page.set_input_files("#pick-files", [str(path) for path in paths])


def test_a_mail_that_nobody_read_yet_stays_until_it_is_read(open_page):
    page = open_page("/new", locale="zh-CN")
    page.fill("#mail", MAIL)
    add(page, GOOD / "tracking.png")
    until(page, "document.querySelectorAll('.file[data-key]').length == 1")
    saved(page)
    assert page.input_value("#mail") == MAIL
    page.click("button[value=mail]")
    page.locator("[name='/order/id']").first.wait_for(state="attached")
    assert page.input_value("[name='/order/id']") == "112-4829307-7716253"


def test_a_mail_that_names_no_platform_is_answered_where_the_question_stands(open_page):
    page = open_page("/new")
    page.fill("#mail", "hello, where is my parcel? it should have come last week")
    page.click("button[value=mail]")
    page.locator("#place-told", has_text="names no platform").wait_for()
    assert not page.troubles


def test_from_the_clipboard_to_a_pack_in_chinese(open_page):
    page = open_page("/new", locale="zh-CN")
    hands = Hands(page)
    hands.paste(MAIL)
    page.wait_for_url("**/drafts/**")
    until(page, "document.querySelector('[name=\"/order/id\"]').value == '112-4829307-7716253'")
    shots = sorted(path for path in GOOD.iterdir() if path.suffix in {".png", ".jpg", ".pdf"})
    for path in [*shots, FAULTY / "proof_of_delivery.jpg"]:
        hands.put(path)
    hands.rows(len(shots) + 1)
    blurred = page.locator(".file", has_text="proof_of_delivery.jpg").last
    assert "模糊" in blurred.text_content()
    assert "重截：proof_of_delivery.jpg" in page.input_value("#retake-text")
    assert page.locator(".file .name", has_text=re.compile(r"^截图_\d{6}")).count() >= 3
    assert page.locator(".file svg.crop").count() >= 3
    assert len(shots) == 6
    page.locator(".said.agreed .value", has_text="1Z999AA10123456784").wait_for()
    until(page, "/[67] 可用/.test(document.querySelector('#tray').innerText)")
    hands.click("button[value=build]")
    page.wait_for_selector("#verdict")
    assert page.locator(".verdict.blocked").count() == 0, page.inner_text("main")[:1500]
    hands.click("[data-copy=letter]")
    until(page, "document.querySelector('[data-copy=letter]').innerText.trim() == '已复制'")
    assert "112-4829307-7716253" in page.input_value("#letter")
    assert "November 2, 2026" in page.input_value("#letter")
    assert hands.actions <= 12
    assert not page.troubles
    assert not violations(page)


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["html"][:160] for node in v["nodes"]][:4]) for v in found]


def in_both_lights(page):
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour on its way from one to the other
    dark = violations(page)
    page.emulate_media(color_scheme="light")
    return dark + violations(page)


def test_the_whole_way_in_english_and_back(open_page):
    page = open_page(FORM, bypass_csp=True)
    hands = Hands(page)
    hands.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    hands.put(QUICK, "drop")
    hands.rows(1)
    until(page, "document.querySelector('.letter').innerText.includes('Exhibit 1')")
    page.click(".own summary")
    assert not in_both_lights(page)
    page.click(".letter .sentence[data-exhibits]")
    page.wait_for_selector(".file.flash")
    draft = page.url
    hands.click("button[value=build]")
    page.wait_for_selector("#verdict")
    assert not in_both_lights(page)
    page.fill("#case_id", "11820043211")
    page.click("#submission button")
    page.wait_for_selector(".ticks .notice.good")
    page.check("[name=outcome][value=won]")
    page.fill("#why", "Delivery shown")
    page.click("#outcome button")
    assert "Won: Delivery shown" in page.inner_text("section:has(#outcome) .notice")
    page.goto(draft)
    assert page.locator("#verdict").count() == 1
    page.click(".crumb a[href$='?edit']")
    assert page.input_value("[name='/order/id']") == "112-4829307-7716253"
    assert page.inner_text(".file .name") == "erp_record.pdf"
    assert not page.troubles


def test_back_button_comes_back_to_the_draft(open_page):
    page = open_page("/")
    page.goto(page.url.rstrip("/") + FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    page.click(".brand")
    page.go_back()
    assert page.input_value("[name='/order/id']") == "112-4829307-7716253"
    page.go_forward()
    assert "112-4829307-7716253" in page.inner_text(".cases")


def two_windows(open_page):
    first = open_page(FORM)
    first.fill("[name='/order/id']", "112-4829307-7716253")
    saved(first)
    second = first.context.new_page()
    second.goto(first.url)
    return first, second


def test_two_windows_put_different_fields_together(open_page):
    first, second = two_windows(open_page)
    second.fill("[name='/parcels/0/tracking_number']", "1Z999AA10123456784")
    until(second, "document.querySelector('[name=version]').value > 1")
    until(second, "!document.querySelector('#case.htmx-request')")
    first.fill("[name='who']", "Li")
    until(first, "document.querySelector('[name=\"/parcels/0/tracking_number\"]').value == '1Z999AA10123456784'")
    assert first.locator("[data-keep]").count() == 0
    second.reload()
    assert second.input_value("[name='who']") == "Li"
    assert second.input_value("[name='/parcels/0/tracking_number']") == "1Z999AA10123456784"


def test_two_windows_with_the_same_field_ask(open_page):
    first, second = two_windows(open_page)
    second.fill("[name='/order/id']", "112-1111111-1111111")
    until(second, "document.querySelector('.letter').innerText.includes('112-1111111')")
    first.fill("[name='/order/id']", "112-2222222-2222222")
    first.wait_for_selector("[data-keep]")
    assert "Order number" in first.inner_text("#conflict")
    assert "Not saved" in first.inner_text("#saved")
    assert first.input_value("[name='/order/id']") == "112-2222222-2222222"
    first.click("[data-keep]")
    first.wait_for_selector("[data-keep]", state="detached")
    second.reload()
    assert second.input_value("[name='/order/id']") == "112-2222222-2222222"


def test_screenshots_alone_say_where_the_case_belongs(open_page):
    page = open_page("/new")
    add(page, GOOD / "order_page.png", GOOD / "tracking.png")
    page.wait_for_url("**/drafts/**")
    page.wait_for_selector("#place.ask button[value=placed]")
    assert "Amazon" in page.inner_text("h1")
    page.click("button[value=placed]")
    page.wait_for_selector("#place.ask", state="detached")
    page.locator("#f-order-id-said.filled .value", has_text="112-4829307-7716253").wait_for()
    page.locator(".said.read .value, .said.agreed .value", has_text="1Z999AA10123456784").wait_for()
    assert page.input_value("[name='/parcels/0/tracking_number']") == ""
    assert not page.troubles


def test_a_heap_with_its_mail_as_a_file_fills_the_case(open_page, tmp_path):
    page, mail = open_page("/new", locale="zh-CN"), tmp_path / "mail.txt"
    mail.write_text(MAIL)
    heap = [mail, *sorted(path for path in (EXAMPLES / "heap").iterdir() if path.suffix != ".txt")]
    add(page, *heap)
    page.locator("#f-order-id-said.filled .value", has_text="112-4829307-7716253").wait_for()
    judged(page, len(heap))
    assert page.locator("#place.ask").count() == 0
    for fact, said in {
        "order-id": "112-4829307-7716253",
        "claim-opened_at": "2026",
        "claim-amount": "37.48 USD",
    }.items():
        page.locator(f"#f-{fact}-said.filled .value", has_text=said).wait_for()
    assert page.input_value("[name='/order/id']") == ""
    draft = page.url
    page.click("button[value=build]")
    page.wait_for_selector("#verdict")
    assert page.locator(".verdict.blocked").count() == 0, page.inner_text("main")[:1500]
    assert "112-4829307-7716253" in page.input_value("#letter")
    page.goto(draft.split("/drafts/")[0] + "/")
    row = page.locator(".cases", has_text="112-4829307-7716253")
    row.first.wait_for()
    assert not page.troubles


def test_a_blocked_case_is_walked_to_what_blocks_it_and_made_ready(open_page):
    page = open_page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    page.fill("[name='/claim/opened_at']", f"{OPENED:%Y-%m-%dT%H:%M}")
    saved(page)
    add(page, FAULTY / "erp_record.pdf")
    page.wait_for_selector(".file[data-key]")
    page.wait_for_selector(".verdict.blocked")
    page.click("[data-walk]")
    assert page.inner_text("[data-walk]").startswith("Fix 1 of")
    assert page.evaluate("document.activeElement.matches('#slots *, .file *, .fact *, #step-case *')")
    page.click(".file [data-remove]")
    add(
        page,
        *(
            GOOD / name
            for name in ("erp_record.pdf", "messages.png", "order_page.png", "proof_of_delivery.pdf", "tracking.png")
        ),
    )
    page.wait_for_selector(".verdict:is(.ready, .review)")


NOTICE = """Amazon Seller Performance
Your Order Defect Rate is 1.84%, which does not meet our performance target of 1%.
Notification ID: 9931827744
Date: Nov 28, 2026
Please submit a plan of action within 17 days."""
ANSWERS = {
    "/account/merchant_id": "A1B2C3D4E5F6G7", "/root_causes/0/slots/count": "17", "/actions_taken/0/slots/count": "17",
}  # fmt: skip
CHOSEN = {
    "/account/status": "suspended", "/ground": "calculation", "/root_causes/0/code": "orders_counted_twice",
    "/actions_taken/0/code": "orders_listed", "/preventions/0/code": "cancel_reason_check",
}  # fmt: skip


def test_a_plan_of_action_from_a_notice_takes_six_typed_answers_at_most(open_page):
    page = open_page("/new", locale="zh-CN")
    Hands(page).paste(NOTICE)
    page.wait_for_url("**/drafts/**")
    add(page, EXAMPLES / "performance-appeal" / "orders.pdf")
    judged(page, 1)
    for name, value in CHOSEN.items():
        page.select_option(f"[name='{name}']", value)
        until(page, "!document.querySelector('#case.htmx-request')")
        if name.endswith("/ground"):
            page.locator("[name='/root_causes/0/code'] optgroup").first.wait_for(state="attached")
    for name, value in ANSWERS.items():
        page.locator(f"[name='{name}']").wait_for()
        page.fill(f"[name='{name}']", value)
    until(page, "document.querySelector('.letter').innerText.includes('list of the 17 orders')")
    letter = page.inner_text(".letter")
    assert "17 orders were counted twice" in letter
    assert "checked by a second person" in letter
    assert "9931827744" in letter
    assert page.locator(".verdict.blocked").count() == 0
    assert len(ANSWERS) <= 6
    assert not page.troubles


def test_what_is_chosen_while_the_fields_are_drawn_anew_stays(open_page):
    page, held = open_page("/form/amazon/performance_appeal"), []
    page.route("**/desk", lambda route: held.append(route) if not held else route.continue_())
    page.select_option("[name='/ground']", "carrier")
    until(page, "document.querySelector('#case.htmx-request') !== null")
    page.select_option("[name='/account/status']", "suspended")
    page.fill("[name='/account/merchant_id']", "A1B2C3")
    first_held(page, held).continue_()
    page.locator("[name='/root_causes/0/code'] optgroup:first-of-type[label^='Carrier']").wait_for(state="attached")
    assert page.input_value("[name='/account/status']") == "suspended"
    assert page.input_value("[name='/account/merchant_id']") == "A1B2C3"
    assert page.evaluate("document.activeElement.name") == "/account/merchant_id"
    saved(page)
    until(page, "document.querySelector('.letter').innerText.includes('A1B2C3')")
    page.reload()
    assert page.input_value("[name='/account/status']") == "suspended"
    assert not page.troubles


def test_odd_files_are_answered_where_they_were_dropped(open_page, tmp_path):
    page = open_page(FORM)
    (tmp_path / "empty.png").write_bytes(b"")
    add(page, tmp_path / "empty.png")
    page.locator(".dz-waiting", has_text="empty (0 bytes)").wait_for()
    undrawn = "const zone = Dropzone.instances[0]; zone.emit('error', zone.files[0], zone.options.dictThumbnailError)"
    page.evaluate(f"() => {{ {undrawn} }}")  # as of a photograph of a kind that the browser cannot draw
    assert "empty (0 bytes)" in page.inner_text(".dz-waiting")
    add(page, QUICK)
    page.wait_for_selector(".file[data-key]")
    add(page, QUICK)
    until(page, "document.querySelectorAll('.dz-waiting').length == 1")
    assert page.locator(".file[data-key]").count() == 1


def test_limits_are_told_before_anything_is_sent(open_page, tmp_path):
    page, sent = open_page(FORM), []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/files") else None)
    (tmp_path / "large.pdf").write_bytes(b"%PDF-1.7" + bytes(26_000_000))
    add(page, tmp_path / "large.pdf")
    page.locator(".dz-error", has_text="larger than 25 MB").wait_for()
    page.evaluate("document.querySelector('#case').dataset.mostFiles = 0")
    add(page, QUICK)
    page.locator(".dz-error", has_text="No room").wait_for()
    assert not sent


def test_bars_leave_room_when_everything_is_twice_as_large(open_page):
    page = open_page(FORM, size=(640, 450))
    add(page, QUICK)
    page.wait_for_selector(".file[data-key]")
    assert page.evaluate("document.querySelector('.go').offsetHeight") <= 450 * 0.15
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.querySelector('.go').offsetHeight") <= 640 * 0.15
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_desk_by_keyboard(open_page):
    page = open_page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    page.goto(page.url.split("/drafts/")[0] + "/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.className") == "case"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("112-4829307")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=112-4829307**")
    assert page.locator(".case").count() >= 1
    page.keyboard.press("n")
    page.wait_for_url("**/new")


def test_a_broken_upload_is_told_and_tried_again(open_page):
    page = open_page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    page.route("**/files", lambda route: route.abort())
    add(page, QUICK)
    page.wait_for_selector(".again:not([hidden])")
    assert "try again" in page.inner_text(".dz-waiting")
    page.unroute("**/files")
    page.click(".again")
    page.wait_for_selector(".file[data-key]")
    assert page.locator(".dz-waiting").count() == 0


def test_a_slow_upload_shows_it_and_can_be_cancelled(open_page):
    page = open_page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    held = []
    page.route("**/files", lambda route: held.append(route))  # noqa: PLW0108  # the library looks at its handler
    add(page, QUICK)
    until(page, "/Uploading|Reading/.test(document.querySelector('.dz-waiting .state')?.textContent)")
    page.click(".dz-waiting [data-dz-remove]")
    page.wait_for_selector(".dz-waiting", state="detached")
    for route in held:
        route.abort()


def test_building_waits_for_files_on_their_way(open_page):
    page = open_page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    held = []
    page.route("**/files", lambda route: held.append(route))  # noqa: PLW0108  # as above
    add(page, QUICK)
    until(page, "/Uploading|Reading/.test(document.querySelector('.dz-waiting .state')?.textContent)")
    page.click("button[value=build]")
    assert "waited for" in page.inner_text(".toast")
    assert "/drafts/" in page.url
    first_held(page, held).continue_()
    page.wait_for_selector("#verdict")
    assert "erp_record.pdf" in page.inner_text("#main")


def test_a_file_nobody_can_read_is_refused_by_name(open_page, tmp_path):
    page = open_page(FORM)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"no picture" * 20)
    add(page, broken)
    page.wait_for_selector(".file[data-key] .hint.bad")
    assert "damaged" in page.inner_text(".file .hint.bad")
    assert page.inner_text(".file .name") == "broken.png"
    add(page, QUICK)
    judged(page, 2)
    until(page, "/Exhibit 1: Warehouse/.test(document.querySelector('#preview').innerText)")
    assert page.locator(".file .no").all_inner_texts() == ["–", "1"]  # as the letter counts them
    page.reload()
    assert page.locator(".file .no").all_inner_texts() == ["–", "1"]


def test_a_file_that_was_read_late_gets_its_picture_and_kind(open_page):
    page = open_page(FORM)
    add(page, QUICK)
    page.wait_for_selector(".file[data-key] img.thumb")
    told = page.inner_text(".file option[id^=kind]")
    page.evaluate("document.querySelector('.file .thumb-link').innerHTML = ''")
    page.evaluate("document.querySelector('.file option[id^=kind]').textContent = '…'")
    page.evaluate("htmx.trigger('#case', 'desk')")
    page.wait_for_selector(".file[data-key] img.thumb")
    assert page.inner_text(".file option[id^=kind]") == told
    assert not page.troubles


def test_being_offline_is_said_and_nothing_is_lost(open_page):
    page = open_page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    page.context.set_offline(True)
    page.wait_for_selector("#offline:not([hidden])")
    page.fill("[name='/parcels/0/tracking_number']", "1Z999AA10123456784")
    until(page, "document.querySelector('#saved').textContent.includes('Not saved')")
    page.context.set_offline(False)
    until(page, "document.querySelector('#saved').textContent.includes('Saved as a draft')")
    page.reload()
    assert page.input_value("[name='/parcels/0/tracking_number']") == "1Z999AA10123456784"


def test_wrong_field_is_named_beside_it(open_page):
    page = open_page(FORM, locale="zh-CN")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.fill("[name='/order/id']", "112-4829307-7716253")
    page.fill("[name='/claim/amount']", "很多")
    saved(page)
    add(page, QUICK)
    page.wait_for_selector(".file[data-key]")
    page.click("button[value=build]")
    page.wait_for_selector("[name='/claim/amount'][aria-invalid=true]")
    assert page.locator("#f-claim-amount-fault").is_visible()
    assert page.evaluate("document.activeElement.id") == "problem"


def test_keyboard_alone(open_page):
    page = open_page(FORM)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stops = 2
    while not page.evaluate("document.activeElement.matches('[data-pick=files]')"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 8
    page.focus("[name='/order/id']")
    page.keyboard.type("112-4829307-7716253")
    page.keyboard.press("Enter")
    saved(page)
    add(page, QUICK, GOOD / "messages.png")
    until(page, "document.querySelectorAll('.file[data-key]').length == 2")
    first, second = page.locator(".file .name").all_inner_texts()
    page.focus(".file:first-child [data-move=down]")
    page.keyboard.press("Enter")
    assert page.locator(".file .name").all_inner_texts() == [second, first]
    assert page.evaluate("document.activeElement.dataset.move") == "down"
    page.focus(".file:first-child [data-remove]")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.file[data-key]').length == 1")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-made]")


def test_the_letter_counts_files_as_the_list_does_whichever_comes_first(open_page):
    page, held = open_page(FORM), []
    page.route(
        "**/drafts/*/files",
        lambda route: held.append(route) if b"erp_record" in route.request.post_data_buffer else route.continue_(),
    )
    add(page, QUICK, GOOD / "messages.png")
    page.wait_for_selector(".file[data-key]")
    first_held(page, held).continue_()
    judged(page, 2)
    assert page.locator(".file .name").all_inner_texts() == ["erp_record.pdf", "messages.png"]
    until(page, "/Exhibit 1: Warehouse/.test(document.querySelector('#preview').innerText)")
    page.reload()
    assert page.locator(".file .name").all_inner_texts() == ["erp_record.pdf", "messages.png"]


def test_order_by_dragging_is_kept(open_page):
    page = open_page(FORM)
    add(page, QUICK, GOOD / "messages.png")
    until(page, "document.querySelectorAll('.file[data-key]').length == 2")
    judged(page, 2)  # also the order in which they came is saved: what is answered next is the dragging
    first, second = page.locator(".file .name").all_inner_texts()
    with page.expect_response(lambda reply: b"\r\n\r\nrows\r\n" in (reply.request.post_data_buffer or b"")):
        page.locator(".file .no").nth(1).drag_to(page.locator(".file .no").first)
    page.reload()
    assert page.locator(".file .name").all_inner_texts() == [second, first]


def test_a_telephone(open_page):
    page = open_page(FORM, locale="zh-CN", size=(390, 844), has_touch=True, is_mobile=True)
    add(page, QUICK)
    page.wait_for_selector(".file[data-key] .chip")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-pick=camera]").is_visible()
    until(page, "document.querySelector('button[value=build]')?.getBoundingClientRect().height > 0")
    until(page, "document.querySelector('button[value=build]')?.getBoundingClientRect().bottom <= innerHeight")
    assert page.evaluate("innerHeight") == 844


def test_angry_words_are_named_with_a_better_wording(open_page):
    page = open_page("/form/amazon/support_case")
    page.fill("[name='/request']", "The buyer is lying, this is a scam!")
    until(page, "document.querySelector('#gaps').innerText.includes('lying')")
    assert page.locator(".letter mark").count() >= 1


def test_a_paragraph_of_the_letter_in_own_words(open_page):
    page = open_page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    add(page, QUICK, GOOD / "messages.png")
    until(page, "document.querySelectorAll('.file[data-key]').length == 2")
    judged(page, 2)
    until(page, "/Exhibit 1: Warehouse/.test(document.querySelector('#preview').innerText)")  # as the list counts them
    name = page.locator("#preview textarea", has_text="Exhibit 1, p").first.get_attribute("name")
    own = page.locator(".own", has=page.locator(f"[name='{name}']"))
    own.locator("summary").click()
    page.evaluate(IN_OWN_WORDS, name)
    until(page, "document.querySelector('#gaps').innerText.includes('lies')")
    page.locator("#preview .sentence", has_text="The buyer lies").wait_for()
    assert page.evaluate("document.activeElement.name") == name
    page.focus("[name='/order/id']")
    page.locator("#preview .edited").wait_for()
    assert page.locator("#preview .sentence[data-exhibits]", has_text="The buyer lies").count() == 1
    page.click(".file:first-child [data-move=down]")
    until(page, "document.querySelector('#preview').innerText.includes('our record in Exhibit 2')")
    page.click("button[value=build]")
    page.wait_for_selector("#verdict")
    assert "our record in Exhibit 2, p. " in page.input_value("#letter")
    page.go_back()
    page.locator("#preview .edited").wait_for()
    page.evaluate("document.querySelectorAll('.own').forEach(d => d.open = true)")
    page.click("button[value^='restore:']")
    page.locator("#preview .edited").wait_for(state="detached")
    assert "The buyer lies" not in page.inner_text("#preview")
    assert not page.troubles


def test_a_sheet_is_mapped_before_it_starts_and_remembered(open_page, tmp_path):
    sheet = tmp_path / "claims.csv"
    sheet.write_text("店铺备注,单号,平台,站点\n甲,112-4829307-7716253,亚马逊,美国\n", encoding="utf-8")
    page = open_page("/batches", locale="zh-CN")
    page.set_input_files("#sheet", str(sheet))
    page.wait_for_selector("#columns table")
    assert "112-4829307-7716253" in page.inner_text("#columns tbody")
    assert page.input_value("[data-column=站点]") == "site"
    page.select_option("[data-column=店铺备注]", "files")
    assert page.input_value("#map") == "店铺备注=files"
    page.reload()
    page.set_input_files("#sheet", str(sheet))
    page.wait_for_selector("#columns table")
    assert page.input_value("[data-column=店铺备注]") == "files"
    assert page.input_value("#map") == "店铺备注=files"
    assert not page.troubles


def test_a_chinese_export_of_twelve_rows_is_mapped_once_and_no_row_is_refused(open_page, tmp_path):
    places = [
        "亚马逊,美国,112-48293{n:02d}-7716253",
        "eBay,英国,12-1{n:04d}-34567",
        "速卖通,,81712345{n:08d}",
        "虾皮,台湾,2611{n:02d}ABCD1234",
    ]
    reasons = ["没收到", "货不对板", "INR", "商品破损"]
    rows = [
        f"{places[n % 4].format(n=n)},{reasons[n % 3]},云途,YT26{n:014d},{20 + n}.5,USD,2026/11/2{n % 9} 10:30,急"
        for n in range(12)
    ]
    sheet = tmp_path / "纠纷导出.csv"
    sheet.write_bytes(
        "\n".join(["平台,站点,单号,纠纷原因,物流方式,快递单号,金额,币种,开始,店铺备注", *rows]).encode("gb18030")
    )
    page = open_page("/batches", locale="zh-CN")
    page.set_input_files("#sheet", str(sheet))
    page.wait_for_selector("#columns table")
    page.select_option("[data-column=单号]", "order_id")
    page.select_option("[data-column=开始]", "claim_opened_at")
    shown = page.locator("#columns select").evaluate_all("all => all.map(one => one.selectedOptions[0].textContent)")
    assert shown == [
        "平台",
        "站点",
        "订单号",
        "原因",
        "承运商",
        "运单号",
        "争议金额",
        "币种",
        "索赔开启时间",
        "（不用）",
    ]
    page.locator("form", has=page.locator("#sheet")).locator("button.main").click()
    page.wait_for_url("**/batches/*")
    page.locator("#batch tbody tr").nth(11).wait_for()
    told = page.inner_text("#batch tbody")
    assert "单元格有误" not in told
    assert not re.search(r"[a-z]_[a-z]", told)


A_MINUTE_LATER = """() => {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("unsaved ")) {
    const kept = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.setItem(name, JSON.stringify({ ...kept, left: Date.now() - 60000 }));
  }
}"""


def test_a_session_that_ends_while_somebody_types_loses_nothing(open_page, keyed_service):
    def sign_in(after):
        page.fill("[name=key]", key)
        page.press("[name=key]", "Enter")
        page.wait_for_url(after)

    address, key = keyed_service
    page = open_page(address + FORM)
    sign_in(f"**{FORM}")
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    page.context.clear_cookies()
    page.fill("[name='/order/id']", "112-4829307-7716999")
    until(page, "document.querySelector('#saved').innerText.includes('Not saved')")
    page.reload()
    sign_in("**/drafts/**")
    until(page, "document.querySelector('.letter').innerText.includes('112-4829307-7716999')")
    page.context.clear_cookies()
    page.fill("[name='/order/id']", "112-4829307-7716111")
    page.click("button[value=build]")
    page.wait_for_url("**/sign-in*")
    page.evaluate(A_MINUTE_LATER)  # nobody finds the key at once
    sign_in("**/drafts/**")
    until(page, "document.querySelector('.letter').innerText.includes('112-4829307-7716111')")


NOT_SAVED = """<p id="saved" hx-swap-oob="true"><strong data-refused="503">Not saved yet</strong> busy</p>"""


def test_what_a_busy_service_does_not_save_is_sent_again(open_page):
    page, refused = open_page(FORM), []
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)

    def busy(route):
        refused.append(route)
        route.fulfill(body=NOT_SAVED, content_type="text/html")

    page.route("**/desk", busy)
    page.fill("[name='/order/id']", "112-4829307-7716999")
    first_held(page, refused)
    until(page, "document.querySelector('#saved').innerText.includes('busy')")
    page.reload()  # what this window kept comes back, and is refused once more
    until(page, "document.querySelector('#saved').innerText.includes('busy')")
    page.unroute("**/desk")
    until(page, "document.querySelector('.letter').innerText.includes('112-4829307-7716999')")
    page.reload()
    assert page.input_value("[name='/order/id']") == "112-4829307-7716999"
    assert not page.troubles


def test_what_was_typed_just_before_the_page_is_closed_is_saved(open_page):
    page = open_page(FORM)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    address, context = page.url, page.context
    page.fill("[name='/order/id']", "112-4829307-7716111")
    page.reload()
    assert page.input_value("[name='/order/id']") == "112-4829307-7716111"
    until(page, "document.querySelector('.letter').innerText.includes('112-4829307-7716111')")
    page.fill("[name='/order/id']", "112-4829307-7716222")
    page.close(run_before_unload=True)
    later = context.new_page()
    later.goto(address)
    while later.input_value("[name='/order/id']") != "112-4829307-7716222":
        later.reload()
    assert later.locator("[data-keep]").count() == 0


def test_an_input_method_holds_nothing_back_for_good(open_page):
    page, desks = open_page(FORM), []
    page.on("request", lambda request: desks.append(request) if request.url.endswith("/desk") else None)
    page.fill("[name='/order/id']", "112-4829307-7716253")
    saved(page)
    seen = len(desks)
    page.fill("[name='who']", "Li")
    page.evaluate("document.querySelector('#case').dispatchEvent(new CompositionEvent('compositionstart'))")
    page.wait_for_timeout(400)
    assert len(desks) == seen
    page.evaluate("document.querySelector('#case').dispatchEvent(new CompositionEvent('compositionend'))")
    until(page, "!document.querySelector('#case.htmx-request')")
    page.reload()
    assert page.input_value("[name='who']") == "Li"
