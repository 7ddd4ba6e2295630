"""Bands drawn without a layout engine say the same as those laid out, break where they should, and end in an ellipsis."""

import re
from dataclasses import replace

import pytest

from evidence_packer.bind.bundle import bands as drawn_bands
from evidence_packer.bind.bundle.proof import prove
from press.pdf.asking import page_texts
from press.pdf.line_breaking import broken, is_plain

from .bundle_parts import bound, exhibits, look_of, picture, plan_of


def monospaced(text):
    return sum(2.0 if ord(char) > 0x2E7F else 1.0 for char in text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ("one two", "three")),
        ("包裹已送达，签收", ("包裹已送", "达，签收")),
        ("签收人是他，本人", ("签收人是", "他，本人")),
        ("订单包裹，送达", ("订单包", "裹，送达")),
        ("abcdefghijkl", ("abcdefgh", "ijkl")),
        ("UPS包裹 1Z9 ok", ("UPS包裹", "1Z9 ok")),
    ],
)
def test_lines_break_at_spaces_and_between_signs_never_before_a_comma(text, lines):
    assert broken(text, monospaced, 8, 3) == lines


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = broken("word " * 40, monospaced, 20, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(monospaced(line) <= 20 for line in lines)
    assert broken("one two", monospaced, 8, 1, first=4)[0].endswith("…")


def test_scripts_that_need_shaping_are_left_to_the_layout_engine():
    assert is_plain("Ünïcode 证据 ひらがな 한국어 №1 …")
    assert not any(is_plain(text) for text in ("พัสดุ", "שלום", "مرحبا", "e\u0301", "📦"))


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_both_ways_print_the_same_words(house, typesetter, monkeypatch, language):
    look = look_of(house, typesetter, language)
    made = tuple(
        replace(e, caption=caption, proves="送达 and delivered")
        for e, caption in zip(exhibits(picture(), picture(90, 90)), ("Label 标签", "Parcel"), strict=True)
    )
    fast = bound(made, look)
    monkeypatch.setattr(drawn_bands, "is_plain", lambda _text: False)
    slow = bound(made, look)
    plain = [[re.sub(r"\s+", "", text) for text in page_texts(data)[1:]] for data in (fast, slow)]
    for one, other in zip(*plain, strict=True):
        assert sorted(one) == sorted(other)


def test_a_caption_with_a_rare_sign_is_still_printed(house, typesetter):
    made = (replace(exhibits(picture())[0], caption="พัสดุ 📦 label"),)
    assert "label" in page_texts(bound(made, look_of(house, typesetter)))[1]


def test_every_language_numbers_its_pages(house, typesetter):
    made = exhibits(picture())
    for language in house.catalogs.by_language:
        look = look_of(house, typesetter, language)
        prove(bound(made, look), plan_of(made), (), look.catalog.text("bundle.footer"))
