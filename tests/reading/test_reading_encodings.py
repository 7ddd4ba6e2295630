import pytest

from reading.encodings import encoding_of
from reading.plain_text import decoded

WRITTEN = [
    ("gb18030", "订单编号,平台,原因\n112-1,亚马逊,没收到货\n"),
    ("gb18030", "单号,备注\n1,已签收，买家说没收到\n"),
    ("cp932", "注文番号,理由,お届け先氏名\n250-1,商品未着,山田花子\n"),
    ("cp932", "商品名\nステンレスボトル\n"),
    ("big5hkscs", "訂單編號,原因,收件人\n2611,未收到商品,陳大文\n"),
    ("cp949", "마켓,주문번호,사유,수취인\n쿠팡,1,상품을 받지 못함,김철수\n"),
    ("cp1252", "recipient-name\tcity\nJürgen Groß\tKöln\nFrançois Lefèvre\tDüsseldorf\n"),
    ("cp1252", "Bestellnummer;Betrag\n1;1.234,50 €\n"),
    ("cp1252", "nome;endereço\nJoão;São Paulo, Município\n"),
    ("cp1250", "Numer zamówienia;Data wysyłki;Odbiorca\na1;2026-11-03;Łukasz Żółć\n"),
    ("cp1251", "Номер заказа;Причина;Получатель\n1;Товар не получен;Иван Петров\n"),
    ("cp874", "หมายเลขคำสั่งซื้อ,ผู้รับ\n1,สมชาย\n"),
]


@pytest.mark.parametrize(("encoding", "text"), WRITTEN, ids=[f"{name}-{text[:6]}" for name, text in WRITTEN])
def test_a_text_without_a_mark_is_read_as_it_was_written(encoding, text):
    assert encoding_of(text.encode(encoding)) == encoding
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_comes_with_or_without_its_mark(encoding):
    text = "amazon-order-id\tname\n112-1\tJürgen 王伟\n"
    data = text.encode(encoding)
    assert data.decode(encoding_of(data)) == text


def test_a_damaged_byte_does_not_make_a_text_chinese():
    data = ("Jürgen Groß aus Köln, " * 20).encode() + b"\xff\n"
    assert encoding_of(data) == "utf-8"


def test_plain_letters_are_of_every_encoding():
    assert encoding_of(b"order_id,amount\n1,2\n") == "utf-8"
    assert encoding_of(b"") == "utf-8"


def test_one_line_without_end_is_looked_at_in_part():
    assert encoding_of("订单号，没收到货。".encode("gb18030") * 200_000) == "gb18030"
