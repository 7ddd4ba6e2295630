"""What the evidence fills in of a case: adopted where a page decides, asked where it does not, never what only a person may say."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from casefile.as_printed import is_day_alone
from casefile.case import Case
from casefile.completion_rules import Completion
from casefile.facts import FieldSeen, MessageSeen, PageContext, PlacedText, TimestampSeen
from casefile.fields.files import FileEntry
from casefile.parse import parse_case
from casefile.promptness import before, not_after
from casefile.reading import Receipt
from casefile.statement import About, Fate, Span, Statement
from evidence_packer.understand.claim_pages import with_claims
from evidence_packer.understand.completion import with_facts
from evidence_packer.understand.parcel_numbers import with_numbers
from evidence_packer.understand.postal import address
from evidence_packer.understand.site_seen import with_site
from letters.language_formatter import LanguageFormatter
from letters.zones import plainly
from tests.evidence_packer.conftest import BOX, ORDER, TRACKING, file, order_id, tracking_number

ZONE = ZoneInfo("America/Los_Angeles")
OTHER = "9400111899223197428490"


def bare(**changes):
    body = {"platform": "amazon", "site": "US", "procedure": "a_to_z_response", "reason": "item_not_received"}
    return parse_case({**body, "order": {"id": ORDER}, **changes})


def number(value=TRACKING, **changes):
    return tracking_number(value, matches=False, **changes)


def field(name, value, currency=None):
    return FieldSeen(name=name, value=value, currency=currency, box=BOX, page=1)


def order_page(*fields, name="order.png", **more):
    return file(name, "order_page", order_ids=(order_id(),), fields=fields, **more)


def state(says, at=None, *, of=TRACKING, voice="event", name="tracking.png"):
    span = Span(file=name, page=1, box=BOX, text=says)
    return Statement(says=says, voice=voice, at=at, about=About(what="parcel", id=of) if of else None, span=span)


def tracking(*states, numbers=(TRACKING,), fate="delivered", name="tracking.png"):
    fates = (Fate(of=numbers[0], state=fate, decided_by=states[-1]),) if states else ()
    seen = tuple(tracking_number(one) for one in numbers)
    return file(name, "tracking", tracking_numbers=seen, states=states, fates=fates)


def told(completed):
    return {(one.pointer, one.state): one.value for one in completed.filled}


PARCEL = "/parcels/0/tracking_number"


@pytest.mark.parametrize(
    ("pages", "state_", "value"),
    [
        ([order_page(tracking_numbers=(number(),))], "adopted", TRACKING),
        ([order_page(tracking_numbers=(number("1Z 999 AA1 01 2345 6784"),))], "adopted", TRACKING),
        ([file("t.png", "tracking", tracking_numbers=(number(),))], "adopted", TRACKING),
        ([file("t.png", "tracking", tracking_numbers=(number(), number(OTHER)))], "asked", ""),
        ([file("t.png", "tracking", tracking_numbers=(number(),)),
          file("x.png", "order_page", order_ids=(order_id("111-1111111-1111111", matches=False),),
               tracking_numbers=(number(),))], None, None),
        ([file("t.png", "tracking", tracking_numbers=(number(near=TRACKING),))], None, None),
        ([tracking(state("returned", "2026-11-09"), fate="returned")], None, None),
        ([file("l.png", "listing", tracking_numbers=(number(),))], None, None),
        ([], None, None),
    ],
)  # fmt: skip
def test_the_parcel_is_the_one_that_a_page_of_the_order_names_or_the_only_one(house, pages, state_, value):
    found = with_numbers(bare(), pages, house)
    number_of = {one.state: one.value for one in found.filled if one.pointer == PARCEL}
    assert number_of == ({state_: value} if state_ else {})
    assert [parcel.tracking_number for parcel in found.case.parcels] == ([TRACKING] if state_ == "adopted" else [])


def test_two_numbers_on_the_page_of_the_order_are_two_parcels(house):
    page = order_page(tracking_numbers=(number(), number(OTHER)))
    found = with_numbers(bare(), [page], house)
    assert [parcel.tracking_number for parcel in found.case.parcels] == [TRACKING, OTHER]


def test_a_typed_number_stays(house):
    case = bare(parcels=[{"tracking_number": OTHER}])
    assert with_numbers(case, [order_page(tracking_numbers=(number(),))], house).case == case


def test_what_the_order_page_states_is_adopted_with_its_place(house):
    page = order_page(field("order_date", "2026-10-28T09:12:00-07:00"), field("total", "37.48", "USD"))
    found = with_facts(bare(), [page], house, ZONE)
    assert found.case.order.placed_at == dt.datetime.fromisoformat("2026-10-28T09:12:00-07:00")
    assert (found.case.order.total.amount, found.case.order.total.currency) == (Decimal("37.48"), "USD")
    assert {one.at[0].file for one in found.filled} == {"order.png"}


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        # the currency is not on the page: nobody takes that of the site
        ([order_page(field("total", "37.48"))], {}),
        # two order pages at odds
        ([order_page(field("total", "37.48", "USD")), order_page(field("total", "39.48", "USD"), name="b.png")],
         {("/order/total", "asked"): ""}),
        # an invoice does not decide alone, two papers that agree do
        ([file("i.pdf", "invoice", order_ids=(order_id(),), fields=(field("total", "37.48", "USD"),))],
         {("/order/total", "asked"): ""}),
        ([file("i.pdf", "invoice", order_ids=(order_id(),), fields=(field("total", "37.48", "USD"),)),
          file("j.pdf", "invoice", order_ids=(order_id(),), fields=(field("total", "37.48", "USD"),))],
         {("/order/total", "adopted"): "37.48 USD"}),
        # a page of another order says nothing about ours
        ([file("o.png", "order_page", order_ids=(order_id("111-1111111-1111111", matches=False),),
               fields=(field("total", "37.48", "USD"),))], {}),
        # a masked name is no name, a masked address no address
        *(([order_page(field("recipient", name))], {}) for name in
          ("J** W*******", "J●● W●●●●●●●", "Jxxx Wxxxxx", "王•••", "J… W…", "J00 W0000", "佐○ 由○", "王XX", "李某某", "Jo## W###")),
        ([order_page(field("address", "••• Elm Ridge Ave\nColumbus, OH 43215"))], {}),
        # names and goods in which such signs are their own
        *(([order_page(field("recipient", name))], {("/buyer/name", "adopted"): name}) for name in ("Jamie Foxx", "Max X. Lee")),
        ([order_page(field("item", "Cable 2*1 m"))], {("/order/items/0/name", "adopted"): "Cable 2*1 m"}),
    ],
)  # fmt: skip
def test_what_no_page_decides_is_asked_or_left(house, pages, expected):
    assert told(with_facts(bare(), pages, house, ZONE)) == expected


def test_a_typed_value_wins_and_is_told_as_typed_where_the_page_agrees(house):
    case = bare(order={"id": ORDER, "total": {"amount": "37.48", "currency": "USD"}})
    same = with_facts(case, [order_page(field("total", "37.48", "USD"))], house, ZONE)
    assert (same.case, told(same)) == (case, {("/order/total", "typed"): "37.48 USD"})
    other = with_facts(case, [order_page(field("total", "12.00", "USD"))], house, ZONE)
    assert (other.case, other.filled) == (case, ())


def with_parcel(*numbers):
    return bare(parcels=[{"tracking_number": one} for one in numbers or (TRACKING,)])


DELIVERED = "2026-11-02T14:22:00"


@pytest.mark.parametrize(
    ("pages", "delivered"),
    [
        ([tracking(state("accepted", "2026-10-30T10:00:00"), state("delivered", DELIVERED))], True),
        # a step bar, an unclear end, a later return, an undated word
        ([tracking(state("delivered", DELIVERED, voice="step"))], False),
        ([tracking(state("delivered", DELIVERED), state("returning", "2026-11-04"), fate="returning")], False),
        ([tracking(state("delivered"))], False),
        # another parcel's row
        ([tracking(state("delivered", DELIVERED, of=OTHER), numbers=(OTHER,))], False),
        # several parcels on a page and a row that names none
        ([tracking(state("delivered", DELIVERED, of=None), numbers=(TRACKING, OTHER))], False),
    ],
)
def test_the_carriers_page_fills_the_delivery_of_its_own_parcel(house, pages, delivered):
    parcel = with_facts(with_parcel(), pages, house, ZONE).case.parcels[0]
    assert (parcel.delivered_at is not None) is delivered


def test_each_parcel_has_its_own_dates(house):
    pages = [
        tracking(state("delivered", DELIVERED), name="a.png"),
        tracking(state("delivered", "2026-11-05T09:00:00", of=OTHER), numbers=(OTHER,), name="b.png"),
    ]
    found = with_facts(with_parcel(TRACKING, OTHER), pages, house, ZONE).case
    assert [str(parcel.delivered_at)[:10] for parcel in found.parcels] == ["2026-11-02", "2026-11-05"]


@pytest.mark.parametrize(
    ("other", "filled"),
    [
        ("2026-11-02T14:22:00-05:00", "2026-11-02T14:22:00-05:00"),  # the same clock, and its zone
        ("2026-11-02", "2026-11-02T14:22:00"),
        ("2026-11-02T15:40:00", None),
    ],
)
def test_of_two_pages_the_fuller_one_is_taken_and_two_clocks_are_asked(house, other, filled):
    pages = [tracking(state("delivered", DELIVERED)), tracking(state("delivered", other), name="b.png")]
    found = told(with_facts(with_parcel(), pages, house, ZONE))
    assert found.get(("/parcels/0/delivered_at", "adopted")) == filled
    assert (("/parcels/0/delivered_at", "asked") in found) is (filled is None)


def test_a_day_without_an_hour_stays_a_day(house):
    found = with_facts(with_parcel(), [tracking(state("delivered", "2026-11-02"))], house, ZONE)
    at = found.case.parcels[0].delivered_at
    assert is_day_alone(at)
    assert str(at.date()) == "2026-11-02"
    assert told(found)["/parcels/0/delivered_at", "adopted"] == "2026-11-02"


def message(who, text, at=None):
    return MessageSeen(who=who, name=None, at=at, box=BOX, page=1, text=text)


def test_messages_become_contacts_with_their_words(house):
    said = (message("buyer", "Where is my parcel?", "2026-11-10T08:00:00"), message("seller", "It arrived."))
    page = file("m.png", "messages", order_ids=(order_id(),), messages=(*said, message("unknown", "Type here")))
    contacts = with_facts(bare(), [page], house, ZONE).case.contacts
    assert [(one.from_, one.text, one.at is None) for one in contacts] == [
        ("buyer", "Where is my parcel?", False), ("seller", "It arrived.", True),
    ]  # fmt: skip
    assert all(one.files == ("m.png",) for one in contacts)
    typed = bare(contacts=[{"from": "buyer", "text": "Hello"}])
    assert with_facts(typed, [page], house, ZONE).case == typed


def test_of_an_own_long_message_whole_sentences_are_told_and_a_buyers_words_are_never_cut(house):
    long = (
        "Thank you for writing. UPS shows it as delivered on November 2, 2026 at 2:22 PM, left at the front porch. " * 2
    )
    page = file(
        "m.png", "messages", order_ids=(order_id(),), messages=(message("buyer", long), message("seller", long))
    )
    buyer, seller = with_facts(bare(), [page], house, ZONE).case.contacts
    assert buyer.text == long.strip()
    assert seller.text == long[: len(long) // 2].strip() + " Thank you for writing."


def test_of_a_long_conversation_the_question_the_answers_and_the_end_are_kept(house):
    said = (
        message("buyer", "Where is it?"), message("seller", "It was delivered."), message("buyer", "Not here."),
        message("seller", "Please look again."), message("seller", "The carrier confirms it."),
        replace(message("buyer", "Got it, thanks"), intents=("confirms_receipt",)), message("buyer", "Bye"),
    )  # fmt: skip
    page = file("m.png", "messages", order_ids=(order_id(),), messages=said)
    contacts = with_facts(bare(), [page], house, ZONE).case.contacts
    kept = ["Where is it?", "It was delivered.", "The carrier confirms it.", "Got it, thanks"]
    assert [one.text for one in contacts] == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("418 Elm Ridge Ave, Columbus, OH 43215", ("418 Elm Ridge Ave", "Columbus", "43215", "US")),
        ("12 High St\nLeeds LS1 4AP", ("12 High St", "Leeds", "LS1 4AP", "GB")),
        ("Lange Str. 5\n50667 Köln", ("Lange Str. 5", "Köln", "50667", None)),
        ("55 Bloor St W\nToronto, ON M4W 1A5", ("55 Bloor St W", "Toronto", "M4W 1A5", "CA")),
        ("新加坡, 569933", (None, "新加坡", "569933", "SG")),
        ("〒150-0001 東京都渋谷区神宮前1-2-3", (None, None, "150-0001", "JP")),
        ("Rua das Flores, 10\nSão Paulo - SP, 01310-100", ("Rua das Flores, 10", "São Paulo", "01310-100", "BR")),
        ("Damrak 1\n1012 LG Amsterdam", ("Damrak 1", "Amsterdam", "1012 LG", "NL")),
        ("ul. Marszałkowska 5\n00-590 Warszawa", ("ul. Marszałkowska 5", "Warszawa", "00-590", "PL")),
        ("Mariahilfer Str. 1\n1060 Wien\nÖsterreich", ("Mariahilfer Str. 1", "Wien", "1060", "AT")),
        ("19 Harbor View Ct, Norfolk, Virginia 23503, United States", ("19 Harbor View Ct", "Norfolk", "23503", "US")),
        (
            "3302 W Fullerton Ave, Chicago, Ilinois, 60647, United States",
            ("3302 W Fullerton Ave", "Chicago", "60647", "US"),
        ),
        ("1200 Main Street", None),
        ("1200 Main Street, Unit 55", None),
        ("Response time 1 hour 25 minutes", None),
        ("Order 112-4829307-7716253", None),
    ],
)
def test_addresses_are_taken_apart_where_town_and_postcode_are_told(text, expected):
    found = address(text)
    if expected is None:
        assert found is None
        return
    assert found is not None
    lines = found.get("lines") or [None]
    assert (lines[0], found.get("city"), found["postal_code"], found.get("country")) == expected


def test_an_address_goes_on_in_the_lines_under_it(house):
    below = (
        PlacedText(text="418 Elm Ridge Ave", box=BOX),
        PlacedText(text="Columbus, OH 43215", box=(0.1, 0.125, 0.4, 0.145)),
        PlacedText(text="United States", box=(0.1, 0.15, 0.4, 0.17)),
    )
    page = order_page(field("address", "418 Elm Ridge Ave"), texts=below)
    ship_to = with_facts(bare(), [page], house, ZONE).case.buyer.ship_to
    assert (ship_to.lines, ship_to.city, ship_to.postal_code) == (("418 Elm Ridge Ave",), "Columbus", "43215")


def test_nothing_is_filled_that_only_a_person_may_say(house):
    rules = house.practice.completion
    with pytest.raises(ValueError, match="never filled"):
        Completion.model_validate(
            rules.model_dump()
            | {"fills": [rules.fills[0].model_dump() | {"pointer": "/root_causes/0/text"}]}
        )  # fmt: skip
    assert {"/stance", "/root_causes", "/preventions", "/confirmations"} <= set(rules.never)


def test_every_filled_pointer_is_a_field_of_the_case(house):
    for rule in house.practice.completion.fills:
        assert rule.pointer.split("/")[1] in {f.alias or name for name, f in Case.model_fields.items()}


DAY = "2026-10-29T12:00:00.000001-07:00"


@pytest.mark.parametrize(
    ("moment", "limit", "within", "earlier"),
    [
        (DAY, "2026-10-29T08:00:00-07:00", True, False),
        ("2026-10-29T23:00:00-07:00", DAY, True, False),
        ("2026-10-28T23:00:00-07:00", DAY, True, True),
        ("2026-10-30T00:10:00-07:00", DAY, False, False),
        ("2026-10-29T09:00:00-07:00", "2026-10-29T08:00:00-07:00", False, False),
        ("2026-10-29T08:00:00-07:00", "2026-10-29T08:00:00-07:00", True, False),
    ],
)
def test_days_without_an_hour_are_compared_as_days(moment, limit, within, earlier):
    one, other = dt.datetime.fromisoformat(moment), dt.datetime.fromisoformat(limit)
    assert (not_after(one, other), before(one, other)) == (within, earlier)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "2 November 2026, 14:22"), ("de", "2. November 2026 um 14:22 Uhr"), ("zh-Hans", "2026年11月2日 14:22")],
)
def test_a_clock_without_a_zone_is_told_without_one(house, language, said):
    found = with_facts(with_parcel(), [tracking(state("delivered", DELIVERED))], house, ZONE).case
    say = LanguageFormatter(catalog=house.catalogs.of(language), language=language)
    assert plainly(say.moment(found.parcels[0].delivered_at)) == said


def labelled(value, name="order.png", kind="order_page", **more):
    return file(name, kind, order_ids=(order_id(),), fields=(field("tracking_number", value),), **more)


@pytest.mark.parametrize(
    ("pages", "numbers"),
    [
        # a number of a carrier that nobody knows, by its label
        ([labelled("0034 0434 1234 5678 9012")], ["00340434123456789012"]),
        ([labelled("XK20261102998877")], ["XK20261102998877"]),
        # one that a carrier's check digit denies is a slip, and so is the order's own number
        ([labelled("1Z999AA10123458784")], []),
        ([labelled(ORDER)], []),
        # the carrier's page confirms it
        ([labelled("XK20261102998877"), file("t.png", "tracking", fields=(field("tracking_number", "XK2026 1102 998877"),))],
         ["XK20261102998877"]),
    ],
)  # fmt: skip
def test_a_number_is_known_by_its_label_too(house, pages, numbers):
    found = with_numbers(bare(), pages, house)
    assert [parcel.tracking_number for parcel in found.case.parcels] == numbers


@pytest.mark.parametrize("name", ["Edelstahl-Trinkflasche, 750 ml", "A T-shirt, blue", "2026-11-02 calendar"])
def test_goods_may_be_called_anything(house, name):
    pages = [order_page(field("item", name)), order_page(field("item", name), name="b.png")]
    assert with_facts(bare(), pages, house, ZONE).case.order.items[0].name == name


@pytest.mark.parametrize(
    ("first", "earlier", "adopted"),
    [
        ("accepted", "2026-10-29T09:00:00", True),  # before the carrier took it, it did nothing with it
        ("in_transit", "2026-10-29T09:00:00", False),  # an earlier line that was not understood may be the first scan
        ("in_transit", None, True),
        ("in_transit", "2026-11-20T09:00:00", True),
    ],
)
def test_a_first_scan_is_none_that_another_may_precede(house, first, earlier, adopted):
    states = (state(first, "2026-10-30T10:00:00"), state("delivered", DELIVERED))
    times = (TimestampSeen(text="x", at=earlier, ambiguous=False, box=BOX, page=1, has_time=True),) if earlier else ()
    page = replace(tracking(*states), timestamps=times)
    found = told(with_facts(with_parcel(), [page], house, ZONE))
    assert (("/parcels/0/first_scan_at", "adopted") in found) is adopted
    assert (("/parcels/0/first_scan_at", "asked") in found) is not adopted


def test_a_dispatch_is_that_of_the_sellers_record_else_the_day_on_which_the_carrier_took_it(house):
    scanned = tracking(state("accepted", "2026-10-29T20:05:00"), state("delivered", DELIVERED))
    record = file(
        "erp.pdf", "erp_record", order_ids=(order_id(),), fields=(field("shipped_at", "2026-10-29T16:40:00"),)
    )
    alone = told(with_facts(with_parcel(), [scanned], house, ZONE))
    assert alone["/parcels/0/dispatched_at", "adopted"] == "2026-10-29"
    both = told(with_facts(with_parcel(), [scanned, record], house, ZONE))
    assert both["/parcels/0/dispatched_at", "adopted"] == "2026-10-29T16:40:00"


def sited(*fields, hosts=(), texts=()):
    lines = tuple(PlacedText(text=text, box=BOX) for text in (*hosts, *texts))
    return order_page(*fields, context=PageContext(hosts=tuple(hosts)), texts=lines)


@pytest.mark.parametrize(
    ("page", "site"),
    [
        (sited(field("total", "37.48", "GBP")), ("adopted", "GB")),
        (sited(field("total", "37.48", "EUR"), texts=("Bestellnummer", "Gesamtbetrag", "Deutschland")), ("adopted", "DE")),
        (sited(field("total", "37.48", "EUR"), hosts=("www.amazon.fr",)), ("adopted", "FR")),
        # euros alone: nobody guesses of which country
        (sited(field("total", "37.48", "EUR")), ("asked", "")),
        # a bare $ is taken for that of the default site, and so says nothing
        (sited(field("total", "37.48", "USD")), None),
        (sited(field("total", "37.48", "USD"), hosts=("sellercentral.amazon.com",)), ("adopted", "US")),
        (sited(hosts=("sellercentral-europe.amazon.com",)), None),
    ],
)  # fmt: skip
def test_the_site_is_that_of_the_pages(house, page, site):
    case = parse_case(
        {"platform": "amazon", "procedure": "a_to_z_response", "reason": "item_not_received", "order": {"id": ORDER}}
    )
    found = with_site(case, [page], house)
    assert [(one.state, one.value) for one in found.filled] == ([site] if site else [])
    assert found.case.site == (site[1] if site and site[0] == "adopted" else None)
    assert with_site(bare(), [page], house).filled == ()


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("Northlake stoneware mug, 350 ml, speckled sand glaze", True),
        ("Northlake stoneware mug, 500 ml, speckled sand glaze", False),
        ("Steel bottle, 750 ml", False),
    ],
)
def test_the_listing_is_quoted_where_it_is_headed_by_the_item_of_the_order(house, title, taken):
    case = bare(reason="not_as_described")
    texts = (PlacedText(text=title, box=(0.1, 0.1, 0.6, 0.15)), PlacedText(text="Price $18.99", box=BOX))
    pages = [order_page(field("item", "Stoneware mug, 350 ml, speckled sand")), file("l.png", "listing", texts=texts)]
    claim = with_facts(case, pages, house, ZONE).case.claim
    assert (claim.points[0].listing_says if claim else None) == (title if taken else None)
    assert with_facts(bare(), pages, house, ZONE).case.claim is None  # nobody asks for a listing there


CASE_PAGE = (
    f"Order ID: {ORDER}", "A-to-z Guarantee claim", "Claim ID: CL-20261118-88231", "Claim date: November 18, 2026",
    "Claim amount: $37.48", "Buyer comments: It never arrived.", "Respond by November 21, 2026, 3:10 PM PST",
)  # fmt: skip


def claimed(facts_of, *lines, name="case.png", kind="case_page", case=None):
    listed = (case or bare()).model_copy(update={"files": (FileEntry(name=name, kind=kind),)})
    return facts_of(*lines, case=listed, name=name)


def test_the_platforms_page_among_the_files_says_what_is_claimed(house, facts_of):
    found = with_claims(bare(), [claimed(facts_of, *CASE_PAGE)], house)
    assert {one.pointer: (one.state, one.value) for one in found.filled} == {
        "/claim/id": ("adopted", "CL-20261118-88231"), "/claim/opened_at": ("adopted", "2026-11-18"),
        "/claim/amount": ("adopted", "37.48 USD"), "/claim/statement": ("adopted", "It never arrived."),
        "/deadline/at": ("adopted", "2026-11-21T15:10"),
    }  # fmt: skip
    assert str(found.case.deadline.at) == "2026-11-21 15:10:00-08:00"
    assert {one.at[0].file for one in found.filled} == {"case.png"}


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        # a page of another order, a page that is the buyer's word, a page that names no order
        ([line.replace(ORDER, "111-1111111-1111111") for line in CASE_PAGE], "case_page"),
        (CASE_PAGE, "messages"),
        (CASE_PAGE[1:], "case_page"),
    ],
)
def test_no_other_page_says_what_is_claimed(house, facts_of, lines, kind):
    assert with_claims(bare(), [claimed(facts_of, *lines, kind=kind)], house).filled == ()


def test_two_pages_at_odds_are_asked_and_typed_values_stay(house, facts_of):
    other = [line.replace("37.48", "40.00") for line in CASE_PAGE]
    pages = [claimed(facts_of, *CASE_PAGE), claimed(facts_of, *other, name="b.png")]
    found = with_claims(bare(), pages, house)
    amount = next(one for one in found.filled if one.pointer == "/claim/amount")
    assert (amount.state, [one.value for one in amount.choices]) == ("asked", ["37.48 USD", "40.00 USD"])
    assert found.case.claim.amount is None
    typed = bare(claim={"amount": {"amount": "12.00", "currency": "USD"}})
    assert str(with_claims(typed, pages[:1], house).case.claim.amount.amount) == "12.00"


def _at(one, y):
    box = (0.3, y, 0.6, y + 0.02)
    return replace(one, span=replace(one.span, box=box))


def test_what_stands_in_the_entry_of_a_label_that_was_made_is_no_scan(house):
    announced = _at(state("info_received", "2026-11-04T20:02"), 0.5)
    promised, scanned = (
        _at(state("in_transit", "2026-11-04T20:02"), 0.53),
        _at(state("in_transit", "2026-11-05T18:33"), 0.4),
    )
    page = tracking(announced, promised, scanned, fate="in_transit")
    found = with_facts(bare(parcels=[{"tracking_number": TRACKING}]), [page], house, ZONE)
    assert told(found)[("/parcels/0/first_scan_at", "adopted")] == "2026-11-05T18:33"


@pytest.mark.parametrize(("days", "state_of"), [(1, "adopted"), (2, "asked")])
def test_a_day_that_two_lines_print_and_one_explains_may_be_the_first_scan(house, days, state_of):
    label, scan = state("info_received", "2026-10-28"), state("out_for_delivery", "2026-10-30")
    page = tracking(label, scan, fate="out_for_delivery")
    printed = tuple(
        TimestampSeen(text="28/10/2026", at="2026-10-28", ambiguous=False, box=BOX, page=1) for _ in range(days)
    )
    found = with_facts(bare(parcels=[{"tracking_number": TRACKING}]), [replace(page, timestamps=printed)], house, ZONE)
    assert ("/parcels/0/first_scan_at", state_of) in told(found)


def test_words_of_a_page_with_a_script_that_was_not_read_are_asked(house):
    receipt = Receipt(engine="rapidocr", read_share=0.9, score=0.9, unread_script="Hang")
    page = order_page(field("item", "극세사"), receipts=((1, receipt),))
    assert ("/order/items/0/name", "asked") in told(with_facts(bare(), [page], house, ZONE))


def test_the_heading_of_a_listing_names_the_item_where_the_order_prints_the_same_line(house):
    name = "Audífonos Bluetooth Inalámbricos Negro"
    line = PlacedText(text=name, box=BOX, page=1)
    listing = file("listing.png", "listing", texts=(line,))
    found = with_facts(bare(), [order_page(texts=(line,)), listing], house, ZONE)
    assert told(found)[("/order/items/0/name", "adopted")] == name
    assert ("/order/items/0/name", "adopted") not in told(with_facts(bare(), [order_page(), listing], house, ZONE))


@pytest.mark.parametrize(
    ("text", "city", "region"),
    [
        ("Via Mazzini 45\n40137 Bologna BO\nItalia", "Bologna", "BO"),
        ("Via Mazzini 45, 40137 Bologna (BO)", "Bologna", "BO"),
        ("5 rue X\n75001 Paris FR\nFrance", "Paris FR", None),
    ],
)
def test_the_province_behind_an_italian_town(text, city, region):
    found = address(text)
    assert (found["city"], found.get("region")) == (city, region)


BOTH = ("2026-04-03T18:10:00", "2026-03-04T18:10:00")


def _unclear(says, meanings=BOTH):
    time = TimestampSeen(text="03/04/2026 18:10", at=meanings[0], ambiguous=True, box=BOX, page=1, meanings=meanings)
    near = Span(file="tracking.png", page=1, box=BOX, text=time.text)
    return replace(state(says), near=(near,)), time


def asked(completed):
    return {one.pointer: (one.source, tuple(c.value for c in one.choices)) for one in completed.filled if one.choices}


@pytest.mark.parametrize(
    ("says", "pointer", "values"),
    [
        ("delivered", "/parcels/0/delivered_at", BOTH),
        ("accepted", "/parcels/0/first_scan_at", BOTH),
        ("accepted", "/parcels/0/dispatched_at", ("2026-04-03", "2026-03-04")),
    ],
)
def test_a_scan_whose_date_can_mean_two_days_is_asked_with_both_and_its_place(house, says, pointer, values):
    one, time = _unclear(says)
    page = replace(tracking(one, fate=says), timestamps=(time,))
    found = with_facts(bare(parcels=[{"tracking_number": TRACKING}]), [page], house, ZONE)
    assert asked(found)[pointer] == ("two-meanings", values)
    assert all(c.at[0].text == "03/04/2026 18:10" for one in found.filled for c in one.choices)
    assert found.case.parcels[0].delivered_at is None


def _order_of(*meanings, name="order.png", kind="order_page"):
    seen = FieldSeen(name="order_date", value="03/04/2026", box=BOX, page=1, meanings=meanings)
    return file(name, kind, order_ids=(order_id(),), unsettled=(seen,))


def test_an_order_date_that_can_mean_two_days_is_asked(house):
    found = with_facts(bare(), [_order_of("2026-04-03", "2026-03-04")], house, ZONE)
    assert asked(found)["/order/placed_at"] == ("two-meanings", ("2026-04-03", "2026-03-04"))
    assert found.case.order.placed_at is None


def test_another_page_that_prints_the_day_plainly_settles_it(house):
    plain = file("record.pdf", "erp_record", order_ids=(order_id(),), fields=(field("order_date", "2026-03-04"),))
    found = with_facts(bare(), [_order_of("2026-04-03", "2026-03-04"), plain], house, ZONE)
    assert found.case.order.placed_at.date().isoformat() == "2026-03-04"


def test_a_typed_day_that_the_page_can_mean_is_borne_out(house):
    case = bare(order={"id": ORDER, "placed_at": "2026-03-04T00:00:00-08:00"})
    assert told(with_facts(case, [_order_of("2026-04-03", "2026-03-04")], house, ZONE)) == {
        ("/order/placed_at", "typed"): "2026-03-04"
    }


@pytest.mark.parametrize(
    ("on_order", "on_carrier", "number"),
    [
        ("Envío: PQ4F5G0712345670128001A", "PQ4F5G0712345670128001A", "PQ4F5G0712345670128001A"),
        ("DPD 05162345678901", "Ref 05162345678901", "05162345678901"),
        ("Phone 07700900123", "Phone 07700900123", None),
        ("Phone +447700900123456", "Phone +447700900123456", None),
        ("PQ4F5G0712345670128001A", "PQ4F5G0712345670128001A9", None),
        ("AB12345678901 CD12345678901", "AB12345678901 CD12345678901", None),
    ],
)
def test_the_only_long_number_on_both_pages_is_the_parcel(house, on_order, on_carrier, number):
    order = order_page(texts=(PlacedText(text=on_order, box=BOX, page=1),))
    carrier = file("t.png", "tracking", texts=(PlacedText(text=on_carrier, box=BOX, page=1),))
    found = told(with_numbers(bare(), [order, carrier], house))
    assert found.get(("/parcels/0/tracking_number", "adopted")) == number


def test_another_page_to_the_minute_tells_how_a_page_writes_its_dates(house):
    ambiguous = TimestampSeen(
        text="11/03/2026 19:45", at=None, ambiguous=True, box=BOX, page=1, has_time=True,
        meanings=("2026-11-03T19:45:00", "2026-03-11T19:45:00"),
    )  # fmt: skip
    placed = FieldSeen(
        name="order_date", value="11/01/2026 22:10", box=BOX, page=1, meanings=("2026-01-11T22:10:00", "2026-11-01T22:10:00")
    )  # fmt: skip
    page = replace(order_page(unsettled=(placed,)), timestamps=(ambiguous,))
    for at, day in (("2026-11-03T19:45:00", "2026-11-01"), ("2026-11-03T19:46:00", None)):
        plain = TimestampSeen(text="x", at=at, ambiguous=False, box=BOX, page=1, has_time=True)
        carrier = replace(tracking(state("accepted", at)), timestamps=(plain,))
        found = with_facts(bare(), [page, carrier], house, ZONE).case.order.placed_at
        assert (found and found.date().isoformat()) == day
