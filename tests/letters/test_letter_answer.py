"""The answer first: it stands in the subject, opens the letter, is said once, stays in a narrow box; the request ends it."""

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from evidence_packer.assemble import ReadUpload, completed
from jobs.case_work.steps.bind import view_of
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed
from letters.render import plain_text
from tests.casework_parts import matter_of
from tests.letters.test_no_more_than_the_page import FULL, ONE, ORDER, QUOTE, case_of, reading_of

HOUSE = load_house()
TALK = ("messages", [["Messages", f"Order ID: {ORDER}", "Buyer  Nov 3, 2026 8:05 AM", "Where is my parcel?",
                      "Buyer  Nov 4, 2026 9:00 AM", "I found it, I received the parcel. Thank you!"]])  # fmt: skip


def work_of(files, **changes):
    body = case_of(files, two=False, refunded=False).model_dump(by_alias=True, exclude_none=True, mode="json")
    case = Case.model_validate(body | changes)
    matter = matter_of(case, HOUSE)
    uploads = [ReadUpload(f"{n}.png", reading_of(pages), 1000) for n, (_, pages) in enumerate(files)]
    matter, evidence = completed(matter, uploads)
    return Casework(matter=matter, evidence=evidence, language="en", read={})


def letter(files=FULL, language="en", **changes):
    return composed(work_of(files, **changes), language)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_answer_opens_the_letter_and_stands_in_the_subject(language):
    made = letter(language=language)
    first = made.sections[0]
    assert (first.id, first.title) == ("answer", "")
    opening = first.paragraphs[0].sentences[0]
    assert ("UPS delivered the parcel" if language == "en" else "妥投") in opening.text
    assert opening.exhibits
    answer = {"en": "delivered to the address of the order", "zh-Hans": "已妥投至订单地址"}[language]
    assert made.subject.endswith(answer)


def test_the_banner_says_the_answer_without_its_brackets():
    work = work_of(FULL)
    made = composed(work, "en")
    assert made.answer.startswith("UPS delivered the parcel on November 2, 2026")
    assert made.answer.endswith(".")
    assert "Exhibit" not in made.answer
    assert view_of(work, made.answer).answer == made.answer


def test_nothing_is_said_twice_and_the_exhibits_show_that_is_gone():
    text = plain_text(letter(), None).text
    assert text.count("November 2, 2026, 2:22 p.m.") == 1
    assert "The exhibits show that" not in text
    assert text.index("first scanned") < text.index("the ship-by time")


def test_the_request_is_the_last_paragraph_with_sum_and_ids():
    made = letter(
        claim={"id": "C-77", "opened_at": "2026-11-18T18:03:00-05:00", "amount": {"amount": "37.48", "currency": "USD"}}
    )
    last = made.sections[-1].paragraphs[-1].sentences
    assert {sentence.sentence_class for sentence in last} == {"request"}
    assert all(word in last[0].text for word in ("USD 37.48", "C-77", ORDER))


def test_what_was_taken_is_asked_back_and_never_left():
    claim = {
        "opened_at": "2026-11-18T18:03:00-05:00", "decided_at": "2026-11-20T10:00:00-05:00", "status": "decided",
        "debited_at": "2026-11-20T10:00:00-05:00", "amount": {"amount": "37.48", "currency": "USD"},
    }  # fmt: skip
    text = plain_text(letter(claim=claim, as_of="2026-11-25T09:00:00-05:00"), None).text
    assert "reimburse" in text
    assert "leave" not in text


@pytest.mark.parametrize(
    ("last", "quoted"), [("I found it, I received the parcel. Thank you!", True), ("I still did not get it.", False)]
)
def test_the_buyers_own_words_that_admit_something_are_quoted_with_their_page(last, quoted):
    kind, [lines] = TALK
    made = letter([*FULL, (kind, [[*lines[:-1], last]])])
    said = [s for s in made.sentences if last[:-1] in s.text]
    assert bool(said) is quoted
    assert all(s.proof == "shown" and s.exhibits[0].number == 3 for s in said)


def test_a_narrow_box_keeps_the_answer_what_carries_it_and_the_request():
    made = letter(
        claim={
            "opened_at": "2026-11-18T18:03:00-05:00",
            "amount": {"amount": "37.48", "currency": "USD"},
            "statement": "I never got it.",
        }
    )
    whole = plain_text(made, None)
    narrow = plain_text(made, whole.chars // 2)
    lines = [line for line in narrow.text.splitlines() if line]
    assert lines[1].startswith("UPS delivered the parcel")
    assert "Please close the claim" in narrow.text
    assert "I never got it" not in narrow.text
    assert QUOTE not in whole.text


def test_an_acceptance_and_a_case_without_a_ground_begin_with_the_course_of_things():
    for made in (letter(stance="accept"), letter([("erp_record", [[f"Tracking number {ONE}"]])])):
        assert made.sections[0].id == "facts"
        assert not made.answer


@pytest.mark.parametrize("language", ["en", "zh-Hans", "de", "fr", "es", "it", "pt-BR", "ja", "ko", "th"])
def test_every_ground_has_its_few_words_for_the_subject_in_every_language_that_argues_it(language):
    own = HOUSE.catalogs.of(language)
    lacking = [name for name in HOUSE.grounds if not own.own(f"ground.{name}.subject")]
    assert (lacking, own.own("letter.subject.answered")) == ([], True)
