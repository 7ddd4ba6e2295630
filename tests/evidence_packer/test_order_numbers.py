"""A disputed payment's order: taken where two exhibits call it so, asked where they name several, left where one alone does."""

import pytest

from casefile.casework import Matter
from casefile.parse import parse_case
from casefile.reading import Line, Reading, ReadPage
from evidence_packer.assemble import ReadUpload, completed

ORDER = [
    "shopify Orders",
    "#4471",
    "October 25, 2026 at 2:09 pm from Online Store",
    "Shipping address",
    "Priya Raman",
    "Total $86.40",
]
MAIL = ["From: Kiln <care@kiln.example>", "To: Priya <p@mail.example>", "Subject: Re: order #4471", "", "We sent it."]
OTHER = ["From: Kiln <care@kiln.example>", "To: Priya <p@mail.example>", "Subject: Re: order #4472", "", "We sent it."]
SECOND = [
    "shopify Orders",
    "#4472",
    "October 26, 2026 at 2:09 pm from Online Store",
    "Shipping address",
    "Ann Lee",
    "Total $9.00",
]


def read(name, lines):
    step = 1 / (len(lines) + 1)
    rows = tuple(
        Line(text=text, box=(0.02, n * step, 0.4, (n + 0.7) * step), score=0.99) for n, text in enumerate(lines) if text
    )
    page = ReadPage(number=1, width=900, height=30 * len(lines), lines=rows, text_source="text_layer")
    return ReadUpload(name, Reading(sha256=name.ljust(64, "0"), media_type="image/png", pages=(page,)), 1000)


@pytest.mark.parametrize(
    ("pages", "order", "asked"),
    [
        ({"order.png": ORDER, "mail.png": MAIL}, "#4471", False),
        ({"order.png": ORDER}, None, False),
        ({"order.png": ORDER, "mail.png": OTHER}, None, False),
        ({"a.png": ORDER, "b.png": MAIL, "c.png": SECOND, "d.png": OTHER}, None, True),
    ],
)
def test_the_order_of_a_payment(house, pages, order, asked):
    case = parse_case(
        {"schema_version": "1", "platform": "stripe", "procedure": "dispute", "reason": "item_not_received",
         "as_of": "2026-11-29T16:00:00Z", "payment": {"dispute_id": "du_1QxYzA2eZvKYlo2C"}}
    )  # fmt: skip
    matter, evidence = completed(Matter.of(case, house, case.as_of, {}), [read(*one) for one in pages.items()])
    assert (matter.case.order.id if matter.case.order else None) == order
    assert any(one.pointer == "/order/id" and one.state == "asked" for one in evidence.filled) is asked
