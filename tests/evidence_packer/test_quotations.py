"""Quoted words of the case: read on a page, or not."""

import pytest

from casefile.reading import Line, ReadPage
from evidence_packer.understand.quotations import quoted_on

from .conftest import laid_out, make_case


def page(text):
    return ReadPage(number=2, width=1200, height=1000, lines=laid_out(text), text_source="ocr")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Where is my parcel?", "J. Roe | Nov 3\nWhere is my parcel?"),
        ("where is my parcel", "WHERE IS MY PARCEL!!"),
        ("Where is my parcel today please?", "Where is rny parcel today please?"),
        ("I found it behind the gate, thank you.", "Hi! I found it behind\nthe gate, thank you. Bye"),
        ("I did not get a refund of $37.48", "I did not get a refund of $37.48 yet"),
        ("I got 10 bottles, not 12", "I got l0 bottles, not 12"),
        ("No, I received my parcel", "No, I received my parcel"),
        ("I received my parcel", "No, I received my parcel."),
        ("Wo ist mein Päckchen geblieben?", "Wo ist mein Packchen geblieben?"),
        ("我的包裹在哪里？", "买家: 我的包裹在哪里"),
        ("我已经收到包裹了", "我已经收 到包裹了。"),
        ("まだ荷物が届いていません", "まだ荷物が届いていません。"),
        ("아직 물건을 못 받았어요", "아직 물건을 못받았어요"),
        ("ยังไม่ได้รับพัสดุเลย", "ยังไม่ได้รับพัสดุเลยค่ะ"),
        ("Я не получил посылку", "Здравствуйте! Я не получил посылку."),
        ("Left column is read across the page", "Inbox | | Left column is read\nJ. Roe | | across the page"),
    ],
)
def test_words_that_are_read(house, words, read):
    span = quoted_on(words, page(read), "a.png", house)
    assert span is not None
    assert (span.file, span.page) == ("a.png", 2)
    assert 0 <= span.box[0] < span.box[2] <= 1


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Where is my parcel?", "Where can I find the invoice?"),
        ("I will cancel my claim", "I will not cancel my claim"),
        ("I will not cancel my claim", "I will now cancel my claim"),
        ("I will now close the claim with the marketplace", "I will not close the claim with the marketplace"),
        ("I received my parcel", "I have not received my parcel"),
        ("received my parcel today", "I never received my parcel today"),
        ("I do want the refund back", "I don't want the refund back"),
        ("Refund me $37.48 for the order", "Refund me $31.48 for the order"),
        ("It came on 3 November at noon", "It came on 8 November at noon"),
        ("Package never arrived.", "Package has arrived."),
        ("Thanks", "Thanks"),
        ("我收到包裹了", "我没收到包裹了"),
        ("我能取消这个投诉", "我不取消这个投诉"),
        ("我的包裹在哪里？", "Where is my parcel?"),
        ("Where is my parcel?", "我的包裹在哪里？"),
        ("荷物が届きました", "荷物が届きません"),
        ("물건 받았어요 감사합니다", "물건 못 받았어요 감사합니다"),
        ("Ich habe das Paket erhalten", "Ich habe das Paket nicht erhalten"),
        ("He recibido el paquete", "No he recibido el paquete"),
        ("J'ai reçu le colis", "Je n'ai pas reçu le colis"),
        ("Я получил посылку", "Я не получил посылку"),
        ("Tôi đã nhận được hàng", "Tôi chưa nhận được hàng"),
        ("Any words at all", ""),
    ],
)
def test_other_words(house, words, read):
    assert quoted_on(words, page(read), "a.png", house) is None


def test_the_place_is_that_of_the_words(house):
    lines = (
        Line(text="J. Roe", box=(0.1, 0.1, 0.2, 0.12), score=0.99),
        Line(text="Hello. Where is", box=(0.1, 0.2, 0.4, 0.22), score=0.99),
        Line(text="my parcel? Bye", box=(0.1, 0.23, 0.4, 0.25), score=0.99),
    )
    span = quoted_on("Where is my parcel?", ReadPage(number=1, width=900, height=900, lines=lines), "a.png", house)
    assert span is not None
    assert span.text == "Where is my parcel"
    assert (span.box[1], span.box[3]) == (0.2, 0.25)


def test_what_the_case_quotes_is_looked_for_in_each_language(page_facts):
    case = make_case(
        claim={"statement": "Package never arrived."},
        contacts=[
            {"from": "buyer", "text": {"en": "Where is my parcel?", "zh-Hans": "我的包裹在哪里？"}},
            {"from": "seller", "text": "Please look at the porch."},
        ],
    )
    facts = page_facts("买家 | 11月3日\n我的包裹在哪里？\nYou | Nov 4\nPlease look at the porch.", case=case)
    assert [quote.pointer for quote in facts.quotes] == ["/contacts/0/text/zh-Hans", "/contacts/1/text"]
