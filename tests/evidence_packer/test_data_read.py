"""Where in a file each datum of a proposition is read, or that it is not; whose message answers whom."""

import dataclasses

import pytest

from casefile.facts import AmountSeen, DetailSeen, FieldSeen, MessageSeen, PlaceSeen, StatusSeen
from casefile.rules import Proof
from evidence_packer.judge.proving import DATA
from evidence_packer.judge.subjects import Subject
from evidence_packer.judge.witness import Witness
from evidence_packer.judge.word_given import comparable, word_given
from tests.evidence_packer.conftest import BOX, ORDER, file, make_case, order_id, timestamp, tracking_number
from tests.evidence_packer.test_proving import fate

FIRST, LARGE, SECOND_PAGE = (0.1, 0.1, 0.4, 0.12), (0.1, 0.5, 0.4, 0.56), (0.1, 0.8, 0.4, 0.82)
PARCEL = make_case().parcels[0]


def read(house, datum, facts, **changes):
    case = make_case(**changes)
    witness = Witness(case=case, platform=house.platforms["amazon"], facts=facts)
    spot = DATA[datum](witness, Subject(parcels=case.parcels))
    return spot and (spot.page, spot.box)


def at(box, page=1, **one):
    return {"box": box, "page": page} | one


def test_of_several_places_the_plainest_on_the_first_page_counts(house):
    boxes = [at(SECOND_PAGE, 2), at(FIRST), at(LARGE)]
    numbers = tuple(dataclasses.replace(tracking_number(), **one) for one in boxes)
    assert read(house, "tracking_number", file(tracking_numbers=numbers)) == (1, LARGE)
    foreign = dataclasses.replace(order_id(matches=False), **at(LARGE))
    ids = (foreign, *(dataclasses.replace(order_id(), **one) for one in boxes[:2]))
    assert read(house, "order_id", file(order_ids=ids)) == (1, FIRST)
    assert read(house, "order_id", file(order_ids=(foreign,))) is None


@pytest.mark.parametrize(
    ("name", "kind", "value", "shown"),
    [("shipped_at", "tracking", "2026-10-29", True), ("shipped_at", "tracking", "2026-10-30", False),
     ("shipped_at", "dispatch", "2026-10-29", False), ("order_date", "tracking", "2026-10-29", False)],
)  # fmt: skip
@pytest.mark.parametrize("parcels", [1, 2])
def test_a_labelled_date_of_dispatch_counts_where_it_is_no_label_s(house, name, kind, value, shown, parcels):
    other = PARCEL.model_copy(update={"dispatched_at": PARCEL.dispatched_at.replace(day=10)})
    sent = [one.model_dump(mode="json") for one in (PARCEL, other)[:parcels]]
    facts = file(kind=kind, fields=(FieldSeen(name=name, value=value, box=FIRST, page=1),))
    assert (read(house, "dispatched_date", facts, parcels=sent) is not None) is shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [("in_transit|2026-10-29T16:40:00", True), ("in_transit|2026-10-30T16:40:00", False),
     ("info_received|2026-10-29T16:40:00", False), ("in_transit", False)],
)  # fmt: skip
def test_a_step_of_the_day_on_which_the_parcel_left_shows_its_dispatch(house, said, shown):
    facts = file(tracking_numbers=(tracking_number(),), states=(fate(said).decided_by,))
    witness = Witness(case=make_case(), platform=house.platforms["amazon"], facts=facts)
    number = frozenset({tracking_number().value})
    found = DATA["dispatched_date"](witness, Subject(parcels=(PARCEL,), numbers=number))
    assert (found is not None) is shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [(["postal_code"], "postal_code"), (["street", "postal_code"], "postal_code"), (["street"], "street"), (["city"], None),
     (["!postal_code"], None), (["postal_code", "!house_number"], None), (["postal_code", "!street"], "postal_code"), ([], None)],
)  # fmt: skip
def test_the_address_is_shown_by_postcode_or_street_and_never_with_another_house(house, parts, shown):
    places = tuple(
        PlaceSeen(text="x", part=part.lstrip("!"), matches=part[0] != "!", box=(0, 0.1 * n, 1, 0.1 * n + 0.05), page=1)
        for n, part in enumerate(parts)
    )
    found = read(house, "address", file(places=places))
    assert found == ((1, places[parts.index(shown)].box) if shown else None)


def test_only_the_right_amount_counts(house):
    wrong = AmountSeen(text="1", amount="1", currency="USD", matches=False, box=FIRST, page=1)
    right = dataclasses.replace(wrong, matches=True, box=LARGE)
    assert read(house, "amount", file(amounts=(wrong, right))) == (1, LARGE)
    assert read(house, "amount", file(amounts=(wrong,))) is None


@pytest.mark.parametrize("says", ["signed", "passed"])
@pytest.mark.parametrize(
    ("statuses", "box"), [((), None), (("own",), LARGE), (("delivered",), None), (("delivered", "own"), LARGE)]
)
def test_a_signature_or_an_inspection_is_said_by_its_word(house, says, statuses, box):
    seen = (StatusSeen(text="x", status=says if one == "own" else one, box=LARGE, page=1) for one in statuses)
    facts = file(statuses=tuple(seen))
    assert read(house, says, facts) == (box and (1, box))


def test_a_signer_is_a_signature(house):
    signer = FieldSeen(name="signer", value="J. Roe", box=FIRST, page=2)
    word = StatusSeen(text="x", status="signed", box=LARGE, page=1)
    assert read(house, "signed", file(fields=(signer,), statuses=(word,))) == (2, FIRST)


@pytest.mark.parametrize(
    ("used", "shown"), [([{"at": "2026-10-30T14:07:31Z"}], True), ([{"event": "x"}], False), ([], False)]
)
def test_a_time_of_use_is_one_of_the_log(house, used, shown):
    page = file(kind="usage_log", timestamps=(timestamp(at="2026-10-30T14:07:00"),))
    assert (read(house, "use_time", page, access_log=used) is not None) is shown


@pytest.mark.parametrize(
    ("charges", "seen", "detail", "box"),
    [
        (["other"], ORDER, False, None),
        (["other"], "other", False, FIRST),
        (["other"], ORDER, True, LARGE),
        (["other"], "other", True, FIRST),
        ([None], ORDER, False, None),
        ([], "other", False, None),
    ],
)
def test_another_charge_is_known_by_its_own_number(house, charges, seen, detail, box):
    known = [{"order_id": one} if one else {"charge_id": "ch_1"} for one in charges]
    details = (DetailSeen(what="charge", text="x", box=LARGE, page=1),) if detail else ()
    facts = file(order_ids=(dataclasses.replace(order_id(seen), box=FIRST),), details=details)
    witness = Witness(case=make_case(related_charges=known), platform=house.platforms["amazon"], facts=facts)
    spot = DATA["other_charge"](witness, Subject())
    assert (spot and spot.box) == box


ANSWERED = Proof(about="message", by=("seller",))
AGREED = Proof(about="message", by=("buyer",), says=("agrees_to_close",), unless=("refuses",))


def said(who, *intents, channel="unknown"):
    return MessageSeen(
        who=who, name=None, at=None, box=BOX, page=1, text="x", intents=intents, channel=channel
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "messages", "outcome"),
    [
        (ANSWERED, [said("buyer"), said("seller")], "shown"),
        (ANSWERED, [said("buyer", "asks"), said("seller")], "shown"),
        (ANSWERED, [said("buyer", "thanks", "asks"), said("seller")], "shown"),
        (ANSWERED, [said("buyer", "thanks"), said("seller")], "attached"),
        (ANSWERED, [said("seller"), said("buyer", "asks")], "attached"),
        (ANSWERED, [said("seller"), said("buyer", "asks"), said("seller")], "shown"),
        (ANSWERED, [said("platform"), said("seller")], "attached"),
        (ANSWERED, [said("buyer"), said("platform")], "attached"),
        (ANSWERED, [said("buyer"), said("seller", channel="email")], "attached"),
        (ANSWERED, [said("buyer"), said("seller", channel="chat_app")], "attached"),
        (ANSWERED, [said("buyer"), said("seller", channel="on_platform")], "shown"),
        (ANSWERED, [said("buyer"), said("buyer")], None),
        (ANSWERED, [], "attached"),
        (AGREED, [said("buyer", "agrees_to_close")], "shown"),
        (AGREED, [said("buyer", "refuses")], "contradicted"),
        (AGREED, [said("buyer", "refuses"), said("buyer", "agrees_to_close")], "contradicted"),  # nobody knows when
        (AGREED, [said("seller", "agrees_to_close")], "attached"),
        (AGREED, [said("buyer", "thanks")], None),
        (AGREED, [said("buyer", "thanks"), said("buyer")], "attached"),  # one is not understood
        (AGREED, [said("buyer", "thanks"), said("unknown", "agrees_to_close")], "attached"),
        (AGREED, [said("buyer", "thanks"), said("unknown", "thanks")], None),
        (AGREED, [], "attached"),
    ],
)
def test_who_answered_whom_and_what_the_last_word_is(house, rule, messages, outcome):
    facts = file(kind="messages", order_ids=(order_id(),), messages=tuple(messages))
    found = word_given(rule, Witness(case=make_case(), platform=house.platforms["amazon"], facts=facts))
    assert (found and found.outcome) == outcome


@pytest.mark.parametrize(
    ("text", "long"),
    [(None, False), ("", False), ("Where is my parcel?", True), ({"en": "", "zh-Hans": "我的包裹在哪里呢？"}, True), ({}, False)],
)  # fmt: skip
def test_words_are_looked_for_where_they_are_long_enough_in_any_language(text, long):
    assert comparable(text) is long
