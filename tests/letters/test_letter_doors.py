"""Every kind of letter can be had: by the procedure, or by the case's own choice."""

import datetime as dt

import pytest

from casefile.admission import admit
from casefile.casework import Evidence, Matter
from casefile.citation import BundlePlan
from casefile.discovery import load_house
from casefile.errors import RequestFault
from casefile.letter_language import letter_kinds
from examples.specimen import case_for
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed
from letters.letter_kinds import shelf

HOUSE = load_house()
NOW = dt.datetime(2026, 11, 19, 9, 0, tzinfo=dt.UTC)


def letter(kind, language="en"):
    case = case_for(kind, language).model_copy(update={"letter": kind})
    admit(case, HOUSE)
    matter = Matter.of(case, HOUSE, NOW, {})
    evidence = Evidence(files=(), plan=BundlePlan(exhibits=()), coverage=(), timeline=())
    return composed(
        Casework(matter=matter, evidence=evidence, language="en", read={}), matter.letter_language, draft=True
    )


def test_the_kinds_that_can_be_chosen_are_those_on_the_shelf():
    assert set(letter_kinds(HOUSE.catalogs)) == set(shelf(HOUSE.templates))


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("kind", letter_kinds(HOUSE.catalogs))
def test_a_case_may_choose_any_kind_of_letter(kind, language):
    made = letter(kind, language)
    assert made.kind == kind
    assert made.language == language
    assert made.sections or kind == "counter_notice"
    assert HOUSE.catalogs.at(language, "US").text(f"letter.title.{kind}") in made.subject


def test_a_letter_that_is_not_there_is_refused_with_those_that_are():
    case = case_for("follow_up", "en").model_copy(update={"letter": "love_letter"})
    with pytest.raises(RequestFault) as raised:
        admit(case, HOUSE)
    [fault] = raised.value.faults
    assert fault.pointer == "/letter"
    assert "follow_up" in fault.params["allowed"]
