"""What a page says about the case."""

import pytest

from casefile.reading import Barcode
from evidence_packer.understand.moments import possible, same_day
from tests.cases import rows

from .conftest import BOX, ORDER, TRACKING, make_case, timestamp


def test_own_order_id(facts_of):
    (seen,) = facts_of(f"Order ID: {ORDER}").order_ids
    assert (seen.value, seen.matches, seen.near) == (ORDER, True, None)


def test_another_order_is_named(facts_of):
    (seen,) = facts_of("Order 114-3392018-5560217").order_ids
    assert (seen.matches, seen.near) == (False, None)


def test_near_miss_names_the_own_number(facts_of):
    (seen,) = facts_of("Order 112-4829307-7716258").order_ids
    assert seen.near == ORDER


def test_numbers_of_other_orders_of_the_case_are_its_own(facts_of):
    case = make_case(prior_orders=[{"order_id": "114-3392018-5560217"}])
    assert facts_of("Order 114-3392018-5560217", case=case).order_ids[0].matches


def test_tracking_number_in_text_and_bar_code(facts_of):
    code = Barcode(text=TRACKING, format="Code128", box=BOX)
    seen = facts_of(f"TRACKING #: {TRACKING}", barcodes=(code,)).tracking_numbers
    assert [s.matches for s in seen] == [True, True]
    assert seen[0].valid


@pytest.mark.parametrize("row", rows(__file__, "foreign_numbers"))
def test_whose_parcel_a_run_of_signs_is(facts_of, row):
    seen = facts_of(*row["lines"]).tracking_numbers
    assert [f"{one.carrier} {one.value.replace(' ', '')}" for one in seen if not one.matches] == row["parcels"]


@pytest.mark.parametrize(("form", "seen"), [("Code128", ["ups"]), ("EAN13", [])])
def test_bar_codes_of_goods_are_no_parcels(facts_of, form, seen):
    code = Barcode(text="1Z879E930346834440", format=form, box=BOX)
    assert [one.carrier for one in facts_of("label", barcodes=(code,)).tracking_numbers] == seen


@pytest.mark.parametrize(("score", "matches", "near", "alike"), [(0.94, True, None, False), (0.95, False, ORDER, True)])
def test_a_sign_that_looks_alike_is_asked_about_where_it_was_surely_read(facts_of, score, matches, near, alike):
    seen = facts_of("Order 112-4829307-77I6253", score=score).order_ids[0]
    assert (seen.matches, seen.near, seen.alike) == (matches, near, alike)
    parcel = facts_of(TRACKING.replace("0", "O", 1), score=score).tracking_numbers[0]
    assert (parcel.matches, parcel.near, parcel.alike) == (matches, near and TRACKING, alike)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Monday, November 02, 2026 at 2:22 P.M.", "2026-11-02T14:22:00"),
        ("13/11/2026 14:05", "2026-11-13T14:05:00"),
        ("2026-11-02T14:22:05-05:00", "2026-11-02T14:22:05-05:00"),
        ("2026年11月2日 下午2:22", "2026-11-02T14:22:00"),
        ("2026年11月02日 14時22分", "2026-11-02T14:22:00"),
        ("2026년 11월 2일 오후 2:22", "2026-11-02T14:22:00"),
        ("02.11.2026 um 14:22 Uhr", "2026-11-02T14:22:00"),
        ("2 nov. 2026 à 14h22", "2026-11-02T14:22:00"),
        ("2 de noviembre de 2026, 14:22", "2026-11-02T14:22:00"),
        ("2 novembre 2026 alle 14:22", "2026-11-02T14:22:00"),
        ("2 de novembro de 2026 14:22", "2026-11-02T14:22:00"),
        ("2 พฤศจิกายน 2569 14:22", "2026-11-02T14:22:00"),
        ("2 November 2026 pukul 14:22", "2026-11-02T14:22:00"),
        ("02 tháng 11, 2026 14:22", "2026-11-02T14:22:00"),
        ("11/18/2026 7:31 P.M. PST", "2026-11-18T19:31:00-08:00"),
        ("2O26-11-02 l4:22", "2026-11-02T14:22:00"),
        ("Purchase date:2026-11-02 14:22", "2026-11-02T14:22:00"),
        ("付款时间：2026-11-0214:22:00", "2026-11-02T14:22:00"),
        ("下单时间：2026年11月02日14:22", "2026-11-02T14:22:00"),
        ("Nov 02, 202602:22 PM", "2026-11-02T14:22:00"),
        ("Mon, 02 Nov 2026 14:22:00 +0800", "2026-11-02T14:22:00+08:00"),
        ("2026-11-02T14:22:05.123Z", "2026-11-02T14:22:05+00:00"),
        ("2026/11/02 14:22 GMT+08:00", "2026-11-02T14:22:00+08:00"),
        ("02-Nov-26 14:22", "2026-11-02T14:22:00"),
        ("2 Nov 2026 2.22pm", "2026-11-02T14:22:00"),
        ("Nov 02,2026,02:22 PM", "2026-11-02T14:22:00"),
        ("2:22 PM on Nov 2, 2026", "2026-11-02T14:22:00"),
        ("12:05 AM Nov 2, 2026", "2026-11-02T00:05:00"),
        ("2026年11月2日 晚上9:05", "2026-11-02T21:05:00"),
        ("2026年11月2日(月) 14:22", "2026-11-02T14:22:00"),
        ("令和8年11月2日 14時22分", "2026-11-02T14:22:00"),
        ("2026. 11. 2. 오후 2:22", "2026-11-02T14:22:00"),
        ("Montag, 2. November 2026, 14.22 Uhr", "2026-11-02T14:22:00"),
        ("2 nov 2026 2:22 p. m.", "2026-11-02T14:22:00"),
        ("2 de novembro de 2026 às 14h22", "2026-11-02T14:22:00"),
        ("2 พ.ย. 69 14:22", "2026-11-02T14:22:00"),
        ("2 November 2026 pukul 14.22", "2026-11-02T14:22:00"),
        ("02 Nov 2026, 14:22 WIB", "2026-11-02T14:22:00+07:00"),
        ("14:22 ngày 13/11/2026", "2026-11-13T14:22:00"),
        ("2026年11月2日 星期一 14:22", "2026-11-02T14:22:00"),
        ("13/11/2026 alle ore 14.22", "2026-11-13T14:22:00"),
        ("Data: 13/11/2026 | Hora: 14:22", "2026-11-13T14:22:00"),
        ("Mon Nov 02 14:22:05 PST 2026", "2026-11-02T14:22:05-08:00"),
        ("Nov-02-26 14:22:05 PST", "2026-11-02T14:22:05-08:00"),
        ("lunes, 2 de noviembre de 2026 a las 2:22 p. m.", "2026-11-02T14:22:00"),
    ],
)
def test_times_in_many_languages(facts_of, text, at):
    assert facts_of(text).timestamps[0].at == at


def test_a_time_wrapped_into_the_next_line_belongs_to_its_date(facts_of):
    (seen,) = facts_of("Friday, October 16, 2026", "02:22 PM").timestamps
    assert seen.at == "2026-10-16T14:22:00"


def test_half_of_the_day_wrapped_into_the_next_line(facts_of):
    assert facts_of("Sep 10, 2026, 12:57", "AM").timestamps[0].at == "2026-09-10T00:57:00"


def test_a_date_broken_in_two(facts_of):
    (seen,) = facts_of("14 octobre", "2026, 21h25").timestamps
    assert seen.at == "2026-10-14T21:25:00"


def test_a_date_in_a_very_narrow_column(facts_of):
    assert facts_of("2026", "年08", "月09", "日", "16:00").timestamps[0].at == "2026-08-09T16:00:00"


def test_a_time_before_the_next_date_belongs_to_that_one(facts_of):
    seen = facts_of("23:28 13/08/2026", "11:25 12/08/2026").timestamps
    assert [one.at for one in seen] == ["2026-08-13T23:28:00", "2026-08-12T11:25:00"]


def test_dates_and_times_by_turns_in_one_column(facts_of):
    seen = facts_of("11/16/2026", "21:32", "11/15/2026", "21:49").timestamps
    assert [one.at for one in seen] == ["2026-11-16T21:32:00", "2026-11-15T21:49:00"]


def test_a_day_takes_its_year_from_the_page(facts_of):
    assert facts_of("2026-11-02 10:00", "Nov 3, 2:22 PM").timestamps[1].at == "2026-11-03T14:22:00"


def test_without_any_year_it_stays_open(facts_of):
    (seen,) = facts_of("Nov 3, 2:22 PM").timestamps
    assert (seen.at, seen.ambiguous) == (None, True)


def test_a_zone_word_of_several_zones_is_asked_about(facts_of):
    assert facts_of("2026-11-02 14:22 CST").timestamps[0].zone_asked == "CST"


@pytest.mark.parametrize("text", ["v2.10.22", TRACKING, "192.168.10.22", "yesterday 14:22", ORDER, "Page 3 of 11"])
def test_what_is_no_time(facts_of, text):
    assert not facts_of(text).timestamps


def test_order_of_day_and_month_is_told_as_open(facts_of):
    undated = make_case(order={"id": ORDER})
    assert facts_of("11/02/2026", case=undated).timestamps[0].ambiguous
    assert facts_of("11/12/2026").timestamps[0].ambiguous


def test_a_meaning_before_the_order_leaves_the_sites_own(facts_of):
    (seen,) = facts_of("11/02/2026").timestamps
    assert (seen.at, seen.ambiguous) == ("2026-11-02", False)


def test_buddhist_years_are_written_day_first(facts_of):
    (seen,) = facts_of("09-11-2569 20:15", case=make_case(order={"id": ORDER})).timestamps
    assert (seen.at, seen.ambiguous) == ("2026-11-09T20:15:00", False)


def test_bare_digits_are_an_order_only_under_its_label(page_facts):
    case = make_case(platform="etsy", site="US", procedure="dispute", order={"id": "3123456789"})
    bar = page_facts("https://www.etsy.com/listing/1634455221/mug", case=case)
    assert (bar.order_ids, bar.kind) == ((), "listing")
    (seen,) = page_facts("Order number | 3998877665", case=case).order_ids
    assert not seen.matches


@pytest.mark.parametrize(
    ("bar", "kind"),
    [
        ("https://www.etsy.com/your/orders/sold?order_id=3123456789", "order_page"),
        ("https://www.ebay.com/itm/256312345678", "listing"),
        ("https://www.amazon.com/dp/B0C1234567", "listing"),
        ("https://sellercentral.amazon.com/messaging/inbox", "messages"),
        ("https://www.ups.com/track?loc=en_US", "tracking"),
        ("https://dashboard.stripe.com/payments/pi_3", "order_page"),
    ],
)
def test_kind_by_the_path_of_the_address(page_facts, bar, kind):
    assert page_facts(bar).kind == kind


def test_another_date_of_the_page_settles_the_order(facts_of):
    assert not any(seen.ambiguous for seen in facts_of("11/02/2026", "10/29/2026").timestamps)


def test_cst_is_left_open(facts_of):
    assert facts_of("11/18/2026 7:31 PM CST").timestamps[0].at == "2026-11-18T19:31:00"


@pytest.mark.parametrize(
    "text", ["Delivered", "Delivered - Front Porch", "【上海】已签收，签收人：本人", "配達完了", "Status: Delivered"]
)
def test_delivered(facts_of, text):
    assert "delivered" in {seen.status for seen in facts_of(text).statuses}


@pytest.mark.parametrize(
    "text",
    [
        "Out for delivery",
        "Not delivered",
        "My package says delivered but I cannot find it. What should I do?",
        "预计送达",
        "未签收",
    ],
)
def test_not_delivered(facts_of, text):
    assert "delivered" not in {seen.status for seen in facts_of(text).statuses}


def test_address_of_the_case(facts_of):
    places = facts_of("COLUMBUS, OH 43215 US").places
    assert {(place.part, place.matches) for place in places} == {("city", True), ("postal_code", True)}


@pytest.mark.parametrize(
    ("city", "line", "matches"),
    [
        ("São Paulo", "Rua Augusta 1200, Sao Paulo", True),
        ("Łódź", "90-001 Lodz", True),
        ("Москва", "г. Москва, 101000", True),
        ("上海市", "上 海 市 浦东新区", True),
        ("กรุงเทพฯ", "กรุงเทพ 10110", False),
        ("Köln", "Kolnerstr 5", False),
        ("Москва", "г. Московский", False),
    ],
)
def test_a_town_in_any_script_with_or_without_its_accents(facts_of, city, line, matches):
    case = make_case(buyer={"ship_to": {"lines": ["1-2"], "city": city, "country": "BR"}})
    assert any(place.part == "city" for place in facts_of(line, case=case).places) is matches


def test_other_postcode_under_delivered_to(facts_of):
    places = facts_of("Delivered To", "90 Oak St", "DAYTON, OH 45402 US").places
    assert [(place.text, place.matches) for place in places] == [("45402", False)]


def test_sender_postcode_is_no_contradiction(facts_of):
    assert not facts_of("Ship From", "ONTARIO, CA 91761 US").places


def test_kind_is_proposed_with_its_reason(facts_of):
    facts = facts_of("Shipment Progress", f"Tracking number {TRACKING}", "Out For Delivery", "In Transit")
    assert (facts.kind, facts.kind_proposed, facts.kind_reason) == ("tracking", True, "words")


@pytest.mark.parametrize("row", rows(__file__, "kinds"))
def test_a_kind_needs_the_title_or_two_signs(page_facts, row):
    case = make_case(files=[{"name": "a.png", "kind": row["given"]}]) if "given" in row else None
    facts = page_facts("\n".join(row["page"]), case=case)
    assert (facts.kind, facts.kind_reason, facts.kind_seen) == (row["kind"], row.get("reason"), row.get("seen"))


def test_kind_of_the_case_is_kept(facts_of):
    case = make_case(files=[{"name": "a.png", "kind": "invoice"}])
    facts = facts_of("Shipment Progress", case=case)
    assert (facts.kind, facts.kind_proposed) == ("invoice", False)


def test_moment_without_zone_can_be_anywhere_on_earth():
    first, last = possible(timestamp())
    assert (last - first).total_seconds() == 26 * 3600


def test_same_day_in_the_zone_of_the_case():
    case = make_case()
    assert same_day(timestamp(), case.parcels[0].delivered_at)
    assert not same_day(timestamp("Nov 3", "2026-11-03"), case.parcels[0].delivered_at)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Card 4111 1111 1111 1111", "card"),
        ("Amex 3782 822463 10005", "card"),
        ("身份证 11010519491231002X", "identity"),
        ("CPF 529.982.247-25", "identity"),
        ("SSN: 078-05-1120", "identity"),
        ("IBAN DE89 3704 0044 0532 0130 00", "iban"),
        ("mail: jane.roe@example.org", "email"),
        ("Tel. +49 151 23456789", "phone"),
        ("电话 13812345678", "phone"),
    ],
)
def test_private_data(facts_of, text, what):
    (seen,) = facts_of(text).private_data
    assert seen.what == what
    assert "…" in seen.text


@pytest.mark.parametrize(
    "text",
    ["Card 4111 1111 1111 1112", f"Tracking {TRACKING}", f"Order {ORDER}", "YT4111111111111111", "9400111201080805483016",
     "support@shop.example", "buyer123@marketplace.amazon.com", "4111********1111", "2026-11-02 14:22:05"],
)  # fmt: skip
def test_what_is_not_private(facts_of, text):
    assert facts_of(text).private_data == ()


def test_contacts_of_the_case_are_its_own(facts_of):
    case = make_case(buyer={"email": "jane@example.org", "phone": "+1 614 555 0123"})
    assert facts_of("jane@example.org", "+1 (614) 555-0123", case=case).private_data == ()


def test_words_under_a_burned_place_are_a_leak(facts_of):
    case = make_case(files=[{"name": "a.png", "redact": [{"page": 1, "box": [0.05, 0.18, 0.7, 0.23]}]}])
    facts = facts_of("Card 4111 1111 1111 1111", "Below", case=case)
    assert (facts.redactions, len(facts.leaks)) == (1, 1)


def test_events_pair_a_status_with_its_time(facts_of):
    events = facts_of("Delivered", "2026-11-02 14:22", "", "", "", "In Transit", "2026-10-30 08:00").events
    assert [(e.status, e.at) for e in events] == [
        ("delivered", "2026-11-02T14:22:00"), ("in_transit", "2026-10-30T08:00:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"),
    [("Left with neighbor", "neighbour"), ("Delivered, Parcel Locker", "locker"), ("已放入丰巢快递柜", "locker")],
)
def test_where_a_parcel_was_left(facts_of, text, what):
    assert facts_of(text).delivery_places[0].what == what


@pytest.mark.parametrize(
    ("text", "differs"), [("481 Elm Ridge Ave", True), ("418 Elm Ridge Ave", False), ("481 Oak Street", False)]
)
def test_another_house_of_our_street(facts_of, text, differs):
    places = facts_of("Delivered to", text, "Columbus, OH 43215").places
    assert any(place.part == "house_number" and not place.matches for place in places) is differs


@pytest.mark.parametrize(("text", "seen"), [("No. 1Z99****6784", 1), ("1Z99****6785", 0), ("****84", 0), (TRACKING, 0)])
def test_own_number_partly_hidden(facts_of, text, seen):
    assert len(facts_of(text).masked_numbers) == seen


@pytest.mark.parametrize(
    ("text", "chat"),
    [
        ("按住 说话", "wechat"),
        ("last seen today at 14:22", "whatsapp"),
        ("既読 14:22", "line"),
        ("Where is my parcel?", "none"),
    ],
)
def test_chat_programs_by_what_only_they_write(facts_of, text, chat):
    assert facts_of(text).context.chat == chat


@pytest.mark.parametrize(
    ("lines", "chat"),
    [
        (("https://sellercentral.amazon.com/messaging", "Add me on WhatsApp"), "on_platform"),
        (("https://notamazon.com/messaging", "hello"), "none"),
        (("", "", "", "", "I will open a claim on Amazon", "按住 说话"), "wechat"),
        (("", "", "", "", "Mein Paket von Amazon?", "Zuletzt online heute um 14:22"), "whatsapp"),
        (("", "", "", "", "买家消息", "包裹在哪里"), "on_platform"),
    ],
)
def test_whose_message_page_it_is(page_facts, lines, chat):
    assert page_facts("\n".join(lines)).context.chat == chat


def test_who_wrote_when(page_facts):
    case = make_case(buyer={"name": "Jane Roe"}, files=[{"name": "a.png", "kind": "messages"}])
    facts = page_facts(
        """
J. Roe (buyer) | Nov 13, 2026, 8:05 AM
Where is my parcel?
Northlake (you) | Nov 13, 2026, 9:30 AM
It was delivered. Please look again on Nov 14, 2026, 8:00 AM
""",
        case=case,
    )
    assert [(m.who, m.name, m.at) for m in facts.messages] == [
        ("buyer", "J. Roe", "2026-11-13T08:05:00"),
        ("seller", "Northlake", "2026-11-13T09:30:00"),
    ]
    assert facts.messages[1].text == "It was delivered. Please look again on Nov 14, 2026, 8:00 AM"


@pytest.mark.parametrize(
    ("address", "page", "other"),
    [
        (
            {"lines": ["Lindenstraße 12"], "city": "Berlin", "postal_code": "10969", "country": "DE"},
            "20095 Hamburg",
            "20095",
        ),
        (
            {"lines": ["12 rue des Lilas"], "city": "Paris", "postal_code": "75011", "country": "FR"},
            "75011 Paris",
            None,
        ),
        (
            {"lines": ["1-2-3"], "city": "渋谷区", "postal_code": "150-0001", "country": "JP"},
            "〒530-0001 大阪市",
            "530-0001",
        ),
        (
            {"lines": ["14 Albert Road"], "city": "Leeds", "postal_code": "LS1 4AP", "country": "GB"},
            "Leeds, LS2 9JT",
            "LS2 9JT",
        ),
        (
            {"lines": ["Rua Augusta 1200"], "city": "São Paulo", "postal_code": "01304-001", "country": "BR"},
            "20040-002 Rio",
            "20040-002",
        ),
    ],
)
def test_another_postcode_under_the_delivery_address(page_facts, address, page, other):
    facts = page_facts(f"Delivery address\n{page}", case=make_case(buyer={"ship_to": address}))
    assert [place.text for place in facts.places if not place.matches] == ([other] if other else [])
