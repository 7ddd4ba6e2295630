"""Pages that speak of parcels: steps and tabs state nothing, every row speaks of its own parcel, the last event is the fate."""

import pytest

from casefile.reading import Line, Reading, ReadPage
from evidence_packer.understand.interpret import interpret

from .conftest import ORDER, TRACKING, make_case

OTHER = "1Z88X1Y00312345677"
FOREIGN = "1Z12345E0205271677"
HEAD = f"Tracking number: {TRACKING}\n"


def asserted(facts):
    return {(one.says, one.to) for one in facts.states if one.asserts}


def fate(facts, of=TRACKING):
    return next(((one.state, one.to, one.unclear) for one in facts.fates if one.of == of), None)


STEP_BAR = (
    HEAD
    + """
^Delivery Attempted - No Access to Delivery Location

Label created | On the way | Out for delivery | Delivered

Nov 14, 2026, 11:05 AM | | Dallas, TX | Delivery Attempted - No Access to Delivery Location
Nov 13, 2026, 8:15 AM | | Dallas, TX | Out for Delivery
Nov 11, 2026, 10:46 AM | | Hodgkins, IL | Picked up by carrier
"""
)
UPRIGHT_BAR = (
    HEAD + "^On the way\n\n\nOrdered\nNovember 2, 2026\nShipped\nNovember 3, 2026\nOut for delivery\n\nDelivered\n"
)
DONE_BAR = (
    HEAD
    + """
Order created | Shipped | Out for delivery | Delivered
2026-11-01 09:00 | 2026-11-02 10:00 | 2026-11-05 08:00 | 2026-11-05 14:22
"""
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STEP_BAR, ("attempt_failed", None, False)),
        (UPRIGHT_BAR, ("in_transit", None, False)),
        (HEAD + "Delivered | Out for delivery | In transit | Label created", None),
        (HEAD + "All | In transit (3) | Delivered (12) | Returned (1)", None),
        (HEAD + "全部 | 待发货 | 运输中 | 已签收", None),
        (HEAD + "待派送 | 已签收", None),
        (HEAD + "Ordered\nShipped\nOut for delivery\nDelivered", None),
        (HEAD + "Delivered\nOut for delivery\nShipped\nOrdered", None),
        (
            HEAD + "Delivered: the parcel was delivered\nOut for delivery: the driver has it\nIn transit: on its way",
            None,
        ),
        (
            HEAD + "2026.11.02 14:22 | 강남역 | 배송완료\n2026.11.01 21:00 | 대전 | 간선상차",
            ("delivered", "unknown", False),
        ),
        (HEAD + "Delivered", ("delivered", "unknown", False)),
        (HEAD + "Status | Delivered, Front Porch", ("delivered", "safe_place", False)),
        (HEAD + "Delivered On | November 2, 2026 at 2:22 PM", ("delivered", "unknown", False)),
        (HEAD + "Estimated delivery | November 12, 2026\nIn transit", ("in_transit", None, False)),
        (HEAD + "If your package\nwas delivered but you cannot find it", None),
        (HEAD + "We will let you know as soon as your package has been\ndelivered to your address.", None),
    ],
)
def test_furniture_of_a_page_states_nothing(page_facts, text, expected):
    assert fate(page_facts(text)) == expected


def test_a_bar_whose_steps_print_their_hour_tells_what_happened(page_facts):
    facts = page_facts(DONE_BAR)
    assert fate(facts) == ("delivered", "unknown", False)
    assert [one.at for one in facts.events if one.status == "delivered"] == ["2026-11-05T14:22:00"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Delivered | Nov 2, 2026 2:22 PM\nOut for delivery | Nov 2, 2026 8:00 AM", ("delivered", "unknown", False)),
        ("Returned to sender | Nov 9, 2026 2:22 PM\nDelivered | Nov 2, 2026 2:22 PM", ("returned", "sender", False)),
        ("Delivered | Nov 3, 2026 2:22 PM\nDelivery attempted | Nov 2, 2026 2:22 PM", ("delivered", "unknown", False)),
        ("Delivery attempted | Nov 3, 2026 2:22 PM\nDelivered | Nov 2, 2026 2:22 PM", ("attempt_failed", None, False)),
        ("Declared lost | Nov 9, 2026 9:00 AM\nIn transit | Nov 3, 2026 9:00 AM", ("lost", None, False)),
        ("Delivered to Agent | Nov 2, 2026 2:22 PM\nIn transit | Nov 1, 2026 9:00 AM", ("delivered", "agent", False)),
        ("Delivered to local carrier | Nov 2, 2026 2:22 PM", ("in_transit", "facility", False)),
        ("Delivered to UPS Access Point | Nov 2, 2026 2:22 PM", ("available_for_pickup", "pickup_point", False)),
        ("In transit | Nov 5, 2026 9:00 AM\nDelivered | Nov 2, 2026 2:22 PM", ("delivered", "unknown", True)),
    ],
)
def test_the_last_decisive_event_is_the_fate(page_facts, rows, expected):
    assert fate(page_facts(HEAD + rows)) == expected


def test_a_headline_at_odds_with_the_last_event_is_unclear(page_facts):
    facts = page_facts(
        HEAD + "^Delivered\n\nDelivery attempted | Nov 3, 2026 2:22 PM\nIn transit | Nov 2, 2026 9:00 AM"
    )
    assert fate(facts) == ("attempt_failed", None, True)
    assert "delivered" not in {seen.status for seen in facts.statuses}


def test_the_place_that_any_statement_names_is_told(page_facts):
    facts = page_facts(
        HEAD + "Status | Delivered to UPS Access Point, customer picked up\nDelivered | Nov 2, 2026 2:22 PM"
    )
    assert fate(facts) == ("delivered", "pickup_point", False)


def test_a_headline_takes_no_date_of_the_list_below_it(page_facts):
    rows = "Package lost\nSep 14, 2026 1:20 PM\n\nDeparted from facility\nSep 14, 2026 5:32 AM\n\n"
    facts = page_facts(HEAD + "^Package delivered\n\nShipment progress\n" + rows)
    assert fate(facts) == ("lost", None, True)


def test_a_headline_right_above_a_list_takes_no_date_of_it(page_facts):
    rows = "Zzyzx quuxly\nSep 14, 2026 1:20 PM\n\nOut for delivery\nSep 14, 2026 5:32 AM\n\nIn transit\nSep 13, 2026 5:32 AM"
    state, _, unclear = fate(page_facts(HEAD + "^Delivered\n" + rows))
    assert (state, unclear) != ("delivered", False)


def test_what_two_sides_write_to_each_other_is_no_event(page_facts):
    case = make_case(buyer={"name": "J. Whitfield"}, seller={"store": "Northlake Home"})
    rows = "J. Whitfield\nNov 3, 2026 8:05 AM\nDelivered\n\nNorthlake Home\nNov 3, 2026 9:05 AM\nDelivered\n\nJ. Whitfield\nThanks"
    assert page_facts(rows, case=case).fates == ()


def test_a_date_belongs_to_the_words_that_stand_close_to_it(page_facts):
    rows = (
        "Nov 5, 2026 12:12 PM\nZzyzx quuxly\n\nNov 4, 2026 2:45 AM\nOut for delivery\n\nNov 3, 2026 4:08 PM\nIn transit"
    )
    facts = page_facts(HEAD + "Delivered\n\n" + rows)
    dated = {one.says: one.at for one in facts.states if one.at}
    assert dated == {"out_for_delivery": "2026-11-04T02:45:00", "in_transit": "2026-11-03T16:08:00"}


def test_an_upright_bar_above_a_list_has_no_date_of_it(page_facts):
    bar = "Ordered\nShipped\nIn transit\nOut for delivery\nDelivered\n\nHistory\n"
    facts = page_facts(HEAD + bar + "In transit\nNov 3, 2026 9:00 AM\n\nAccepted at facility\nNov 2, 2026 9:00 AM")
    assert fate(facts) == ("in_transit", None, False)


def test_a_list_of_orders_speaks_of_the_own_order_only(page_facts):
    rows = f"{ORDER} | | Nov 3, 2026 | In transit\n111-9876543-1234567 | | Nov 4, 2026 | Delivered"
    assert fate(page_facts(rows), None) == ("in_transit", None, False)


TWO = make_case(parcels=[{"tracking_number": TRACKING, "carrier": "ups"}, {"tracking_number": OTHER, "carrier": "ups"}])


@pytest.mark.parametrize(
    "text",
    [
        f"{TRACKING} | | Delivered | Nov 2, 2026 2:22 PM\n{OTHER} | | Delivery attempted | Nov 3, 2026 9:00 AM",
        f"{TRACKING}\nDelivered\nNov 2, 2026 2:22 PM\n\n\n{OTHER}\nDelivery attempted\nNov 3, 2026 9:00 AM",
    ],
)
def test_each_row_and_section_speaks_of_its_own_parcel(page_facts, text):
    facts = page_facts(text, case=TWO)
    assert fate(facts) == ("delivered", "unknown", False)
    assert fate(facts, OTHER) == ("attempt_failed", None, False)


def test_what_is_said_of_another_parcel_is_not_said_of_ours(page_facts):
    facts = page_facts(f"{TRACKING} | | In transit\n{FOREIGN} | | Delivered")
    assert fate(facts) == ("in_transit", None, False)
    assert {seen.status for seen in facts.statuses} == {"in_transit"}


def test_what_people_write_about_a_parcel_is_no_event(page_facts):
    case = make_case(files=[{"name": "a.png", "kind": "messages"}])
    facts = page_facts(HEAD + "Your package was delivered", case=case)
    assert {one.voice for one in facts.states} == {"message"}
    assert (facts.fates, facts.statuses) == ((), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Signed for by | J DOE", {"signed"}),
        ("Signed for by: J DOE", {"signed"}),
        ("Signed for by: -", set()),
        ("Received by | Driver release, no signature required", set()),
        ("Signed by: Signature not required", set()),
        ("Signed by | N/A", set()),
        ("Signed by | A. Giannone", {"signed"}),
        ("签收人：无需签名", set()),
        ("签收人：本人", {"signed"}),
        ("Received by carrier", {"accepted"}),
    ],
)
def test_a_signature_needs_its_signer(page_facts, text, expected):
    assert {seen.status for seen in page_facts(HEAD + text).statuses} == expected


def test_a_statement_says_where_its_words_stand(page_facts):
    (one,) = page_facts(HEAD + "Delivered, Front Door/Porch").states
    assert (one.says, one.voice, one.span.text, one.about.id) == ("delivered", "headline", "Delivered", TRACKING)


def test_a_list_of_orders_speaks_in_each_row_of_its_own_order(page_facts):
    rows = """Order | Date | Status
261109H6WEASG4 | 2026-09-08 | Delivered
261106GB406DKK | 2026-10-01 | Delivery attempted
261109UPYKRBW6 | 2026-10-16 | Delivered"""
    facts = page_facts(rows, case=make_case(order={"id": "261106GB406DKK"}, parcels=[]))
    assert [one.says for one in facts.states if one.about and one.about.id == "261106GB406DKK"] == ["attempt_failed"]
    assert not any(one.state == "delivered" for one in facts.fates)


def test_a_number_at_the_top_heads_its_section_unless_it_stands_in_the_address(page_facts):
    first, second = "1Z88X1Y00312345677", "1Z999AA10123456784"
    parcels = [{"carrier": "ups", "tracking_number": one} for one in (first, second)]
    text = f"{first}\nDelivered\nNov 2, 2026 2:22 PM\n\n{second}\nDelivery attempted\nNov 3, 2026 1:00 PM"
    found = {one.of: one.state for one in page_facts(text, case=make_case(parcels=parcels)).fates}
    assert found == {first: "delivered", second: "attempt_failed"}


def test_of_a_day_that_heads_a_row_the_row_of_its_clock_counts(page_facts):
    facts = page_facts(
        """
        Numero di tracking
        1Z999AA10123456784
        17 ott 2026
        03.07 | Consegnato in luogo sicuro
        15 ott 2026
        19.58 | Uscita per la consegna
        12 ott 2026
        23.20 | Accettata in ufficio postale
        """
    )
    told = {one.says: one.at for one in facts.states if one.asserts}
    assert told == {
        "delivered": "2026-10-17T03:07:00", "out_for_delivery": "2026-10-15T19:58:00", "accepted": "2026-10-12T23:20:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("Received By: Driver release, no signature required", False),
        ("Received By | Driver release, no signature required", False),
        ("Signed by: Signature waived", False),
        ("Signature: Not required", False),
        ("签收人：无需签名", False),
        ("Unterschrieben von: ohne Unterschrift", False),
        ("Signé par : signature non requise", False),
        ("受領者：サイン不要", False),
        ("Signed by: J SMITH", True),
        ("Received By: D WHITMORE", True),
        ("签收人：李四", True),
        ("Unterschrieben von: Nonnenmacher", True),
    ],
)
def test_who_did_not_sign_signed_nothing(page_facts, line, signed):
    facts = page_facts(f"{HEAD}Delivered\nNov 2, 2026 2:22 PM\n{line}")
    assert any(one.says == "signed" and one.asserts for one in facts.states) is signed


def test_of_a_day_above_its_clock_beside_words_of_two_lines_the_row_of_the_day_counts(page_facts):
    facts = page_facts(
        """
        Tracking Number
        1Z999AA10123456784
        September 9, 2026 | | Delivered, Garage or Other
        12:33 PM | | Door
        September 8, 2026 | | Arrived at USPS Regional
        7:56 AM | | Facility
        September 6, 2026 | | We have your package
        10:37 PM
        September 5, 2026 | | Shipping Label Created
        4:53 PM
        """
    )
    told = {one.says: one.at for one in facts.states if one.asserts and one.at}
    assert told == {
        "delivered": "2026-09-09T12:33:00", "in_transit": "2026-09-08T07:56:00", "accepted": "2026-09-06T22:37:00",
        "info_received": "2026-09-05T16:53:00",
    }  # fmt: skip


def test_the_menu_of_a_page_states_nothing(page_facts):
    facts = page_facts(f"Track | Ship | Support | Returned | Sign in\n{HEAD}Delivered\nNov 2, 2026 2:22 PM")
    assert [one.says for one in facts.states if one.asserts] == ["delivered"]


def test_a_portuguese_preposition_is_no_half_of_the_day(page_facts):
    facts = page_facts(f"{HEAD}16 de setembro de 2026 04:00 Em rota de entrega")
    assert [one.at for one in facts.timestamps] == ["2026-09-16T04:00:00"]


@pytest.mark.parametrize("label", ["Tracking number: ", "Kunglauaqnuwaq: ", ""])
def test_what_stands_below_a_number_that_was_read_badly_is_said_of_another_parcel(page_facts, label):
    text = f"{HEAD}Delayed\nNov 2, 2026 2:22 PM\n\n\n{label}{OTHER}\nDelivered, in the mailbox\nNov 3, 2026 9:00 AM"
    bad = text.replace(OTHER, OTHER.replace("77", "7S"))
    for page in (text, bad):
        assert fate(page_facts(page)) == ("exception", None, False)


def test_steps_of_a_tilted_photograph_are_steps(page_facts):
    text = HEAD + "^Out for delivery\n\nPreparing | Shipped | In transit | Out for delivery | Delivered\n"
    facts = page_facts(text + "10/09/2026 | 10/10/2026 | 10/11/2026 | | 10/14/2026")
    assert fate(facts) == ("out_for_delivery", None, False)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(0.0005, 0.3, None), (0.05, 0.3, ("delivered", "unknown", False)), (0.7, 0.9995, None)],
)
def test_words_that_the_edge_of_a_picture_cuts_state_nothing(house, left, right, expected):
    rows = [(f"Tracking number: {TRACKING}", 0.05, 0.6), ("delivered", left, right)]
    lines = tuple(
        Line(text=text, box=(x0, 0.2 + 0.1 * place, x1, 0.23 + 0.1 * place), score=0.98)
        for place, (text, x0, x1) in enumerate(rows)
    )
    page = ReadPage(number=1, width=1000, height=600, lines=lines, text_source="ocr")
    reading = Reading(sha256="0" * 64, media_type="image/png", pages=(page,))
    facts = interpret("a.png", reading, 1000, make_case(files=[{"name": "a.png", "kind": "tracking"}]), house)
    assert fate(facts) == expected


@pytest.mark.parametrize(
    ("cover", "says"),
    [
        ([0.02, 0.128, 0.045, 0.152], False),  # right before the word
        ([0.02, 0.128, 0.06, 0.152], False),  # over its beginning
        ([0.5, 0.128, 0.7, 0.152], True),  # behind it: an address
        ([0.02, 0.2, 0.045, 0.23], True),  # in another row
    ],
)
def test_a_state_right_behind_what_is_burnt_out_says_nothing(page_facts, cover, says):
    case = make_case(files=[{"name": "a.png", "redact": [{"page": 1, "box": cover}]}])
    facts = page_facts(f"{HEAD}Delivered Nov 2, 2026 2:22 PM", case)
    assert (("delivered", "unknown") in asserted(facts)) is says


@pytest.mark.parametrize(
    ("above", "says"),
    [
        *(
            ("Not", False),
            ("Not yet", False),
            ("Nicht", False),
            ("Ännu inte", False),
            ("尚未", False),
            ("To be", False),
        ),
        *(("Status", True), ("Your parcel", True), ("UPS", True)),
    ],
)
def test_a_heading_that_is_broken_behind_its_denial_says_nothing(page_facts, above, says):
    last = {"Nicht": "Zugestellt", "Ännu inte": "Levererat", "尚未": "已签收"}.get(above, "Delivered")
    facts = page_facts(f"{HEAD}\n{above}\n{last}")
    assert bool({one for one in asserted(facts) if one[0] == "delivered"}) is says
