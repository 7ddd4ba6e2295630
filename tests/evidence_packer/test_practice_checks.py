"""The checks of practice: each finds what it promises, and is silent where nothing is wrong."""

import dataclasses
import datetime as dt

import pytest

from casefile.earlier import EarlierCase, similarity, word_groups
from casefile.facts import PageContext
from casefile.letter import Letter, Paragraph, Section, Sentence
from casefile.reading import Exif
from casefile.statement import QuoteSeen, Span
from tests.evidence_packer.conftest import BOX, ORDER, TRACKING, file, good_tracking, make_case, status

DISPUTED = {"opened_at": "2026-11-18T18:03:00-05:00", "notified_at": "2026-11-18T18:10:00-05:00"}
USD = {"amount": "37.48", "currency": "USD"}


def letter(*sentences, kind="fact_evidence_conclusion", empty=(), subject="Order", paragraphs=None):
    said = tuple(
        Sentence(number=n, text=text, sentence_class=name) for n, (text, name) in enumerate(sentences, start=1)
    )
    sections = [Section(id="facts", title="Facts", paragraphs=(Paragraph(sentences=said),))]
    sections += [Section(id=name, title=name, paragraphs=()) for name in empty]
    return Letter(
        kind=kind, language="en", addressee="", subject=subject, salutation="", reference=(), sections=tuple(sections),
        closing="", signature=(),
    )  # fmt: skip


def earlier(**changes):
    given = {
        "pack_id": "pk_1",
        "platform": "amazon",
        "procedure": "a_to_z_response",
        "subject": ORDER,
        "order_ids": (ORDER,),
    }
    return EarlierCase(**(given | changes))


CASES = {
    "procedure-stopped": {"claim": {**DISPUTED, "status": "decided"}},
    "court-order": {"procedure": "ip_appeal", "reason": "intellectual_property", "ip": {"right": "trademark",
        "is_court_order": True},
                    "notice": {"id": "N1"}},
    "procedure-not-on-site": {"site": "SG"},
    "refund-during-chargeback": {"procedure": "chargeback", "remedy": {"type": "full_refund"}},
    "notice-other-procedure": {"notice": {"text": "You received a chargeback on this order."}},
    "answer-slow": {"claim": {"opened_at": "2026-11-10T18:03:00-05:00"}},
    "season-busy": {"procedure": "performance_appeal", "reason": "late_shipment", "account": {"merchant_id": "A1"}},
    "reply-overdue": {"procedure": "support_case", "reason": "other", "submission": {"case_id": "11820043211",
        "at": "2026-11-02T09:00:00Z"}},
    "remedy-without-proof": {"remedy": {"type": "full_refund", "status": "done"}},
    "remedy-unfit": {"remedy": {"type": "coupon"}},
    "offer-vague": {"remedy": {"type": "coupon", "status": "offered"}},
    "remedy-number-new": {"remedy": {"type": "replacement", "tracking_number": TRACKING}},
    "remedy-twice": {"remedy": {"type": "replacement"}, "refunds": [{"id": "R1"}]},
    "refund-without-mending": {"reason": "not_as_described", "remedy": {"type": "full_refund"}},
    "amount-over-ceiling": {"claim": {**DISPUTED, "amount": {"amount": "2600", "currency": "USD"}}},
    "amount-over-order": {"order": {"id": ORDER, "total": USD}, "claim": {**DISPUTED, "amount": {"amount": "40",
        "currency": "USD"}}},
    "appeal-part-missing": {"procedure": "a_to_z_appeal"},
    "points-missing": {"reason": "not_as_described"},
    "point-unanswered": {"claim": {**DISPUTED, "points": [{"says": "wrong colour"}]}},
    "cause-vague": {"root_causes": [{"text": "The carrier was slow."}]},
    "paper-expired": {"compliance": [{"type": "CPC", "valid_until": "2026-01-31"}]},
    "invoice-old": {"suppliers": [{"invoice_date": "2025-01-31"}]},
    "papers-missing": {"procedure": "listing_appeal", "reason": "listing_rejected",
        "order": {"items": [{"asin": "B0C7QX2M9T", "name": "Baby bottle"}]}},
    "high-value-unpacked": {"order": {"id": ORDER, "total": {"amount": "480", "currency": "USD"}}},
    "several-topics": {"procedure": "support_case", "reason": "funds_held", "topic": "funds",
        "order": {"items": [{"asin": "B0C7QX2M9T"}]},
                       "request": "Release the payout. Also our ad campaign was stopped."},
    "other-platform-named": {"request": "As on Shopee, please close the case."},
    "closed-without-word": {"procedure": "withdrawal", "withdrawal": {"applied_at": "2026-11-19T08:00:00Z"}},
    "agreement-unproved": {"procedure": "withdrawal", "withdrawal": {"agreed_at": "2026-11-19T08:00:00Z"}},
    "review-no-withdrawal": {"procedure": "withdrawal", "withdrawal": {"agreed_at": "2026-11-19T08:00:00Z"},
        "request": "The buyer changed the review."},
    "delivered-elsewhere": {"parcels": [{"tracking_number": TRACKING, "carrier": "ups", "delivered_to": "Left with neighbor"}]},
    "contact-off-platform": {"contacts": [{"from": "buyer", "channel": "whatsapp"}]},
    "agent-unauthorised": {"submitted_by": {"role": "agent"}},
    "source-old": {"as_of": "2027-11-19T09:00:00-05:00"},
    "text-slip": {"facts": [{"text": "We was told that the the parcel arrived."}]},
    "text-untranslated": {"facts": [{"text": "买家已签收"}]},
    "reply-not-filed": {"submission": {"case_id": "11820043211"}},
    "case-number-missing": {"submission": {"at": "2026-11-18T23:10:00Z"}},
    "refusal-without-text": {"rejections": [{}]},
    "archival-pdf-asked": {"notice": {"text": "Attach the report as PDF/A-1a."}},
    "item-unanswered": {"notice": {"required_items": [{"text": "Root cause"}]}},
    "deadline-unverified": {"procedure": "performance_appeal", "reason": "late_shipment", "account": {"merchant_id": "A1"},
                            "notice": {"at": "2026-11-18T09:00:00Z"}},
    "tracking-number-untracked": {"parcels": [{"carrier": "china_post", "tracking_number": "UA123456785CN"}]},
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_found_in_the_case(found, code):
    assert code in found(case=make_case(**CASES[code]))
    assert code not in found(good_tracking(), file("m.png", "messages"), case=make_case())


@pytest.mark.parametrize(
    ("price", "quantity", "claimed", "over"),
    [
        ("32.99", None, "37.48", False),
        ("32.99", None, "41.97", True),  # the total of 37.48 has the shipping in it
        ("16.495", 2, "37.49", True),
        ("37.48", 1, "41.97", False),  # the total is that of the goods alone
        ("37.48", 1, "41.98", True),
        (None, None, "41.97", False),  # nobody knows
        (None, None, "41.98", True),
    ],
)
def test_shipping_is_counted_once(found, price, quantity, claimed, over):
    item = {"name": "Bottle", "quantity": quantity, "price": {"amount": price, "currency": "USD"} if price else None}
    order = {"id": ORDER, "items": [item], "total": USD, "shipping": {"amount": "4.49", "currency": "USD"}}
    case = make_case(order=order, claim={**DISPUTED, "amount": {"amount": claimed, "currency": "USD"}})
    assert ("amount-over-order" in found(case=case)) is over


def test_a_quiet_case_stays_quiet(found):
    codes = found(good_tracking(), case=make_case())
    assert set(codes) - {"evidence-missing", "evidence-would-help"} == set()


def test_a_remedy_without_proof_is_worse_towards_the_buyer(found):
    remedy = {"type": "full_refund", "status": "done"}
    assert found(case=make_case(remedy=remedy))["remedy-without-proof"] == "warning"
    assert found(case=make_case(procedure="buyer_contact", remedy=remedy))["remedy-without-proof"] == "blocker"
    assert "remedy-without-proof" not in found(file(kind="refund_proof"), case=make_case(remedy=remedy))


def test_a_refund_before_the_chargeback_is_no_second_one(found):
    done = {"type": "full_refund", "status": "done", "at": "2026-11-10T08:00:00Z"}
    assert "refund-during-chargeback" not in found(case=make_case(procedure="chargeback", remedy=done))
    late = [{"id": "R1", "at": "2026-11-19T08:00:00Z"}]
    assert found(case=make_case(procedure="chargeback", refunds=late))["refund-during-chargeback"] == "blocker"


def test_the_right_way_is_named(dossier, house):
    from evidence_packer.judge.judging import judge
    from evidence_packer.report.texts import finding_in_words

    case = make_case(
        procedure="ip_counter_notice", reason="intellectual_property", ip={"right": "patent"}, notice={"id": "N1"}
    )
    results = {result.code: result for result in judge(dossier(case=case))}
    finding = finding_in_words(results["procedure-open"].findings[0], house.catalogs.of("zh-Hans"))
    assert finding.severity == "blocker"
    assert "反通知仅适用于版权" in finding.detail
    assert "申诉" in finding.hint


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (file(kind="proof_of_delivery", context=PageContext(chat="wechat")), "proof-is-a-chat"),
        (file(kind="case_page", context=PageContext(device="phone")), "phone-screenshot"),
        (file(kind="case_page"), "address-bar-missing"),
        (file(exif=Exif(software="Adobe Photoshop 25.0")), "picture-edited"),
        (file(kind="customs_document"), "evidence-beside-the-point"),
    ],
)
def test_found_in_a_file(found, facts, code):
    assert code in found(facts)


def test_the_stage_is_held_against_the_page(found):
    case = make_case(order={"id": ORDER, "stage": "delivered"})
    assert "stage-contradicted" in found(good_tracking(statuses=(status("in_transit"),)), case=case)
    assert "stage-contradicted" not in found(good_tracking(), case=case)


FULL = ("The parcel left on 29 October 2026 with UPS 1Z999AA10123456784.", "fact")
ASK = ("We ask you to close the claim for order 112-4829307-7716253 of USD 37.48.", "request")


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (letter(FULL, ASK, empty=("conclusion",)), "letter-part-empty"),
        (letter(FULL), "letter-without-request"),
        (letter((FULL[0] * 30, "fact"), ASK), "letter-facts-long"),
        (letter(("We sent it.", "fact"), ("Please help.", "request")), "letter-without-subject"),
        (letter(("We sent it.", "fact"), ("Please help.", "request")), "letter-unspecific"),
        (letter(FULL, ASK), "exhibit-uncited"),
    ],
)
def test_found_in_the_letter(found, made, code):
    assert code in found(good_tracking(), letter=made)
    assert code not in found(good_tracking(), letter=letter(FULL, ASK)) or code == "exhibit-uncited"


def test_an_answer_that_an_exhibit_carries_needs_no_second_citation_in_the_conclusion(found):
    asks = Section(
        id="conclusion",
        title="Conclusion",
        paragraphs=(Paragraph(sentences=(Sentence(number=2, text=ASK[0], sentence_class="request"),)),),
    )
    bare = dataclasses.replace(letter(FULL), sections=(*letter(FULL).sections, asks))
    assert "letter-conclusion-bare" in found(good_tracking(), letter=bare)
    assert "letter-conclusion-bare" not in found(
        good_tracking(), letter=dataclasses.replace(bare, answer="UPS delivered it.")
    )


def test_what_a_message_to_the_buyer_lacks(found):
    case = make_case(procedure="buyer_contact", remedy={"type": "full_refund", "amount": USD, "status": "offered"})
    empty = found(case=case, letter=letter(("Hello, we are very sorry for the inconvenience.", "fact"), subject=""))
    assert {"message-empty", "message-remedy-vague", "message-without-order", "message-without-closing"} <= set(empty)
    good = letter(
        (
            f"Your order {ORDER} was lost on its way; we refund USD 37.48 to your card by 20 November 2026.",
            "commitment",
        ),
        (
            "Once you are satisfied, you can close it under Your Orders > Problem with order > Cancel request.",
            "argument",
        ),
    )
    assert not [code for code in found(case=case, letter=good) if code.startswith("message-")]


def test_long_paragraphs_where_the_form_takes_short_ones(found):
    case = make_case(procedure="support_case", reason="other", topic="orders", request="x")
    assert "paragraph-long" in found(case=case, letter=letter((FULL[0] * 6, "fact"), ASK))


def test_the_error_code_is_named(found):
    case = make_case(notice={"error_code": "8541", "text": "A-to-z"})
    assert "error-code-uncited" in found(case=case, letter=letter(FULL, ASK))


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (earlier(submitted_at=dt.datetime(2026, 11, 18, tzinfo=dt.UTC)), "already-submitted"),
        (earlier(platform="ebay", procedure="item_not_received"), "disputed-elsewhere"),
        (
            earlier(order_ids=("112-0000000-0000000",), tracking_numbers=("1Z 999AA10123456784",)),
            "tracking-number-reused",
        ),
    ],
)
def test_found_in_the_past(found, one, code):
    assert code in found(earlier=(one,))


def test_a_relapse_and_a_known_buyer(found):
    from casefile.earlier import buyer_mark

    won = earlier(reason="late_shipment", outcome="won", outcome_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    case = make_case(procedure="performance_appeal", reason="late_shipment", account={"merchant_id": "A1"})
    assert "relapse" in found(case=case, earlier=(won,))
    case = make_case(buyer={"username": "Ann"})
    assert "buyer-known" in found(case=case, earlier=(earlier(subject="x", buyer=buyer_mark(case)),))


TEMPLATE = (
    "The carrier missed the collection on {day} and scanned our parcels in the night, so {n} of them were counted late."
)


def test_a_template_with_other_numbers_is_still_a_template(found):
    first, second = TEMPLATE.format(day="3 May", n=4), TEMPLATE.format(day="9 June", n=12)
    assert similarity(word_groups(first), word_groups(second)) > 0.6
    assert (
        similarity(
            word_groups(first), word_groups("The buyer wrote that the cup came without its lid and asked for it.")
        )
        == 0
    )
    case = make_case(facts=[{"text": second}])
    assert "letter-alike" in found(case=case, earlier=(earlier(letter=word_groups(first), subject="x"),))


def test_an_appeal_with_the_same_files_brings_nothing_new(found):
    seen = good_tracking()
    case = make_case(
        procedure="a_to_z_appeal", previous_pack_id="pk_1", root_causes=[{"text": "x 1"}], actions_taken=[{"text": "y"}]
    )
    assert found(seen, case=case, earlier=(earlier(files=(seen.sha256,)),))["appeal-nothing-new"] == "blocker"


@pytest.mark.parametrize(("hour", "told"), [("15:40:00", False), ("17:40:00", True)])
def test_a_late_first_scan_is_told(found, hour, told):
    parcel = {"tracking_number": TRACKING, "carrier": "ups", "dispatched_at": "2026-10-29T16:40:00-07:00",
              "first_scan_at": f"2026-10-30T{hour}-07:00"}  # fmt: skip
    assert ("first-scan-late" in found(case=make_case(parcels=[parcel]))) is told


def test_a_carrier_may_be_named_like_a_platform(found):
    case = {"platform": "ebay", "procedure": "item_not_received", "order": {"id": "12-34567-89012"}}
    assert "other-platform-named" not in found(
        case=make_case(**case, request="Amazon Logistics delivered it on 2 November 2026.")
    )
    assert "other-platform-named" in found(case=make_case(**case, request="As Amazon said on 2 November 2026."))


def test_a_notice_about_the_account_may_speak_of_claims(found):
    notice = {
        "text": "Your order defect rate rose through A-to-z claims and chargebacks.",
        "at": "2026-11-18T09:00:00Z",
    }
    case = make_case(
        procedure="performance_appeal", reason="order_defect_rate", account={"merchant_id": "A1"}, notice=notice
    )
    assert "notice-other-procedure" not in found(case=case)


@pytest.mark.parametrize(("site", "language", "told"), [("TH", "en", True), ("TH", "th", False), ("SG", "en", False)])
def test_a_buyer_is_written_to_in_his_language(found, site, language, told):
    case = make_case(platform="shopee", site=site, procedure="buyer_contact", order={"id": "220614T9XV8JTN"})
    made = dataclasses.replace(letter(FULL), language=language)
    assert ("letter-language" in found(case=case, letter=made)) is told


def test_a_limit_that_moved_on_leaves_the_next_one_open(found):
    body = {"return": {"requested_at": "2026-11-01T09:00:00Z", "received_at": "2026-11-10T09:00:00Z"}}
    order = {"id": "579489483240146725"}
    case = make_case(
        platform="tiktok_shop", site="ID", procedure="return_refund", reason="return_problem", order=order, **body
    )
    assert found(case=case)["deadline-passed"] == "blocker"
    sent = {"at": "2026-11-17T09:00:00Z"}
    case = make_case(platform="tiktok_shop", site="ID", procedure="return_refund", order=order, submission=sent, **body)
    assert "deadline-passed" not in found(case=case)


def test_a_message_as_its_page_shows_it_is_not_to_be_said_more_calmly(found):
    contact = {"at": "2026-11-03T09:30:00-05:00", "from": "seller", "text": "Hi! Please look at the porch."}
    span = Span(file="a.png", page=1, box=BOX, text="Hi! Please look at the porch.")
    shown = file(kind="messages", quotes=(QuoteSeen(pointer="/contacts/0/text", span=span),))
    case = make_case(contacts=[contact])
    assert "wording" in found(file(kind="messages"), case=case)
    assert "wording" not in found(shown, case=case)


def test_the_title_of_a_listing_raises_no_point_to_be_answered(found):
    order = {"id": "112-4829307-7716253", "items": [{"name": "USB-C hub 7 in 1", "quantity": 1}]}
    titled = {"points": [{"listing_says": "USB-C hub 7 in 1"}]}
    quoted = {"points": [{"listing_says": "Height 9.8 cm"}]}
    assert "point-unanswered" not in found(case=make_case(reason="not_as_described", order=order, claim=titled))
    assert found(case=make_case(reason="not_as_described", order=order, claim=quoted))["point-unanswered"] == "warning"
