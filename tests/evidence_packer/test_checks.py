"""Each check with a literal or two."""

import pytest

from casefile.facts import EventSeen, FieldSeen, PlaceSeen
from casefile.letter import Letter, Paragraph, Section, Sentence
from casefile.personal_facts import LeakSeen, MaskedSeen, PrivateSeen
from casefile.reading import Receipt, Sharpness
from casefile.statement import Span, Statement
from casefile.upload import NotIncluded
from evidence_packer.judge.check import Output
from evidence_packer.judge.judging import all_findings, judge, verdict
from evidence_packer.report.texts import finding_in_words

from .conftest import (
    BLURRED,
    BOX,
    TRACKING,
    file,
    good_tracking,
    make_case,
    order_id,
    status,
    timestamp,
    tracking_number,
)


def letter_of(text="The parcel was delivered.", language="en"):
    sentence = Sentence(number=1, text=text, sentence_class="fact")
    section = Section(id="facts", title="Facts", paragraphs=(Paragraph(sentences=(sentence,)),))
    return Letter(
        kind="fact_evidence_conclusion", language=language, addressee="", subject="", salutation="", reference=(),
        sections=(section,), closing="", signature=(),
    )  # fmt: skip


def test_order_id_missing_only_where_such_a_page_prints_it(found):
    assert found(file(kind="messages", timestamps=(timestamp(),)))["order-id-missing"] == "warning"
    assert "order-id-missing" not in found(good_tracking())


def test_near_miss_blocks(found):
    seen = order_id("112-4829307-7716258", matches=False, near="112-4829307-7716253")
    assert found(file(kind="messages", order_ids=(seen,)))["order-id-near-miss"] == "blocker"


def test_foreign_ids_block_on_delivery_papers_and_warn_elsewhere(found):
    other = order_id("114-3392018-5560217", matches=False)
    assert found(good_tracking(order_ids=(other,)))["foreign-order-ids"] == "blocker"
    assert found(file(kind="messages", order_ids=(order_id(), other)))["foreign-order-ids"] == "warning"


def test_check_digit(found):
    case = make_case(parcels=[{"carrier": "ups", "tracking_number": "1Z999AA10123456794"}])
    assert found(case=case)["tracking-number-invalid"] == "blocker"


def test_unknown_carrier_is_advice(found):
    case = make_case(parcels=[{"carrier": "pigeon_post", "tracking_number": "PP1"}])
    assert found(case=case)["carrier-unknown"] == "advice"


def test_tracking_number_near_miss_on_any_paper(found):
    seen = tracking_number("1Z999AA10123458784", matches=False, near="1Z999AA10123456784")
    assert found(file(kind="erp_record", tracking_numbers=(seen,)))["tracking-number-near-miss"] == "blocker"


def test_another_parcel(found):
    seen = tracking_number("1Z5R89390357567127", matches=False)
    assert found(file(kind="tracking", tracking_numbers=(seen,)))["tracking-number-other"] == "blocker"


def test_a_parcel_named_by_a_number_of_no_known_form_is_another_one(found):
    stated = FieldSeen(name="tracking_number", value="9400111899561742830015", box=BOX, page=1)
    codes = found(file(kind="tracking", fields=(stated,)))
    assert codes["tracking-number-other"] == "warning"
    assert "tracking-number-missing" not in codes


def test_blurred_page_has_one_finding(found):
    assert set(found(file(kind="proof_of_delivery", sharpness=(BLURRED,)))) & {
        "page-illegible", "timestamp-missing", "tracking-number-missing",
    } == {"page-illegible"}  # fmt: skip


def test_large_type_survives_blur(found):
    assert "page-illegible" not in found(good_tracking(sharpness=(BLURRED,)))


def test_no_time_on_a_screenshot(found):
    assert found(good_tracking(timestamps=()))["timestamp-missing"] == "warning"
    assert "timestamp-missing" not in found(file(kind="contract"))


def test_reversed_dates(found):
    case = make_case(order={"id": "112-4829307-7716253", "placed_at": "2026-10-30T09:12:00-07:00"})
    assert found(case=case)["dates-out-of-order"] == "blocker"


@pytest.mark.parametrize(
    ("placed", "shown"),
    [
        ("2026-10-30T09:12:00-07:00", "2026-10-30 09:12-07:00"),
        ("2026-11-02T12:00:00.000001-07:00", "2026-11-02"),  # the day alone
        ("2026-11-02T09:12:00.000002-07:00", "2026-11-02 09:12"),  # a clock without a zone
    ],
)
def test_reversed_dates_are_told_by_name_and_as_far_as_they_are_known(dossier, house, placed, shown):
    case = make_case(order={"id": "112-4829307-7716253", "placed_at": placed})
    told = next(one for one in all_findings(judge(dossier(case=case))) if one.code == "dates-out-of-order")
    english = finding_in_words(told, house.catalogs.of("en")).detail
    assert english.startswith("Dispatched (2026-10-29 16:40-07:00) lies before Order placed (" + shown + ")")


SENT = "2026-10-29T16:40:00-07:00"


@pytest.mark.parametrize(
    ("first_scan", "reversed_"),
    [
        ("2026-10-29T20:05:00.000002+00:00", False),  # a clock without a zone: 20:05 may be the seller's own time
        ("2026-10-29T20:05:00+00:00", True),
        ("2026-10-28T09:05:00.000002+00:00", True),  # too early in every zone
        ("2026-10-29T12:00:00.000001+00:00", False),  # the day alone
        ("2026-10-27T12:00:00.000001+00:00", True),
    ],
)
def test_a_time_without_its_zone_contradicts_only_where_it_does_in_every_zone(found, first_scan, reversed_):
    parcel = {"carrier": "ups", "tracking_number": TRACKING, "dispatched_at": SENT, "first_scan_at": first_scan}
    assert ("dates-out-of-order" in found(case=make_case(parcels=[parcel]))) is reversed_


@pytest.mark.parametrize(
    ("as_of", "code", "severity"),
    [
        ("2026-11-19T09:00:00-05:00", None, None),
        ("2026-11-21T09:00:00-05:00", "deadline-warned", "warning"),
        ("2026-11-22T09:00:00-05:00", "deadline-passed", "blocker"),
    ],
)
def test_deadline(found, as_of, code, severity):
    assert found(case=make_case(as_of=as_of)).get(code) == severity


SWAPPED = {
    "procedure": "safe_t", "reason": "return_problem",
    "return": {"received_at": "2026-11-11T10:02:00-08:00"},
    "refunds": [{"at": "2026-11-03T14:15:00-08:00", "amount": {"amount": "149.00", "currency": "USD"}}],
}  # fmt: skip
"""A return that came back as another thing, after the refund."""


@pytest.mark.parametrize(
    ("as_of", "passed"), [("2026-12-05T09:00:00-08:00", False), ("2026-12-12T09:00:00-08:00", True)]
)
def test_safe_t_is_open_for_thirty_days_after_the_later_of_return_and_refund(found, as_of, passed):
    assert ("deadline-passed" in found(case=make_case(**SWAPPED, as_of=as_of))) == passed


REFUND = {"type": "full_refund", "status": "offered"}


@pytest.mark.parametrize(
    ("protected", "remedy", "warned"),
    [(True, REFUND, True), (True, REFUND | {"status": "done"}, False), (False, REFUND, False), (True, None, False)],
)
def test_an_offer_to_refund_would_forfeit_the_protection_of_the_label(found, protected, remedy, warned):
    case = make_case(
        parcels=[{"carrier": "ups", "claims_protected": protected}], **({"remedy": remedy} if remedy else {})
    )
    assert found(case=case).get("procedure-stopped") == ("warning" if warned else None)


def test_safe_t_is_shut_where_the_claim_was_granted(found):
    assert found(case=make_case(**SWAPPED, claim={"granted": True}))["procedure-stopped"] == "blocker"
    assert "procedure-stopped" not in found(case=make_case(**SWAPPED, claim={"granted": False}))


@pytest.mark.parametrize(
    ("as_of", "code"), [("2026-11-12T09:00:00Z", "deadline-warned"), ("2026-11-23T09:00:00Z", "deadline-passed")]
)
def test_a_network_s_days_warn_and_the_processor_s_shut(found, as_of, code):
    claim = {"network": "visa", "opened_at": "2026-11-01T10:00:00Z"}
    case = make_case(
        platform="stripe", site=None, procedure="dispute", payment={"dispute_id": "dp_1"}, claim=claim, as_of=as_of
    )
    assert {"deadline-warned", "deadline-passed"} & set(found(case=case)) == {code}


def test_the_users_own_date_decides(found):
    case = make_case(as_of="2026-11-22T09:00:00-05:00", deadline={"at": "2026-11-30T00:00:00-05:00"})
    assert not {"deadline-passed", "deadline-warned"} & set(found(case=case))


def test_missing_evidence_blocks_when_required(found):
    assert found()["evidence-missing"] == "blocker"
    assert found(good_tracking()).get("evidence-missing") != "blocker"


def test_returned_parcel_contradicts(found):
    assert found(good_tracking(statuses=(status("returned"),)))["evidence-contradicts"] == "blocker"


def test_near_duplicates_look_and_say_the_same(found):
    a, b = (good_tracking(name, perceptual_hashes=(0b1011,)) for name in ("a.png", "b.png"))
    assert found(a, b)["exhibit-near-duplicate"] == "warning"
    assert "exhibit-near-duplicate" not in found(
        a, good_tracking("b.png", perceptual_hashes=(0b1011,), timestamps=(timestamp("x", "2026-11-03"),))
    )


def test_limits_are_capped_by_their_source(found, house):
    outputs = (Output(name="a.pdf", format="pdf", bytes=9_000_000, pages=3),)
    assert found(good_tracking(), outputs=outputs)["file-over-limit"] == "warning"


def test_chinese_in_an_english_letter(found):
    assert found(good_tracking(), letter=letter_of("包裹已送达。"))["letter-mixed-language"] == "blocker"


def test_quotations_are_not_the_sellers_words(found):
    calm = make_case(facts=[{"text": 'The buyer wrote: "this is a scam!"'}])
    angry = make_case(facts=[{"text": "This buyer is a liar."}])
    assert "wording" not in found(case=calm)
    assert found(case=angry)["wording"] == "warning"


def test_id_of_another_form(found):
    assert found(case=make_case(order={"id": "12345"}))["subject-id-format"] == "blocker"


def test_file_listed_but_not_sent_and_file_unusable(found):
    case = make_case(files=[{"name": "x.png"}], facts=[{"text": "a", "files": ["y.png"]}])
    assert found(case=case)["file-not-sent"] == "blocker"
    broken = (NotIncluded(file="b.pdf", code="file-encrypted"),)
    assert found(good_tracking(), not_included=broken)["file-unusable"] == "advice"


def test_pages_that_were_not_read_and_text_under_a_cover(found):
    told = found(file("a.pdf", "other", unread=((2, "hairline"),), covered=((1, (0.1, 0.1, 0.3, 0.2)),)))
    assert (told["page-unread"], told["text-under-cover"]) == ("advice", "advice")
    assert {"page-unread", "text-under-cover"}.isdisjoint(found(good_tracking()))


@pytest.mark.parametrize(
    ("receipt", "verdict", "told"),
    [
        (Receipt(engine="faster_paddle", read_share=1.0, score=0.98), "sharp", {}),
        (Receipt(engine="faster_paddle", read_share=0.8, score=0.9), "sharp", {}),
        (Receipt(engine="faster_paddle", read_share=0.79, score=0.9), "sharp", {"page-half-read": "advice"}),
        (Receipt(engine="faster_paddle", read_share=0.79, score=0.9), "blurred", {}),
        (Receipt(engine="faster_paddle", read_share=0.9, unread_script="Cyrl"), "sharp", {"script-unread": "warning"}),
        (Receipt(engine="faster_paddle", read_share=0.1, unread_script="Zyyy"), "blurred", {"script-unread": "warning"}),
    ],
)  # fmt: skip
def test_how_far_a_page_was_read(found, receipt, verdict, told):
    page = file("a.png", "other", receipts=((1, receipt),), sharpness=(Sharpness(edge_width=2.0, verdict=verdict),))
    codes = {"page-half-read", "script-unread"}
    assert {code: severity for code, severity in found(page).items() if code in codes} == told


def test_kinds_that_are_unsure_or_other_than_they_are_called(found):
    told = found(file("a.png", "tracking", kind_proposed=True, kind_reason="one_sign"))
    assert (told["kind-unsure"], "kind-proposed" in told) == ("warning", False)
    told = found(file("a.png", "tracking", kind_proposed=True, kind_reason="words"))
    assert (told["kind-proposed"], "kind-unsure" in told) == ("advice", False)
    assert found(file("a.png", "listing", kind_seen="tracking"))["kind-differs"] == "warning"
    assert "kind-differs" not in found(file("a.png", "listing"))


def test_what_of_a_file_cannot_be_shown(found):
    assert found(file("a.pdf", "other", changes=("form-value-lost",)))["part-not-shown"] == "warning"
    assert found(file("a.pdf", "other", changes=("picture-lost",)))["part-not-shown"] == "warning"
    assert "part-not-shown" not in found(file("a.pdf", "other", changes=("form-flattened",)))


def test_a_page_that_was_not_read_is_not_called_empty(found):
    nothing = (Sharpness(edge_width=None, verdict="no_content"),)
    assert "page-empty" in found(file("a.png", "other", sharpness=nothing, has_text=False))
    unread = file("a.png", "other", sharpness=nothing, has_text=False, unread=((1, "failed"),))
    assert "page-empty" not in found(unread)


def test_chat_outside_the_platform(found):
    case = make_case(files=[{"name": "chat.png", "kind": "messages", "channel": "chat_app"}])
    chat = file("chat.png", "messages", order_ids=(order_id(),), timestamps=(timestamp(),))
    assert found(chat, case=case)["off-platform-chat"] == "warning"


def test_unanswered_refusal(found):
    case = make_case(rejections=[{"reasons": [{"text": "No root cause"}]}])
    assert found(case=case)["rejection-unanswered"] == "blocker"


def test_missing_input_is_skipped_with_its_reason(dossier):
    results = {result.code: result for result in judge(dossier())}
    assert (results["page-legible"].status, results["page-legible"].why) == ("skipped", "no-facts")
    assert results["letter-language"].why == "no-letter"


def test_verdict(dossier):
    good = good_tracking(places=())
    messages = file("m.png", "messages", order_ids=(order_id(),), timestamps=(timestamp(),))
    record = file("e.pdf", "erp_record", order_ids=(order_id(),), tracking_numbers=(tracking_number(),),
                  timestamps=(timestamp("Oct 29, 2026", "2026-10-29"),))  # fmt: skip
    assert verdict(judge(dossier(good, messages, record))) == "ready"
    assert verdict(judge(dossier())) == "blocked"


def test_days_amounts_and_places_that_differ(found):
    late = EventSeen(status="delivered", at="2026-11-05T09:00:00", box=BOX, page=1)
    page = file(
        tracking_numbers=(tracking_number(),), timestamps=(timestamp("Nov 5", "2026-11-05T09:00:00"),), events=(late,)
    )
    assert found(page)["delivery-date-differs"] == "warning"
    old = file(tracking_numbers=(tracking_number(),), timestamps=(timestamp("Oct 1", "2026-10-01T09:00:00"),))
    assert found(old)["page-before-order"] == "warning"
    house = PlaceSeen(text="481 Elm Ridge Ave", part="house_number", matches=False, box=BOX, page=1)
    assert found(good_tracking(places=(house,)))["house-number-differs"] == "warning"


def test_what_agrees_is_no_finding(found):
    on_time = EventSeen(status="delivered", at="2026-11-02T14:22:00", box=BOX, page=1)
    codes = found(good_tracking(events=(on_time,)))
    assert not {"delivery-date-differs", "page-before-order", "house-number-differs", "number-masked"} & set(codes)


def test_private_numbers_and_leaks(found):
    card = PrivateSeen(what="card", text="41…11", box=BOX, page=1)
    assert found(good_tracking(private_data=(card,)))["private-data-visible"] == "warning"
    assert found(good_tracking(leaks=(LeakSeen(box=BOX, page=1),)))["redaction-leaks"] == "blocker"


def test_a_number_partly_hidden(found):
    hidden = MaskedSeen(text="1Z99****6784", number=TRACKING, box=BOX, page=1)
    assert found(file(masked_numbers=(hidden,)))["number-masked"] == "warning"
    assert "number-masked" not in found(good_tracking(masked_numbers=(hidden,)))
    assert "tracking-number-missing" not in found(file(masked_numbers=(hidden,)))


def event(status, at, place=None):
    return EventSeen(status=status, at=at, place=place, box=BOX, page=1)


def field(name, value, currency=None):
    return FieldSeen(name=name, value=value, currency=currency, box=BOX, page=1)


def test_a_day_that_the_evidence_gives_otherwise(found):
    page = file("o.png", "order_page", order_ids=(order_id(),), fields=(field("order_date", "2026-10-20"),))
    assert found(page)["date-differs"] == "warning"
    near = file("o.png", "order_page", order_ids=(order_id(),), fields=(field("order_date", "2026-10-29T00:12:00"),))
    assert "date-differs" not in found(near)  # the same moment, on the clock of another zone


def test_events_of_the_evidence_that_run_backwards(found):
    page = good_tracking(events=(event("accepted", "2026-11-04T10:00:00"), event("delivered", "2026-11-02T14:22:00")))
    assert found(page)["evidence-out-of-order"] == "warning"
    assert "evidence-out-of-order" not in found(
        good_tracking(events=(event("accepted", "2026-10-29T10:00:00"), event("delivered", "2026-11-02T14:22:00")))
    )


def test_a_parcel_of_which_only_the_label_is_known(found):
    assert found(good_tracking(statuses=(status("label_created"),)))["parcel-not-scanned"] == "warning"


def test_a_late_scan_on_the_carriers_page(found):
    case = make_case(parcels=[{"carrier": "ups", "tracking_number": TRACKING}])
    late = (event("label_created", "2026-10-29T10:00:00"), event("accepted", "2026-11-01T10:00:00"))
    assert found(good_tracking(events=late), case=case)["first-scan-late"] == "advice"


PRICED = {"id": "112-4829307-7716253", "total": {"amount": "58.73", "currency": "USD"}}


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (field("total", "58.73", "USD"), None),
        (field("total", "58.73", None), None),
        (field("total", "58.73", "EUR"), "currency-differs"),
        (field("total", "53.74", "USD"), "amount-differs"),
    ],
)
def test_stated_total(found, stated, code):
    codes = found(file("o.png", "order_page", order_ids=(order_id(),), fields=(stated,)), case=make_case(order=PRICED))
    assert {"currency-differs", "amount-differs"} & set(codes) == ({code} if code else set())


def test_a_total_may_be_told_without_shipping(found):
    case = make_case(order=PRICED | {"shipping": {"amount": "4.99", "currency": "USD"}})
    page = file("o.png", "order_page", order_ids=(order_id(),), fields=(field("total", "53.74", "USD"),))
    assert "amount-differs" not in found(page, case=case)


def test_another_refund_than_the_cases(found):
    case = make_case(refunds=[{"amount": {"amount": "20.00", "currency": "USD"}}])
    page = file("r.png", "refund_proof", order_ids=(order_id(),), fields=(field("refund", "58.73", "USD"),))
    assert found(page, case=case)["amount-differs"] == "warning"


@pytest.mark.parametrize(
    ("name", "shown", "code"),
    [
        ("recipient", "J. ROE", None),
        ("recipient", "Jane Rowe", "name-near-miss"),
        ("recipient", "Tom Poe", "recipient-differs"),
        ("buyer", "tp_88", None),
        ("seller", "Best Stoer", "name-near-miss"),
        ("seller", "Another Shop", None),
        ("signer", "Tom Poe", None),
    ],
)
def test_names_on_our_pages(found, name, shown, code):
    case = make_case(buyer={"name": "Jane Roe"}, seller={"store": "Best Store"})
    codes = found(file("o.png", "order_page", order_ids=(order_id(),), fields=(field(name, shown),)), case=case)
    assert {"name-near-miss", "recipient-differs"} & set(codes) == ({code} if code else set())


def test_names_on_pages_of_other_orders_are_nobodys_business(found):
    page = file("o.png", "order_page", fields=(field("recipient", "Tom Poe"),))
    assert "recipient-differs" not in found(page, case=make_case(buyer={"name": "Jane Roe"}))


def test_a_contested_order_that_is_refunded(found):
    made = Statement(
        says="refund_made",
        voice="field",
        span=Span(file="o.png", page=1, box=(0.1, 0.1, 0.4, 0.12), text="Refunded $37.48"),
    )
    page = file("o.png", "order_page", order_ids=(order_id(),), refunds=(made,))
    assert found(page)["refund-shown"] == "warning"
    proof = file("r.png", "refund_proof", order_ids=(order_id(),), refunds=(made,))
    assert found(proof)["refund-shown"] == "blocker"
    assert "refund-shown" not in found(page, case=make_case(refunds=[{"id": "r1"}]))
