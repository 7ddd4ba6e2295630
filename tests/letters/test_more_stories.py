"""Situations that sellers tell in public, each answered: what leads, what is advised, what the letter says and never says."""

import pytest

from benchmarks.letters.situations import stories, work_of
from casefile.discovery import load_house
from evidence_packer.bind.delivery import Delivered
from evidence_packer.report.advice import recommendation
from jobs.case_work.steps.submission import delivered_letter
from jobs.case_work.steps.write import ComposedLetter, composed
from letters.render import plain_text

HOUSE = load_house()
JUDGED = [story for story in stories() if "recommends" in story]


@pytest.mark.parametrize("story", JUDGED, ids=lambda story: story["id"])
def test_a_situation_is_answered_by_what_decides_it(story):
    work = work_of(HOUSE, story, story["ways"][0], "en")
    letter = composed(work, "en")
    text = plain_text(letter, None).text
    leading = work.evidence.leading
    assert (leading.id if leading else "") == story["leads"]
    assert recommendation(work.matter, work.evidence, HOUSE.catalogs.of("en"))[0] == story["recommends"]
    assert (letter.sections[0].id == "answer") is bool(story["leads"])
    assert [words for words in story["says"] if words not in text] == []
    assert [words for words in story["never"] if words in text] == []


def story_of(name):
    return next(story for story in stories() if story["id"] == name)


def test_what_a_ground_rests_on_and_is_not_sent_is_not_cited():
    work = work_of(HOUSE, story_of("two_priors"), "stripe/dispute", "en")
    first = work.plan.exhibits[0]
    sent = Delivered(name="a.pdf", data=b"", format="pdf", pages=1, shows=(work.plan.exhibits[1].first_page,))
    whole = composed(work, "en")
    assert any(cited.number == first.number for sentence in whole.sentences for cited in sentence.exhibits)
    letter = delivered_letter(work, ComposedLetter(letter=whole, pdf=b"", text=plain_text(whole, None)), (sent,))
    assert {cited.number for sentence in letter.sentences for cited in sentence.exhibits} == {2}
    assert "share the IP address" in plain_text(letter, None).text


@pytest.mark.parametrize(
    ("language", "quoted"), [("en", "“UPS left it"), ("ja", "「UPS left it"), ("de", "„UPS left it")]
)
def test_our_words_in_another_language_are_quoted(language, quoted):
    work = work_of(HOUSE, story_of("left_with_neighbour"), "amazon/a_to_z_response", language)
    assert quoted in plain_text(composed(work, language), None).text


@pytest.mark.parametrize("told", [True, False])
def test_an_open_offer_is_said_once_and_never_beside_that_nothing_is_owed(told):
    story = story_of("colour_as_listed")
    at = "2026-11-13T09:20:00-08:00"
    wrote = {"at": at, "from": "seller", "text": "We offered the full refund after return"}
    offer = {"type": "full_refund", "status": "offered", "at": at}
    case = story["case"] | {"remedy": offer, "contacts": [wrote] if told else []}
    work = work_of(HOUSE, story | {"case": case}, "amazon/a_to_z_response", "en")
    text = plain_text(composed(work, "en"), None).text
    assert text.count("full refund") == 1
    assert "owed" not in text
    assert "Please close the claim in the seller's favor (Order" in text


def test_an_appeal_for_a_carriers_event_begins_with_it_though_it_plans_and_tells_no_coupon():
    story = story_of("storm")
    coupon = {"type": "coupon", "status": "done", "at": "2026-11-06T11:00:00-08:00", "files": ["erp_record.png"]}
    case = story["case"] | {"stance": "accept", "remedy": coupon}
    work = work_of(HOUSE, story | {"case": case}, "amazon/performance_appeal", "en")
    letter = composed(work, "en")
    text = plain_text(letter, None).text
    assert letter.sections[0].id == "answer"
    assert "exclude these 2 orders" in text
    assert "coupon" not in text


def test_our_own_hand_over_never_stands_under_the_carriers_first_scan():
    story = story_of("storm")
    orders = [
        {key: value for key, value in order.items() if key != "first_scan_at"} for order in story["case"]["orders"]
    ]
    work = work_of(HOUSE, story | {"case": story["case"] | {"orders": orders}}, "amazon/performance_appeal", "en")
    text = plain_text(composed(work, "en"), None).text
    assert text.count("Handed over: October 29, 2026") == 2
    assert "First scan" not in text


@pytest.mark.parametrize(("name", "columns"), [("one_piece_missing_by_weight", 2), ("sold_as_used", 3)])
def test_a_table_has_no_column_that_stays_empty(name, columns):
    story = story_of(name)
    letter = composed(work_of(HOUSE, story, story["ways"][0], "en"), "en")
    assert {len(p.table) for section in letter.sections for p in section.paragraphs if p.table} == {columns}


def test_a_delivery_is_not_shown_by_a_page_that_dates_it_to_another_day():
    """The page prints the minute of the case too, of a failed attempt: that is no proof of the delivery."""
    lines = [
        "UPS", "Tracking number 1Z999AA10123456784", "Delivered", "Nov 3, 2026 2:22 PM Delivered Columbus, OH 43215",
        "Nov 2, 2026 2:22 PM The receiver refused delivery", "Oct 29, 2026 8:05 PM Origin scan",
    ]  # fmt: skip
    story = {"id": "x", "reason": "item_not_received", "pages": {"tracking": lines}}
    work = work_of(HOUSE, story, "ebay/item_not_received", "en")
    first = composed(work, "en").sentences[0]
    assert "November 2, 2026" in first.text
    assert first.exhibits == ()
    assert first.text.endswith("(according to our records).")


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("I moved, I gave you my old address by mistake.", True),
        ("Sorry, I ordered the wrong size.", True),
        ("My wife signed for it yesterday.", True),
        ("It was my mistake.", True),
        ("我自己填错地址了。", True),
        ("Ich habe versehentlich die alte Adresse angegeben.", True),
        ("I ordered a blue one and got the wrong one.", False),
        ("I ordered blue, you sent the wrong colour.", False),
        ("Sorry, I ordered the wrong size. It is broken as well.", False),
        ("It is not my fault.", False),
        ("Did my husband order it?", False),
        ("Ich habe die falsche Lampe bekommen.", False),
        ("你们发错货了。", False),
        ("No fue mi error.", False),
    ],
)
def test_what_the_buyer_owns_is_quoted_and_what_the_buyer_blames_is_not(words, quoted):
    lines = ["Messages", "Order ID: {order}", "M. Klein  Nov 3, 2026 8:05 AM", words]
    pages = story_of("delivered")["pages"] | {"messages": lines}
    work = work_of(HOUSE, story_of("delivered") | {"pages": pages}, "amazon/a_to_z_response", "en")
    assert (words.rstrip(".。") in plain_text(composed(work, "en"), None).text) is quoted
