import csv
import datetime as dt
import functools
import io
import zipfile

import openpyxl
import pytest

from casefile.as_printed import is_day_alone
from casefile.errors import RequestFault
from jobs.batch.batch_archive import opened_path
from jobs.batch.sheet.bundle_files import kind_words, match_files, natural
from jobs.batch.sheet.cases import cases_of
from jobs.batch.sheet.cells import CellFault, amount_of, text_of
from jobs.batch.sheet.columns import PLAIN, all_header_words, load_exports, mapped, told_columns
from jobs.batch.sheet.guard import sheet_guard
from jobs.batch.sheet.names import column_of
from jobs.batch.sheet.row_case import RowCase, SheetWords
from jobs.batch.sheet.sheet_job import SheetJob
from jobs.batch.sheet.table import body_rows, find_header, likely_header
from jobs.batch.sheet.template import template
from jobs.batch.sheet.times import TimeWays, day_order, time_of
from jobs.batch.sheet.writing import RowNews
from jobs.records.archive import ArchiveFault
from reading.guarded.guard import GuardedFailure

HEAD = "platform,site,procedure,reason,order_id,tracking_number,carrier,amount,currency,files"
ROW = "amazon,US,a_to_z_response,item_not_received,112-4829307-7716253,1Z999AA10123456784,UPS,37.48,USD,"


@pytest.fixture(scope="module")
def exports(house):
    return load_exports(house.root)


@pytest.fixture(scope="module")
def guard():
    with sheet_guard() as guard:
        yield guard


@pytest.fixture
def read(house, exports, guard):
    """The cases and the header of a sheet, read as a batch reads it."""

    def cases(data, **defaults):
        sheets = guard.read(data)
        header = find_header(sheets, exports)
        words = SheetWords(export=header.columns.export, defaults=defaults, house=house)
        return cases_of(body_rows(sheets, header), words), header

    return cases


def test_every_export_finds_its_own_columns(exports):
    assert len(exports) >= 9
    for export in exports:
        assert export.examples, export.id
        for example in export.examples:
            found = mapped(example["headers"], all_header_words(exports))
            names = {example["headers"][place]: name for place, name in found.columns.items()}
            for header, name in example["finds"].items():
                assert names[header] == name, (export.id, header, found.export.id)


def test_a_row_becomes_a_case(read):
    (case,), header = read(f"{HEAD}\n{ROW}\n".encode())
    assert (case.errors, case.subject, case.rows) == ([], "112-4829307-7716253", [2])
    assert case.case["parcels"][0] == {"tracking_number": "1Z999AA10123456784", "carrier": "ups"}
    assert case.case["claim"]["amount"] == {"amount": "37.48", "currency": "USD"}
    assert header.columns.export.id == "evidence_packer"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_files_come_in_any_encoding_with_any_sign_and_a_title_above(read, encoding):
    head = "店铺导出\n\n平台;站点;流程;原因;订单号;运单号;收件人\n"
    text = head + "亚马逊;US;a_to_z_response;item_not_received;112-4829307-7716253;1Z999AA10123456784;王伟\n"
    (case,), header = read(text.encode(encoding))
    assert (header.row, case.case["platform"], case.case["buyer"]["name"], case.errors) == (3, "amazon", "王伟", [])


def test_lines_of_one_order_are_one_case(read):
    text = (
        "order-id\tpurchase-date\trecipient-name\tsku\tproduct-name\tquantity-purchased\tship-city\n"
        "112-4829307-7716253\t2026-10-28T09:12:00-07:00\tJ. W.\tA\tBottle\t1\tColumbus\n"
        "112-4829307-7716253\t2026-10-28T09:12:00-07:00\tJ. W.\tB\tLid\t2\tColumbus\n"
    )
    (case,), _ = read(text.encode(), procedure="a_to_z_response", reason="item_not_received")
    assert [item["sku"] for item in case.case["order"]["items"]] == ["A", "B"]
    assert (case.rows, case.case["platform"], case.errors) == ([2, 3], "amazon", [])


def test_wrong_cells_are_told_with_their_columns(read):
    bad = ROW.replace("112-4829307-7716253", "1.12483E+16").replace("37.48", "lots")
    nowhere = ROW.replace("a_to_z_response", "no_such").replace("7716253", "7716254")
    first, second = read(f"{HEAD}\n{bad}\n{nowhere}\n".encode())[0]
    assert {(one.code, one.column) for one in first.errors} == {
        ("digits-lost", "order_id"),
        ("amount-malformed", "amount"),
    }
    assert [(one.code, one.column) for one in second.errors] == [("procedure-unknown", "procedure")]


def test_numbers_that_lost_digits_are_refused_and_never_repaired():
    with pytest.raises(CellFault, match="digits-lost"):
        text_of(2.412345678901235e17)
    assert text_of(12345.0) == "12345"
    assert text_of("0012") == "0012"


NEW_YORK = TimeWays(zone="America/New_York")
UTC = TimeWays(zone="UTC")
TIMES = [
    ("2026-11-18 18:03", "2026-11-18T18:03:00+00:00"),
    (dt.datetime.fromisoformat("2026-11-18T18:03"), "2026-11-18T18:03:00+00:00"),
    ("2026-11-18T18:03:00-05:00", "2026-11-18T18:03:00-05:00"),
    ("2026-11-18 18:03:00 -0500", "2026-11-18T18:03:00-05:00"),
    ("2026-11-18T18:03:00.000Z", "2026-11-18T18:03:00+00:00"),
    ("2026/11/8 9:05", "2026-11-08T09:05:00+00:00"),
    ("2026/11/8 下午 3:05", "2026-11-08T15:05:00+00:00"),
    ("2026年11月8日 上午9:05", "2026-11-08T09:05:00+00:00"),
    ("18.11.2026 18:03", "2026-11-18T18:03:00+00:00"),
    ("11/18/2026 06:03:12 PM", "2026-11-18T18:03:12+00:00"),
    ("18/11/2026 18:03:12", "2026-11-18T18:03:12+00:00"),
    ("Nov 18, 2026 6:03:12 PM PST", "2026-11-18T18:03:12-08:00"),
    ("18 Nov 2026 18:03", "2026-11-18T18:03:00+00:00"),
    ("20261118180312", "2026-11-18T18:03:12+00:00"),
    ("2026-11-18 12:00 AM", "2026-11-18T00:00:00+00:00"),
    ("2026-11-18 18:03 GMT+8", "2026-11-18T18:03:00+08:00"),
]
DAYS = [
    "2026-11-08",
    "2026/11/8",
    "2026.11.08",
    "08.11.2026",
    "8.11.26",
    "Nov-08-26",
    "20261108",
    "2026年11月8日",
    "8 November 2026",
]


@pytest.mark.parametrize(("cell", "meant"), TIMES, ids=[str(cell) for cell, _ in TIMES])
def test_a_time_is_read_as_programs_write_it(cell, meant):
    assert time_of(cell, UTC)[0] == meant


@pytest.mark.parametrize("cell", DAYS)
def test_a_day_without_an_hour_stays_a_day(cell):
    moment = dt.datetime.fromisoformat(time_of(cell, UTC)[0])
    assert (moment.date(), is_day_alone(moment)) == (dt.date(2026, 11, 8), True)


@pytest.mark.parametrize(
    "cell", ["03/05/2026", "12/5", "11月3日", "48小时内", "2026-13-40", "31/31/2026", "1970-01-02", "2026-11-18 25:00"]
)
def test_a_time_that_is_none_or_may_be_two_is_told(cell):
    with pytest.raises(CellFault, match="time-malformed"):
        time_of(cell, UTC)


def test_a_time_without_offset_is_in_the_zone_of_the_site():
    assert time_of("2026-11-18 18:03", NEW_YORK) == ("2026-11-18T18:03:00-05:00", True)
    assert time_of("2026-11-18T18:03:00-05:00", UTC) == ("2026-11-18T18:03:00-05:00", False)


def test_what_the_other_cells_write_decides_between_day_and_month():
    assert day_order(["03/05/2026", "25/05/2026", "x", 3]) == "day"
    assert day_order(["03/05/2026 10:00", "05/25/2026 11:00"]) == "month"
    assert day_order(["03/05/2026"]) is day_order(["25/05/2026", "05/25/2026"]) is None
    assert time_of("03/05/2026", TimeWays(zone="UTC", order="month"))[0].startswith("2026-03-05")


def test_amounts_are_exact():
    assert [amount_of(value) for value in (37.48, "1,234.50", "$12", "¥ 3")] == ["37.48", "1234.50", "12", "3"]
    assert [amount_of(value) for value in ("12,5", "1.234,50", "1,234", "-3", "12.5")] == [
        "12.5",
        "1234.50",
        "1234",
        "-3",
        "12.5",
    ]
    for unclear in ("12,3456", "1.2.3", "lots", "1,2,3"):
        with pytest.raises(CellFault, match="amount-malformed"):
            amount_of(unclear)


def test_files_go_to_their_rows(read, house):
    rows = "\n".join(
        [
            ROW + "tracking:a/track.png;b*.png",
            ROW.replace("7716253", "7716254"),
            ROW.replace("7716253", "7716255"),
            ROW.replace("7716253", "7716256") + "missing.png",
        ]
    )
    cases, _ = read(f"{HEAD}\n{rows}\n".encode())
    members = [
        "a/track.png", "b1.png", "b2.png", "112-4829307-7716254/物流轨迹/10.png", "112-4829307-7716254/物流轨迹/2.png",
        "proof_112-4829307-7716255.pdf", "left_over.png", "__MACOSX/b1.png", ".DS_Store",
    ]  # fmt: skip
    found = match_files(cases, members, kind_words(house.catalogs))
    assert [(file.name, file.kind) for file in found.by_row[0]] == [
        ("track.png", "tracking"),
        ("b1.png", None),
        ("b2.png", None),
    ]
    assert [file.name for file in found.by_row[1]] == ["2.png", "10.png"]
    assert [file.name for file in found.by_row[2]] == ["proof_112-4829307-7716255.pdf"]
    assert [one.code for one in cases[3].errors] == ["file-not-in-archive"]
    assert found.unmatched == ("left_over.png",)


def test_a_file_in_two_rows_is_told(read):
    rows = "\n".join([ROW + "a.png", ROW.replace("7716253", "7716254") + "a.png"])
    cases, _ = read(f"{HEAD}\n{rows}\n".encode())
    match_files(cases, ["a.png"], {})
    assert [one.code for case in cases for one in case.warnings] == ["file-in-two-rows"] * 2


def test_names_sort_as_people_count():
    assert sorted(["10.png", "2.png", "1.png"], key=natural) == ["1.png", "2.png", "10.png"]


def test_the_template_comes_back_as_a_sheet(read, house):
    for language in ("en", "zh-Hans"):
        book = openpyxl.load_workbook(io.BytesIO(template(house, house.catalogs.of(language))))
        sheet = book["cases"]
        assert [cell.value for cell in sheet[2]] == list(PLAIN)
        values = dict(zip(HEAD.split(","), ROW.split(","), strict=True)) | {"order_id": "123456789012345678"}
        for place, name in enumerate(PLAIN, start=1):
            sheet.cell(3, place, values.get(name))
        sink = io.BytesIO()
        book.save(sink)
        (case,), header = read(sink.getvalue())
        assert (header.row, case.subject, case.errors) == (2, "123456789012345678", [])


def test_the_same_workbook_comes_back_and_nothing_becomes_a_formula(guard, read):
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(","))
    book.active.append([*ROW.split(",")])
    book.active["L2"] = "kept"
    sink = io.BytesIO()
    book.save(sink)
    _, header = read(sink.getvalue())
    news = {2: RowNews(cells=("invalid", "", "=1+1", "", "", ""), bad={"order_id": "wrong"})}
    name, data = guard.returned(sink.getvalue(), "我的表.xlsx", header, news)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    head = [cell.value for cell in sheet[1]]
    assert (name, head[-6:]) == (
        "我的表_result.xlsx",
        ["_status", "_verdict", "_errors", "_warnings", "_bundle", "_sha256"],
    )
    cell = sheet.cell(2, head.index("_errors") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert sheet["E2"].comment.text == "wrong"
    again = guard.returned(data, name, header, news)[1]
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(again)).active[1]] == head


def test_a_workbook_that_cannot_be_written_comes_back_as_text(guard, read, monkeypatch):
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(","))
    book.active.append(ROW.split(","))
    sink = io.BytesIO()
    book.save(sink)
    _, header = read(sink.getvalue())
    real = guard._guard.run

    def refusing(job, data):
        asked = SheetJob.model_validate_json(job)
        if asked.do == "write" and asked.sheet:
            raise GuardedFailure("decode-memory")
        return real(job, data)

    monkeypatch.setattr(guard._guard, "run", refusing)
    news = {2: RowNews(cells=("done", "ready", "", "", "", ""), bad={})}
    name, back = guard.returned(sink.getvalue(), "s.xlsx", header, news)
    rows = list(csv.reader(io.StringIO(back.decode("utf-8-sig"))))
    assert (name, rows[0][-6], rows[1][-6:-4]) == ("s_result.csv", "_status", ["done", "ready"])


def test_csv_comes_back_as_csv(guard, read):
    data = f"{HEAD}\n{ROW}\n".encode("gb18030")
    _, header = read(data)
    _, back = guard.returned(data, "s.csv", header, {2: RowNews(cells=("done", "ready", "", "=x", "", ""), bad={})})
    rows = list(csv.reader(io.StringIO(back.decode())))
    assert rows[1][-6:] == ["done", "ready", "", "'=x", "", ""]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\x01\x02", b"just one line"])
def test_what_is_no_sheet_of_cases_is_refused(guard, exports, data):
    with pytest.raises(RequestFault, match=r"sheet-(unreadable|without-columns)"):
        find_header(guard.read(data), exports)


def test_every_kind_of_cell_comes_through_the_guard(guard):
    values = [
        "订单",
        7,
        37.48,
        True,
        dt.datetime.fromisoformat("2026-11-19T09:30"),
        dt.time(9, 30),
        dt.timedelta(hours=30),
    ]
    book = openpyxl.Workbook()
    book.active.append(values)
    sink = io.BytesIO()
    book.save(sink)
    ((name, rows),) = guard.read(sink.getvalue())
    assert (name, list(rows[0])) == ("Sheet", values)


def test_sheets_are_opened_where_there_is_no_network_file_or_process(guard):
    assert guard._guard.level().number >= 3 or guard._guard.level().machine != "x86_64"


def test_a_workbook_that_is_a_bomb_is_refused(guard):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    with pytest.raises(RequestFault, match="sheet-too-large"):
        guard.read(sink.getvalue())


def test_an_archive_from_a_chinese_windows_keeps_its_names(tmp_path):
    sink, name = io.BytesIO(), "签收截图.png".encode("gb18030")
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("x" * len(name), b"picture")
    path = tmp_path / "a.zip"
    path.write_bytes(sink.getvalue().replace(b"x" * len(name), name))
    with opened_path(path) as members:
        assert members.names == ["签收截图.png"]
        assert members.fetch("签收截图.png", "a.png", tmp_path / "out").bytes == 7


def test_an_archive_that_climbs_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../x.png", b"picture")
    with pytest.raises(ArchiveFault, match="archive-climbs"), opened_path(path):
        pass


INR = "item_not_received"
AS_WRITTEN = [
    ("亚马逊", "112-4829307-7716253", INR, "a_to_z_response", ("amazon", None, "a_to_z_response", INR)),
    ("Amazon.de", "305-1234567-7654321", "", "A-bis-Z-Garantieantrag", ("amazon", "DE", "a_to_z_response", "item_not_received")),
    ("amazon_us", "112-4829307-7716255", "INR", "", ("amazon", "US", "a_to_z_response", "item_not_received")),
    ("亚马逊美国站", "112-4829307-7716256", "货不对板", "", ("amazon", "US", "a_to_z_response", "not_as_described")),
    ("AMZ", "112-4829307-7716257", "not_received", "A-to-z", ("amazon", None, "a_to_z_response", "item_not_received")),
    ("", "112-4829307-7716258", "", "", ("amazon", None, "a_to_z_response", "item_not_received")),
    ("速卖通", "8012345678901234", "未收到货", "dispute", ("aliexpress", None, "dispute", "item_not_received")),
    ("smt", "8012345678901235", "SNAD", "", ("aliexpress", None, "dispute", "not_as_described")),
    ("虾皮", "2311ABCDEF", "Artikel nicht erhalten", "", ("shopee", None, "return_refund", "item_not_received")),
    ("ebay", "12-12345-12346", INR, "Item Not Received", ("ebay", None, "item_not_received", INR)),
    ("TikTok Shop", "576461234567890124", INR, "退货退款", ("tiktok_shop", None, "return_refund", INR)),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "order", "reason", "procedure", "meant"), AS_WRITTEN)
def test_cells_are_read_as_people_write_them(read, platform, order, reason, procedure, meant):
    text = f"platform,order_id,reason,procedure\n{platform},{order},{reason},{procedure}\n"
    ((case,), _) = read(text.encode())
    assert case.errors == []
    assert tuple(case.case.get(name) for name in ("platform", "site", "procedure", "reason")) == meant
    told = {one.code for one in case.warnings}
    assert ("reason-assumed" in told) is (not reason)
    assert ("procedure-assumed" in told) is (not procedure)


@pytest.mark.parametrize(
    ("site", "code"),
    [("美国", "US"), ("UK", "GB"), ("Deutschland", "DE"), ("日本站", "JP"), ("amazon.fr", "FR"), ("Mars", None)],
)
def test_a_site_is_known_by_code_country_or_host(read, site, code):
    ((case,), _) = read(f"platform,order_id,site\namazon,112-4829307-7716253,{site}\n".encode())
    assert case.case["site"] == (code or site)
    assert {one.column for one in case.errors} == (set() if code else {"site"})


def test_all_faults_of_a_row_are_told_at_once(read):
    ((case,), header) = read(b"platform,order_id,reason,procedure,amount,Remark\nFoo,1,bar,baz,twelve,x\n")
    assert {(one.column, one.code) for one in case.errors} == {
        ("platform", "platform-unknown"), ("reason", "value-not-allowed"), ("procedure", "procedure-unknown"),
        ("amount", "currency-missing"),
    }  # fmt: skip
    assert header.columns.unknown == ("Remark",)


def test_merged_cells_are_filled_down_and_a_day_stays_a_day(read):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["平台", "订单编号", "纠纷类型", "发货日期", "回复期限", "纠纷金额"],
        ["亚马逊", "112-4829300-7716200", "未收到货", 46324, dt.date(2026, 12, 10), "US$ 37.48"],
        [None, "112-4829301-7716201", "未收到货", 46324.5, None, "￥268"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sink = io.BytesIO()
    book.save(sink)
    ((first, second), _) = read(sink.getvalue())
    assert [one.case["platform"] for one in (first, second)] == ["amazon", "amazon"]
    assert is_day_alone(dt.datetime.fromisoformat(first.case["parcels"][0]["dispatched_at"]))
    assert second.case["parcels"][0]["dispatched_at"].startswith("2026-10-29T12:00:00-")
    assert first.case["deadline"]["at"].startswith("2026-12-10T23:59:00-")
    assert first.case["claim"]["amount"] == {"amount": "37.48", "currency": "USD"}
    # a sign of two currencies, none of them the site's: nobody guesses
    assert [(one.code, one.column) for one in second.errors] == [("currency-missing", "amount")]


def test_a_column_is_known_by_what_stands_in_it_or_by_what_the_user_says(house, exports, guard):
    sheets = guard.read(b"Ref,Sendung,Shop\n112-4829307-7716253,1Z999AA10123456784,US\n112-4829307-7716254,,DE\n")
    known = functools.partial(column_of, house=house)
    with pytest.raises(RequestFault):
        find_header(sheets, exports)
    header = find_header(sheets, exports, known=known)
    assert header.columns.columns == {0: "order_id", 1: "tracking_number"}
    told = find_header(sheets, exports, told_columns("ref = order_id; Shop=site"), known)
    assert told.columns.columns == {0: "order_id", 1: "tracking_number", 2: "site"}


def test_files_go_to_a_row_by_the_number_of_its_parcel_and_by_a_part_of_a_folder(read, house):
    (cases, _) = read(f"{HEAD}\n{ROW}\n".encode())
    members = ["x/1Z999AA10123456784 tracking.png", "case_112-4829307-7716253_new/a.png", "other/b.png"]
    found = match_files(cases, members, kind_words(house.catalogs))
    assert {file.member for file in found.by_row[0]} == set(members[:2])
    assert found.unmatched == ("other/b.png",)


def test_a_row_that_names_columns_is_the_header_though_orders_are_of_many_platforms(house, exports):
    orders = ["112-4829300-7716253", "12-10001-34567", "8171234500000002", "261103ABCD1234"] * 3
    text = "平台,单号,纠纷原因,金额\n" + "\n".join(f"亚马逊,{order},没收到,20" for order in orders)
    sheets = (("", tuple(tuple(line.split(",")) for line in text.splitlines())),)
    known = functools.partial(column_of, house=house)
    with pytest.raises(RequestFault):
        find_header(sheets, exports, known=known)
    header = likely_header(sheets, exports)
    assert (header.row, header.columns.columns) == (1, {0: "platform", 2: "reason", 3: "amount"})
    told = find_header(sheets, exports, told_columns("单号=order_id"), known)
    assert (told.row, told.columns.columns[1]) == (1, "order_id")


def test_a_column_that_is_to_be_left_alone_is(house, exports):
    rows = (("单号", "物流单号", "平台订单号"), ("112-4829300-7716253", "1Z999AA10123456784", "112-4829300-7716253"))
    known = functools.partial(column_of, house=house)
    told = find_header((("", rows),), exports, told_columns("物流单号=-; 单号=-"), known)
    assert told.columns.columns == {2: "order_id"}
    assert told.columns.unknown == ("单号", "物流单号")


def test_what_stands_beside_the_folder_of_an_order_is_its_too():
    order = "112-4829307-7716253"
    cases = [RowCase(rows=[2], case={"order": {"id": order}}, subject=order)]
    members = [f"up/{order}/a.png", f"up/{order}_tracking.png", f"up/114-3941689-8772232/{order}.png"]
    found = match_files(cases, members, {})
    assert [file.member for file in found.by_row[0]] == members[:2]
