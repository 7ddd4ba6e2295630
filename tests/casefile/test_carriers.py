"""Every carrier's number forms hold on their worked examples; a wrong digit is told from a wrong form."""

import pytest

from casefile.discovery import load_house
from evidence_packer.understand.parcel_lines import claims

HOUSE = load_house()
FORMS = [
    pytest.param(carrier, form, id=f"{carrier.id}-{form.name}")
    for carrier in HOUSE.carriers.values()
    for form in carrier.numbers
]


def test_carriers_lead_to_carriers():
    assert all(also in HOUSE.carriers for carrier in HOUSE.carriers.values() for also in carrier.also)
    assert all(carrier.numbers for carrier in HOUSE.carriers.values())


@pytest.mark.parametrize(("carrier", "form"), FORMS)
def test_numbers_look_as_the_examples_say(carrier, form):
    assert form.source in carrier.sources
    assert form.valid
    assert form.invalid
    for number in form.valid:
        assert form.recognises(number), number
        assert carrier.valid(number) is not False, number
    for number in form.invalid:
        assert not form.recognises(number) or carrier.valid(number) is False, number


@pytest.mark.parametrize(("carrier", "form"), [p for p in FORMS if p.values[1].check])
def test_one_wrong_digit_is_caught(carrier, form):
    number = form.valid[0]
    place = max(i for i, sign in enumerate(number[:-1]) if sign.isdigit())
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert form.recognises(wrong)
    assert carrier.valid(wrong) is not True


def test_how_a_loss_is_claimed_is_told_in_both_languages_with_its_source():
    told = [(carrier, step) for carrier in HOUSE.carriers.values() for step in carrier.claims]
    assert {carrier.id for carrier, _ in told} >= {"usps", "ups", "dhl", "royal_mail"}
    for carrier, step in told:
        assert step.source in carrier.sources
        assert step.text["en"]
        assert step.text["zh-Hans"]


@pytest.mark.parametrize("name", sorted(HOUSE.carriers))
def test_a_carriers_own_words_are_read_as_their_state(name):
    carrier = HOUSE.carriers[name]
    assert carrier.states
    for said in carrier.states:
        assert said.source in carrier.sources
        for words in said.words:
            found = {(claim.says, claim.silent) for claim in claims(words, HOUSE)}
            assert any(state in {said.state, "signed"} and silent in {None, "template"} for state, silent in found), (
                words
            )
