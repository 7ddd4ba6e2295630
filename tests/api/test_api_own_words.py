"""Own words as the form posts them: only what was changed is kept, citations by file, nothing that was not shown is lost."""

import json

import pytest

from api.form.own_words import box, edits, parts, restored, taken, unused
from casefile.letter import Editable

NAME = "letter/en/parcel/1"
PAGES = json.dumps([[1, 1, 2, "label.jpg"], [2, 3, 3, "证据 一.png"]])
SHOWN = box(Editable(paragraph="parcel/1", text="It left, see Exhibit 1, p. 2.", mark="0" * 12), "en")


@pytest.fixture
def take(house):
    def post(text, before=None, seen=SHOWN.seen):
        sent = {NAME: text, NAME + "/seen": seen, "letter_pages": PAGES, "/order/id": "1"}
        return taken(before or {}, sent, house.catalogs)

    return post


def test_what_was_not_changed_is_not_kept(take):
    assert take("It left,  see Exhibit 1, p. 2.\n") == {"/order/id": "1"}
    assert take("") == {"/order/id": "1"}


def test_citations_are_kept_by_file(take):
    fields = take("Ours: Exhibit 2, p. 3 and Exhibit 1, p. 2, not Exhibit 7, p. 9.")
    assert fields[NAME] == "Ours: {cite:证据 一.png#1} and {cite:label.jpg#2}, not Exhibit 7, p. 9."
    assert edits(fields) == [{"paragraph": "parcel/1", "language": "en", "text": fields[NAME], "replaces": "0" * 12}]


def test_own_words_stay_while_their_box_is_unchanged_or_not_shown(take, house):
    before = take("Ours.")
    shown = box(Editable(paragraph="parcel/1", text="Ours.", mark="1" * 12, edited=True), "en")
    assert take("Ours.", before, shown.seen) == before
    assert taken(before, {"/order/id": "1"}, house.catalogs) == before
    assert [(one.key, one.text) for one in unused(before, "de", ["parcel/1"])] == [("en/parcel/1", "Ours.")]
    assert restored(before, "en/parcel/1") == {"/order/id": "1"}


def test_what_nobody_posts_breaks_nothing(house):
    for odd in ({"letter/seen": "x"}, {"letter//seen": ""}, {NAME: "a", NAME + "/seen": "x", "letter_pages": "{"}):
        assert isinstance(taken({}, odd, house.catalogs), dict)


def test_each_paragraph_has_one_box_after_its_last_part():
    html = '<p data-paragraph="parcel/1" data-mark="0">a</p><p data-paragraph="parcel/1" data-mark="0">b</p><p>c</p>'
    assert [(text[-8:], one) for text, one in parts(html, {"parcel/1": SHOWN})] == [
        ('0">b</p>', SHOWN),
        ("<p>c</p>", None),
    ]
