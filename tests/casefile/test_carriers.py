"""Every carrier's number forms hold on their worked examples; a wrong digit is told from a wrong form."""

import pytest
from pydantic import ValidationError

from casefile.carrier import Carrier, NumberFormat
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


def form(pattern, check=None):
    return NumberFormat(name="n", pattern=pattern, check=check, source="s", valid=())


TEN, ROYAL = form(r"\d{10}"), form(r"[A-Z]{2}\d{9}[A-Z]{2}", "s10")
WEIGHTED, LOOSE = form(r"\d{12}", "fedex_express"), form(r"\d{12}")


@pytest.mark.parametrize(
    ("forms", "number", "recognised", "valid"),
    [
        ((TEN,), "123 456-7890", True, None),
        ((TEN,), "123456789", False, None),
        ((TEN, ROYAL), "rr 473 124 829 fi", True, True),
        ((TEN, ROYAL), "RR473124828FI", True, False),
        ((TEN, ROYAL), "1234567890", True, None),
        ((ROYAL,), "ＲＲ473124829FI", False, None),  # a carrier prints no full-width letters
        ((WEIGHTED, LOOSE), "986578788855", True, True),  # one of two forms proves it
        ((WEIGHTED, LOOSE), "986578788856", True, None),  # the other form has no digit that could be wrong
        ((WEIGHTED, form(r"9\d{11}", "mod7")), "986578788855", True, True),
        ((WEIGHTED,), "986578788856", True, False),
        ((), "986578788855", False, None),
    ],
)
def test_a_digit_is_wrong_only_where_every_form_of_the_number_has_one(forms, number, recognised, valid):
    carrier = Carrier(id="c", name={"en": "C"}, numbers=forms, sources={})
    assert carrier.recognises(number) is recognised
    assert carrier.valid(number) is valid


def test_a_check_digit_that_nobody_knows_is_refused():
    with pytest.raises(ValidationError, match="no_such_check"):
        form(r"\d{10}", "no_such_check")
    assert form(r"\d{10}", "s10").check == "s10"
