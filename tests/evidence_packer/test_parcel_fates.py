"""What a file that only names events and words says became of its parcel, and what an unclear page can mean."""

import dataclasses

import pytest

from casefile.facts import DeliveryPlaceSeen, EventSeen, StatusSeen
from evidence_packer.judge.parcel_fates import fates_of, is_open, meanings, same_number, states_of
from tests.evidence_packer.conftest import BOX, file
from tests.evidence_packer.test_proving import fate


def page(events=(), words=(), place=None):
    """``events``: "status|when", each in a row of its own; ``words``: statuses without a time, "status" or "status|row"."""
    return file(
        events=tuple(
            EventSeen(status=text.split("|")[0], at=text.split("|")[1], box=(0.1, 0.1 * n, 0.4, 0.1 * n), page=1)
            for n, text in enumerate(events)
        ),
        statuses=tuple(
            StatusSeen(text=text, status=text.split("|")[0], page=1,
                       box=(0.1, 0.1 * int(text.split("|")[1]), 0.4, 0.1 * int(text.split("|")[1])) if "|" in text else BOX)
            for text in words
        ),
        delivery_places=(DeliveryPlaceSeen(what=place, text="x", box=BOX, page=1),) if place else (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("events", "words", "state"),
    [
        ((), (), None),
        ((), ("refunded",), None),
        ((), ("delivered",), "delivered"),
        ((), ("signed",), "delivered"),
        ((), ("in_transit", "returned"), "returned"),
        ((), ("returned", "in_transit"), "returned"),
        ((), ("in_transit", "accepted"), "in_transit"),
        ((), ("lost", "exception"), "lost"),
        (("delivered|2026-11-02T14:22:00",), (), "delivered"),
        (("out_for_delivery|2026-11-02T08:00:00", "delivered|2026-11-02T14:22:00"), (), "delivered"),
        (("delivered|2026-11-02T14:22:00", "in_transit|2026-11-03T08:00:00"), (), "delivered"),
        (("delivered|2026-11-02T14:22:00", "returned|2026-11-09T08:00:00"), (), "returned"),
        (("returned|2026-11-09T08:00:00", "delivered|2026-11-02T14:22:00"), (), "returned"),
        (("exception|2026-11-01T14:22:00", "out_for_delivery|2026-11-02T08:00:00"), (), "out_for_delivery"),
        (("exception|2026-11-01T14:22:00", "in_transit|2026-11-01T14:22:59"), (), "exception"),
        (("exception|2026-11-01T14:22:00", "in_transit|2026-11-02T08:00:00", "out_for_delivery|2026-11-02T09:00:00"), (),
         "out_for_delivery"),
        (("exception|2026-11-01T14:22:00",), (), "exception"),
        (("exception|2026-11-01T14:22:00",), ("delivered",), "delivered"),
        (("lost|2026-11-01T14:22:00", "in_transit|2026-11-02T08:00:00"), (), "lost"),
        (("delivered|2026-11-02T14:22:00", "exception|2026-11-02T14:22:30"), (), "delivered"),
        (("exception|2026-11-02T14:22:30", "delivered|2026-11-02T14:22:00"), (), "delivered"),
        (("in_transit|2026-11-01T14:22:00",), ("returned",), "returned"),
        (("in_transit|2026-11-01T14:22:00",), ("label_created",), "in_transit"),
        (("in_transit|2026-11-01T14:22:00", "accepted|2026-11-01T10:00:00"), (), "in_transit"),
        (("in_transit|2026-11-01T14:22:00",), ("delivered",), "delivered"),
    ],
)  # fmt: skip
def test_the_last_that_decides_counts_and_a_failed_attempt_is_overcome(events, words, state):
    found = fates_of(page(events, words))
    assert [one.state for one in found] == ([state] if state else [])


@pytest.mark.parametrize(
    ("status", "place", "to"),
    [("delivered", "locker", "locker"), ("delivered", "po_box", "mailbox"), ("delivered", "porch", None),
     ("delivered", None, None), ("in_transit", "locker", None)],
)  # fmt: skip
def test_a_delivery_goes_where_the_page_names_a_place(status, place, to):
    for seen in (page((f"{status}|2026-11-02T14:22:00",), (), place), page((), (status,), place)):
        (said,) = states_of(seen)
        assert (said.says, said.to) == (status, to)
        assert fates_of(seen)[0].to == to


def test_a_word_beside_its_own_time_is_one_statement():
    assert len(states_of(page(("delivered|2026-11-02T14:22:00",), ("delivered|0",)))) == 1
    assert len(states_of(page(("delivered|2026-11-02T14:22:00",), ("delivered|3",)))) == 2


def test_what_the_interpreters_folded_is_taken_as_it_is():
    known = dataclasses.replace(page((), ("lost",)), fates=(fate("own:delivered"),))
    assert [one.state for one in fates_of(known)] == ["delivered"]
    assert states_of(known) == ()


@pytest.mark.parametrize(
    ("told", "means", "open_"),
    [
        ("delivered", ["delivered"], False),
        ("delivered?", ["delivered"], True),
        ("delivered~in_transit", ["delivered", "in_transit"], True),
        ("delivered~delivered", ["delivered", "delivered"], False),
        ("delivered~refund_made", ["delivered"], False),
        ("delivered>pickup_point~available_for_pickup>pickup_point", ["delivered", "available_for_pickup"], False),
        ("delivered>locker~available_for_pickup>locker", ["delivered", "available_for_pickup"], False),
        ("delivered>neighbour~available_for_pickup>neighbour", ["delivered", "available_for_pickup"], True),
        ("delivered>locker~in_transit", ["delivered", "in_transit"], True),
    ],
)
def test_what_an_unclear_page_can_mean_and_whether_somebody_has_to_look(told, means, open_):
    one = fate(told)
    found = meanings(one)
    assert [meant.state for meant in found] == means
    assert is_open(one) is open_
    if len(means) > 1:
        assert all(not meant.unclear and meant.against is None for meant in found)


def test_a_clear_page_means_itself_whatever_stands_beside_it():
    clear = dataclasses.replace(fate("delivered~in_transit"), unclear=False)
    assert meanings(clear) == (clear,)
    assert not is_open(clear)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("AB 123-O", "ab1230", True), ("AB123", "AB124", False), (None, "AB123", False), ("AB123", None, False),
     (None, None, False), ("", "", False)],
)  # fmt: skip
def test_two_numbers_are_one_as_they_are_read(one, other, same):
    assert same_number(one, other) is same
