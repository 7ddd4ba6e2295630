"""What counts as the same text, and what never does: one table for every way of folding."""

import itertools
import re

import pytest

from casefile import text_folding

SAME = {
    "number": [
        ("112-1234567-7654321", "112 1234567 7654321"),
        ("1O2", "102"),
        ("Q0O", "000"),
        ("l1I|", "1111"),
        ("ｅｆ１２３", "EF123"),
        ("①23", "123"),
        ("1z999aa1", "1Z999AA1"),
        ("JD·01", "jd01"),
    ],
    "loose_number": [("SBZGDTA", "5826074"), ("5O8B", "S0B8")],
    "word": [
        ("Entregué", "entregue"),
        ("ＤＥＬＩＶＥＲＥＤ", "delivered"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("Đã giao hàng", "da giao hang"),
        ("ø", "o"),
        ("배송 완료", "배송완료"),
        ("已 签 收", "已签收"),
        ("นำจ่าย", "นํา จ่าย"),
        ("ﬁnal", "final"),
        ("e\u0301te\u0301", "été"),
    ],
    "caseless": [("Ｎｏ．", "no."), ("Straße", "STRASSE")],
    "squeezed": [("Ship-to  Name", "shiptoname"), ("订单_编号（Amazon）", "订单编号amazon"), ("ＰＯ：12", "po12")],
    "file_name": [("Cafe\u0301.PNG", "café.png")],
    "in_place": [("２０２６年", "2026年"), ("๒๕๖๙", "2569"), ("٢٠٢٦", "2026"), ("12\u00a03", "12 3")],
    "unaccented": [("février", "fevrier"), ("Đ", "D"), ("Août", "Aout")],
    "ascii_only": [("Café 订单", "Cafe ")],
    "unspaced": [("a b\u3000c\n", "abc")],
}
DIFFERENT = {
    "number": [
        ("S", "5"),
        ("B8", "88"),
        ("Z2", "22"),
        ("112-1234567-7654321", "112-1234567-7654322"),
        ("1订2", "12"),
        ("12", "21"),
        ("7", "1"),
    ],
    "loose_number": [("1", "7"), ("C", "0"), ("9", "6")],
    "word": [
        ("delivered", "undelivered"),
        ("de livered", "delivered"),
        ("が", "か"),
        ("配送", "派送"),
        ("l", "1"),
        ("O", "0"),
        ("café bar", "cafébar"),
    ],
    "caseless": [("a b", "ab"), ("é", "e"), ("a-b", "ab")],
    "squeezed": [("é", "e"), ("O", "0"), ("file 1", "file 2")],
    "file_name": [("ａ.png", "a.png"), ("a b.png", "ab.png"), ("O.png", "0.png")],
    "in_place": [("É", "E"), ("½", "1/2"), ("ﬁ", "fi")],
    "unaccented": [("a", "A"), ("が", "か")],
    "ascii_only": [("a", "b")],
    "unspaced": [("a-b", "ab")],
}


def rows(table):
    return [(name, *row) for name, found in table.items() for row in found]


@pytest.mark.parametrize(("name", "one", "other"), rows(SAME))
def test_folds_together(name, one, other):
    fold = getattr(text_folding, name)
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("name", "one", "other"), rows(DIFFERENT))
def test_stays_apart(name, one, other):
    fold = getattr(text_folding, name)
    assert fold(one) != fold(other)


@pytest.mark.parametrize("name", SAME)
def test_folding_twice_changes_nothing(name):
    fold = getattr(text_folding, name)
    for text in itertools.chain.from_iterable(SAME[name] + DIFFERENT[name]):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("fold", [text_folding.in_place, text_folding.unaccented])
@pytest.mark.parametrize("text", ["ﬁ１½é\u0301訂ｶﾞ", "", "plain", "๒ำ", "Đđß№…"])
def test_places_stay(fold, text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("seen", "expected", "same"),
    [("S", "5", True), ("5", "S", False), ("B", "8", True), ("B", "B", True), ("8", "B", False), ("C", "0", False)],
)
def test_a_letter_is_a_digit_only_where_a_digit_is_expected(seen, expected, same):
    assert text_folding.same_char(seen, expected) is same


def test_every_sign_of_a_number_knows_its_place():
    assert list(text_folding.number_chars("№ 1-Ⅷ")) == [
        ("N", 0),
        ("0", 0),
        ("1", 2),
        ("V", 4),
        ("1", 4),
        ("1", 4),
        ("1", 4),
    ]


def test_no_two_names_of_platforms_or_carriers_fold_together(house):
    for kind in (house.platforms, house.carriers):
        known: dict[str, str] = {}
        for one in kind.values():
            for name in (one.id, *one.name.values()):
                assert known.setdefault(text_folding.squeezed(name), one.id) == one.id, name


@pytest.mark.parametrize(
    ("text", "pattern", "place"),
    [
        ("Delivered today", "delivered", "Delivered"),
        ("Delivered today", "today", "today"),
        ("Zugestellt für Müller", "muller", "Müller"),
        ("Straße 5", "strasse", "Straße"),
        ("배 송 완 료 됨", "배송완료", "배 송 완 료"),
        ("已 签收 OK", "已签收", "已 签收"),
        ("OK 已签收", "ok 已签收", "OK 已签收"),
        ("ﬁnal", "final", "ﬁnal"),
        ("Delivered today", "(?=today)", ""),
        ("Zugestellt für", "$", ""),
        ("für", "^", ""),
    ],
)
def test_what_is_found_in_folded_text_stands_where_it_was_written(text, pattern, place):
    folded = text_folding.bare(text)
    start, end = folded.span(re.search(pattern, folded.text))
    assert text[start:end] == place
    assert len(folded.places) == len(folded.text) + 1
    assert folded.places[len(folded.text)] == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("배 송", "배송"), ("배 a", "배 a"), ("a 배", "a 배"), (" 배", " 배"), ("배 ", "배 "),
     ("é à", "e a"), ("ガ", "ガ"), ("각", "각")],
)  # fmt: skip
def test_spaces_fall_only_between_letters_of_scripts_without_spaces(text, folded):
    assert text_folding.word(text) == folded


@pytest.mark.parametrize(("text", "is_"), [("é", True), ("e\u0301", False), ("abc", True)])
def test_whether_accents_are_joined(text, is_):
    assert text_folding.is_composed(text) is is_
