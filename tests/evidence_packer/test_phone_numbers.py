"""Which digits on a page are a telephone number, and which only look like one."""

import pytest

from evidence_packer.understand.phone_numbers import phone_numbers

PHONES = [
    ("Tel. +49 151 23456789", "DE"),
    ("电话 13812345678", "CN"),
    ("+1 (614) 555-0123", "US"),
    ("(614) 555-0123", "US"),
    ("614-555-0123", "US"),
    ("Phone: 212-736-5000", "US"),
    ("(212) 736-5000", "US"),
    ("212.736.5000", "US"),
    ("0151 23456789", "DE"),
    ("030 901820", "DE"),
    ("Tel: 01 42 68 53 00", "FR"),
    ("06 12 34 56 78", "FR"),
    ("07911 123456", "GB"),
    ("020 7946 0958", "GB"),
    ("+44 20 7946 0958", "GB"),
    ("090-1234-5678", "JP"),
    ("03-3580-3311", "JP"),
    ("010-2345-6789", "KR"),
    ("02-312-3456", "KR"),
    ("138 1234 5678", "CN"),
    ("021-64331234", "CN"),
    ("+86 138 1234 5678", "US"),
    ("(11) 98765-4321", "BR"),
    ("11 3071-0000", "BR"),
    ("55 5080 1234", "MX"),
    ("612 345 678", "ES"),
    ("+34 612 345 678", "ES"),
    ("347 123 4567", "IT"),
    ("02-123-4567", "TH"),
    ("081 234 5678", "TH"),
    ("0912 345 678", "VN"),
    ("012-345 6789", "MY"),
    ("0812-3456-7890", "ID"),
    ("6123 4567", "SG"),
    ("0917 123 4567", "PH"),
    ("512 345 678", "PL"),
    ("06 12345678", "NL"),
    ("070-123 45 67", "SE"),
    ("+52 55 5080 1234", "US"),
    ("Mobile: 6145550123", "US"),
    ("Kontakt: 0171/2345678", "DE"),
    ("+33 6 12 34 56 78 (mobile)", "DE"),
    ("电话：021-6433 1234", "CN"),
]
OTHERS = [
    ("113-0812345-1234567", "US"),
    ("Order 112-4829307-7716253", "US"),
    ("Order # 2847362910", "US"),
    ("9400111201080805483016", "US"),
    ("1Z999AA10123456784", "US"),
    ("Tracking 794644792798", "US"),
    ("FedEx 7946 4479 2798", "US"),
    ("JD014600003SE", "DE"),
    ("00340434161094042557", "DE"),
    ("DHL 1234567890", "US"),
    ("SF1234567890123", "CN"),
    ("YT2345678901234", "CN"),
    ("订单号 240918123456789", "CN"),
    ("Order 3012345678901234", "CN"),
    ("240918ABCD1234", "SG"),
    ("2026-11-02 14:22:05", "US"),
    ("02.11.2026 14:22", "DE"),
    ("11/02/2026", "US"),
    ("20261102", "US"),
    ("2026-11-02 - 2026-11-05", "GB"),
    ("USD 1,234,567.89", "US"),
    ("Total 37.48 + 2.99", "US"),
    ("EUR 1.234.567,89", "DE"),
    ("R$ 1.234,56", "BR"),
    ("12:30 - 14:45", "US"),
    ("ASIN B08N5WRWNW", "US"),
    ("SKU 614-555-0123-XL", "US"),
    ("Zip 43215-1234", "US"),
    ("〒150-0001", "JP"),
    ("01304-001", "BR"),
    ("ISBN 978-3-16-148410-0", "DE"),
    ("EAN 4006381333931", "DE"),
    ("UPC 036000291452", "US"),
    ("IP 192.168.100.25", "US"),
    ("v2.10.4567", "US"),
    ("Order 12-34567-89012", "US"),
    ("eBay 03-10234-56789", "US"),
    ("Invoice 2026-0012345", "DE"),
    ("Case ID 12345678901", "US"),
    ("주문번호 2024091812345", "KR"),
    ("送り状番号 1234-5678-9012", "JP"),
    ("ご注文番号 250-1234567-1234567", "JP"),
    ("Ref 0151234567", "DE"),
    ("Nº de pedido 2000001234567890", "BR"),
    ("Pedido 701-1234567-1234567", "BR"),
    ("Claim 5012345678", "US"),
    ("Item 325123456789", "US"),
    ("1234 5678 9012", "GB"),
    ("Batch 2125551234", "US"),
    ("Order 6123 4567 8901", "SG"),
    ("FedEx 1-800-463-3339", "US"),
    ("0800 123 4567", "GB"),
    ("客服 400-820-8820", "US"),
    ("7946 4479 2798", "US"),
    ("RR 123 456 785 CN", "US"),
    ("1 234 567,89 zł", "PL"),
    ("Kurs 4.2345 z 02.11.2026", "PL"),
    ("2026.11.02 14:22", "KR"),
    ("2026-1102-3344", "US"),
    ("Order 345-678-90123", "US"),
    ("SN 4402-118-229", "US"),
    ("GTIN 0 36000 29145 2", "US"),
    ("12 Oak Street, 43215 Columbus", "US"),
    ("3 x 120.50 = 361.50", "US"),
    ("ref. 20241102-000123", "BR"),
    ("NF 000.123.456", "BR"),
    ("CNPJ 12.345.678/0001-95", "BR"),
    ("1688订单 2394857203948572", "CN"),
    ("快递单号 773012345678901", "CN"),
    ("Lat 40.7128 -74.0060", "US"),
    ("Order 13812345678901", "CN"),
]


def found(text, region):
    return [text[start:end] for start, end in phone_numbers(text, (region, "CN"))]


@pytest.mark.parametrize(("text", "region"), PHONES)
def test_a_telephone_number_is_found_whole(text, region):
    (number,) = found(text, region)
    digits = [char for char in text if char.isdigit()]
    assert [char for char in number if char.isdigit()] == digits


@pytest.mark.parametrize(("text", "region"), OTHERS)
def test_other_numbers_are_left_alone(text, region):
    assert found(text, region) == []


def test_an_id_of_a_platform_or_carrier_is_no_telephone(house):
    for carrier in house.carriers.values():
        for number in (number for form in carrier.numbers for number in form.valid):
            assert found(f"No. {number}", "US") == [], number
    for platform in house.platforms.values():
        for number in (number for identifier in platform.identifiers for number in identifier.valid):
            assert [found(f"No. {number}", site) for site in platform.sites] == [[] for _ in platform.sites], number


def test_two_numbers_in_one_line_are_both_found_once():
    assert found("+49 151 23456789, 138 1234 5678", "DE") == ["+49 151 23456789", "138 1234 5678"]
