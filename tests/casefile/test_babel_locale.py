"""Dates, numbers and counted words in each language by one map."""

import pytest

from casefile.babel_locale import babel_locale, plural_categories
from casefile.wording import as_shown, fill, plurals

PL = "{n} {n|paczka|paczki|paczek}"
EN = "{n} {n|parcel|parcels}"
FR = "{n} {n|colis reçu|colis reçus}"
RU = "{n} {n|посылка|посылки|посылок}"


@pytest.mark.parametrize(
    ("language", "template", "number", "said"),
    [
        ("pl", PL, 1, "1 paczka"),
        ("pl", PL, 2, "2 paczki"),
        ("pl", PL, 4, "4 paczki"),
        ("pl", PL, 5, "5 paczek"),
        ("pl", PL, 0, "0 paczek"),
        ("pl", PL, 12, "12 paczek"),
        ("pl", PL, 21, "21 paczek"),
        ("pl", PL, 22, "22 paczki"),
        ("pl", PL, 112, "112 paczek"),
        ("ru", RU, 1, "1 посылка"),
        ("ru", RU, 21, "21 посылка"),
        ("ru", RU, 11, "11 посылок"),
        ("ru", RU, 3, "3 посылки"),
        ("en", EN, 1, "1 parcel"),
        ("en", EN, 0, "0 parcels"),
        ("en", EN, 21, "21 parcels"),
        ("en", EN, "1,200", "1,200 parcels"),
        ("en", EN, "NaN", "NaN parcels"),
        ("en", EN, "several", "several parcels"),
        ("fr", FR, 0, "0 colis reçu"),
        ("fr", FR, 1, "1 colis reçu"),
        ("fr", FR, "1.5", "1.5 colis reçu"),
        ("fr", FR, 2, "2 colis reçus"),
        ("pt-BR", "{n} {n|pedido|pedidos}", 0, "0 pedido"),
        ("zh-Hans", "{n} 个{n|包裹}", 1, "1 个包裹"),
        ("zh-Hans", "{n} 个{n|包裹}", 5, "5 个包裹"),
        ("xx-Unknown", EN, 1, "1 parcel"),
    ],
)
def test_the_form_that_stands_beside_a_number(language, template, number, said):
    assert fill(template, {"n": number}, language) == said


def test_before_the_number_is_known_the_form_for_many_stands():
    assert as_shown(PL) == "{n} paczek"


def test_every_counted_word_has_the_forms_of_its_language(house):
    """A text that gives a form too few would say "2 paczek" for "2 paczki"."""
    wrong = {
        (language, key): forms
        for language, catalog in house.catalogs.by_language.items()
        for key, text in catalog.texts.items()
        for forms in plurals(text)
        if len(forms) != len(plural_categories(language))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("en", "en_GB"), ("zh-Hans", "zh_Hans_CN"), ("zh-Hant", "zh_Hant_TW"), ("pt-BR", "pt_BR"), ("de", "de")],
)
def test_one_locale_for_a_language(tag, locale):
    assert str(babel_locale(tag)) == locale
