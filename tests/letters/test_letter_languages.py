"""Catalogs are complete for the letters a language speaks; dates, money and quotations are said its way."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from babel.messages.pofile import read_po

from casefile.discovery import load_house
from casefile.fields.base import Money
from casefile.fields.people import Address
from casefile.letter import Paragraph, Section, Sentence
from casefile.wording import Catalog, placeholders, respelt
from examples.specimen import letter_of
from letters.bank import bank, scenarios
from letters.language_formatter import LanguageFormatter
from letters.render import plain_text
from letters.zones import plainly, said_once
from press.fonts import chars_of
from press.pdf.lettering import face_for

HOUSE = load_house()
LOCALES = HOUSE.root / "locales"


def speaking(kind):
    """The languages in which a letter of this kind is written."""
    return {tag for tag, texts in HOUSE.catalogs.by_language.items() if texts.own(f"letter.title.{kind}")}


WHOLE = sorted(speaking("plan_of_action"))
CLAIMS = sorted(speaking("fact_evidence_conclusion") - {*WHOLE})
BUYERS = sorted(speaking("buyer_message") - {*WHOLE, *CLAIMS})
NEEDED = {
    **dict.fromkeys(CLAIMS, ("speech", "buyer", "letters", "grounds")),
    **dict.fromkeys(BUYERS, ("speech", "buyer")),
}
NAMES = ("kind.", "front.cite", "front.page", "front.exhibit_short", "bundle.footer", "bundle.bookmark")


def texts(language, file):
    with (LOCALES / language / f"{file}.po").open("rb") as opened:
        return {m.id: m.string for m in read_po(opened, abort_invalid=True) if m.id}


@pytest.mark.parametrize("language", NEEDED)
def test_a_catalog_has_every_key_and_placeholder_of_its_letters(language):
    for file in NEEDED[language]:
        english, own = texts("en", file), texts(language, file)
        missing = {key for key in english if key not in own}
        strange = {key for key in own if not HOUSE.catalogs.of("en").own(key)}
        assert (missing, strange) == (set(), set()), file
        for key, text in own.items():
            given = placeholders(text)
            english.setdefault(key, HOUSE.catalogs.of("en").texts[key])
            assert given <= placeholders(english[key]) | {"cites", "cite", "kind"}, key
            if not key.startswith(("letter.fact.", "letter.cite.also")):
                assert given == placeholders(english[key]) or key in {
                    "letter.dated",
                    "letter.salutation.buyer_named",
                }, key


@pytest.mark.parametrize("language", CLAIMS)
def test_the_bundle_names_its_exhibits_as_the_letter_does(language):
    own, english = HOUSE.catalogs.of(language), HOUSE.catalogs.of("en")
    assert not [key for key in english.texts if key.startswith(NAMES) and not own.own(key)]
    assert own.text("front.cite", number=3, page=12) == own.text("letter.cite.page", number=3, page=12)


@pytest.mark.parametrize("language", [*WHOLE, *CLAIMS])
def test_one_font_has_every_sign_that_is_stamped(language):
    own = HOUSE.catalogs.of(language)
    numbers = {"number": 1, "page": 23, "pages": 4567890, "part": 1, "parts": 2}
    signs = "".join(own.text(f"bundle.{key}", numbers) for key in ("footer", "part", "redacted"))
    lacking = {ord(sign) for sign in signs if not sign.isspace()} - chars_of(
        face_for(HOUSE.root / "fonts", signs, language)
    )
    assert not lacking


def test_each_language_speaks_the_letters_whose_texts_it_has_and_no_others():
    assert {"en", "zh-Hans"} == {*WHOLE}
    assert {*WHOLE, *CLAIMS, *BUYERS} == {*HOUSE.catalogs.by_language}
    with_letters = {folder.name for folder in LOCALES.iterdir() if (folder / "letters.po").exists()}
    assert with_letters == {*WHOLE, *CLAIMS}


@pytest.mark.parametrize(
    ("tag", "found"), [("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans"), ("pt", "pt-BR"), ("es-MX", "es")]
)
def test_neighbouring_tags_find_their_catalog(tag, found):
    assert HOUSE.catalogs.of(tag).language == found


@pytest.mark.parametrize(
    ("language", "day", "money", "quoted"),
    [
        ("en", "2 November 2026, 14:22 (UTC-5)", "USD 1,037.48", "“Where is it?”"),
        ("zh-Hans", "2026年11月2日 14:22（UTC-5）", "USD 1,037.48", "“Where is it?”"),
        ("de", "2. November 2026 um 14:22 Uhr (UTC-5)", "1.037,48 USD", "„Where is it?“"),
        ("fr", "2 novembre 2026 à 14:22 (UTC-5)", "1\u00a0037,48 USD", "« Where is it? »"),
        ("ja", "2026年11月2日 14:22（UTC-5）", "USD 1,037.48", "「Where is it?」"),
        ("pl", "2 listopada 2026, godz. 14:22 (UTC-5)", "1\u00a0037,48 USD", "„Where is it?”"),
    ],
)
def test_dates_money_and_quotations(language, day, money, quoted):
    say = LanguageFormatter(catalog=HOUSE.catalogs.of(language), language=language)
    assert plainly(say.moment(dt.datetime.fromisoformat("2026-11-02T14:22:00-05:00"))) == day
    assert say.money(Money(amount=Decimal("1037.48"), currency="USD")) == money
    assert say.quoted("Where is it?") == quoted


@pytest.mark.parametrize(
    ("language", "country", "currency", "written"),
    [
        ("de", "DE", "EUR", "1.249,90 €"),
        ("de", "CH", "CHF", "CHF 1’249.90"),
        ("fr", "FR", "EUR", "1\u00a0249,90 €"),
        ("fr", "CA", "CAD", "1\u00a0249,90 CAD"),
        ("es", "ES", "EUR", "1.249,90 €"),
        ("es", "MX", "MXN", "MXN 1,249.90"),
        ("it", "IT", "EUR", "1.249,90 €"),
        ("pt-BR", "BR", "BRL", "R$ 1.249,90"),
        ("pt-BR", None, "USD", "US$ 1.249,90"),
        ("en", "GB", "GBP", "£1,249.90"),
        ("en", "GB", "EUR", "EUR 1,249.90"),
        ("en", "US", "USD", "USD 1,249.90"),
        ("en", "IN", "INR", "INR 1,249.90"),
        ("ko", "KR", "USD", "USD 1,249.90"),
        ("zh-Hans", "US", "USD", "USD 1,249.90"),
        ("th", "TH", "THB", "1,249.90 บาท"),
        ("en", "XX", "USD", "USD 1,249.90"),
    ],
)
def test_sums_as_the_reader_of_the_site_writes_them(language, country, currency, written):
    say = LanguageFormatter(catalog=HOUSE.catalogs.of(language), language=language, country=country)
    assert say.money(Money(amount=Decimal("1249.90"), currency=currency)) == written


@pytest.mark.parametrize(("language", "written"), [("ja", "12,800円"), ("en", "JPY 12,800"), ("de", "12.800 JPY")])
def test_a_currency_without_decimals(language, written):
    say = LanguageFormatter(catalog=HOUSE.catalogs.of(language), language=language)
    assert say.money(Money(amount=Decimal(12800), currency="JPY")) == written


@pytest.mark.parametrize(
    ("language", "country", "at", "said"),
    [
        ("en", None, "2026-11-02T14:22:00+05:30", "14:22 (UTC+5:30)"),
        ("en", None, "2026-11-02T14:22:00+00:00", "14:22 (UTC)"),
        ("en", "US", "2026-11-02T14:22:00-05:00", "2:22 p.m. (UTC-5)"),
        ("en", "US", "2026-11-02T00:05:00-05:00", "12:05 a.m. (UTC-5)"),
        ("en", "CA", "2026-11-02T12:00:00-03:30", "12:00 p.m. (UTC-3:30)"),
        ("en", "AU", "2026-11-02T14:22:00+11:00", "2:22 pm (UTC+11)"),
        ("en", "GB", "2026-11-02T14:22:00+00:00", "14:22 (UTC)"),
        ("zh-Hans", "US", "2026-11-02T14:22:00-05:00", "14:22（UTC-5）"),
        ("id", "ID", "2026-11-02T14:22:00+07:00", "14.22 (UTC+7)"),
        ("ko", "KR", "2026-11-02T14:22:00+09:00", "14:22(UTC+9)"),
        ("th", "TH", "2026-11-02T14:22:00+07:00", "เวลา 14:22 น. (UTC+7)"),
    ],
)
def test_a_time_is_written_as_the_site_writes_it(language, country, at, said):
    say = LanguageFormatter(catalog=HOUSE.catalogs.of(language), language=language, country=country)
    assert plainly(say.moment(dt.datetime.fromisoformat(at))).endswith(said)


SCAN, DELIVERY = "2026-10-29T20:05:00-07:00", "2026-11-02T14:22:00-07:00"


@pytest.mark.parametrize(
    ("moments", "said"),
    [
        ((SCAN, DELIVERY), ["Scanned 8:05 p.m. (UTC-7, all times).", "Scanned 2:22 p.m."]),
        ((SCAN,), ["Scanned 8:05 p.m. (UTC-7)."]),
        ((SCAN, "2026-11-02T14:22:00-05:00"), ["Scanned 8:05 p.m. (UTC-7).", "Scanned 2:22 p.m. (UTC-5)."]),
        ((SCAN, "2026-11-02T14:22:00.000002+00:00"), ["Scanned 8:05 p.m. (UTC-7).", "Scanned 2:22 p.m."]),
    ],
)
def test_the_zone_of_all_times_is_said_once_and_several_each_time(moments, said):
    """A time of which no zone is known must not be taken for one of the zone that is said."""
    say = LanguageFormatter(catalog=HOUSE.catalogs.of("en"), language="en", country="US")
    times = [say.moment(dt.datetime.fromisoformat(at)).rpartition("2026, ")[2] for at in moments]
    spoken = [Sentence(number=n, text=f"Scanned {time}.", sentence_class="fact") for n, time in enumerate(times)]
    letter = letter_of(HOUSE, "fact_evidence_conclusion", "en")
    sections = (Section(id="facts", title="", paragraphs=(Paragraph(sentences=tuple(spoken)),)),)
    made = said_once(dataclasses.replace(letter, sections=sections), "{}, all times".format)
    assert [one.text for one in made.sentences] == said


@pytest.mark.parametrize("language", CLAIMS)
def test_a_claim_letter_holds_no_english_sentence(language):
    text = plain_text(letter_of(HOUSE, "fact_evidence_conclusion", language), None).text
    assert not [word for word in (" the ", "According", "Exhibit", "shows", "buyer") if word in text], text


def test_the_bank_covers_eight_scenarios_in_both_languages():
    entries = bank(HOUSE.templates)
    assert len(scenarios(HOUSE.templates)) == 8
    assert len(entries) >= 60
    for scenario in scenarios(HOUSE.templates):
        assert {"cause", "action", "prevention"} <= {entry.use for entry in scenario.entries}, scenario.id
    for language in WHOLE:
        own = HOUSE.catalogs.of(language).texts
        assert {key.removeprefix("bank.") for key in own if key.startswith("bank.")} == set(entries)
        for code, entry in entries.items():
            assert placeholders(own[f"bank.{code}"]) == set(entry.slots), code


@pytest.mark.parametrize(
    ("country", "day"),
    [("US", "November 2, 2026"), ("GB", "2 November 2026"), ("DE", "2 November 2026"), ("AU", "2 November 2026"),
     (None, "2 November 2026")],
)  # fmt: skip
def test_english_dates_stand_as_their_country_writes_them(country, day):
    say = LanguageFormatter(catalog=HOUSE.catalogs.of("en"), language="en", country=country)
    assert say.day(dt.date(2026, 11, 2)) == day


@pytest.mark.parametrize(
    ("at", "said"),
    [("2026-11-12T00:00:00+00:00", "12 November 2026"), ("2026-10-30T23:59:59-07:00", "30 October 2026"),
     ("2026-11-12T00:01:00+00:00", "12 November 2026, 00:01 (UTC)")],
)  # fmt: skip
def test_an_hour_that_stands_for_the_day_is_not_told(at, said):
    say = LanguageFormatter(catalog=HOUSE.catalogs.of("en"), language="en")
    assert plainly(say.moment(dt.datetime.fromisoformat(at))) == said


@pytest.mark.parametrize(
    ("language", "text", "speaks"),
    [
        ("en", "We send you the screws today.", True),
        ("en", "We answered within the hour.", False),
        ("fr", "Nous vous envoyons la pièce.", True),
        ("fr", "Nous avons répondu.", False),
        ("zh-Hans", "我们今天给您补发配件。", True),
        ("zh-Hans", "我们已补发配件。", False),
        ("th", "เราส่งแล้ว", False),
    ],
)
def test_words_to_the_buyer_are_never_told_to_the_reviewer(language, text, speaks):
    """“On 5 November, we send you the screws” would speak to who reads the letter."""
    assert LanguageFormatter(catalog=HOUSE.catalogs.of(language), language=language).addresses(text) is speaks


@pytest.mark.parametrize(
    ("text", "spelt"),
    [("In the seller's favour.", "In the seller's favor."), ("Authorisation of {favour}", "Authorization of {favour}"),
     ("{n} {n|licence|licences}", "{n} {n|licence|licences}"), ("A trade mark", "A trademark"), ("flavour", "flavour")],
)  # fmt: skip
def test_texts_are_spelt_as_their_country_does(text, spelt):
    spelling = {"favour": "favor", "authorisation": "authorization", "trade mark": "trademark", "licence": "license"}
    catalog = Catalog(language="en", texts={"a": text})
    assert respelt(catalog, spelling).texts["a"] == spelt
    assert "favor;" in HOUSE.catalogs.at("en", "US").text("ground.ask.deny.claim_sum")
    assert "favour;" in HOUSE.catalogs.at("en", "GB").text("ground.ask.deny.claim_sum")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"city": "Columbus", "region": "OH", "postal_code": "43215", "country": "US"}, "Columbus, OH 43215"),
        ({"city": "Köln", "postal_code": "50667", "country": "DE"}, "50667 Köln"),
        ({"city": "Lyon", "region": "Rhône", "postal_code": "69003", "country": "FR"}, "69003 Lyon, Rhône"),
        ({"city": "Madrid", "region": "Madrid", "postal_code": "28013", "country": "ES"}, "28013 Madrid"),
        ({"city": "London", "postal_code": "SW1A 1AA", "country": "GB"}, "London SW1A 1AA"),
        ({"city": "渋谷区", "region": "東京都", "postal_code": "150-0041", "country": "JP"}, "〒150-0041 東京都渋谷区"),
        ({"city": "苏州市", "region": "江苏省", "postal_code": "215000", "country": "CN"}, "江苏省苏州市 215000"),
        ({"city": "Warszawa", "country": "PL"}, "Warszawa"),
        ({"country": "DE"}, None),
    ],
)
def test_a_town_stands_as_its_own_country_writes_it(address, said):
    say = LanguageFormatter(catalog=HOUSE.catalogs.of("en"), language="en")
    assert say.town(Address.model_validate(address)) == said
