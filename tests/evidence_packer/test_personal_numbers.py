"""Which numbers are a person's own, and which only look like it."""

import pytest

from evidence_packer.understand.personal_numbers import personal_numbers

PRIVATE = [
    ("Card 4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
    ("Amex 3782 822463 10005", "card", "3782 822463 10005"),
    ("银联 6225 7600 0000 0005", "card", "6225 7600 0000 0005"),
    ("身份证 11010519491231002X", "identity", "11010519491231002X"),
    ("CPF 529.982.247-25", "identity", "529.982.247-25"),
    ("DNI 12345678Z", "identity", "12345678Z"),
    ("NIE X-2482300-W", "identity", "X-2482300-W"),
    ("บัตร 1-1014-01144-31-1", "identity", "1-1014-01144-31-1"),
    ("주민등록번호 971013-9019902", "identity", "971013-9019902"),
    ("IC 770305-02-1234", "identity", "770305-02-1234"),
    ("C.F. RCCMNL83S18D969H", "identity", "RCCMNL83S18D969H"),
    ("CURP BOXW310820HNERXN09", "identity", "BOXW310820HNERXN09"),
    ("RFC GODE 561231 GR8", "identity", "GODE 561231 GR8"),
    ("N° 2 95 10 99 126 111 93", "identity", "2 95 10 99 126 111 93"),
    ("SSN: 078-05-1120", "identity", "078-05-1120"),
    ("Social Security No. 078-05-1120", "identity", "078-05-1120"),
    ("PESEL: 44051401359", "identity", "44051401359"),
    ("NIK : 3171011708450001", "identity", "3171011708450001"),
    ("Steuer-ID: 36 574 261 809", "identity", "36 574 261 809"),
    ("マイナンバー 6214 9832 0257", "identity", "6214 9832 0257"),
    ("IBAN DE89 3704 0044 0532 0130 00", "iban", "DE89 3704 0044 0532 0130 00"),
    ("BE68 5390 0754 7034 KRED", "iban", "BE68 5390 0754 7034"),
    ("GB82WEST12345698765432", "iban", "GB82WEST12345698765432"),
]
NOBODYS = [
    "Card 4111 1111 1111 1112",  # check digit
    "1111 1111 1111 1117",  # no issuer's range
    "身份证 110105194912310021",  # check digit
    "身份证 11010519491331002X",  # no such month
    "CPF 529.982.247-26",
    "CPF 111.111.111-11",
    "DNI 12345678A",
    "X-2482300-A",
    "주민등록번호 971013-9019903",  # check digit
    "주문번호 241102-1234567",  # an order of the day
    "771305-02-1234",  # no such month
    "770305-17-1234",  # no such place of birth
    "RCCMNL83S18D969A",
    "BOXW310820HNERXN08",
    "GODE 561231 GR9",
    "2 95 10 99 126 111 99",
    "078-05-1120",  # nothing says what it is
    "Order 44051401359",
    "PESEL: 44051401358",
    "Tracking 3171011708450001",
    "NIK 9971011708450001",
    "Steuer-ID: 36 574 261 890",
    "6214 9832 0257",
    "DE88 3704 0044 0532 0130 00",
    "DE89 3704 0044 0532 0130",  # too short for its country
    "113-0812345-1234567",
    "1Z999AA10123456784",
    "RX123456785CN",
    "9400111201080805483016",
    "2026-11-02 14:22:05",
]


@pytest.mark.parametrize(("text", "what", "number"), PRIVATE)
def test_found_whole(text, what, number):
    (found,) = personal_numbers(text)
    assert (found.what, text[found.start : found.end]) == (what, number)


@pytest.mark.parametrize("text", NOBODYS)
def test_left_alone(text):
    assert list(personal_numbers(text)) == []


def test_two_in_one_line_do_not_overlap():
    found = list(personal_numbers("4111 1111 1111 1111, IBAN GB82 WEST 1234 5698 7654 32"))
    assert [one.what for one in found] == ["card", "iban"]
    assert found[0].end < found[1].start
