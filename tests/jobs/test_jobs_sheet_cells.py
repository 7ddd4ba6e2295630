"""What programs write into cells and headers beside the value itself: formulas, several parcels, zones, currencies, whole lines."""

import functools
import io
import re
import zipfile

import openpyxl
import pytest

from casefile.errors import RequestFault
from jobs.batch.sheet.bundle_files import match_files
from jobs.batch.sheet.cases import cases_of
from jobs.batch.sheet.currencies import currency_of
from jobs.batch.sheet.exports import known_exports
from jobs.batch.sheet.formulas import constant
from jobs.batch.sheet.guard import sheet_guard
from jobs.batch.sheet.names import column_of
from jobs.batch.sheet.row_case import RowCase, SheetWords
from jobs.batch.sheet.table import body_rows, find_header, rows_left

ORDER, NEXT, UPS, USPS = "112-4829307-7716253", "112-4829307-7716254", "1Z999AA10123456784", "9400111899223197428490"


@pytest.fixture(scope="module")
def guard():
    with sheet_guard() as guard:
        yield guard


@pytest.fixture
def read(house, guard):
    """The cases of a sheet, and the numbers of the rows that are none."""

    def cases(data):
        sheets = guard.read(data if isinstance(data, bytes) else data.encode())
        header = find_header(sheets, known_exports(house), {}, functools.partial(column_of, house=house))
        words = SheetWords(export=header.columns.export, defaults={}, house=house, remarks=header.columns.remarks)
        return cases_of(body_rows(sheets, header), words), rows_left(sheets, header)

    return cases


def book(rows, change=lambda xml: xml):
    """A workbook; cells that begin with = are formulas without a result."""
    made, sink, changed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(sink)
    with zipfile.ZipFile(sink) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name.endswith("sheet1.xml") else source.read(name))
    return changed.getvalue()


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ('="112-4829307-7716253"', ORDER),
        ('="112-"&"4829307-7716253"', ORDER),
        ('=CONCATENATE("112-","4829307","-7716253")', ORDER),
        (f'=HYPERLINK("https://example.com/{ORDER}","{ORDER}")', ORDER),
        (f'=hyperlink("https://example.com";"{ORDER}")', ORDER),
        ('="a ""b"""', 'a "b"'),
        ('=T("x")&7', "x7"),
        ('="112-"&B2', None),
        ("=VLOOKUP(A2,S!A:B,2,0)", None),
        ("=1+1", None),
        ('="open', None),
        ("=" + "(" * 900 + '"x"' + ")" * 900, None),
        ("=", None),
    ],
)
def test_formulas_that_only_put_texts_together_are_read(formula, said):
    assert constant(formula) == said


POI = functools.partial(re.sub, rb"(<f>[^<]*</f>)<v\s*/>|(<f>[^<]*</f>)<v></v>", rb"\1\2<v>0.0</v>")
PREFIXED = functools.partial(re.sub, rb"<(/?)([cfv])\b", rb"<\1x:\2")


@pytest.mark.parametrize("change", [lambda xml: xml, POI], ids=["nothing saved", "a zero saved"])
def test_a_formula_that_nobody_reckoned_is_told_and_states_nothing(read, change):
    rows = [["订单号", "平台", "运单号", "金额"], [f'="{ORDER}"', "亚马逊", "=VLOOKUP(A2,S!A:B,2,0)", "$3"]]
    (case,), _ = read(book(rows, change))
    told = [(one.column, one.code, one.params["value"]) for one in case.warnings if one.code == "formula-unsaved"]
    assert (case.subject, "parcels" in case.case) == (ORDER, False)
    assert told == [("tracking_number", "formula-unsaved", "=VLOOKUP(A2,S!A:B,2,0)")]


def test_a_row_of_nothing_but_such_formulas_stays_a_row(read):
    cases, _ = read(book([["订单号", "平台", "原因"], [ORDER, "亚马逊", "INR"], ["=X1", None, "=X2"]]))
    assert [(case.subject, bool(case.errors)) for case in cases] == [(ORDER, False), ("", True)]


def test_a_result_that_was_saved_counts_also_an_empty_one(read):
    rows = [["订单号", "平台", "运单号", "承运商"], [ORDER, "亚马逊", "=X1", "=X2"]]
    saved = functools.partial(
        re.sub, rb'r="C2"><f>X1</f><v\s*/?>(</v>)?', f'r="C2" t="str"><f>X1</f><v>{UPS}</v>'.encode()
    )
    empty = functools.partial(re.sub, rb'r="D2"><f>', b'r="D2" t="str"><f>')
    (case,), _ = read(book(rows, lambda xml: empty(saved(xml))))
    assert (case.case["parcels"], "formula-unsaved" in {one.code for one in case.warnings}) == (
        [{"tracking_number": UPS}],
        False,
    )


def test_a_far_cell_of_a_hostile_workbook_costs_nothing(guard):
    far = functools.partial(re.sub, rb'r="C2"', b'r="ZZZ2"')
    sheets = guard.read(book([["订单号", "平台", "a"], [ORDER, "亚马逊", "=X1"]], far))
    assert max(map(len, sheets[0][1])) < 100


def test_a_zero_is_no_number_and_no_time(read):
    (case,), _ = read(book([["订单号", "平台", "运单号", "发货时间", "签收时间"], [ORDER, "亚马逊", 0, 0, "0"]]))
    assert ("parcels" in case.case, case.errors) == (False, [])


@pytest.mark.parametrize(
    ("cell", "parcels"),
    [
        (f"{UPS};1Z999AA10123456785", [(UPS, None), ("1Z999AA10123456785", None)]),
        (f"{UPS}\n{USPS}", [(UPS, None), (USPS, None)]),
        (f"UPS:{UPS} / USPS:{USPS}", [(UPS, "ups"), (USPS, "usps")]),
        (f"USPS {USPS}", [(USPS, "usps")]),
        ("云途 YT2412345678901234", [("YT2412345678901234", "yunexpress")]),
        ("1Z 999 AA1 01 2345 6784", [("1Z 999 AA1 01 2345 6784", None)]),
        ("见备注/补发", [("见备注/补发", None)]),
        (f"{UPS}, lost", [(f"{UPS}, lost", None)]),
    ],
)
def test_several_parcels_in_one_cell(read, cell, parcels):
    (case,), _ = read(book([["订单号", "平台", "运单号"], [ORDER, "亚马逊", cell]]))
    assert [(one["tracking_number"], one.get("carrier")) for one in case.case["parcels"]] == parcels


def test_the_number_beside_the_carrier_is_the_parcels(read):
    (case,), _ = read(f"订单号,平台,物流商\n{ORDER},亚马逊,云途: YT2412345678901234\n")
    assert case.case["parcels"] == [{"carrier": "yunexpress", "tracking_number": "YT2412345678901234"}]


@pytest.mark.parametrize(
    ("header", "shipped"),
    [
        ("发货时间（北京时间）", "2026-11-03T08:00:00+08:00"),
        ("*发货时间(UTC+8)", "2026-11-03T08:00:00+08:00"),
        ("Shipped at (PST)", "2026-11-03T08:00:00-08:00"),
        ("发货时间 Ship date [UTC]", "2026-11-03T08:00:00+00:00"),
        ("发货时间（必填）", "2026-11-03T08:00:00-08:00"),
        ("发货时间（预计）", None),
    ],
)
def test_a_header_says_the_zone_of_its_times(read, header, shipped):
    (case,), _ = read(f"订单号,平台,站点,{header}\n{ORDER},亚马逊,US,2026-11-03 08:00\n")
    assert (case.case.get("parcels") or [{}])[0].get("dispatched_at") == shipped


@pytest.mark.parametrize(
    ("header", "amount"),
    [
        ("金额(EUR)", {"amount": "12.50", "currency": "EUR"}),
        ("纠纷金额（人民币）", {"amount": "12.50", "currency": "CNY"}),
        ("金额 Amount", {"amount": "12.50", "currency": "USD"}),
        ("金额（手续费）", None),
        ("金额/币种", None),
    ],
)
def test_a_header_says_the_currency_of_its_amounts(read, header, amount):
    (case,), _ = read(f"订单号,平台,站点,{header}\n{ORDER},亚马逊,US,12.50\n")
    assert case.case.get("claim", {}).get("amount") == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("美元", "USD"),
        ("usd", "USD"),
        ("RMB", "CNY"),
        ("人民币", "CNY"),
        ("€", "EUR"),
        ("US Dollar", "USD"),
        ("$", None),
        ("x", None),
    ],
)
def test_currencies_by_their_names(text, code):
    assert currency_of(text) == code


def test_a_cell_of_another_currency_than_its_column_is_an_error(read):
    cases, _ = read(f"订单号,平台,站点,金额,币种\n{ORDER},亚马逊,US,€37.48,USD\n{NEXT},亚马逊,CA,$5.00,CAD\n")
    assert [[one.code for one in case.errors] for case in cases] == [["currency-other"], []]


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("Tue, 03 Nov 2026 09:30:00 GMT", "2026-11-03T09:30:00+00:00"),
        ("1793700000", "2026-11-03T10:00:00+00:00"),
        ("1793700000000", "2026-11-03T10:00:00+00:00"),
        (1793700000, "2026-11-03T10:00:00+00:00"),
        ("9793700000", None),
    ],
)
def test_times_as_machines_write_them(read, cell, time):
    (case,), _ = read(book([["订单号", "平台", "站点", "发货时间"], [ORDER, "亚马逊", "US", cell]]))
    assert (case.case.get("parcels") or [{}])[0].get("dispatched_at") == time


@pytest.mark.parametrize(
    ("cells", "subject", "amount"),
    [
        (("１１２－４８２９３０７－７７１６２５３", "３７．４８"), ORDER, "37.48"),
        ((f" {ORDER}\u200b", "1 234,50"), ORDER, "1234.50"),
        (("200012345678901.0", "1'234.50"), "200012345678901", "1234.50"),
    ],
)
def test_numbers_as_keyboards_and_programs_write_them(read, cells, subject, amount):
    (case,), _ = read(book([["订单号", "平台", "金额", "币种"], [cells[0], "沃尔玛", cells[1], "美元"]]))
    assert (case.subject, case.case["claim"]["amount"]) == (subject, {"amount": amount, "currency": "USD"})


def test_a_number_that_a_program_made_a_fraction_of_has_lost_digits(read):
    (case,), _ = read(book([["订单号", "平台", "原因"], ["576461413038785752.0", "TikTok", "INR"]]))
    assert ("order_id", "digits-lost") in {(one.column, one.code) for one in case.errors}


@pytest.mark.parametrize(
    "data",
    [
        book([["Order ID,Platform,Tracking,Reason"], [f"{ORDER},Amazon,{UPS},INR"], [f'{NEXT},Amazon,,"broken, wet"']]),
        f'"订单号,平台,运单号,原因"\n"{ORDER},亚马逊,{UPS},没收到"\n"{NEXT},亚马逊,,破损"\n',
        f'"订单号,平台,运单号,原因",_status,_verdict\n"{ORDER},亚马逊,{UPS},没收到",done,ready\n"{NEXT},亚马逊,,破损",,\n',
        f"订单号|平台|运单号|原因\n{ORDER}|亚马逊|{UPS}|没收到\n{NEXT}|亚马逊||破损\n",
    ],
    ids=["workbook", "quoted lines", "come back", "strokes"],
)
def test_lines_that_became_one_cell_are_taken_apart(read, data):
    cases, _ = read(data)
    assert [(case.subject, case.case["reason"]) for case in cases] == [(ORDER, "item_not_received"), (NEXT, "damaged")]
    assert "_verdict" not in cases[0].case


def test_the_feet_of_reports_are_no_cases(read):
    names = [f"Note {number}" for number in range(12)]
    head = ",".join(["Sales Record Number", "Order Number", "Buyer Username", "Ship To Zip", "Tracking Number", *names])
    foot = '"2","record(s) downloaded,","from ,Nov-01-26, to ,Nov-30-26"\n"Seller ID : shop"\n'
    cases, left = read(f"\n{head}\n\n101,12-11873-45621,jo,89431,{USPS}{',' * 12}\n{foot}")
    assert ([case.subject for case in cases], left) == (["12-11873-45621"], (5, 6))


def test_a_line_about_the_sheet_in_the_column_of_orders_is_no_case(read):
    rows = [["订单号", "平台", "原因"], [ORDER, "亚马逊", "INR"], ["共1单", None, None], ["说明：11月导出", None, None]]
    cases, left = read(book(rows))
    assert ([case.subject for case in cases], left) == ([ORDER], (3, 4))


def test_the_price_of_a_line_is_parted_by_its_quantity(read):
    head = "amazon-order-id\tpurchase-date\tsales-channel\tsku\tquantity\tcurrency\titem-price\tship-city\tship-postal-code\n"
    line = f"{ORDER}\t2026-11-02T17:12:33+00:00\tAmazon.com\t%s\t%s\tUSD\t%s\tReno\t89501\n"
    (case,), _ = read(head + line % ("A", 2, "99.80") + line % ("B", 3, "10.00"))
    assert [(one["sku"], one.get("price")) for one in case.case["order"]["items"]] == [
        ("A", {"amount": "49.90", "currency": "USD"}),
        ("B", None),
    ]


def test_a_comma_parts_names_of_files_where_no_file_has_one():
    cases = [
        RowCase(rows=[2], subject=ORDER, case={}, files="a.png，b.png、c.png"),
        RowCase(rows=[3], subject=NEXT, case={}, files="d, e.png"),
    ]
    found = match_files(cases, ["a.png", "b.png", "c.png", "d, e.png"], {})
    assert [[one.member for one in found.by_row[place]] for place in (0, 1)] == [
        ["a.png", "b.png", "c.png"],
        ["d, e.png"],
    ]


def test_a_workbook_without_its_parts_is_refused(guard):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        made.writestr("xl/_rels/workbook.xml.rels", "<broken")
    with pytest.raises(RequestFault, match="sheet-unreadable"):
        guard.read(sink.getvalue())
