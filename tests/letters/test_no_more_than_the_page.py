"""Nothing in letter or front pages says more than the page that it cites: asked of random pages, by the words of the page alone."""

import datetime as dt
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.case import Case
from casefile.discovery import load_house
from casefile.reading import Line, Reading, ReadPage, Sharpness
from evidence_packer.assemble import ReadUpload, assemble
from evidence_packer.bind.front_page import BundleView
from evidence_packer.bind.front_pages import first, timeline
from evidence_packer.bind.told_on_pages import told_on_pages
from jobs.case_work.steps.bind import proved_by_page
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed
from tests.casework_parts import matter_of

HOUSE = load_house()
ORDER, ONE, TWO = "112-4829307-7716253", "1Z999AA10123456784", "1Z88X1Y00312345677"
QUOTE = "Where is my parcel? It should have been here on Monday."
LINES = [
    f"Order ID: {ORDER}", f"Tracking number {ONE}", f"Tracking number {TWO}", "UPS", "Delivered", "Delivered Nov 2, 2026 2:22 PM",
    "Delivered Nov 5, 2026", "Nov 2, 2026", "2:22 PM", "Shipped Oct 29, 2026 4:40 PM", "Oct 29, 2026 8:05 PM Origin scan",
    "Order placed Oct 28, 2026", "Order placed Oct 28, 2026 9:12 AM", "Grand total: $37.48", "Refund issued Nov 12, 2026 $37.48",
    "Refund of $37.48 failed", "Columbus, OH 43215", "Columbus", "Delivery attempted Nov 3, 2026", "Ship by Oct 30, 2026",
    "Stainless steel bottle", "Buyer  Nov 3, 2026 8:05 AM", QUOTE, "Seller  Nov 3, 2026 9:30 AM", "It was delivered.",
    "You  Nov 3, 2026 9:30 AM", "Where is my refund?", "Delivered to UPS Access Point", "Left with agent",
]  # fmt: skip
KINDS = ["tracking", "proof_of_delivery", "order_page", "messages", "refund_proof", "erp_record"]
PAGES = st.lists(st.lists(st.sampled_from(LINES), max_size=7), min_size=1, max_size=2)
FILES = st.lists(st.tuples(st.sampled_from(KINDS), PAGES), min_size=1, max_size=4)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
USD = {"amount": "37.48", "currency": "USD"}


def case_of(files, *, two, refunded):
    """A case whose every fact has its minute; the pages print of it what they happen to print."""
    parcels = [
        {"carrier": "ups", "tracking_number": ONE, "dispatched_at": "2026-10-29T16:40:00-07:00",
         "first_scan_at": "2026-10-29T20:05:00-07:00", "delivered_at": "2026-11-02T14:22:00-05:00"},
        {"carrier": "ups", "tracking_number": TWO, "dispatched_at": "2026-10-29T16:40:00-07:00",
         "delivered_at": "2026-11-05T10:10:00-05:00"},
    ]  # fmt: skip
    body = {
        "platform": "amazon", "site": "US", "procedure": "a_to_z_response", "reason": "item_not_received", "language": "en",
        "as_of": "2026-11-19T09:00:00-05:00", "parcels": parcels[: 2 if two else 1],
        "order": {"id": ORDER, "placed_at": "2026-10-28T09:12:00-07:00", "ship_by_at": "2026-10-30T23:59:00-07:00",
                  "total": USD, "items": [{"name": "Stainless steel bottle", "quantity": 1}]},
        "buyer": {"ship_to": {"lines": ["418 Elm Ridge Ave"], "city": "Columbus", "region": "OH", "postal_code": "43215",
                              "country": "US"}},
        "claim": {"opened_at": "2026-11-18T18:03:00-05:00", "amount": USD},
        "refunds": [{"at": "2026-11-12T15:10:00-05:00", "amount": USD, "id": "R-1"}] if refunded else [],
        "contacts": [{"at": "2026-11-03T08:05:00-05:00", "from": "buyer", "text": QUOTE, "files": ["0.png"]},
                     {"at": "2026-11-03T09:30:00-05:00", "from": "seller", "text": "It was delivered.", "files": ["0.png"]}],
        "files": [{"name": f"{n}.png", "kind": kind} for n, (kind, _) in enumerate(files)],
    }  # fmt: skip
    return Case.model_validate(body)


def reading_of(pages):
    return Reading(
        sha256="0" * 64,
        media_type="application/pdf",
        pages=tuple(
            ReadPage(
                number=number, width=1000, height=1400, text_source="text_layer",
                sharpness=Sharpness(edge_width=1.0, verdict="sharp"),
                lines=tuple(
                    Line(text=text, box=(0.1, 0.05 + 0.06 * row, 0.1 + 0.01 * len(text), 0.075 + 0.06 * row), score=1.0)
                    for row, text in enumerate(lines)
                ),
            )
            for number, lines in enumerate(pages, start=1)
        ),
    )  # fmt: skip


def work_of(files, *, two=False, refunded=False):
    case = case_of(files, two=two, refunded=refunded)
    matter = matter_of(case, HOUSE)
    uploads = [ReadUpload(f"{n}.png", reading_of(pages), 1000) for n, (_, pages) in enumerate(files)]
    work = Casework(matter=matter, evidence=assemble(matter, uploads), language="en", read={})
    printed = {}
    for exhibit in work.plan.exhibits:
        _, pages = files[int(exhibit.file.removesuffix(".png"))]
        for place, source in enumerate(exhibit.source_pages):
            printed[exhibit.first_page + place] = " ".join(pages[source - 1])
    return work, printed


def view_of(work):
    return BundleView(
        matter=work.matter, evidence=work.evidence, captions=work.captions(), previews={}, lines={},
        detail=lambda *_: None,
    )  # fmt: skip


def missing(said, page):
    """What a text says and the page does not print: numbers, days, hours, sums, places, quoted words."""
    wanted = re.findall(r"1Z\w{16}|\d{3}-\d{7}-\d{7}", said)
    days = re.findall(r"(\d{1,2}) (January|October|November) (\d{4})", said)
    wanted += [f"{month[:3]} {day}, {year}" for day, month, year in days]
    wanted += re.findall(r"\b(?:Jan|Oct|Nov) \d{1,2}, \d{4}", said)
    wanted += re.findall(r"\$\d+\.\d\d", re.sub(r"USD (\d)", r"$\1", said))
    wanted += [word for word in ("Columbus", "43215", "Stainless steel bottle", QUOTE[:-1]) if word in said]
    days = re.findall(r"(January|October|November) (\d{1,2}), (\d{4})", said)
    wanted += [f"{month[:3]} {day}, {year}" for month, day, year in days]
    hours = re.findall(r"\b(\d{1,2}):(\d\d)(?: ([ap])\.m\.)?", re.sub(r"UTC[+-]\d+(?::\d\d)?", "", said))
    for hour, minute, half in hours:
        clock = dt.time(int(hour) % 12 + 12 * (half == "p") if half else int(hour), int(minute))
        wanted.append(f"{clock:%I:%M %p}".lstrip("0"))
    return [word for word in wanted if word not in page]


def check_letter(work, printed):
    shown = 0
    for sentence in composed(work, "en").sentences:
        if sentence.proof == "shown" and sentence.sentence_class == "fact":
            shown += 1
            led = re.search(r"\(Exhibit (\d+), p\. (\d+)[^()]*\)\.$", sentence.text)
            assert led, sentence.text
            assert sentence.exhibits[0].page == int(led[2])
            assert missing(sentence.text, printed[int(led[2])]) == [], (sentence.text, printed)
            assert all(span.text for span in sentence.rests_on)
    return shown


def check_front(work, printed):
    view = view_of(work)
    page = first.PAGE.values(view)
    for fact in page.facts:
        assert not fact.datum or missing(fact.datum, printed[fact.exhibits[0].page]) == [], (fact, printed)
    cited = {c.page for covered in work.coverage for c in covered.exhibits if covered.status == "shown"}
    assert not missing(page.answer or "", " ".join(printed[number] for number in cited))
    drawn = timeline.PAGE.values(view)
    for row in drawn.rows if drawn else ():
        if row.exhibit:
            assert missing(f"{row.day} {row.clock}", printed[row.page]) == [], (row, printed)
    contradicted = {c.proposition for c in work.coverage if c.status == "contradicted" and c.of is None}
    for band in proved_by_page(work).values():
        assert not any(view.catalog.text(f"proposition.{name}") in band for name in contradicted)


@QUICK
@given(FILES, st.booleans(), st.booleans())
def test_no_sentence_and_no_front_page_says_more_than_its_page(files, two, refunded):
    work, printed = work_of(files, two=two, refunded=refunded)
    check_letter(work, printed)
    check_front(work, printed)
    assert all(span.text for _, span in told_on_pages(view_of(work)))


FULL = [
    ("tracking", [[f"Tracking number {ONE}", "UPS", "Delivered Nov 2, 2026 2:22 PM", "Columbus, OH 43215",
                   "Oct 29, 2026 4:40 PM Origin scan"]]),
    ("order_page", [[f"Order ID: {ORDER}", "Order placed Oct 28, 2026 9:12 AM", "Stainless steel bottle", "Grand total: $37.48"]]),
]  # fmt: skip


def test_what_the_pages_print_is_shown():
    work, printed = work_of(FULL)
    assert check_letter(work, printed) >= 3
    check_front(work, printed)


def test_a_page_that_prints_the_minute_is_cited_first():
    day = ("tracking", [[f"Tracking number {ONE}", "UPS", "Delivered Nov 2, 2026", "Columbus, OH 43215"]])
    work, printed = work_of([day, *FULL])
    check_letter(work, printed)
    [delivered] = [s.text for s in composed(work, "en").sentences if "UPS delivered" in s.text]
    assert delivered.startswith("UPS delivered")
    assert "2:22 p.m." in delivered
    _, second, *_ = (exhibit.first_page for exhibit in work.plan.exhibits)
    assert delivered.endswith(f"(Exhibit 2, p. {second}).")  # Exhibit 1 prints the day alone


def test_another_page_is_named_where_it_prints_the_same():
    again = (
        "proof_of_delivery",
        [[f"Tracking number {ONE}", "UPS", "Delivered Nov 2, 2026 2:22 PM", "Columbus, OH 43215"]],
    )
    work, _ = work_of([again, *FULL])
    [delivered] = [s.text for s in composed(work, "en").sentences if "UPS delivered" in s.text]
    assert "; also Exhibit" in delivered


def test_a_parcel_is_shown_by_its_own_pages():
    other = ("tracking", [[f"Tracking number {TWO}", "UPS", "Delivered Nov 5, 2026 10:10 AM", "Columbus, OH 43215"]])
    work, printed = work_of([*FULL, other], two=True)
    check_letter(work, printed)
    for sentence in composed(work, "en").sentences:
        if TWO in sentence.text and sentence.proof == "shown" and ONE not in sentence.text:
            assert {c.number for c in sentence.exhibits} == {3}


def test_after_a_refund_the_net_sum_is_asked_for():
    refund = ("refund_proof", [[f"Order ID: {ORDER}", "Refund issued Nov 12, 2026 $37.48"]])
    work, _ = work_of([*FULL, refund], refunded=True)
    texts = [sentence.text for sentence in composed(work, "en").sentences]
    assert not any("leave USD 37.48" in text for text in texts)
    assert any("USD 37.48 was refunded already, and nothing more is owed" in text for text in texts)


def test_a_delivery_on_another_day_is_not_shown_by_a_page_that_prints_the_day_of_something_else():
    page = [f"Tracking number {ONE}", "UPS", "Delivered Nov 5, 2026", "Message received Nov 2, 2026"]
    work, _ = work_of([("tracking", [page])])
    delivered = [one for one in composed(work, "en").sentences if "delivered" in one.text and "2 November" in one.text]
    assert not [one.text for one in delivered if one.proof == "shown" or one.exhibits]
