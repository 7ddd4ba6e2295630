"""Russian: pages as Chromium drew them (``russian/*.html``) are read, their numbers stay Latin, Latin pages are left alone."""

from pathlib import Path

import pytest
from test_reading_receipts import page_in

from casefile.reading import Line
from casefile.upload import Upload
from evidence_packer.understand.interpret import interpret
from reading.ocr import cyrillic, tesseract
from reading.ocr.second_engines import joined, sure, wanted
from reading.ocr.tesseract import TesseractEngine, models
from reading.read import ReadingRoom
from tests.evidence_packer.conftest import make_case

PAGES = Path(__file__).with_name("russian")
NUMBER = "RA123456785RU"
needs_models = pytest.mark.skipif(not {"osd", "rus"} <= models(), reason="Tesseract and its models are not installed")


def drawn(name):
    return (PAGES / f"{name}.png").read_bytes()


def line(text, score=0.99, top=0.1):
    return Line(text=text, box=(0.1, top, 0.5, top + 0.05), score=score)


@needs_models
def test_a_page_of_the_russian_post_gives_state_day_and_number(read, house):
    reading = read(drawn("pochta")).reading
    parcel = {"carrier": "upu_s10", "tracking_number": NUMBER, "dispatched_at": "2026-10-28T09:00:00Z"}
    facts = interpret("pochta.png", reading, 1, make_case(parcels=[parcel]), house)
    (fate,) = facts.fates
    assert (fate.of, fate.state, fate.decided_by.at) == (NUMBER, "delivered", "2026-11-03T14:22:00")
    assert [(seen.value, seen.matches) for seen in facts.tracking_numbers] == [(NUMBER, True)]
    receipt = reading.pages[0].receipt
    assert (receipt.engine, receipt.read_share, receipt.unread_script) == ("faster_paddle+tesseract_russian", 1, None)


@needs_models
def test_numbers_and_latin_lines_stay_latin_beside_cyrillic(read):
    lines = [one.text for one in read(drawn("look_alikes")).reading.pages[0].lines]
    assert lines == [
        "CDEK Express, заказ на маркетплейсе Ozon",
        "Tracking number",
        "BA123456785CH",
        "Номер отправления: CA123456785KP",
        "Трек-код HMC0012345678TB, вес 1,2 кг",
        "Заказ № 0123456789-0042-1",
        "COMPACT CAMERA MXT-2000",
        "Получатель: Иван Петров, Москва",
        "Статус: посылка не вручена, возврат отправителю",
        "Спасибо за покупку",
    ]


@needs_models
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_in_latin_or_chinese_is_never_given_to_tesseract(language, monkeypatch):
    asked = []
    monkeypatch.setattr(TesseractEngine, "lines", lambda *_: asked.append("lines") or ())
    monkeypatch.setattr(tesseract, "_run", lambda *_: asked.append("run") or b"")
    with ReadingRoom() as room:
        assert room.read(Upload(name="a.png", data=page_in(language))).reading.pages[0].lines
    assert asked == []


@needs_models
def test_without_the_model_the_page_is_told_as_unread(monkeypatch):
    monkeypatch.setattr(tesseract, "models", lambda: models() - {"rus"})
    with ReadingRoom() as room:
        told = room.read(Upload(name="a.png", data=drawn("pochta"))).reading.pages[0].receipt
    assert (told.engine, told.unread_script) == ("faster_paddle", "Cyrl")
    assert tesseract.package_wanted("rus") == "tesseract-ocr-rus"


def test_a_poor_picture_is_not_read_for_cyrillic():
    assert wanted((), tuple(line("???? ????", 0.4, top) for top in (0.1, 0.3, 0.5))) == ("ko", "th")


@pytest.mark.parametrize(
    ("first", "read", "told"),
    [
        ("Tpek BA123456785CH", "Трек ВА123456785СН", "Трек BA123456785CH"),
        ("Tpek RA123456785RU", "Трек КА123456785ЦУ", "Трек RA123456785RU"),
        ("3aka3 NM12345678", "Заказ ИМ12345678", "Заказ ИМ12345678"),
        ("B 2026r.", "В 2026г.", "В 2026г."),
        ("TC-12345678", "Код ТС-12345678", "Код TC-12345678"),
    ],
)
def test_numbers_are_latin_where_their_letters_look_so(first, read, told):
    assert cyrillic.with_latin_numbers(first, read) == told


@pytest.mark.parametrize(
    ("first", "read", "told"),
    [
        ("AocTaBneHo 3 HO96p9 2026, 14:22", "Доставлено 3 ноября 2026, 14:22", "Доставлено 3 ноября 2026, 14:22"),
        ("Ne1098765432,Ozon", "№ 1098765482, Ozon", "№ 1098765432, Ozon"),
        ("B 3aka3e 12", "В заказе 13", "В заказе 12"),
        ("B 3aka3e 12", "В заказе 1 2", "В заказе 1 2"),
    ],
)
def test_digits_are_those_of_the_first_reading_but_not_its_letters(first, read, told):
    assert cyrillic.with_digits_of(first, read) == told


@pytest.mark.parametrize(
    ("text", "russian"),
    [
        ("Доставлено 3 ноября 2026", True),
        ("Прибыло в сортировочный центр. " * 9, True),
        ("Пратката ще бъде доставена утре", False),
        ("Стан замовлення", False),
        ("Пошилька ние испоручена. " * 9, False),
        ("Подъезд, объявление, съёмка", True),
    ],
)
def test_what_is_not_russian_stays_unread(text, russian):
    assert cyrillic.is_russian([line(text)]) is russian


@pytest.mark.parametrize(
    ("first", "more", "kept"),
    [
        ("COMPACT", "СОМРАСТ", "COMPACT"),
        ("RA123456785RU", "ВА123456785ЦЩ", "RA123456785RU"),
        ("CTaTyc", "Статус", "Статус"),
        ("COCTAB", "СОСТАВ", "COCTAB"),
        ("AocTaBneHo", "Доставлено", "Доставлено"),
    ],
)
def test_a_line_of_look_alikes_or_of_a_number_stays_as_first_read(first, more, kept):
    assert [one.text for one in joined((line(first),), (line(more, 0.9),), "ru", ())] == [kept]


@needs_models
def test_the_name_of_the_addressee_is_no_signature(read, house):
    facts = interpret("a.png", read(drawn("look_alikes")).reading, 1, make_case(), house)
    assert [one.says for one in facts.states if one.asserts] == ["returning"]


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("MoXHO TpeK-HOMep? ∏o TpekIHry noCbI∏ka AoCTaBreHa, bonboe cnacn6o!", True),
        ("B03BpaTbl OTCneAITb OTnpaBITb AoCTaBneHHble 3aka3bl", True),
        ("PayPal YunExpress iPhone DHLeCommerce sold by eBay and paid by card to the seller of the goods", False),
        ("Delivered to the recipient RA123456785RU 1Z999AA10123456784 AB12CD3456 C3PO4567", False),
        ("the parcel wa5 de1ivered to tbe recipient yesterday", False),
    ],
)
def test_words_of_the_first_engine_that_look_like_cyrillic(text, odd):
    assert cyrillic.suspected([line(text)]) is odd


@needs_models
@pytest.mark.parametrize("script", [None, "Latn"])
def test_russian_is_read_where_its_script_is_not_told(script, monkeypatch):
    monkeypatch.setattr("reading.page_reading.script_of", lambda *_: script)
    with ReadingRoom() as room:
        page = room.read(Upload(name="a.png", data=page_in("ru"))).reading.pages[0]
    assert "Посылка доставлена получателю" in page.text


def test_cyrillic_that_is_mostly_guessed_is_taken_whole_or_not_at_all():
    good, poor = line("Доставлено", 0.95), line("Возврат", 0.6, 0.3)
    assert sure((line("AocTaBneHo", 0.99),), (good, good, poor), "ru") == (good, good, poor)
    assert sure((), (good, poor), "ru") == ()
