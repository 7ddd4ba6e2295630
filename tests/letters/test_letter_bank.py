"""Sentences by code: filled in both languages, withheld by name where a code or a slot is wrong."""

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from examples.specimen import case_for, letter_of
from letters.render import plain_text

HOUSE = load_house()


def plan(language="en", **cause):
    case = case_for("plan_of_action", language).model_dump(by_alias=True)
    letter = letter_of(HOUSE, "plan_of_action", language, case=Case.model_validate({**case, "root_causes": [cause]}))
    left = {(line.sentence, line.code) for line in letter.left_out if line.code != "section-empty"}
    return plain_text(letter, None).text, left


LOSS = {"carrier": "ups", "count": 3, "first": "2026-10-29", "last": "2026-11-02"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "UPS confirmed the loss of 3 parcels in its network between October 29, 2026 and November 2, 2026."),
        ("zh-Hans", "UPS 确认2026年10月29日至2026年11月2日期间有 3 个包裹在其网络内丢失。"),
    ],
)
def test_a_code_becomes_a_sentence(language, said):
    text, left = plan(language, code="carrier_loss", slots=LOSS)
    assert said in text
    assert left == set()


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        ({"code": "no_such_code"}, "bank-unknown"),
        ({"code": "ship_by_alarm", "slots": {"hours": 3}}, "bank-unknown"),
        ({"code": "carrier_loss", "slots": {**LOSS, "count": None}}, "bank-slot-missing"),
        ({"code": "carrier_loss", "slots": {**LOSS, "first": " "}}, "bank-slot-missing"),
    ],
)
def test_what_is_wrong_is_told(cause, code):
    assert plan(**cause)[1] == {("/root_causes/0/code", code)}


def test_foreign_words_in_a_slot_stand_in_the_sentence():
    slots = {"carrier": "ups", "days": 2, "place": "深圳仓库"}
    for language in ("en", "zh-Hans"):
        text, left = plan(language, code="carrier_pickup_missed", slots=slots)
        assert "深圳仓库" in text
        assert left == set()


def test_a_slot_that_lacks_the_language_is_told():
    slots = {"carrier": "ups", "days": 2, "place": {"zh-Hans": "深圳仓库"}}
    assert plan(code="carrier_pickup_missed", slots=slots)[1] == {("/root_causes/0/slots", "no-text-in-language")}


def test_own_words_step_in_for_an_unknown_code():
    text, left = plan(code="no_such_code", text="The label printer failed on 29 October.")
    assert "The label printer failed on 29 October." in text
    assert left == set()


def test_who_disputes_does_not_confess():
    case = case_for("appeal_after_decision", "en").model_dump(by_alias=True)
    cause = {"code": "handling_time_wrong", "slots": {"set": 1, "needed": 3}}
    letter = letter_of(HOUSE, "appeal_after_decision", "en", case=Case.model_validate({**case, "root_causes": [cause]}))
    assert "handling time" not in plain_text(letter, None).text
    assert ("/root_causes/0/code", "bank-confesses") in {(left.sentence, left.code) for left in letter.left_out}


def test_a_section_that_readers_look_for_is_missed():
    case = case_for("plan_of_action", "en").model_dump(by_alias=True)
    letter = letter_of(HOUSE, "plan_of_action", "en", case=Case.model_validate({**case, "root_causes": []}))
    assert ("Root cause", "section-empty") in {(left.sentence, left.code) for left in letter.left_out}
