"""A heap in Japanese whose marketplace nobody named: what is read once more, and what the second reading is kept for."""

import pytest

from casefile.reading import Line, Reading, ReadPage
from jobs.case_work.steps.heap_language import better, read_again

PLAIN = "お世話になっております。ご確認をお願いいたします。"
HIDDEN = "扩届计先仁扫届计消砂"


def reading(*lines, score=0.8):
    seen = tuple(Line(text=text, box=(0.1, 0.1, 0.9, 0.2), score=score) for text in lines)
    page = ReadPage(number=1, width=400, height=800, lines=seen, text_source="ocr")
    return Reading(sha256="0" * 64, media_type="image/png", pages=(page,))


@pytest.mark.parametrize(
    ("heap", "languages", "again"),
    [
        # one page is surely Japanese, another was read without kana
        ({"m": reading(PLAIN), "t": reading(HIDDEN)}, ("en",), ("t",)),
        # labels that only Japanese pages have
        ({"o": reading("注文番号 503-9028471", "購入日時", HIDDEN)}, ("en",), ("o",)),
        # read for Japanese already; surely read; Chinese with a name in kana; no signs at all
        ({"m": reading(PLAIN), "t": reading(HIDDEN)}, ("ja", "en"), ()),
        ({"m": reading(PLAIN), "t": reading("订单编号", score=0.99)}, ("en",), ()),
        ({"m": reading("订单编号", "ヤマト"), "t": reading(HIDDEN)}, ("en",), ()),
        ({"m": reading(PLAIN), "t": reading("Delivered")}, ("en",), ()),
    ],
)
def test_pages_without_kana_are_read_again_in_a_heap_that_is_japanese(house, heap, languages, again):
    assert read_again(heap, languages, house) == again


def test_a_second_reading_is_kept_for_the_kana_it_finds():
    assert better(reading(HIDDEN), reading("お届け先にお届け済みです"))
    assert not better(reading(HIDDEN), reading("配送状況"))
