"""Files of a batch that no row names: each goes to the row whose order or parcel it shows, or is named with the question."""

import json
import zipfile
from types import SimpleNamespace

import pytest

from jobs.batch.batch_names import keys_of
from jobs.batch.batch_tasks import plan
from jobs.batch.sheet.bundle_files import Matching
from jobs.batch.sheet.by_sight import orders_of, parcels_of, placed
from jobs.batch.sheet.row_case import RowCase
from jobs.records.batch_values import BatchOptions
from jobs.records.store import Store

AS_OF = "2026-11-30T00:00:00+00:00"
ONE, TWO = "112-4829307-7716253", "112-4829307-7716261"


def row(number, order, *, files="", parcel=None):
    case = {"platform": "amazon", "order": {"id": order}, "parcels": [{"tracking_number": parcel}] if parcel else []}
    return RowCase(rows=[number], subject=order, case=case, files=files)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (f"Order ID: {ONE}", {0}),
        ("Order # 112 4829307 7716253 of 2 November", {0}),
        ("注文番号112-4829307-7716253です", {0}),
        ("Order112-4829307-7716253", {0}),
        (f"{ONE} and {TWO}", {0, 1}),
        ("112-4829307-77162530", set()),
        ("112-4829307-7716254", set()),
        ("9112-4829307-7716253", set()),
        ("Order total 112.48", set()),
    ],
)
def test_a_number_is_found_whole_or_not_at_all(line, rows):
    assert set(orders_of([row(2, ONE), row(3, TWO)]).shown_in([line])) == rows


def test_a_parcel_that_two_rows_state_is_both_rows():
    parcels = parcels_of([row(2, ONE, parcel="1Z999AA10123456784"), row(3, TWO, parcel="1Z999AA10123456784")])
    assert set(parcels.shown_in(["1Z 999 AA1 01 2345 6784"])) == {0, 1}


@pytest.mark.parametrize(
    ("member", "seen", "code"),
    [
        (f"{ONE}/IMG_1.png", {}, "file-in-folder"),
        (f"{ONE}/IMG_1.png", None, "file-in-folder"),
        (f"order_{ONE}.png", {}, "file-in-folder"),
        (f"{ONE}/IMG_1.png", {0: ONE}, "file-row-names-others"),
        (f"{TWO}/IMG_1.png", {}, "file-shows-none"),
        ("IMG_1.png", {}, "file-shows-none"),
    ],
)
def test_a_file_in_the_folder_of_a_row_is_not_sent_there_again(member, seen, code):
    cases = [row(2, ONE, files="other.png"), row(3, TWO)]
    _, left = placed(cases, Matching(by_row={}, unmatched=(member,)), {} if seen is None else {member: seen}, {})
    assert [(one.code, one.rows) for one in left] == [(code, (0,) if code != "file-shows-none" else ())]


@pytest.mark.parametrize(
    ("seen", "files", "code"),
    [
        ({0: ONE}, "", None),
        ({}, "", "file-shows-none"),
        ({0: ONE, 1: TWO}, "", "file-shows-several"),
        ({0: ONE}, "other.png", "file-row-names-others"),
        (None, "", "file-not-looked-at"),
    ],
)
def test_a_file_is_placed_where_one_row_is_shown_else_it_is_asked_about(seen, files, code):
    cases = [row(2, ONE, files=files), row(3, TWO)]
    matching = Matching(by_row={}, unmatched=("IMG_1.png",))
    found, left = placed(cases, matching, {} if seen is None else {"IMG_1.png": seen}, {})
    assert [one.code for one in left] == ([code] if code else [])
    assert [file.name for file in found.by_row.get(0, ())] == ([] if code else ["IMG_1.png"])
    assert [one.code for one in cases[0].warnings] == ([] if code else ["file-by-sight"])


FILES = {
    "a.txt": f"Order details\nOrder ID: {ONE}\nTracking ID: 1Z999AA10123456784\n",
    "b.txt": "UPS\nTracking number 1Z999AA10123456784\nDelivered Nov 2, 2026 2:22 PM\n",
    "c.txt": f"Orders of today\n{ONE}\n{TWO}\n",
    "d.txt": "Holiday greetings\n",
    f"{TWO}/notice.txt": "Claim reason: item not as described. The item is not as described, it differs from the description.\n",
}


def test_rows_with_platform_and_order_alone_get_their_files(workshop, tmp_path):
    store, keys = Store(f"file://{tmp_path}"), keys_of("t", "b")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"platform,order_id\namazon,{ONE}\namazon,{TWO}\n")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    store.put(keys["sheet"], sheet)
    store.put(keys["archive"], tmp_path / "all.zip")
    found = plan(
        workshop, lambda *_: None, url=f"file://{tmp_path}", tenant="t", batch_id="b", options=BatchOptions(as_of=AS_OF)
    )
    first, second = [json.loads(line) for line in store.get(keys["plan"]).splitlines()]
    assert [member for member, _ in first["members"]] == ["a.txt", "b.txt"]
    assert [member for member, _ in second["members"]] == [f"{TWO}/notice.txt"]
    assert second["case"]["reason"] == "not_as_described"
    assert {one.file: (one.code, one.rows) for one in found.open_files} == {
        "c.txt": ("file-shows-several", (2, 3)), "d.txt": ("file-shows-none", ()),
    }  # fmt: skip
    assert ONE in next(one.message for one in found.open_files if one.file == "c.txt")
    assert found.unmatched_files == ("c.txt", "d.txt")


def test_without_a_reading_room_what_has_no_name_stays_unmatched(house, tmp_path):
    store, keys = Store(f"file://{tmp_path}"), keys_of("t", "b")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"platform,order_id\namazon,{ONE}\n")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.txt", FILES["a.txt"])
    store.put(keys["sheet"], sheet)
    store.put(keys["archive"], tmp_path / "all.zip")
    bench = SimpleNamespace(house=house)
    found = plan(
        bench, lambda *_: None, url=f"file://{tmp_path}", tenant="t", batch_id="b", options=BatchOptions(as_of=AS_OF)
    )
    assert (found.unmatched_files, found.open_files) == (("a.txt",), ())
