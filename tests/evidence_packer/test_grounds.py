"""What an answer can rest on: the decision table, from pages drawn as text to grounds, their verb and the advice."""

import re
import shutil
from typing import get_args

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from casefile.errors import DataFault
from casefile.fields.files import Kind
from casefile.ground import Question
from casefile.pointer import put
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.ground_questions import QUESTIONS
from evidence_packer.judge.judging import all_findings, judge
from evidence_packer.report.advice import recommendation
from evidence_packer.report.grounds import grounds, leading, ledger
from tests.cases import rows
from tests.casework_parts import matter_of
from tests.evidence_packer.conftest import evidence_of, make_case
from tests.evidence_packer.test_neighbours import HOME, facts_of

PAGES: dict[str, tuple[Kind, str]] = {
    "delivered": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Delivered^
11/02/2026 2:22 P.M. | Delivered | Columbus, OH 43215
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "delivered, no postcode": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Delivered^
11/02/2026 2:22 P.M. | Delivered
10/29/2026 8:05 P.M. | Origin Scan
""",
    ),
    "signed": (
        "proof_of_delivery",
        """
UPS Proof of Delivery
Tracking number: 1Z999AA10123456784
^Delivered^
Delivered on: 11/02/2026 2:22 P.M.
Delivered to: 418 Elm Ridge Ave, Columbus, OH 43215
Signed by: J. WHITFIELD
""",
    ),
    "released": (
        "proof_of_delivery",
        """
UPS Proof of Delivery
Tracking number: 1Z999AA10123456784
^Delivered^
Delivered on: 11/02/2026 2:22 P.M.
Delivered to: 418 Elm Ridge Ave, Columbus, OH 43215
Left at: Front Porch
Received by: Driver release, no signature required
""",
    ),
    "agent": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Delivered to Agent^
11/02/2026 2:22 P.M. | Delivered to Agent for Final Delivery | Columbus, OH
""",
    ),
    "another ZIP code": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Delivered^
11/02/2026 2:22 P.M. Delivered Dublin, OH 43017
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "moving": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^On the Way^
11/01/2026 9:10 A.M. | Departed from Facility | Ontario, CA
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "refused": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Returned to Sender^
11/09/2026 9:10 A.M. | Returned to sender | Ontario, CA
11/02/2026 2:22 P.M. | The receiver refused delivery | Columbus, OH
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "one attempt": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Returned to Sender^
11/09/2026 9:10 A.M. | Returned to sender | Ontario, CA
11/02/2026 2:22 P.M. | Delivery attempted | Columbus, OH
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "two attempts": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Returned to Sender^
11/09/2026 9:10 A.M. | Returned to sender | Ontario, CA
11/03/2026 1:05 P.M. | Delivery attempted | Columbus, OH
11/02/2026 2:22 P.M. | Delivery attempted | Columbus, OH
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "not collected": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Returned to Sender^
11/09/2026 9:10 A.M. | Returned to sender | Ontario, CA
11/02/2026 2:22 P.M. | Available for pickup | Columbus, OH
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "sent back": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Returned to Sender^
11/09/2026 9:10 A.M. | Returned to sender | Ontario, CA
11/02/2026 2:22 P.M. | Delivery delayed due to weather | Columbus, OH
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "asked early": (
        "messages",
        """
Buyer-Seller Messages
Order 112-4829307-7716253
J. Whitfield | November 1, 2026 10:12 AM
When will my hub arrive?
""",
    ),
    "disowned early": (
        "messages",
        """
Buyer-Seller Messages
Order 112-4829307-7716253
J. Whitfield | November 1, 2026 10:12 AM
I did not receive anything and I want my money back.
""",
    ),
    "papers": ("test_report", "Test report 26-118\nSGS\nB0C7QX2M9T\nResult: pass"),
    "second delivered": (
        "tracking",
        """
UPS Tracking
1Z88X1Y00312345677
^Delivered^
11/03/2026 2:22 P.M. | Delivered | Columbus, OH 43215
""",
    ),
    "second lost": (
        "tracking",
        """
UPS Tracking
1Z88X1Y00312345677
^Lost^
11/09/2026 9:00 A.M. | The package was lost; a claim may be filed | Ontario, CA
""",
    ),
    "locker": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Delivered^
11/02/2026 2:22 P.M. | Collected from locker | Columbus, OH
11/01/2026 9:12 A.M. | Available for pickup | Columbus, OH
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "locker waiting": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Ready for pickup^
11/01/2026 9:12 A.M. | Delivered to locker, ready for pickup | Columbus, OH
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "redirected": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Delivered^
11/02/2026 2:22 P.M. | Delivered | Dublin, OH 43017
10/31/2026 6:40 P.M. | The receiver requested delivery to another address | Columbus, OH
10/29/2026 8:05 P.M. | Origin Scan | Ontario, CA
""",
    ),
    "picked up": (
        "order_page",
        """
Order 112-4829307-7716253
Local pickup
Pickup confirmed with the buyer's QR code
November 1, 2026 3:10 PM
""",
    ),
    "signed receipt": (
        "contract",
        """
Receipt, order 112-4829307-7716253
I received the lamp in person, complete and in working order.
November 1, 2026, J. Whitfield
""",
    ),
    "to be picked up": (
        "order_page",
        """
Order 112-4829307-7716253
Local pickup
Pickup confirmed once you scan the buyer's QR code
November 1, 2026 3:10 PM
""",
    ),
    "weighed": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
Weight 3.40 lbs
^Delivered^
11/02/2026 2:22 P.M. | Delivered | Columbus, OH 43215
""",
    ),
    "refund": (
        "refund_proof",
        """
Refund issued
Order 112-4829307-7716253
Refund amount | $37.48
Refunded on | November 4, 2026
Status | Refund completed
""",
    ),
    "refund failed": (
        "refund_proof",
        """
Refund
Order 112-4829307-7716253
Refund of $37.48 failed: declined by bank
November 4, 2026
""",
    ),
    "thanks": (
        "messages",
        """
Buyer-Seller Messages
Order 112-4829307-7716253
J. Whitfield | November 6, 2026 10:12 AM
Got the right one today, thank you.
Northlake Home | November 6, 2026 11:00 AM
You are welcome.
""",
    ),
    "part refund": (
        "refund_proof",
        """
Refund issued
Order 112-4829307-7716253
Refund amount | $10.00
Refunded on | November 4, 2026
Status | Refund completed
""",
    ),
    "took part": (
        "messages",
        """
Buyer-Seller Messages
Order 112-4829307-7716253
J. Whitfield | November 3, 2026 10:12 AM
I accept your offer of $10.00 back and keep the hub.
""",
    ),
    "refused part": (
        "messages",
        """
Buyer-Seller Messages
Order 112-4829307-7716253
J. Whitfield | November 3, 2026 10:12 AM
I will not accept $10.00 back. I want my money back.
""",
    ),
    "packing": ("packing_media", ""),
    "neighbour": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Delivered^
11/02/2026 2:22 P.M. | Delivered | Columbus, OH 43215
Left with neighbor at 420 Elm Ridge Ave
""",
    ),
    "still wrong": (
        "messages",
        """
Buyer-Seller Messages
Order 112-4829307-7716253
J. Whitfield | November 6, 2026 10:12 AM
This one is broken as well. I want my money back.
""",
    ),
    "withdrawn": (
        "messages",
        """
Buyer-Seller Messages
Order 112-4829307-7716253
J. Whitfield | November 19, 2026 10:12 AM
I found the parcel. I will close the claim now.
""",
    ),
    "serial": (
        "return_media",
        """
Return label RMA 112-4829307-7716253
S/N WX11A93K7704
""",
    ),
    "return photo": ("return_media", ""),
    "invoice": (
        "invoice",
        """
Invoice SZ-26-0410
Shenzhen Optics Co., Ltd. Tel. +86 755 8800 4321
USB-C hub | 1500 pcs
""",
    ),
    "usage": (
        "usage_log",
        """
Usage log mei@example.org
2026-11-19 14:07:31 UTC | sign-in | 203.0.113.24
""",
    ),
    "policy": (
        "policy_text",
        """
Return policy
Returns are accepted within 14 days of delivery.
""",
    ),
    "receipt": (
        "invoice",
        """
Receipt
Order 112-4829307-7716254
Total $12.00
""",
    ),
    "prior orders": (
        "prior_orders",
        """
Earlier orders of mei@example.org
NL-100 | 2026-05-02 | 203.0.113.24
NL-101 | 2026-04-02 | 203.0.113.24
""",
    ),
    "carrier notice": (
        "carrier_statement",
        """
UPS service alert
1Z999AA10123456784
Severe weather closed the Louisville hub from October 29 to October 31, 2026.
""",
    ),
    "licence": ("authorisation", "Letter of authorisation"),
    "account papers": ("account_record", "Certificate of incorporation"),
    "inspection": ("qc_report", "Inspection report\nLot 26-09\nResult: PASS"),
    "listing": (
        "listing",
        """
USB-C hub 7 in 1
Height 9.8 cm, shade varies.
""",
    ),
    "product photo": ("product_photo", ""),
    "order": (
        "order_page",
        """
Order 112-4829307-7716253
Fulfilled by Amazon
Placed October 28, 2026
""",
    ),
    "warehouse": (
        "tracking",
        """
UPS Tracking
1Z999AA10123456784
^Delivered^
11/02/2026 2:22 P.M. | Delivered | LAS7
""",
    ),
    "replacement": (
        "reshipment_proof",
        """
UPS Tracking
1Z88X1Y00312345677
^Delivered^
11/05/2026 2:22 P.M. | Delivered | Columbus, OH 43215
""",
    ),
}
"""Pages by name: their kind, and what stands on them (a row a line, cells parted by ``|``)."""


def case_of(row):
    plain = make_case().model_dump(mode="json", by_alias=True, exclude_unset=True)
    plain |= {"buyer": {"name": "J. Whitfield", "ship_to": HOME}, "seller": {"store": "Northlake Home"}}
    plain["files"] = [{"name": f"{n}.png", "kind": PAGES[page][0]} for n, page in enumerate(row.get("pages", ()))]
    for name in row.get("without", ()):
        plain.pop(name, None)
    for pointer, value in row.get("set", {}).items():
        put(plain, pointer, value)
    return Case.model_validate(plain)


def assembled(row, house):
    case = case_of(row)
    named = enumerate(row.get("pages", ()))
    files = tuple(facts_of(case, {"text": PAGES[page][1]}, f"{n}.png", house) for n, page in named)
    matter = matter_of(case, house)
    return matter, evidence_of(matter, files)


@pytest.mark.parametrize("row", rows(__file__, "grounds"))
def test_what_an_answer_rests_on(house, row):
    matter, evidence = assembled(row, house)
    standing = {one.id: one for one in evidence.grounds}
    holding = [one.id for one in evidence.grounds if one.holds]
    assert set(row.get("holds", ())) <= set(holding), [
        (one.id, [n.name for n in one.missing]) for one in evidence.grounds
    ]
    assert not set(row.get("not", ())) & set(holding)
    assert not set(row.get("absent", ())) & set(standing)
    if "leads" in row:
        assert next(iter(holding), "") == row["leads"]
    if "asks" in row:
        assert [key.removeprefix("ground.ask.") for key in evidence.grounds[0].requests] == row["asks"]
    for ground, names in row.get("lacks", {}).items():
        assert set(names) <= {need.name for need in standing[ground].missing}
    for ground, names in row.get("silent", {}).items():
        assert not {f"ground.{ground}.argue.{name}" for name in names} & {one.key for one in standing[ground].arguments}
    advised = recommendation(matter, evidence, house.catalogs.of("en"))[0]
    assert advised == row.get("recommends", advised)
    assert advised != row.get("not_recommends")
    codes = {one.code for one in all_findings(judge(Dossier(matter=matter, evidence=evidence)))}
    assert set(row.get("finds", ())) <= codes
    assert not set(row.get("finds_not", ())) & codes


def test_every_question_has_an_answer_and_every_ground_a_row_that_holds_and_one_that_does_not():
    assert set(QUESTIONS) == set(get_args(Question))
    needs = {need.question for ground in load_house().grounds.values() for need in ground.needs}
    asked = {question for ground in load_house().grounds.values() for question in ground.questions}
    said = {one.question for ground in load_house().grounds.values() for one in ground.argue}
    assert set(QUESTIONS) - needs - asked - said == set()
    table = [case.values[0] for case in rows(__file__, "grounds")]
    holds = {name for row in table for name in row.get("holds", ())}
    not_held = {name for row in table for name in (*row.get("not", ()), *row.get("absent", ()))}
    known = set(load_house().grounds)
    assert known - holds == set()
    assert known - not_held == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('source = "delivery"', 'source = "nowhere"'),
        ('"one_parcel"', '"one_parsel"'),
        ('id = "delivered"', 'id = "other"'),
    ],
)
def test_a_malformed_ground_is_refused_by_its_file(tmp_path, house, old, new):
    for folder in house.root.iterdir():
        if folder.is_dir() and folder.name in {"platforms", "networks", "carriers", "locales"}:
            (tmp_path / folder.name).symlink_to(folder)
    shutil.copytree(house.root / "practice", tmp_path / "practice")
    path = tmp_path / "practice" / "grounds" / "delivered.toml"
    given = path.read_text(encoding="utf-8")
    assert old in given
    path.write_text(given.replace(old, new), encoding="utf-8")
    with pytest.raises(DataFault) as refused:
        load_house(tmp_path)
    assert refused.value.params["file"] == str(path)


def test_the_report_names_grounds_and_what_they_lack(house):
    _, evidence = assembled({"pages": ["delivered, no postcode"]}, house)
    told = {one.id: one for one in grounds(evidence, house.catalogs.of("zh-Hans"))}
    assert told["delivered"].holds
    assert told["delivered"].exhibits[0].number == 1
    assert told["delivered"].confidence == "P"
    short = told["delivered_to_address"]
    assert not short.holds
    assert [one.name for one in short.missing if one.decides] == ["delivered_to_address"]
    assert "邮编" in short.missing[0].get


def test_the_report_names_the_ground_that_leads_and_the_money(house):
    sums = {
        "/claim/amount": {"amount": "37.48", "currency": "USD"}, "/order/total": {"amount": "37.48", "currency": "USD"},
        "/refunds": [{"amount": {"amount": "7.48", "currency": "USD"}, "at": "2026-11-04T10:00:00-05:00", "by": "seller"}],
    }  # fmt: skip
    matter, evidence = assembled({"pages": ["delivered"], "set": sums}, house)
    told = leading(Dossier(matter=matter, evidence=evidence), house.catalogs.of("en"), "It was delivered.")
    assert (told.id, told.answer, told.ask.verb) == ("delivered_to_address", "It was delivered.", "deny")
    assert (told.ask.amount.amount, told.ask.amount.currency) == ("30.00", "USD")
    assert {one.name: (one.decides, one.met) for one in told.needs}["delivered_to_address"] == (True, True)
    assert not {one.name: one.met for one in told.needs}["signed_for"]
    assert all(one.endswith(".") for one in told.avoid)
    money = ledger(evidence)
    assert (money.paid.amount, money.disputed.amount, money.net.amount, money.withheld) == (
        "37.48",
        "37.48",
        "30.00",
        None,
    )
    assert [(one.amount.amount, one.at, one.by, one.shown) for one in money.refunded] == [
        ("7.48", "2026-11-04T10:00:00-05:00", "seller", False)
    ]


def test_without_a_ground_nothing_leads(house):
    matter, evidence = assembled({"pages": []}, house)
    assert leading(Dossier(matter=matter, evidence=evidence), house.catalogs.of("en"), "") is None


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_advice_speaks_of_each_parcel_and_of_what_is_at_stake(house, language):
    row = next(
        case.values[0] for case in rows(__file__, "grounds") if "what lay in it is known" in case.values[0]["why"]
    )
    _, because = recommendation(*assembled(row, house), house.catalogs.of(language))
    told = " ".join(because)
    assert "USD 39.95" in told
    assert "129.80" not in told
    assert "1Z88X1Y00312345677" in told
    assert not re.search(r"\b[a-z]+\.[a-z_]+\.?[a-z_]*\b", told.replace("e.g.", ""))


def test_what_would_change_it_is_what_lacks_the_least(house):
    _, because = recommendation(*assembled({"pages": ["moving"]}, house), house.catalogs.of("en"))
    assert "states the delivery" in because[-1]
    assert "signature" not in because[-1]
