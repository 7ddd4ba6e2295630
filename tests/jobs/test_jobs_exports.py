"""Sheets as shops' programs write them: nothing is read as something else, and what is left out is told."""

import functools
import io

import openpyxl
import pytest

from casefile.errors import RequestFault
from jobs.batch.sheet.cases import cases_of
from jobs.batch.sheet.exports import known_exports
from jobs.batch.sheet.guard import sheet_guard
from jobs.batch.sheet.names import column_of
from jobs.batch.sheet.row_case import SheetWords
from jobs.batch.sheet.table import body_rows, find_header, other_sheets, rows_left

ORDER, NEXT = "112-4829307-7716253", "112-4829307-7716254"
UPS = "1Z999AA10123456784"


@pytest.fixture(scope="module")
def guard():
    with sheet_guard() as guard:
        yield guard


@pytest.fixture
def read(house, guard):
    """Header, cases and sheets, read as a batch reads them."""

    def cases(data):
        sheets = guard.read(data if isinstance(data, bytes) else data.encode())
        header = find_header(sheets, known_exports(house), {}, functools.partial(column_of, house=house))
        words = SheetWords(export=header.columns.export, defaults={}, house=house, remarks=header.columns.remarks)
        return header, cases_of(body_rows(sheets, header), words), sheets

    return cases


def book(*sheets, hidden=()):
    made, sink = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    made.save(sink)
    return sink.getvalue()


def test_the_recipient_is_not_the_buyer_whatever_stands_first(read):
    head = "order-id\tbuyer-name\tsku\tproduct-name\trecipient-name\tship-city\tship-country\n"
    _, (case,), _ = read(f"{head}{ORDER}\tKäufer GmbH\tA\tTür\tJürgen Groß\tKöln\tGermany\n".encode("cp1252"))
    assert case.case["buyer"] == {"name": "Jürgen Groß", "ship_to": {"city": "Köln", "country": "DE"}}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("订单号,参考号,平台,收件人国家二字码,跟踪号,总金额", f"E1-261102-0001,{ORDER},amazon,US,{UPS},37.48"),
        ("订单编号,原始单号,平台,客户网名,物流单号,应收金额", f"JY202611020001,{ORDER},亚马逊,nick,{UPS},37.48"),
        ("内部订单号,线上订单号,站点,买家账号,快递单号,收货人", f"1234567,{ORDER},亚马逊,u1,{UPS},Jane"),
        ("系统单号,平台单号,平台,MSKU,运单号,国家/地区", f"103456789012345678,{ORDER},Amazon,A,{UPS},美国"),
        ("订单号,别的单号,平台,运单号", f"XM-1,{ORDER},亚马逊,{UPS}"),
    ],
)
def test_a_programs_own_number_is_not_the_platforms(read, head, row):
    _, (case,), _ = read(f"{head}\n{row}\n")
    assert (case.subject, case.case["parcels"][0]["tracking_number"], case.errors) == (ORDER, UPS, [])


def test_a_sheet_with_a_few_words_of_an_export_is_not_that_platforms(read):
    head = "Order ID,Ship City,Ship State,Ship Country,SKU,Coupon,Card Fees,Net,First,Last,Gift,Notes to self,Batch,Weight\n"
    _, (case,), _ = read(f"{head}3312345678,Austin,TX,US,A,,,,,,,,,\n")
    assert "platform" not in case.case
    assert ("platform", "field-missing") in {(one.column, one.code) for one in case.errors}


def test_the_platform_of_an_export_is_told(read):
    head = "Order ID,Seller SKU,Created Time,RTS Time,Shipped Time,Delivered Time,Tracking ID,Shipping Provider Name\n"
    text = f"{head}Platform unique order ID.,Seller's,,,,,,\n5764,C-1,11/02/2026 10:12:33 AM,11/02/2026 11:00:00 AM,,,{UPS},UPS\n"
    _, (case,), _ = read(text + "5765,C-1,11/14/2026 10:12:33 AM,,,,,\n".replace("5765", "5764"))
    assert {one.code for one in case.warnings} >= {"platform-assumed", "procedure-assumed", "zone-assumed"}
    assert case.case["order"]["placed_at"].startswith("2026-11-02T10:12:33")
    assert "dispatched_at" not in case.case["parcels"][0]  # ready to ship is not shipped


def test_that_an_order_is_complete_does_not_say_when_it_was_delivered(read):
    head = "Order ID,Tracking Number*,Shipping Option,Username (Buyer),Order Creation Date,Order Complete Time\n"
    _, (case,), _ = read(f"{head}2611ABCDEFGH13,SPX1,Standard Delivery,siti,2026-11-02 10:00,2026-11-20 11:00\n")
    assert case.case["parcels"] == [{"tracking_number": "SPX1", "service": "Standard Delivery"}]


def test_rows_that_are_no_cases_are_left_out_and_known(read):
    head = "订单号,平台,原因,金额,运单号,备注"
    rows = [
        f"{ORDER},亚马逊,没收到,$3,{UPS},",
        head,
        f"{NEXT},亚马逊,没收到,$3,,",
        ",,,,,",
        "合计,,,$6,,",
        ",,,,,制表：小王",
    ]
    header, cases, sheets = read("\n".join([head, *rows]))
    assert ([case.subject for case in cases], rows_left(sheets, header)) == ([ORDER, NEXT], (3, 6, 7))


def test_a_row_without_its_order_is_told_and_not_left_out(read):
    text = f"订单号,平台,原因,金额,运单号\n,亚马逊,没收到,$3,{UPS}\n{ORDER},亚马逊,没收到,$3,\n"
    header, (first, _), sheets = read(text)
    assert (rows_left(sheets, header), {one.code for one in first.errors}) == ((), {"subject-missing"})


@pytest.mark.parametrize("nothing", ["-", "—", "无", "N/A", "null", "/", "0000-00-00 00:00:00"])
def test_a_cell_that_says_nothing_states_nothing(read, nothing):
    _, (case,), _ = read(f"订单号,平台,运单号,发货时间,签收时间\n{ORDER},亚马逊,{nothing},{nothing},2026-11-09 10:00\n")
    assert (case.case["parcels"][0].keys(), case.errors) == ({"delivered_at"}, [])


def test_a_formula_that_failed_is_told_and_states_nothing(read):
    _, (case,), _ = read(f"订单号,平台,运单号\n{ORDER},亚马逊,#N/A\n")
    assert "parcels" not in case.case
    assert ("tracking_number", "formula-failed") in {(one.column, one.code) for one in case.warnings}


def test_hidden_sheets_are_not_read_and_others_alike_are_told(read):
    head = ["订单号", "平台", "原因"]
    data = book(
        ("字典", [head, ["000-0000000-0000000", "amazon", "x"]]),
        ("十一月", [head, [ORDER, "亚马逊", "没收到"]]),
        ("十二月", [head, [NEXT, "亚马逊", "没收到"]]),
        ("说明", [["字段", "含义"], ["订单号", "必填"]]),
        hidden=("字典",),
    )
    header, (case,), sheets = read(data)
    assert (header.sheet, case.subject, other_sheets(sheets, header)) == ("十一月", ORDER, ("十二月",))


def test_a_further_line_of_an_order_is_of_its_currency(read):
    text = "Name,Email,Currency,Total,Created at,Lineitem name,Lineitem price,Lineitem quantity,平台\n"
    text += "#1001,j@x.com,USD,54.50,2026-11-02 10:11:58 -0500,Bottle,19.99,1,shopify_payments\n#1001,j@x.com,,,,Lid,8.75,2,\n"
    _, (case,), _ = read(text)
    assert [item["price"] for item in case.case["order"]["items"]] == [
        {"amount": "19.99", "currency": "USD"},
        {"amount": "8.75", "currency": "USD"},
    ]
    assert case.case["order"]["placed_at"] == "2026-11-02T10:11:58-05:00"


PAGE = (
    "<html><head><meta charset='utf-8'><style>td{x}</style></head><body><table><tr><th>订单号<th>平台</th><th>原因</th></tr>"
    f"<tr><td>{ORDER}</td><td rowspan=2>亚马逊</td><td>没收到&nbsp;货</td></tr><tr><td>{NEXT}<td>破损</table>"
)
XML = (
    '<?xml version="1.0"?><Workbook xmlns:ss="urn:x"><Worksheet ss:Name="S"><Table><Row><Cell><Data>订单号</Data></Cell><Cell>'
    "<Data>平台</Data></Cell><Cell><Data>原因</Data></Cell></Row><Row><Cell>"
    f'<Data ss:Type="String">{ORDER}</Data></Cell><Cell ss:MergeDown="1"><Data>亚马逊</Data></Cell><Cell><Data>没收到货</Data>'
    f'</Cell></Row><Row><Cell><Data>{NEXT}</Data></Cell><Cell ss:Index="3"><Data>破损'
    "</Data></Cell></Row></Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize("page", [PAGE, XML, PAGE.removesuffix("</table>")], ids=["html", "xml", "not closed"])
def test_a_page_that_is_called_xls_is_a_sheet(read, page):
    _, cases, _ = read(page)
    read_as = [(one.subject, one.case["platform"], one.case["reason"]) for one in cases]
    assert read_as == [(ORDER, "amazon", "item_not_received"), (NEXT, "amazon", "damaged")]


@pytest.mark.parametrize(
    ("said", "platform", "site"),
    [
        ("美亚", "amazon", "US"),
        ("虾皮马来站", "shopee", "MY"),
        ("eBay-UK", "ebay", "GB"),
        ("德国亚马逊", "amazon", "DE"),
    ],
)
def test_platform_and_site_are_known_in_one_word(read, said, platform, site):
    _, (case,), _ = read(f"平台,订单号\n{said},{ORDER}\n")
    assert (case.case["platform"], case.case.get("site")) == (platform, site)


def test_an_unknown_platform_is_told_as_such_with_the_other_faults(read):
    _, (case,), _ = read(f"平台,订单号,原因\n某某商城,{ORDER},奇怪\n")
    assert {(one.column, one.code) for one in case.errors} == {
        ("platform", "platform-unknown"),
        ("reason", "value-not-allowed"),
    }


@pytest.mark.parametrize(
    ("said", "carrier", "service"),
    [
        ("UPS", "ups", None),
        ("UPS Ground", "ups", "UPS Ground"),
        ("云途全球专线挂号", "yunexpress", "云途全球专线挂号"),
        ("Upsala Post", "Upsala Post", None),
    ],
)
def test_a_carrier_is_known_with_its_service(read, said, carrier, service):
    _, (case,), _ = read(f"订单号,平台,承运商\n{ORDER},亚马逊,{said}\n")
    assert (case.case["parcels"][0]["carrier"], case.case["parcels"][0].get("service")) == (carrier, service)


def test_reasons_and_platforms_are_known_by_what_stands_in_a_column(read):
    header, (case, _), _ = read(
        f"Ref,Wo,Was,Wann\n{ORDER},Amazon.de,Nicht erhalten,05.11.2026\n{NEXT},eBay,INR,06.11.2026\n"
    )
    assert header.columns.columns == {0: "order_id", 1: "platform", 2: "reason"}
    assert (header.columns.unknown, case.case["site"]) == (("Wann",), "DE")


def test_a_day_is_no_number_of_a_parcel(house):
    assert [
        column_of(text, house) for text in ("05.11.2026 14:02", "2026-11-05 14:02:11", "9405511899223197428490")
    ] == [
        None,
        None,
        "tracking_number",
    ]


@pytest.mark.parametrize(
    ("cell", "owed"), [("-$37.48", True), ("(£20.00)", True), ("USD -12.3", True), ("$37.48", False), (-5.0, True)]
)
def test_the_sign_of_an_amount_is_told(read, cell, owed):
    currency = "GBP" if "£" in str(cell) else "USD"
    data = book(("a", [["订单号", "平台", "争议金额", "币种"], [ORDER, "亚马逊", cell, currency]]))
    _, (case,), _ = read(data)
    assert ("amount-sign" in {one.code for one in case.warnings}, case.case["claim"]["amount"]["amount"][0] != "-") == (
        owed,
        True,
    )


@pytest.mark.parametrize(
    "page",
    ["<table>" + ("<tr>" + "<td colspan=500 rowspan=500>x" * 100) * 100, "<table>" + "<td " * 50_000],
    ids=["merged without end", "never closed"],
)
def test_a_page_that_would_never_end_is_refused(guard, page):
    with pytest.raises(RequestFault, match=r"sheet-(too-large|unreadable)"):
        guard.read(page.encode())
