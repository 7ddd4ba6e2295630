"""Paragraphs in own words: in the letter, cited still, judged, and told when the facts overtake them."""

import pytest

from api.request.file_names import clean_name, clean_names_in
from casefile.case import Case
from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.discovery import load_house
from casefile.fields.letter import uncited
from casefile.own_words import own_texts
from examples.specimen import case_for, letter_of

HOUSE = load_house()
KIND = "fact_evidence_conclusion"


def edited(*edits, language="en"):
    case = case_for(KIND, language).model_dump(by_alias=True, exclude_none=True)
    return letter_of(HOUSE, KIND, language, case=Case.model_validate({**case, "letter_edits": edits}))


def paragraph(letter, key):
    return [s for section in letter.sections for p in section.paragraphs if p.key == key for s in p.sentences]


@pytest.fixture(scope="module")
def plain():
    return letter_of(HOUSE, KIND, "en")


@pytest.fixture(scope="module")
def target(plain):
    """A paragraph of several sentences with citations."""
    keys = [p.key for s in plain.sections for p in s.paragraphs if len(p.sentences) > 1 and not p.listed]
    return next(key for key in keys if sum(bool(s.exhibits) for s in paragraph(plain, key)) > 1)


def test_own_words_replace_a_paragraph_and_keep_what_it_cited(plain, target):
    letter = edited({"paragraph": target, "language": "en", "text": "We sent it and it arrived"})
    (own,) = paragraph(letter, target)
    before = {c for s in paragraph(plain, target) for c in s.exhibits}
    assert own.own_words
    assert set(own.exhibits) == before
    assert own.text.startswith("We sent it and it arrived (Exhibit ")
    assert [s.number for s in letter.sentences] == list(range(1, len(letter.sentences) + 1))


def test_a_sentence_that_was_not_touched_keeps_its_proof(plain, target):
    first, second, *rest = paragraph(plain, target)
    text = next(one for one in plain.editable if one.paragraph == target).text
    assert first.text in text
    letter = edited({"paragraph": target, "language": "en", "text": text.replace(second.text, "Something else.")})
    said = paragraph(letter, target)
    assert [s.own_words for s in said][: 2 + len(rest)] != [False] * (2 + len(rest))
    assert any(set(second.exhibits) <= set(s.exhibits) for s in said if s.own_words)


def test_named_citations_stand_in_words_and_follow_the_exhibit(target):
    letter = edited(
        {"paragraph": target, "language": "en", "text": "See the scan ({cite:proof.pdf#2}) and {cite:gone.png#1}."}
    )
    (own,) = paragraph(letter, target)[:1]
    assert "See the scan (Exhibit 2, p. 3)" in own.text
    assert "cite:" not in own.text
    assert any((c.number, c.page) == (2, 3) for c in own.exhibits)


def test_citations_that_are_written_out_count_where_they_exist(target):
    letter = edited({"paragraph": target, "language": "en", "text": "See Exhibit 2, p. 3 and Exhibit 99, p. 3."})
    (own,) = paragraph(letter, target)
    assert any((c.number, c.page) == (2, 3) for c in own.exhibits)
    assert all(c.number != 99 for c in own.exhibits)


def test_a_change_of_the_facts_is_noticed(plain, target):
    mark = next(one.mark for one in plain.editable if one.paragraph == target)
    same = edited({"paragraph": target, "language": "en", "text": "Ours.", "replaces": mark})
    other = edited({"paragraph": target, "language": "en", "text": "Ours.", "replaces": "0" * 12})
    assert [one.outdated for one in same.editable if one.edited] == [False]
    assert [one.outdated for one in other.editable if one.edited] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "我们已经发货",
        "We sent the 不锈钢保温杯 on Monday.",
        "Отправлено",
        "שלום and thanks",
        "👍",
        "+1",
        "100 % — done",
    ],
)
def test_own_words_are_never_dropped_for_their_script(target, text):
    letter = edited({"paragraph": target, "language": "en", "text": text})
    assert any(one.edited and one.text == text for one in letter.editable)
    assert any(text.rstrip(".") in sentence.text for sentence in paragraph(letter, target))
    assert letter.left_out == letter_of(HOUSE, KIND, "en").left_out


NAMES = [
    "截图_161101.png", "截图 (1).png", "截图（最终）.png", "a{b}.png", "{x}.png", "100%.png", "50%20off.png", "it's.png",
    "«x».png", "😀👍.png", "صورة.png", "תמונה (2).pdf", "ｆｕｌｌ　ｗｉｄｔｈ．png", "e\u0301.png", "é.png", "a#1.png",
    "#1.png", "a, b; c.png", "很长" * 12 + ".png", "Exhibit 2, p. 3.png", "x\\y.png", "letter.cite.page.png", "[a].png", ".png",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "said", ["Handed over, see {}.", "Handed over ({}).", "见（{}）", "{}", "First {0} and again {0}"]
)
def test_a_citation_of_any_file_name_is_kept(target, name, said):
    case = case_for(KIND, "en").model_dump(by_alias=True, exclude_none=True)
    text = said.format(f"{{cite:{name}#1}}")
    edit = {"paragraph": target, "language": "en", "text": text}
    exhibit = PlannedExhibit(number=1, file=name, kind="other", source_pages=(1,), first_page=1)
    letter = letter_of(
        HOUSE, KIND, "en", case=Case.model_validate({**case, "letter_edits": [edit]}),
        plan=BundlePlan(exhibits=(exhibit,)), coverage=(), timeline=(),
    )  # fmt: skip
    (own,) = paragraph(letter, target)
    assert own.exhibits == (Citation(number=1, page=1),)
    assert "Exhibit 1, p. 1" in own.text
    assert "cite:" not in own.text
    assert letter.left_out == ()


@pytest.mark.parametrize(
    "name", ["截图\u200e.png", "e\u0301 截图.png", "a:b?.png", "C:\\fotos\\x.png", "很长" * 60 + ".png"]
)
def test_a_cited_name_is_cleaned_like_the_file(name):
    edit = {"paragraph": "parcel/1", "language": "en", "text": f"See ({{cite:{name}#2}})."}
    (cleaned,) = clean_names_in({"letter_edits": [edit]})["letter_edits"]
    assert cleaned["text"] == f"See ({{cite:{clean_name(name)}#2}})."
    assert cleaned["paragraph"] == edit["paragraph"]


@pytest.mark.parametrize("odd", [[], [None], ["x"], [{"text": 1}], "x", None])
def test_odd_own_words_are_left_to_the_case_to_judge(odd):
    assert clean_names_in({"letter_edits": odd}) == {"letter_edits": odd}


def test_a_region_of_the_letters_language_is_that_language(target):
    letter = edited({"paragraph": target, "language": "en-GB", "text": "Ours, by road."})
    assert any(one.edited for one in letter.editable)


def test_only_the_letters_own_language_is_replaced(target):
    letter = edited({"paragraph": target, "language": "en", "text": "Ours."}, language="zh-Hans")
    assert not any(one.edited for one in letter.editable)


def test_own_words_are_judged_without_their_citations():
    text = "The buyer lies ({cite:a b.png#1}; {cite:c.png#2}), as {cite:d.png#1} shows."
    case = Case(
        platform="amazon",
        procedure="a_to_z_response",
        letter_edits=[{"paragraph": "parcel/1", "language": "en", "text": text}],
    )
    assert [t for p, _, t in own_texts(case) if p.startswith("/letter_edits")] == ["The buyer lies, as  shows."]
    assert uncited("（{cite:a.png#1}）好。") == "好。"
