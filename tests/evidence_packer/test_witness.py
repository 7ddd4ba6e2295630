"""Whether a file is of this case at all, and what of it counts: numbers, the buyer's name, days before the order, channels."""

import dataclasses

import pytest

from casefile.facts import DetailSeen, MessageSeen, PageContext, PlacedText
from casefile.personal_facts import MaskedSeen
from casefile.statement import About
from evidence_packer.judge.subjects import Subject, subjects
from evidence_packer.judge.witness import Witness
from tests.evidence_packer.conftest import BOX, ORDER, TRACKING, file, make_case, order_id, timestamp, tracking_number
from tests.evidence_packer.test_proving import SECOND, fate, rule_of

OWN = Subject(numbers=frozenset({TRACKING}))
DETAIL = DetailSeen(what="buyer", text="x", box=BOX, page=1)
PAID = {"payment": {"charge_id": "ch_3QKx2eLkdIwHu7ix0"}}
NAMELESS = {"order": None, "parcels": []}


def witness(house, facts, **changes):
    return Witness(case=make_case(**changes), platform=house.platforms["amazon"], facts=facts)


def message(name=None, at=None, channel="unknown", who="buyer"):
    return MessageSeen(who=who, name=name, at=at, box=BOX, page=1, text="x", channel=channel)


@pytest.mark.parametrize(
    ("facts", "changes", "idle"),
    [
        (file(), {}, "no_number"),
        (file(tracking_numbers=(tracking_number(matches=False),)), {}, "no_number"),
        (file(tracking_numbers=(tracking_number(),)), {}, None),
        (file(order_ids=(order_id(),)), {}, None),
        (file(details=(DETAIL,)), {}, None),
        (file(masked_numbers=(MaskedSeen(text="1…4", number=TRACKING, box=BOX, page=1),)), {}, None),
        (file(kind="product_photo"), {}, None),  # prints no number
        (file(texts=(PlacedText(text="Charge ch_3QKx2eLkdIwHu7ix0", box=BOX),)), PAID, None),
        (file(texts=(PlacedText(text="Charge ch_3QKx2eLkdIwHu7ix9", box=BOX),)), PAID, "no_number"),
        (file(texts=(PlacedText(text="Refund 1234567", box=BOX),)), {"refunds": [{"id": "1234567"}]}, "no_number"),
        (file(texts=(PlacedText(text="re_3QKx2eLkdIw", box=BOX),)), {"refunds": [{"id": "re_3QKx2eLkdIw"}]}, None),
        (file(), NAMELESS, None),  # there is none to look for
        (file(), {"parcels": []}, "no_number"),
        (file(), {"order": None}, "no_number"),
        (file(kind="carrier_statement"), {}, "no_number"),
        (file(kind="carrier_statement"), {"parcels": []}, None),  # a carrier's word on many parcels
        (file(kind="messages"), {"buyer": {"name": "Jane Roe"}}, "no_number"),
        (file(kind="messages", messages=(message("Jane Roe"),)), {"buyer": {"name": "Jane Roe"}}, None),
        (file(kind="messages", messages=(message("jroe77"),)), {"buyer": {"username": "jroe77"}}, None),
        (file(kind="messages", messages=(message("Tom Poe"),)), {"buyer": {"name": "Jane Roe"}}, "no_number"),
        (file(kind="messages", messages=(message("Jane Roe"),)), {"buyer": None}, "no_number"),
    ],
)
def test_a_page_without_anything_of_the_case_proves_nothing(house, facts, changes, idle):
    assert witness(house, facts, **changes).idle == idle


NUMBERED = {"tracking_numbers": (tracking_number(),)}


@pytest.mark.parametrize(
    ("times", "idle"),
    [
        ([], None),
        ([timestamp(at="2026-10-27T09:00:00")], None),  # a day earlier may be another zone
        ([timestamp(at="2026-10-26T23:59:00")], "before_order"),
        ([timestamp(at="2026-10-26"), timestamp(at="2026-10-01")], "before_order"),
        ([timestamp(at="2026-10-01"), timestamp(at="2026-10-28")], None),
        ([timestamp(at="2026-10-01"), timestamp(at=None)], "before_order"),
        ([timestamp(at="2026-10-01"), timestamp(at="2026-11-10", ambiguous=True)], "before_order"),
        ([timestamp(at="2026-10-01"), dataclasses.replace(timestamp(), desktop_clock=True)], "before_order"),
    ],
)
def test_a_record_is_older_than_its_order_only_where_all_its_dates_are(house, times, idle):
    assert witness(house, file(timestamps=tuple(times), **NUMBERED)).idle == idle
    assert witness(house, file(kind="product_photo", timestamps=tuple(times), **NUMBERED)).idle is None
    assert witness(house, file(timestamps=tuple(times), **NUMBERED), order={"id": ORDER}).idle is None


@pytest.mark.parametrize(
    ("numbers", "orders", "subject", "tells", "of_others"),
    [
        ((TRACKING,), (), OWN, True, False),
        ((), (), OWN, False, False),
        ((), (ORDER,), OWN, False, False),
        ((SECOND,), (), OWN, False, True),
        ((TRACKING, SECOND), (), OWN, False, False),
        ((), (ORDER,), Subject(), True, False),
        ((), (), Subject(), False, False),
        ((TRACKING,), (), Subject(), False, False),
    ],
)
def test_a_page_tells_of_a_parcel_by_its_number_alone(house, numbers, orders, subject, tells, of_others):
    facts = file(
        tracking_numbers=tuple(map(tracking_number, numbers)), order_ids=tuple(map(order_id, orders))
    )  # fmt: skip
    asked = witness(house, facts)
    assert (asked.tells(subject), asked.of_others(subject)) == (tells, of_others)


def said(what, number):
    one = fate("delivered").decided_by
    return dataclasses.replace(one, about=About(what=what, id=number) if what else None)


@pytest.mark.parametrize(
    ("what", "number", "shown", "counts"),
    [
        ("parcel", TRACKING, (SECOND,), True),
        ("parcel", SECOND, (TRACKING,), False),
        ("order", SECOND, (TRACKING,), True),
        (None, None, (TRACKING,), True),
        (None, None, (SECOND,), False),
    ],
)
def test_a_step_counts_under_its_own_number_else_by_the_page_s(house, what, number, shown, counts):
    facts = file(states=(said(what, number),), tracking_numbers=tuple(map(tracking_number, shown)))
    assert bool(witness(house, facts).states(OWN)) is counts


@pytest.mark.parametrize(
    ("chat", "channel", "orders", "on"),
    [
        ("on_platform", None, (), True),
        ("on_platform", "on_platform", (), True),
        ("none", "on_platform", (), True),
        ("none", None, (order_id(),), True),
        ("none", None, (order_id(matches=False),), False),
        ("none", None, (), False),
        ("none", "email", (order_id(),), False),
        ("whatsapp", None, (order_id(),), False),
        ("whatsapp", "on_platform", (order_id(),), False),
        ("on_platform", "email", (), False),
    ],
)
def test_a_page_is_the_platform_s_own_where_nothing_says_otherwise(house, chat, channel, orders, on):
    facts = file(kind="messages", order_ids=orders, context=PageContext(chat=chat))
    entry = [{"name": facts.file, "channel": channel}]
    assert witness(house, facts, files=entry).on_platform is on


@pytest.mark.parametrize(("channel", "on"), [("on_platform", True), ("email", False)])
def test_a_mail_is_the_platform_s_own_where_its_relay_sent_it(house, channel, on):
    facts = file(kind="messages", media_type="message/rfc822", messages=(message(channel=channel),))
    assert witness(house, dataclasses.replace(facts, order_ids=(order_id(),))).on_platform is on


@pytest.mark.parametrize(
    ("times", "order"),
    [(("2026-11-02", "2026-11-01"), [1, 0]), (("2026-11-02", None), [0, 1]), ((None, "2026-11-01"), [0, 1])],
)
def test_messages_stand_in_time_where_each_has_one(house, times, order):
    seen = tuple(message(name=str(n), at=at) for n, at in enumerate(times))
    assert [int(one.name) for one in witness(house, file(messages=seen)).messages] == order


PARCELS = [{"tracking_number": TRACKING}, {"tracking_number": SECOND}]


@pytest.mark.parametrize(
    ("proposition", "changes", "of"),
    [
        ("delivered", {"parcels": PARCELS}, [TRACKING, SECOND]),
        ("delivered", {"parcels": PARCELS[:1]}, [None]),
        ("delivered", {"parcels": [PARCELS[0], {"carrier": "ups"}]}, [None]),
        ("delivered", {"parcels": [PARCELS[0], PARCELS[1] | {"direction": "return"}]}, [None]),
        ("order_placed", {"parcels": PARCELS}, [None]),
        ("refund_made", {"refunds": [{"id": "R-1", "amount": {"amount": "1", "currency": "USD"}}]}, [None]),
        ("refund_made", {"refunds": [{"id": "R-1", "amount": {"amount": "1", "currency": "USD"}},
                                     {"amount": {"amount": "2.50", "currency": "USD"}}]}, ["R-1", "2.50 USD"]),
    ],
)  # fmt: skip
def test_of_what_a_proposition_is_asked(house, proposition, changes, of):
    case = make_case(**changes)
    found = subjects(case, rule_of(house, proposition, case.reason))
    assert [one.of for one in found] == of


@pytest.mark.parametrize(
    ("dated", "claimed"), [((), [True, True]), ((0,), [True, False]), ((1,), [False, True]), ((0, 1), [True, True])]
)
def test_a_delivery_is_claimed_of_parcels_that_the_case_dates_or_of_all_where_it_dates_none(house, dated, claimed):
    parcels = [
        one | ({"delivered_at": "2026-11-02T14:22:00-05:00"} if n in dated else {}) for n, one in enumerate(PARCELS)
    ]
    case = make_case(parcels=parcels)
    assert [one.claimed for one in subjects(case, rule_of(house, "delivered", case.reason))] == claimed
    assert all(one.claimed for one in subjects(case, rule_of(house, "handed_to_carrier", case.reason)))


@pytest.mark.parametrize(("kind", "sums"), [("full_refund", 1), ("partial_refund", 1), ("replacement", 0)])
def test_only_a_refund_is_a_sum_that_went_back(house, kind, sums):
    case = make_case(remedy={"type": kind, "status": "done", "amount": {"amount": "5", "currency": "USD"}})
    (subject,) = subjects(case, rule_of(house, "refund_made", case.reason))
    assert len(subject.sums) == sums
