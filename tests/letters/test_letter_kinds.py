"""Every letter kind in every language that speaks it: whole, without traces of its making, true to its rules."""

import re

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from examples.specimen import case_for, letter_of
from letters.letter_kinds import shelf
from letters.lines import lines
from letters.render import plain_text

HOUSE = load_house()
KINDS = sorted(shelf(HOUSE.templates))
SPOKEN = [
    (kind, tag)
    for kind in KINDS
    for tag, texts in HOUSE.catalogs.by_language.items()
    if texts.own(f"letter.title.{kind}")
]
TRACES = re.compile(r"\{[a-z_]+[}|]|\b(letter|buyer|proposition|reason|kind|bank)\.[a-z_]+|\.\.|。。| \.|\( |  |None")


@pytest.mark.parametrize(("kind", "language"), SPOKEN)
def test_a_letter_is_whole(kind, language):
    letter = letter_of(HOUSE, kind, language)
    text = "\n".join((letter.subject, letter.addressee, plain_text(letter, None).text, *letter.enclosures))
    assert not TRACES.search(text), text
    assert [s.number for s in letter.sentences] == list(range(1, len(letter.sentences) + 1))
    assert all(paragraph.sentences for section in letter.sections for paragraph in section.paragraphs)
    assert all(section.title for section in letter.sections) or len(letter.sections) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_english_and_chinese_say_the_same(kind):
    english, chinese = (letter_of(HOUSE, kind, language) for language in ("en", "zh-Hans"))
    assert [(s.number, s.sentence_class, s.exhibits) for s in english.sentences] == [
        (s.number, s.sentence_class, s.exhibits) for s in chinese.sentences
    ]


@pytest.mark.parametrize(("kind", "language"), [way for way in SPOKEN if way[0] == "buyer_message"])
def test_a_message_to_the_buyer_names_no_exhibit_and_no_contact_data(kind, language):
    letter = letter_of(HOUSE, kind, language)
    assert not letter.enclosures
    assert not letter.reference
    assert not any(sentence.exhibits for sentence in letter.sentences)
    catalog = HOUSE.catalogs.of(language)
    assert catalog.text("letter.cite.exhibit", number="").strip() not in plain_text(letter, None).text


def test_short_paragraphs_where_the_receiver_asks_for_them():
    for kind in ("support_case", "follow_up"):
        for language in ("en", "zh-Hans"):
            for section in letter_of(HOUSE, kind, language).sections:
                for paragraph in section.paragraphs:
                    text = " ".join(sentence.text for sentence in paragraph.sentences)
                    assert paragraph.table or lines(text) <= 3 or len(paragraph.sentences) == 1, text


def test_an_answer_to_a_refusal_cites_an_exhibit_for_every_reason():
    letter = letter_of(HOUSE, "rejection_answer", "en")
    rows = [p for section in letter.sections for p in section.paragraphs if p.table]
    assert [row.sentences[1].exhibits[0].number for row in rows] == [2, 3]


def _declared(**right):
    case = case_for("counter_notice", "en").model_dump(by_alias=True)
    case["ip"] |= right
    return letter_of(HOUSE, "counter_notice", "en", case=Case.model_validate(case))


def test_a_counter_notice_answers_copyright_only_and_is_never_signed_for_anyone():
    letter = _declared()
    legal = [sentence.text for sentence in letter.sentences if sentence.sentence_class == "legal"]
    assert any("penalty of perjury" in text for text in legal)
    assert all(text.startswith("[ ]") for text in legal if "I " in text)
    assert letter.signature == ()
    for right in ({"right": "trademark"}, {"is_court_order": True}):
        stopped = _declared(**right)
        assert not [s for s in stopped.sentences if s.sentence_class == "legal"]
        assert "no-counter-notice" in {left.code for left in stopped.left_out}


def test_an_offer_is_no_refund_and_a_refund_needs_its_document():
    case = case_for("fact_evidence_conclusion", "en").model_dump(by_alias=True)
    done = {"type": "full_refund", "status": "done", "at": "2026-11-17T10:00:00-08:00"}
    for remedy, words, left in (
        ({**done, "status": "offered"}, "we offered the buyer a full refund", set()),
        (done, None, {"remedy-unproved"}),
    ):
        letter = letter_of(
            HOUSE, "fact_evidence_conclusion", "en", case=Case.model_validate({**case, "remedy": remedy})
        )
        text = plain_text(letter, None).text
        assert words in text if words else "full refund" not in text
        assert {line.code for line in letter.left_out} == left


@pytest.mark.parametrize(
    ("new", "said", "left"), [(("proof.pdf",), True, False), ((), False, True), (None, False, False)]
)
def test_what_is_new_since_the_previous_pack(new, said, left):
    letter = letter_of(HOUSE, "rejection_answer", "en", new=new)
    assert (
        "New since our earlier submission: Exhibit 2, p. 2 (Proof of delivery)." in plain_text(letter, None).text
    ) == said
    assert ("nothing-new" in {line.code for line in letter.left_out}) == left


def text_with(**changes):
    case = case_for("fact_evidence_conclusion", "en").model_dump(by_alias=True)
    letter = letter_of(HOUSE, "fact_evidence_conclusion", "en", case=Case.model_validate({**case, **changes}))
    return plain_text(letter, None).text


def test_messages_agents_and_replacements_are_told_only_when_the_case_says_so():
    silent = text_with()
    assert not [words for words in ("messages of this order", "on behalf of", "replacement") if words in silent]
    assert "The same documents were also sent in the messages of this order on November 18, 2026" in text_with(
        submission={"messages_sent_at": "2026-11-18T09:00:00-05:00"}
    )
    agent = {"role": "agent", "name": "Harbour Claims Ltd."}
    assert "Harbour Claims Ltd. makes this statement on behalf of Northlake Home" in text_with(submitted_by=agent)
    parcel = {"direction": "replacement", "carrier": "ups", "tracking_number": "1Z999AA10123456784"}
    assert "A replacement was handed to UPS on November 19, 2026" in text_with(
        parcels=[{**parcel, "dispatched_at": "2026-11-19T09:00:00-05:00"}]
    )
