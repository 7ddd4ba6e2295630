"""One decision on the language of everything that goes to the platform, and which tags answer for each other."""

import pytest

from casefile.admission import admit
from casefile.case import Case
from casefile.discovery import load_house
from casefile.fields.base import in_language, same_language
from casefile.letter_language import letter_language
from casefile.scripts import foreign_words, mostly_foreign

HOUSE = load_house()


@pytest.mark.parametrize(
    ("platform", "procedure", "site", "asked", "decided"),
    [
        ("aliexpress", "buyer_contact", "DE", None, "de"),
        ("aliexpress", "dispute", "DE", None, "en"),
        ("amazon", "a_to_z_response", "US", None, "en"),
        ("amazon", "a_to_z_response", "US", "de", "de"),
        ("amazon", "a_to_z_response", "US", "es-MX", "es"),
        ("amazon", "a_to_z_response", "US", "pt", "pt-BR"),
        ("amazon", "a_to_z_response", "US", "pt-PT", "pt-BR"),
        ("amazon", "a_to_z_response", "US", "zh", "zh-Hans"),
        ("amazon", "a_to_z_response", "US", "zh-CN", "zh-Hans"),
        ("amazon", "a_to_z_response", "US", "en-GB", "en"),
        ("amazon", "a_to_z_response", "US", "zh-Hant", "en"),
        ("amazon", "a_to_z_response", "US", "zh-TW", "en"),
        ("amazon", "a_to_z_response", "US", "nl", "en"),
        ("amazon", "a_to_z_response", "US", "ar", "en"),
        ("amazon", "performance_appeal", "US", "de", "en"),
        ("shopee", "buyer_contact", "TW", None, "zh-Hant"),
        ("shopee", "return_refund", "TW", None, "en"),
        ("shopee", "return_refund", "TW", "zh-Hans", "zh-Hans"),
        ("mercado_libre", "dispute", "MX", None, "es"),
        ("mercado_libre", "dispute", "BR", None, "pt-BR"),
        ("mercado_libre", "dispute", "MX", "nl", "es"),
        ("rakuten", "dispute", "JP", None, "ja"),
    ],
)
def test_the_case_decides_then_its_reader_then_what_is_accepted(platform, procedure, site, asked, decided):
    chosen = HOUSE.platforms[platform]
    named = site if site in chosen.sites else None
    assert letter_language(asked, chosen.site(named), chosen.procedures[procedure], HOUSE.catalogs) == decided


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("zh", "zh-Hans", True), ("zh-CN", "zh-Hans", True), ("zh-SG", "zh", True), ("zh-TW", "zh-Hant", True),
        ("zh-HK", "zh-TW", True), ("zh-Hant-HK", "zh-Hant", True), ("zh-TW", "zh-Hans", False), ("zh-Hant", "zh", False),
        ("zh-Hans-HK", "zh-Hans", True), ("pt", "pt-BR", True), ("pt-PT", "pt-BR", True), ("es-419", "es-MX", True),
        ("en-GB", "en", True), ("de", "en", False), ("sr-Latn", "sr-Cyrl", False), ("sr", "sr-Cyrl", True),
    ],
)  # fmt: skip
def test_who_reads_one_tag_reads_the_other(first, second, same):
    assert same_language(first, second) == same_language(second, first) == same


@pytest.mark.parametrize(
    ("text", "language", "picked"),
    [
        ({"en": "e", "de": "d"}, "de", "d"),
        ({"en": "e", "zh-Hans": "h"}, "de", None),
        ({"es-ES": "a", "es-MX": "b", "es": "c"}, "es-MX", "b"),
        ({"es-ES": "a", "es": "c"}, "es-MX", "c"),
        ({"pt": "p"}, "pt-BR", "p"),
        ({"zh-Hant": "t", "zh-Hans": "s"}, "zh-Hans", "s"),
        ({"zh-TW": "t"}, "zh-Hans", None),
        ({"zh-TW": "t"}, "zh-Hant", "t"),
        ({"zh": "s"}, "zh-Hans", "s"),
        ({"zh": "", "zh-CN": "s"}, "zh-Hans", "s"),
        ("plain", "de", "plain"),
        ("", "de", None),
        (None, "de", None),
    ],
)
def test_another_language_never_stands_in(text, language, picked):
    assert in_language(text, language) == picked


@pytest.mark.parametrize(
    ("text", "language", "words", "mostly"),
    [
        ("We sent the 不锈钢保温杯 to the buyer", "en", ("不锈钢保温杯",), False),
        ("包裹已送达", "en", ("包裹已送达",), True),
        ("UPS 已于 2 月送达", "en", ("已于", "月送达"), True),
        ("包裹已送达", "ja", (), False),
        ("Посылка доставлена", "de", ("Посылка доставлена",), True),
        ("Посылка доставлена", "ru", (), False),
        ("Handed to Москва Почта and to אבג", "en", ("Москва Почта", "אבג"), False),
        ("α-lipoic acid, 10 Ω", "en", (), False),
        ("5 件 sent on Monday", "en", ("件",), False),
        ("안녕하세요 我们", "zh-Hans", ("안녕하세요",), False),
        ("Größe, à la carte, señor", "en", (), False),
        ("", "en", (), False),
    ],
)
def test_foreign_words_are_named_as_they_stand(text, language, words, mostly):
    assert foreign_words(text, language) == words
    assert mostly_foreign(text, language) == mostly


def test_nothing_else_decides_the_language_of_what_is_sent():
    """No module outside the one decision asks the site for its reader's language, but to compare with it."""
    asking = [
        path.relative_to(HOUSE.root).as_posix()
        for folder in ("api", "jobs", "letters", "evidence_packer", "press")
        for path in (HOUSE.root / folder).rglob("*.py")
        if "read_by(" in path.read_text(encoding="utf-8")
    ]
    assert asking == ["evidence_packer/judge/checks/languages.py"]


def test_a_narrowed_procedure_decides_alike():
    case = Case.model_validate(
        {"platform": "etsy", "procedure": "chargeback", "order": {"id": "1"}, "claim": {"network": "visa"}}
    )
    platform, procedure = admit(case, HOUSE)
    assert letter_language(None, platform.site(None), procedure, HOUSE.catalogs) == "en"
