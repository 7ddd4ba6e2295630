"""Part of one of the case's numbers is known as such."""

import pytest

from .conftest import ORDER, TRACKING


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tracking ID 1Z99••••••6784", "1Z99••••••6784"),
        ("Order 112-xxxxxxx-7716253", "112-xxxxxxx-7716253"),
        ("No. 1Z999AA1...6784", "1Z999AA1...6784"),
        ("No. 1Z99########6784", "1Z99########6784"),
        ("Tracking ID 1z999AA10", "1z999AA10"),
        ("Order ending in 7716253", "7716253"),
    ],
)
def test_part_of_a_number_is_known(facts_of, text, shown):
    assert facts_of(text).masked_numbers[0].text == shown


@pytest.mark.parametrize(
    "text", [TRACKING, f"Order {ORDER}", "112-4829307-7716254", "20261102", "Tracking 1Z9", "www.x...com"]
)
def test_what_is_no_part_of_a_number(facts_of, text):
    assert not facts_of(text).masked_numbers
