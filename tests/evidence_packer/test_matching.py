"""The matcher forgives shapes, never numbers."""

import random

import pytest

from casefile.reading import Line
from evidence_packer.understand.matching import differ_by_one, find, find_near

ORDER = "112-4829307-7716253"


def line(text, y=0.1, x=0.1, score=0.99):
    return Line(text=text, box=(x, y, x + 0.4, y + 0.02), score=score)


@pytest.mark.parametrize(
    "text",
    [
        "Order ID: 112-4829307-7716253",
        "112 4829307 7716253",
        "Order #1l2-4829307-77I6253",
        "(112-482930T-7716253)",
        "１１２-４８２９３０７-７７１６２５３",
        "112-4829307-7716253 placed 2026-10-28",
        "|112-4829307-7716253|",
    ],
)
def test_finds_the_number(text):
    assert find([line(text)], ORDER)


@pytest.mark.parametrize(
    "text",
    ["112-4829307-7716258", "112-4829307-77162531", "9112-4829307-7716253", "112-4829307-7716253-4", "112-4829307", ""],
)
def test_never_accepts_another_number(text):
    assert not find([line(text)], ORDER)


def test_letters_count_where_the_number_has_letters():
    assert find([line("1Z 999 AA1 01 2345 6784")], "1Z999AA10123456784")
    assert not find([line("1Z999AA10123456784B")], "1Z999AA10123456784")


def test_a_word_whose_space_was_lost_does_not_belong_to_the_number():
    assert find([line("Nomor ResiJT4063442964Salin")], "JT4063442964")
    assert not find([line("NOMOR RESIJT4063442964")], "JT4063442964")


def test_joins_wrapped_lines_of_one_column():
    assert find([line("Order 112-4829307-", 0.1), line("7716253", 0.125)], ORDER)
    assert not find([line("Order 112-4829307-", 0.1), line("7716253", 0.5)], ORDER)


@pytest.mark.parametrize(
    "text", ["112-4829307-7716258", "112-4829307-771625", "112-4829370-7716253", "112-48299307-7716253"]
)
def test_near_miss_is_one_sign(text):
    assert [hit.text for hit in find_near([line(f"No. {text}")], ORDER)][:1] == [text]


@pytest.mark.parametrize("text", ["112-4829307-7716253", "r 112-4829307-7716253", "114-3392018-5560217", "Nov 3, 2026"])
def test_the_number_itself_and_other_numbers_are_no_near_miss(text):
    assert not find_near([line(text)], ORDER)


def test_one_digit_changed_is_never_accepted():
    numbers = random.Random(7)
    for _ in range(3000):
        digits = list(ORDER)
        place = numbers.choice([index for index, sign in enumerate(digits) if sign != "-"])
        digits[place] = numbers.choice([d for d in "0123456789" if d != digits[place]])
        assert not find([line("Order " + "".join(digits))], ORDER)


def test_box_covers_the_number_only():
    (hit,) = find([line("Order ID: 112-4829307-7716253 and more words here")], ORDER)
    assert 0.15 < hit.box[0] < 0.25
    assert hit.box[2] < 0.45


def test_differ_by_one():
    assert differ_by_one("112-4829307-7716258", ORDER)
    assert not differ_by_one(ORDER, ORDER)
