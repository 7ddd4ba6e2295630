"""The receipt of a page: which engine read it, how much of it, and which script was only seen."""

import io

import pytest
from made_files import encoded
from PIL import Image, ImageDraw, ImageFont

from casefile.reading import Line
from reading.ocr.scripts import doubtful
from reading.ocr.tesseract import models
from reading.receipts import receipt

FONTS = {"ko": "KR", "ja": "JP", "zh": "SC", "th": "Thai"}
WORDS = {
    "en": ("Order status", "The parcel was delivered to the recipient", "Delivered: 3 November 2026", "Thank you very much"),
    "zh": ("订单状态", "包裹已派送至收件人", "签收时间：2026年11月3日", "感谢您的购买"),
    "ru": ("Статус заказа", "Посылка доставлена получателю", "Дата доставки: 3 ноября 2026", "Спасибо за покупку, до свидания"),
    "uk": ("Стан замовлення", "Посилку вручено одержувачу", "Дата доставки: 3 листопада 2026", "Щиро дякуємо за покупку"),
    "el": ("Κατάσταση παραγγελίας", "Το δέμα παραδόθηκε στον παραλήπτη", "Παράδοση 3 Νοεμβρίου 2026", "Ευχαριστούμε πολύ"),
    "ko": ("주문 상태", "소포가 수취인에게 배달되었습니다", "배송일: 2026년 11월 3일", "구매해 주셔서 감사합니다"),
    "ja": ("注文の状況", "お荷物は受取人に配達されました", "配達日：2026年11月3日", "ご購入ありがとうございました"),
}  # fmt: skip
needs_models = pytest.mark.skipif(not {"osd", "kor"} <= models(), reason="Tesseract and its models are not installed")


def page_in(*languages, size=22):
    image = Image.new("RGB", (820, 60 + 54 * 4 * len(languages)), "white")
    pen, top = ImageDraw.Draw(image), 30
    for language in languages:
        font = ImageFont.truetype(f"fonts/EvidenceSans{FONTS.get(language, '')}-Regular.ttf", size)
        for text in WORDS[language]:
            pen.text((40, top), text, font=font, fill="#111")
            top += 54
    sink = io.BytesIO()
    image.save(sink, "PNG")
    return sink.getvalue()


def line(text, score=0.99, top=0.1):
    return Line(text=text, box=(0.1, top, 0.5, top + 0.05), score=score)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_clear_page_is_read_whole_by_one_engine(read, language):
    (page,) = read(page_in(language)).reading.pages
    told = page.receipt
    assert (told.engine, told.unread_script, told.unread_box) == ("faster_paddle", None, None)
    assert told.read_share == 1
    assert told.score > 0.95


@needs_models
@pytest.mark.parametrize(("language", "script"), [("uk", "Cyrl"), ("el", "Grek")])
def test_a_script_that_nobody_reads_is_told_by_name(read, language, script):
    told = read(page_in(language)).reading.pages[0].receipt
    assert told.unread_script == script
    assert told.read_share < 0.5
    assert told.unread_box is not None


@needs_models
def test_beside_words_that_are_read_the_place_of_the_others_is_told(read):
    told = read(page_in("en", "uk")).reading.pages[0].receipt
    assert told.unread_script == "Cyrl"
    assert 0.3 < told.read_share < 0.7
    assert told.unread_box[1] > 0.45


@needs_models
def test_a_language_that_nobody_named_is_read_by_its_own_engine(read):
    page = read(page_in("ko")).reading.pages[0]
    assert "배달" in page.text.replace(" ", "")
    assert page.receipt.engine == "faster_paddle+tesseract_korean"
    assert page.receipt.unread_script is None


@needs_models
def test_japanese_that_nobody_named_is_read_carefully(read):
    page = read(page_in("ja")).reading.pages[0]
    assert "配達されました" in page.text
    assert page.receipt.unread_script is None
    assert page.receipt.read_share > 0.9


def test_a_page_that_was_not_read_has_no_engine(read):
    (page,) = read(encoded(Image.new("RGB", (4, 400), "white"), "PNG")).reading.pages
    assert (page.unread, page.receipt.engine, page.receipt.score) == ("hairline", "", None)


def test_the_share_is_that_of_the_area_and_the_score_that_of_the_characters():
    told = receipt((line("surely read", 1.0), line("not", 0.5, 0.3), line("?", 0.1, 0.6)), ("a", "b", "a"))
    assert (told.engine, told.read_share, told.unread_box) == ("a+b", 0.5, (0.1, 0.3, 0.5, 0.35))
    assert told.score == pytest.approx((11 + 1.5 + 0.1) / 15, abs=0.001)


@pytest.mark.parametrize(
    ("texts", "score", "odd"),
    [
        (("The parcel was delivered", "to the recipient"), 0.98, False),
        (("PayPal YunExpress iPhone", "sold by eBay and paid by PayPal to the seller"), 0.98, False),
        (("1Z999AA10123456784", "112-4829307-7716253", "3 Nov 2026 14:22"), 0.6, False),
        (("包裹已派送至收件人", "感谢您的购买，欢迎下次光临"), 0.99, False),
        (("CTaTyc 3aKa3a", "AocTaBKn HoMep"), 0.97, True),
        (("To δéμα παpαõóθnKε", "Hμεpoμnvíα"), 0.97, True),
        (("the parcel wa5 de1ivered", "blurred words"), 0.7, True),
        (("OK", "Menu"), 0.5, False),
    ],
)  # fmt: skip
def test_which_words_may_be_of_another_script(texts, score, odd):
    lines = tuple(line(text, score, 0.1 * place) for place, text in enumerate(texts))
    assert bool(doubtful(lines)) is odd
