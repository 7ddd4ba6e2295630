"""Ready sentences are offered by what they are most often said of: the ground first, then the reason."""

import pytest

from api.form.ready_sentences import ready_sentences
from api.form.words import PageWords


@pytest.mark.parametrize(
    ("reason", "ground", "first"),
    [
        ("account_linked", "", "Linked account"),
        ("cold_start", "", "New account or site"),
        ("late_shipment", "carrier", "Carrier delay or loss"),
        ("late_shipment", "calculation", "Calculation of the metric"),
        ("late_shipment", "policy_change", "Policy change"),
        ("policy_change", "", "Policy change"),
    ],
)
def test_what_is_usual_for_a_case_is_offered_first(house, reason, ground, first):
    words = PageWords(house.catalogs.of("en"), house)
    for groups in ready_sentences(house.templates, words, reason, ground).values():
        assert groups[0].name == first
        assert len({group.name for group in groups}) == len(groups)


def test_nothing_is_left_out(house):
    words = PageWords(house.catalogs.of("en"), house)
    some = ready_sentences(house.templates, words, "other", "")
    others = ready_sentences(house.templates, words, "late_shipment", "carrier")
    codes = [{one.code for group in found["/root_causes"] for one in group.sentences} for found in (some, others)]
    assert codes[0] == codes[1] != set()
