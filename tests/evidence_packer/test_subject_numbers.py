"""What a case is about, as its heap says: the platform's word decides, two orders are asked, a number half read is asked."""

import pytest

from casefile.casework import Matter
from casefile.parse import parse_case
from casefile.reading import Line, Reading, ReadPage
from evidence_packer.assemble import ReadUpload, completed

OURS, OTHER, MISREAD = "112-4829307-7716253", "112-9083345-1120934", "112-4829307-7716258"
MAIL = f"""From: Amazon <atoz-guarantee@amazon.com>
A buyer filed an A-to-z Guarantee claim for order {OURS}.
Claim opened on: November 18, 2026 6:03 PM PST
Claim amount: USD 37.48"""
BARE_MAIL = MAIL.replace(OURS, "of yours")
PAGE = "Amazon Seller Central\nOrder details\nOrder ID: {}\nPurchase date: October 28, 2026\nTotal: $37.48"
TWO_ORDERS = f"From: Amazon <atoz-guarantee@amazon.com>\nA-to-z claims for order {OURS} and order {OTHER}."
NOTE = f"Hello Li, please look at order {OTHER} too."


def read(name, text, score=0.99):
    lines = text.splitlines()
    step = 1 / (len(lines) + 1)
    rows = tuple(
        Line(text=t, box=(0.02, n * step, 0.6, (n + 0.7) * step), score=score) for n, t in enumerate(lines) if t
    )
    page = ReadPage(number=1, width=900, height=30 * len(lines), lines=rows, text_source="text_layer")
    media_type = "text/plain" if name.endswith(".txt") else "image/png"
    return ReadUpload(name, Reading(sha256=name.ljust(64, "0"), media_type=media_type, pages=(page,)), 1000)


ROWS = {
    "the mail says it": ([read("mail.txt", MAIL), read("a.png", PAGE.format(OTHER))], OURS, "mail"),
    "two pages say it": ([read("a.png", PAGE.format(OURS)), read("b.png", PAGE.format(OURS))], OURS, "two-exhibits"),
    "one page says it": ([read("a.png", PAGE.format(OURS))], OURS, "only-order"),
    "one page is half read": ([read("a.png", PAGE.format(OURS), 0.9)], None, "unsure"),
    "two orders": ([read("a.png", PAGE.format(OURS)), read("b.png", PAGE.format(OTHER))], None, "several"),
    "two mails": ([read("a.txt", MAIL), read("b.txt", MAIL.replace(OURS, OTHER))], None, "several"),
    "a mail about two orders": ([read("a.txt", TWO_ORDERS)], None, "several"),
    "a sign differs on one page": (
        [read("a.png", PAGE.format(OURS)), read("b.png", PAGE.format(OURS)), read("c.png", PAGE.format(MISREAD))],
        OURS, "two-exhibits",
    ),
    "a sign differs, one page each": ([read("a.png", PAGE.format(OURS)), read("b.png", PAGE.format(MISREAD))], None, "several"),
    "a note of ours is no mail of the platform": ([read("n.txt", NOTE), read("a.png", PAGE.format(OURS))], None, "several"),
    "nothing": ([read("a.png", "Order details\nTotal: $37.48")], None, None),
}  # fmt: skip


def filled_in(house, files, **more):
    case = parse_case({"platform": "amazon", "procedure": "a_to_z_response", "as_of": "2026-11-19T16:00:00Z", **more})
    return completed(Matter.of(case, house, case.as_of, {}), files)


@pytest.mark.parametrize(("files", "order", "source"), ROWS.values(), ids=ROWS)
def test_the_order_that_a_heap_is_about(house, files, order, source):
    matter, evidence = filled_in(house, files)
    assert (matter.case.order.id if matter.case.order else None) == order
    told = [one for one in evidence.filled if one.pointer == "/order/id"]
    assert [one.source for one in told] == ([source] if source else [])
    assert all(one.at for one in told)


def test_a_typed_number_is_not_asked_about(house):
    matter, evidence = filled_in(house, ROWS["two orders"][0], order={"id": OTHER})
    assert matter.case.order.id == OTHER
    assert not any(one.pointer == "/order/id" for one in evidence.filled)


@pytest.mark.parametrize(
    ("mail", "told"), [(MAIL, True), (BARE_MAIL, True), (MAIL.replace(OURS, OTHER), False), (NOTE, False)]
)
def test_a_mail_speaks_of_the_case_it_lies_with_unless_it_names_another(house, mail, told):
    matter, _ = filled_in(house, [read("mail.txt", mail)], order={"id": OURS})
    assert bool(matter.case.claim and matter.case.claim.opened_at) is told
